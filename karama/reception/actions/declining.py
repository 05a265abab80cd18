"""Whoever interprets says that she cannot, or that she knows the person; and somebody else is found."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from karama.accounts import reach
from karama.accounts.models import Posting
from karama.journal import Actor, action, clock
from karama.people.joined import all_files_of, file_that_remains, files_of
from karama.people.models import Person
from karama.reception import fitting
from karama.reception.access import BOOK, DESK, INTERPRET
from karama.reception.actions.booking import held
from karama.reception.actions.following import tell_interpreter, tell_near
from karama.reception.models import Appointment, InterpreterVeto, Interpreting
from karama.reception.problems import StepNotAllowed
from karama.reception.targets import of_appointment, of_own_interpreting
from karama.rules.appointments import HOLDING, may_decline


@action("reception.decline_interpreting", access=INTERPRET, target=of_own_interpreting, purpose="administration")
def decline_interpreting(*, by: Actor, appointment: UUID, why: Literal["cannot", "knows"]) -> Appointment:
    """Whoever interprets cannot take this, or knows the person; whoever booked and the colleague find somebody else.

    `knows`: the roster remembers it for this person, as it remembers whom she does not want, and everything that is
    planned with her goes to somebody else. Who she is, is not told. Raises StepNotAllowed.
    """
    row = held(appointment)
    if row.interpreter is None or not may_decline(row.state, why):
        raise StepNotAllowed()
    if why == "cannot":
        _stand_down(by, row)
        return row
    remember(row.person_id, by.id)
    planned = Appointment.objects.select_for_update(of=("self",)).filter(
        person_id__in=all_files_of(row.person_id), interpreter__user_id=by.id, state__in=HOLDING
    )
    for one in planned.order_by("starts_at", "id"):
        _stand_down(by, one)
    return row


def remember(person: UUID, user: UUID) -> None:
    """Keep for a person that this one is not to hear her; said before, by whomever, it stands."""
    if InterpreterVeto.objects.filter(person_id__in=files_of(person), user_id=user, lifted_at__isnull=True).exists():
        return
    made = InterpreterVeto(person_id=file_that_remains(person), user_id=user)
    made.seal("why", "related")
    made.save()


def _stand_down(by: Actor, row: Appointment) -> None:
    """Nobody interprets this any more, and it is told to those who can mend it."""
    booked = row.author_id
    row.interpreter, row.interpreter_sought_at = None, clock.now()
    row.save()
    _forget_briefing(row)
    desk = Posting.objects.filter(reach.current(clock.now()), user_id=booked, duty__in=DESK, user__is_active=True)
    for user in {row.worker_id, *desk.values_list("user_id", flat=True)}:
        tell_near(by, row.person_id, user, "reception.interpreter_needed", row.id)


def _forget_briefing(row: Appointment) -> None:
    """Whoever comes instead is briefed anew. What was said after stays."""
    for one in Interpreting.objects.filter(appointment=row, debriefed_at__isnull=True):
        one.delete()


@action("reception.give_interpreter", access=BOOK, target=of_appointment)
def give_interpreter(*, by: Actor, appointment: UUID, interpreter: UUID | None = None) -> Appointment:
    """Another one of the roster interprets, at the same time; or nobody of the roster is needed (None).

    Raises:
        StepNotAllowed: it is over, or nobody was sought. NoSuchChoice, NotThisInterpreter, TimeTaken.
    """
    row = held(appointment)
    if row.state not in HOLDING or row.ends_at <= clock.now() or row.interpreter_sought_at is None:
        raise StepNotAllowed()
    row.interpreter_sought_at = None
    if interpreter is not None:
        fitting.lock_site(row.site_id)
        row.interpreter = fitting.check_interpreter(Person.objects.get(pk=row.person_id), interpreter, row.starts_at)
        fitting.check_interpreter_free(row)
    row.save()
    tell_interpreter(by, row, "reception.to_interpret")
    return row
