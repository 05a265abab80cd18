"""Writing down a session, held or missed, with its note in the same breath, and correcting what was written.

Whether the person came settles her appointment of that day in the same action.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Final, Literal, cast
from uuid import UUID

from django.db.models import QuerySet
from pydantic import Field

from karama.care import pathways, targets
from karama.care.access import SESSION
from karama.care.actions import shapes
from karama.care.actions.intakeown import must_ask_first
from karama.care.actions.nextsteps import follow_correction, leave_step
from karama.care.actions.notes import keep_note
from karama.care.models import Episode, Session
from karama.care.problems import (
    AmendedMeanwhile,
    DayDoesNotFit,
    NotesAreClosed,
    NothingChanged,
    ReasonNeeded,
    SayHow,
    TechniqueUnknown,
)
from karama.care.problems.intake import HowLeavingFirst
from karama.journal import ERASED, Absent, Actor, action, foreseen
from karama.journal.readymade import readymade
from karama.people.actions import papers
from karama.people.joined import file_that_remains
from karama.people.models import Person
from karama.programme.days import today_at
from karama.programme.queries import foresee_places
from karama.reception.actions.following import tell_near
from karama.reception.actions.settling import foresee_nothing, settle_appointment
from karama.reception.fitting import check_interpreted
from karama.rules.episodes import OPEN_STATES
from karama.security import vault

Codes = Annotated[list[shapes.Code], Field(max_length=20)]


Homework = Literal["", "given", "reviewed", "none"]
Next = Literal["", "go_on", "sooner", "discuss", "refer", "end"]
FILES: Final = "care.session_files"
EPISODES: Final = "care.open_episodes"


def _foresee(*, by: Actor, many: Sequence[Mapping[str, Any]]) -> None:
    """For what a telephone brings: files, places, open episodes, keys, and with whom nothing is planned.

    A session changes none of these. What somebody else changes in the same moment counts for the next session, as it
    does for one that is recorded by itself a moment earlier.
    """
    people = {one["person"] for one in many}
    files = {person: (site, programme) for person, site, programme in _where(people)}
    foreseen(FILES).update(files)
    foresee_places({site for site, _programme in files.values()})
    foreseen(EPISODES).update(dict.fromkeys(people) | {one.person_id: one for one in _open_episodes(people)})
    days: dict[UUID, set[date]] = {}
    for one in many:
        if one["person"] in files:
            days.setdefault(one["person"], set()).add(one["on"] or today_at(files[one["person"]][0]))
    if days:
        foresee_nothing(by.id, days)
    vault.warm(files, "clinical")


@action(
    "care.record_session", access=SESSION, target=targets.of_person, targets=targets.of_many_people, foresee=_foresee
)
def record_session(
    *,
    by: Actor,
    person: UUID,
    attended: Literal["came", "cancelled", "absent", "staff"],
    on: date | None = None,
    modality: Literal["", "in_person", "phone", "online", "home"] = "",
    techniques: Codes = [],  # noqa: B006 - pydantic copies it
    homework: Homework = "",
    interpreted: bool = False,
    interpreter: UUID | None = None,
    risk_asked: Literal["", "yes", "no", "not_appropriate"] = "",
    minutes: Annotated[int, Field(ge=1, le=600)] | None = None,
    next_step: Next = "",
    words: shapes.Words = "",
    paper: UUID | None = None,
) -> Session:
    """Record a session. `words` becomes a note of the session; what was not said stays not said. `paper`: the sheet
    from which it is typed in, which says the day.

    Raises:
        DayDoesNotFit, SayHow, TechniqueUnknown, PaperEntered. NotThisInterpreter: not of the roster, or not to hear
            her. NotesAreClosed: words from a duty that keeps no notes. HowLeavingFirst: at the desk, while nobody has
            asked how the person leaves; what a telephone brings is never held back for it.
    """
    sheet = papers.being_typed(by, paper, "session", person)
    on = sheet.taken_on if sheet is not None else on
    site, programme = foreseen(FILES).get(person) or _where.first([person])[1:]
    today = today_at(site)
    if on is not None and (on - today).days > 0:
        raise DayDoesNotFit()
    held = attended == "came"
    if held and not (modality and risk_asked):
        raise SayHow("modality" if not modality else "risk_asked")
    if held and interpreter is not None:
        check_interpreted([person], interpreter)
    hers = sheet is None or sheet.taken_by_id == by.id
    if held and hers and by.device is None and must_ask_first(by, person, on or today):
        raise HowLeavingFirst()
    known = {one.code for one in pathways.of_programme(programme).techniques}
    if not set(techniques) <= known:
        raise TechniqueUnknown()
    if words and "clinical" not in by.compartments:
        raise NotesAreClosed()
    episode = _open_episode(person)
    row = Session(
        person_id=person,
        episode=episode,
        occurred_on=on or today,
        precision=sheet.precision if sheet is not None else "day",
        attended=attended,
        modality=modality if held else "",
        minutes=minutes if held else None,
        interpreted=held and (interpreted or interpreter is not None),
        interpreter_id=interpreter if held else None,
    )
    row.seal("techniques", sorted(set(techniques)) if held and techniques else None)
    row.seal("homework", homework or None if held else None)
    row.seal("risk_asked", risk_asked or None if held else None)
    row.seal("next_step", next_step or None)
    row.save()
    papers.enter(sheet, row)
    if row.precision == "day":
        settle_appointment(by=by, person=person, session=row.id, day=row.occurred_on, attended=attended)
    leave_step(row, next_step, row.author_id)
    if words:
        keep_note(by=by, person=person, episode=episode, session=row, sections={"session": words})
    return row


def _open_episode(person: UUID) -> Episode | None:
    known = foreseen(EPISODES)
    if person in known:
        return cast("Episode | None", known[person])
    return cast("Episode | None", _episode_of.first(person))


@readymade
def _episode_of(person: UUID) -> QuerySet[Episode]:
    return Episode.objects.filter(person_id=person, state__in=OPEN_STATES).order_by("pk")


@readymade
def _where(people: Collection[UUID]) -> QuerySet[Any]:
    return Person.objects.filter(pk__in=people).values_list("pk", "site_id", "programme__code")


@readymade
def _open_episodes(people: Collection[UUID]) -> QuerySet[Episode]:
    return Episode.objects.filter(person_id__in=people, state__in=OPEN_STATES).order_by("-pk")


def versions_of(row: Session) -> list[Session]:
    """A session and every version before it, the newest first."""
    found = [row]
    while found[-1].amends_id is not None:
        found.append(Session.objects.get(pk=found[-1].amends_id))
    return found


@action("care.amend_session", access=SESSION, target=targets.of_session)
def amend_session(
    *,
    by: Actor,
    session: UUID,
    attended: Literal["came", "cancelled", "absent", "staff"],
    modality: Literal["", "in_person", "phone", "online", "home"] = "",
    risk_asked: Literal["", "yes", "no", "not_appropriate"] = "",
    minutes: Annotated[int, Field(ge=1, le=600)] | None = None,
    techniques: Codes | None = None,
    homework: Homework | None = None,
    next_step: Next | None = None,
    interpreted: bool | None = None,
    interpreter: UUID | None = None,
    reason: shapes.Reason = "",
) -> Session:
    """Correct whether the person came, how, and what was done; both versions stay readable, her appointment follows.

    What is left out (None) stays as it was told when the session was last said to be held; what comes next stays, too.
    Who may not read what was told in care does not change it. Whoever wrote what somebody else corrects is told.
    `interpreter` counts only where it is said that somebody interpreted.

    Raises:
        ReasonNeeded, AmendedMeanwhile, NothingChanged, SayHow, TechniqueUnknown.
    """
    if not reason:
        raise ReasonNeeded()
    old = Session.objects.select_for_update(of=("self",)).get(pk=session)
    if Session.objects.filter(amends=old).exists():
        raise AmendedMeanwhile()
    versions = versions_of(old)
    kept = next((one for one in versions if one.attended == "came"), None)
    before = _told_before(old, kept)
    held = attended == "came"
    after = dict(before)
    if kept is None or "clinical" in by.compartments:
        if held and modality and not risk_asked:
            raise SayHow("risk_asked")
        after["risk_asked"] = risk_asked or None
    if "clinical" in by.compartments:
        said = {"techniques": techniques, "homework": homework, "next_step": next_step}
        after |= {name: value or None for name, value in said.items() if value is not None}
        after["techniques"] = _known(old, after["techniques"], before["techniques"])
    if held and not modality:
        raise SayHow("modality")
    if kept is not None and kept is not old:
        minutes = minutes or kept.minutes
    with_one, who = _with_whom(kept, interpreted, interpreter)
    row = Session(
        person_id=old.person_id,
        episode_id=old.episode_id,
        occurred_on=old.occurred_on,
        precision=old.precision,
        attended=attended,
        modality=modality if held else "",
        minutes=minutes if held else None,
        interpreted=held and with_one,
        interpreter_id=who if held else None,
        amends=old,
    )
    same = all(getattr(old, name) == getattr(row, name) for name in AS_SAID)
    if same and all(after[name] == before[name] for name in (TOLD if held else ("next_step",))):
        raise NothingChanged()
    for name in TOLD:
        row.seal(name, after[name] if held or name == "next_step" else None)
    row.seal("amend_reason", reason)
    row.save()
    follow_correction(old, row, before["next_step"] or "", after["next_step"] or "", versions[-1].author_id)
    for author in {one.author_id for one in versions}:  # it leads to the version she knows, and that to the newest
        tell_near(by, file_that_remains(row.person_id), author, "care.session_corrected", old.id)
    if row.precision == "day":
        settle_appointment(
            by=by,
            person=file_that_remains(row.person_id),
            session=row.id,
            day=row.occurred_on,
            attended=attended,
            writer=versions[-1].author_id,
            corrects=old.id,
            turned=attended != old.attended,
        )
    return row


AS_SAID: Final = ("attended", "modality", "minutes", "interpreted", "interpreter_id")
TOLD: Final = ("techniques", "homework", "risk_asked", "next_step")
"""What stands under seal: what was done, of the version that was last said to be held, and what comes next."""


def _told_before(old: Session, kept: Session | None) -> dict[str, Any]:
    found = {name: kept.unseal(name) if kept else None for name in TOLD}
    found["next_step"] = old.unseal("next_step")
    if ERASED in found.values():
        raise Absent()
    return found


def _with_whom(kept: Session | None, interpreted: bool | None, interpreter: UUID | None) -> tuple[bool, UUID | None]:
    """Whether somebody interpreted, and who: as it was told, unless it is said anew."""
    if interpreted is not None:
        return interpreted, interpreter if interpreted else None
    return (kept.interpreted, kept.interpreter_id) if kept is not None else (False, None)


def _known(old: Session, techniques: list[str] | None, before: list[str] | None) -> list[str] | None:
    """In order; one that the programme lists no more stays where it stood before. Raises `TechniqueUnknown`."""
    programme = Person.objects.values_list("programme__code", flat=True).get(pk=old.person_id)
    known = {one.code for one in pathways.of_programme(programme).techniques}
    if not set(techniques or ()) <= known | set(before or ()):
        raise TechniqueUnknown()
    return sorted(set(techniques)) if techniques else None
