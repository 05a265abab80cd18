"""Sessions of a family: who was there, and what was agreed, kept once for each who was, under her own key.

Whatever stands here is said of a member only while she says yes herself. It asks nothing of whom the worker does not
know: a member who is hidden from her stays as she was written down by others.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from karama.care import families, pathways, targets
from karama.care.access import PLAN, SESSION
from karama.care.actions import shapes
from karama.care.actions.planning import check_colleague
from karama.care.models import Episode, FamilyAttendance, FamilySession
from karama.care.problems import (
    AmendedMeanwhile,
    DayDoesNotFit,
    NotesAreClosed,
    ReasonNeeded,
    SayHow,
    TechniqueUnknown,
)
from karama.care.problems.family import (
    BeforeTheFamily,
    ChildUndecided,
    NobodyCame,
    NotOfTheFamily,
    NotTogether,
    OffTheScale,
)
from karama.care.queries.family import first_of
from karama.journal import ERASED, Absent, Actor, action
from karama.people.actions import papers
from karama.people.families import may_take_part
from karama.people.joined import all_files_of, last_files
from karama.people.models import Person
from karama.people.queries import Together, kept_from, together
from karama.programme.days import today_at, zone_of
from karama.reception.actions.settling import settle_appointment
from karama.reception.fitting import check_interpreted
from karama.rules.episodes import OPEN_STATES
from karama.rules.families import TOLD, number_on

Codes = Annotated[list[shapes.Code], Field(max_length=20)]
Modality = Literal["in_person", "phone", "online", "home"]
Minutes = Annotated[int, Field(ge=1, le=600)]
Tapped = Annotated[
    dict[UUID, Literal["asked", "not_asked", "not_appropriate", "absent", "as_before"]], Field(max_length=30)
]
Rating = Annotated[int, Field(ge=0, le=100)] | Literal["", "differs", "refused", "not_asked"]
ELSEWHERE = "-"
"""Why a session was corrected stands with each member, under her own key."""


@dataclass(frozen=True)
class Shared:
    """What everybody who came has of a session."""

    techniques: list[str] | None
    agreed: str | None
    rating: int | str | None


@action("care.record_family_session", access=SESSION, target=targets.of_person)
def record_family_session(
    *,
    by: Actor,
    person: UUID,
    attendance: Tapped,
    modality: Modality,
    on: date | None = None,
    minutes: Minutes | None = None,
    interpreted: bool = False,
    interpreter: UUID | None = None,
    co_led: UUID | None = None,
    techniques: Codes = [],  # noqa: B006 - pydantic copies it
    rating: Rating = "",
    agreed: shapes.Words = "",
    paper: UUID | None = None,
) -> FamilySession:
    """Write down a session of the family of `person`. Who is not in `attendance` is not recorded, and never absent.

    Raises:
        NotTogether, NotOfTheFamily, NobodyCame, ChildUndecided, DayDoesNotFit, BeforeTheFamily,
        TechniqueUnknown, OffTheScale, SayHow.
        NotThisInterpreter: not of the roster, or not to hear one of those who came.
        NotesAreClosed: words or a number from a duty that keeps none. NoSuchColleague: who led it beside her.
    """
    sheet = papers.being_typed(by, paper, "family", person)
    file, family = _family(by, person)
    shared = _shared(by, file, techniques, rating, agreed)
    day, members = _day(file, family, sheet.taken_on if sheet is not None else on)
    if "as_before" in attendance.values():
        raise SayHow("attendance")
    came = _check_members(members, attendance)
    if co_led is not None:
        for one in came:
            check_colleague(one, co_led, "co_led")
    if interpreter is not None:
        check_interpreted([one.id for one in came], interpreter)
    row = FamilySession(
        family_id=family.family, site_id=file.site_id, occurred_on=day, modality=modality, minutes=minutes,
        interpreted=interpreted or interpreter is not None, interpreter_id=interpreter, led_by_id=by.id,
        co_led_by_id=co_led if co_led != by.id else None,
    )  # fmt: skip
    row.save()
    for who in members:
        _attend(by, row, row, who, attendance.get(who, ""), shared)
    if sheet is not None:
        papers.enter_as(sheet, row.id)
    return row


@action("care.amend_family_session", access=PLAN, target=targets.of_person)
def amend_family_session(
    *,
    by: Actor,
    person: UUID,
    session: UUID,
    attendance: Tapped,
    modality: Modality,
    reason: shapes.Reason = "",
    on: date | None = None,
    minutes: Minutes | None = None,
    techniques: Codes = [],  # noqa: B006 - pydantic copies it
    rating: Rating = "",
    agreed: shapes.Words = "",
) -> FamilySession:
    """Correct a session of the family of `person`; both versions stay. Whoever this worker does not know of, or who has
    taken the yes back since, stays as she was written down. What was done and agreed is changed only by those who led
    it, and by nobody who may not read it.

    Raises:
        ReasonNeeded, AmendedMeanwhile, Absent: no session of this member; and what `record_family_session` raises.
    """
    if not reason:
        raise ReasonNeeded()
    file, family = _family(by, person)
    old = FamilySession.objects.select_for_update(of=("self",)).filter(pk=session, family_id=family.family).first()
    held = first_of(old) if old is not None else None
    rows = list(FamilyAttendance.objects.filter(held=held).order_by("recorded_at", "id"))
    newest = {one.person_id: one for one in rows}
    if old is None or not set(newest) & set(all_files_of(file.id)):
        raise Absent()
    if FamilySession.objects.filter(amends=old).exists():
        raise AmendedMeanwhile()
    shared: Shared | None = _shared(by, file, techniques, rating, agreed)
    if by.id not in (old.led_by_id, old.co_led_by_id):
        shared = None
    if kept_from(by, {one.person_id for one in rows if one.state == "came"}):
        shared = None
    last = last_files(newest)
    before = {last[who]: one for who, one in newest.items()}
    day, members = _day(file, family, on or old.occurred_on, before, old.occurred_on)
    _check_members(members, attendance)
    row = FamilySession(
        family_id=old.family_id, site_id=old.site_id, occurred_on=day, modality=modality, minutes=minutes,
        interpreted=old.interpreted, interpreter_id=old.interpreter_id, led_by_id=old.led_by_id,
        co_led_by_id=old.co_led_by_id, amends=old,
    )  # fmt: skip
    row.seal("amend_reason", ELSEWHERE)
    row.save()
    for one in members:
        _attend(by, row, held, one, attendance.get(one, ""), shared, before.get(one), reason)
    return row


def _family(by: Actor, person: UUID) -> tuple[Person, Together]:
    file = Person.objects.select_related("programme").get(pk=person)
    family = together(by, file)
    if family is None:
        raise NotTogether()
    return file, family


def _day(
    file: Person, family: Together, on: date | None, before: Collection[UUID] = (), told: date | None = None
) -> tuple[date, dict[UUID, Person]]:
    """The day, and who was in the family then as far as this worker knows; on the day that was `told`, and later, also
    who was written down `before`. Raises DayDoesNotFit, BeforeTheFamily."""
    today, zone = today_at(file.site_id), zone_of(file.site_id)
    day = on or today
    if day > today:
        raise DayDoesNotFit()
    members = {
        one.id: one
        for one in family.members
        if (one.id in before and told is not None and told <= day)
        or family.since[one.id].astimezone(zone).date() <= day
    }
    if file.id not in members:
        raise BeforeTheFamily()
    return day, members


def _check_members(known: Mapping[UUID, Person], attendance: Mapping[UUID, str]) -> list[Person]:
    """Those who came, each with a yes of her own; for a child by the rules about children."""
    if not set(attendance) <= set(known):
        raise NotOfTheFamily()
    came = [known[one] for one, said in attendance.items() if said != "absent"]
    if not came:
        raise NobodyCame()
    if not all(may_take_part(one) for one in came):
        raise ChildUndecided()
    return came


def _shared(by: Actor, file: Person, techniques: list[str], rating: int | str, agreed: str) -> Shared:
    if not set(techniques) <= {one.code for one in pathways.of_programme(file.programme.code).techniques}:
        raise TechniqueUnknown()
    if (agreed or rating != "") and "clinical" not in by.compartments:
        raise NotesAreClosed()
    scale = families.of_programme(file.programme.code)
    if rating != "" and (
        scale is None or (not isinstance(rating, str) and number_on(rating, scale.lowest, scale.highest) is None)
    ):
        raise OffTheScale("rating")
    return Shared(sorted(set(techniques)) or None, agreed or None, None if rating == "" else rating)


def _attend(
    by: Actor,
    row: FamilySession,
    held: FamilySession | None,
    person: UUID,
    said: str,
    shared: Shared | None,
    old: FamilyAttendance | None = None,
    reason: str = "",
) -> None:
    """What one member has of this version, in the file in which it was first written. `shared` None: as she has it."""
    state = "unsaid" if not said else "absent" if said == "absent" else "came"
    before: dict[str, Any] = {}
    if old is not None:
        before = {name: old.unseal(name) for name in ("risk_asked", "techniques", "agreed", "rating")}
        if ERASED in before.values():
            raise Absent()
    if said == "as_before" and before.get("risk_asked") is None:
        raise SayHow("attendance")
    file = old.person_id if old is not None else person
    made = FamilyAttendance(person_id=file, episode=_open_episode(person), held=held, session=row, state=state)
    made.amends = old
    made.seal("amend_reason", reason if old is not None else None)
    if state == "came":
        made.seal("risk_asked", before["risk_asked"] if said == "as_before" else TOLD[said])
        kept = vars(shared) if shared is not None else before
        for name in ("techniques", "agreed", "rating"):
            made.seal(name, kept.get(name))
    made.save()
    if state != "unsaid":
        settle_appointment(
            by=by, person=person, session=made.id, day=row.occurred_on, attended=_came(state),
            writer=_writer(old), corrects=old.id if old else None, turned=old is not None and old.state != state,
        )  # fmt: skip


def _came(state: str) -> Literal["came", "absent"]:
    return "came" if state == "came" else "absent"


def _writer(old: FamilyAttendance | None) -> UUID | None:
    """Who wrote it down first."""
    while old is not None and old.amends_id is not None:
        old = FamilyAttendance.objects.get(pk=old.amends_id)
    return old.author_id if old is not None else None


def _open_episode(person: UUID) -> Episode | None:
    return Episode.objects.filter(person_id__in=all_files_of(person), state__in=OPEN_STATES).order_by("pk").first()
