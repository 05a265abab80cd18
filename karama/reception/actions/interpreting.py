"""The roster of interpreters, what a person wishes of one, and briefing and debrief."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from karama.accounts import reach
from karama.accounts.models import Posting
from karama.journal import Actor, action, clock
from karama.notices.actions import tell
from karama.people.actions import shapes
from karama.programme.days import today_at
from karama.reception import fitting
from karama.reception.access import BOOK, CARE, ROSTER, SUPPORT
from karama.reception.actions.booking import held
from karama.reception.models import Interpreter, InterpreterVeto, InterpreterWish, Interpreting
from karama.reception.problems import NameTaken, NoSuchChoice, StepNotAllowed
from karama.reception.targets import of_appointment, of_interpreter, of_interpreting, of_person, of_site

Languages = Annotated[list[shapes.Language], Field(min_length=1, max_length=8)]


@action("reception.list_interpreter", access=ROSTER, target=of_site, purpose="supervision")
def list_interpreter(
    *,
    by: Actor,
    site: UUID,
    user: UUID,
    languages: Languages,
    sex: Literal["woman", "man", "not_said"] = "not_said",
    signed_on: date | None = None,
) -> Interpreter:
    """Put a colleague on the roster of a site, or change what stands there. Raises NoSuchChoice.

    Without a day on which she signed confidentiality she cannot be booked.
    """
    here = Posting.objects.filter(reach.current(clock.now()), user_id=user, site_id=site, user__is_active=True)
    if not here.exists() or (signed_on is not None and signed_on > today_at(site)):
        raise NoSuchChoice("user" if not here.exists() else "signed_on")
    row = Interpreter.objects.filter(user_id=user, site_id=site, until_on__isnull=True).first()
    row = row or Interpreter(user_id=user, site_id=site)
    row.languages = " ".join(dict.fromkeys(one.lower() for one in languages))
    row.sex, row.signed_on = sex, signed_on
    row.save()
    return row


@action("reception.take_off_roster", access=ROSTER, target=of_interpreter, purpose="supervision")
def take_off_roster(*, by: Actor, interpreter: UUID) -> Interpreter:
    """End her time on the roster; what is booked with her is shown to be looked at."""
    row = Interpreter.objects.select_for_update(of=("self",)).get(pk=interpreter)
    if row.until_on is None:
        row.until_on = today_at(row.site_id)
        row.save()
    return row


@action("reception.set_interpreter_wish", access=CARE, target=of_person)
def set_interpreter_wish(
    *, by: Actor, person: UUID, language: shapes.Language, sex: Literal["woman", "man", "any"] = "any"
) -> InterpreterWish:
    """Write down which language a person wants interpreted, and whether by a woman or a man."""
    row = InterpreterWish.objects.filter(person_id=person).first() or InterpreterWish(person_id=person)
    row.seal("language", language.lower())
    row.seal("sex", sex)
    row.save()
    return row


@action("reception.veto_interpreter", access=CARE, target=of_person)
def veto_interpreter(
    *, by: Actor, person: UUID, user: UUID, why: Literal["veto", "related"] = "veto", lifted: bool = False
) -> InterpreterVeto:
    """A person does not want this one to hear her, or is related; `lifted`: not any more.

    Raises:
        NameTaken: said before. StepNotAllowed: there is nothing to lift. NoSuchChoice: not on a roster.
    """
    rows = InterpreterVeto.objects.filter(person_id=person, user_id=user, lifted_at__isnull=True)
    found = rows.first()
    if lifted:
        if found is None:
            raise StepNotAllowed()
        found.lifted_at = clock.now()
        found.save()
        return found
    if found is not None:
        raise NameTaken("user")
    if not Interpreter.objects.filter(user_id=user, until_on__isnull=True).exists():
        raise NoSuchChoice("user")
    made = InterpreterVeto(person_id=person, user_id=user)
    made.seal("why", why)
    made.save()
    return made


@action("reception.brief_interpreter", access=BOOK, target=of_appointment)
def brief_interpreter(*, by: Actor, appointment: UUID) -> Interpreting:
    """Note that the interpreter was briefed before. Raises StepNotAllowed."""
    row = held(appointment)
    if row.interpreter_id is None or row.state not in ("planned", "arrived", "in_room"):
        raise StepNotAllowed()
    if Interpreting.objects.filter(appointment=row, briefed_at__isnull=False).exists():
        raise StepNotAllowed()
    return Interpreting.objects.create(appointment=row, interpreter_id=row.interpreter_id, briefed_at=clock.now())


@action("reception.debrief_interpreter", access=CARE, target=of_appointment)
def debrief_interpreter(
    *, by: Actor, appointment: UUID, debrief: Literal["well", "support", "not_wanted"]
) -> Interpreting:
    """Note the talk after; who wants support gets it from a supervisor of the site. Raises StepNotAllowed."""
    row = held(appointment)
    if row.interpreter_id is None or row.state not in ("in_room", "done"):
        raise StepNotAllowed()
    kept = Interpreting.objects.filter(appointment=row).first()
    if kept is not None and kept.debriefed_at is not None:
        raise StepNotAllowed()
    kept = kept or Interpreting(appointment=row, interpreter_id=row.interpreter_id)
    kept.debrief, kept.debriefed_at = debrief, clock.now()
    kept.save()
    if debrief == "support":
        for user in fitting.supervisors_of(row.site_id):
            tell(by=by, user=user, kind="reception.support", place=None)
    return kept


@action("reception.settle_support", access=SUPPORT, target=of_interpreting, purpose="supervision")
def settle_support(*, by: Actor, interpreting: UUID) -> Interpreting:
    """Support was given. Raises StepNotAllowed: none is asked for."""
    row = Interpreting.objects.select_for_update(of=("self",)).get(pk=interpreting)
    if row.debrief != "support" or row.settled_at is not None:
        raise StepNotAllowed()
    row.settled_at = clock.now()
    row.save()
    return row
