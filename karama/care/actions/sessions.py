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
from karama.journal import ERASED, Absent, Actor, action, foreseen
from karama.journal.readymade import readymade
from karama.people.actions import papers
from karama.people.joined import file_that_remains
from karama.people.models import Person
from karama.programme.days import today_at
from karama.programme.queries import foresee_places
from karama.reception.actions.following import tell_near
from karama.reception.actions.settling import foresee_nothing, settle_appointment
from karama.rules.episodes import OPEN_STATES
from karama.security import vault

Codes = Annotated[list[shapes.Code], Field(max_length=20)]


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
    homework: Literal["", "given", "reviewed", "none"] = "",
    interpreted: bool = False,
    interpreter: UUID | None = None,
    risk_asked: Literal["", "yes", "no", "not_appropriate"] = "",
    minutes: Annotated[int, Field(ge=1, le=600)] | None = None,
    next_step: Literal["", "go_on", "sooner", "discuss", "refer", "end"] = "",
    words: shapes.Words = "",
    paper: UUID | None = None,
) -> Session:
    """Record a session. `words` becomes a note of the session; what was not said stays not said. `paper`: the sheet
    from which it is typed in, which says the day.

    Raises:
        DayDoesNotFit, SayHow, TechniqueUnknown, PaperEntered. NotesAreClosed: words from a duty that keeps no notes.
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
    reason: shapes.Reason = "",
) -> Session:
    """Correct whether the person came and how; both versions stay readable, and her appointment follows.

    What was done stays as it was told when the session was last said to be held; what comes next stays, too. Who may
    not read whether safety was asked about does not change it. Whoever wrote what somebody else corrects is told.

    Raises:
        ReasonNeeded, AmendedMeanwhile, NothingChanged, SayHow.
    """
    if not reason:
        raise ReasonNeeded()
    old = Session.objects.select_for_update(of=("self",)).get(pk=session)
    if Session.objects.filter(amends=old).exists():
        raise AmendedMeanwhile()
    versions = versions_of(old)
    kept = next((one for one in versions if one.attended == "came"), None)
    before = {name: kept.unseal(name) if kept else None for name in ("techniques", "homework", "risk_asked")}
    before["next_step"] = old.unseal("next_step")
    if ERASED in before.values():
        raise Absent()
    held = attended == "came"
    risk = risk_asked or None
    if kept is not None and "clinical" not in by.compartments:
        risk = before["risk_asked"]
    elif held and modality and not risk:
        raise SayHow("risk_asked")
    if held and not modality:
        raise SayHow("modality")
    if kept is not None and kept is not old:
        minutes = minutes or kept.minutes
    row = Session(
        person_id=old.person_id,
        episode_id=old.episode_id,
        occurred_on=old.occurred_on,
        precision=old.precision,
        attended=attended,
        modality=modality if held else "",
        minutes=minutes if held else None,
        interpreted=held and kept is not None and kept.interpreted,
        interpreter_id=kept.interpreter_id if held and kept is not None else None,
        amends=old,
    )
    told = (old.attended, old.modality, old.minutes)
    if told == (row.attended, row.modality, row.minutes) and (not held or risk == before["risk_asked"]):
        raise NothingChanged()
    row.seal("techniques", before["techniques"] if held else None)
    row.seal("homework", before["homework"] if held else None)
    row.seal("risk_asked", risk if held else None)
    row.seal("next_step", before["next_step"])
    row.seal("amend_reason", reason)
    row.save()
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
