"""Physiotherapy: cautions agreed with a person, activities of their own choosing, sessions, red flags."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from karama.care import targets
from karama.care.access import CAUTION, TREAT_BODY
from karama.care.actions import shapes
from karama.care.days import today_of
from karama.care.models import Activity, BodySession, Caution
from karama.care.problems import DayDoesNotFit, NothingWritten
from karama.care.problems.medical import CodeUnknown, EndedAlready, MapDoesNotFit, ThreeActivities
from karama.journal import Actor, action
from karama.knowledge.value_sets import coded, offered, red_flags
from karama.people.actions import papers
from karama.rules import physiotherapy as rule
from karama.safety.actions import raise_alert
from karama.safety.models import AlertSource

Rating = Annotated[int, Field(ge=rule.LOWEST, le=rule.HIGHEST)]
Codes = Annotated[list[shapes.Code], Field(max_length=20)]
FLAGGED = "physiotherapy"
"""How an alert says that a red flag raised it."""


@action("care.agree_caution", access=CAUTION, target=targets.of_person)
def agree_caution(*, by: Actor, person: UUID, avoid: shapes.Code) -> Caution:
    """Agree with a person what to avoid. Agreed already, it stays as it is. Raises `CodeUnknown`."""
    if avoid not in dict(offered(coded("cautions"))):
        raise CodeUnknown("avoid")
    for known in Caution.objects.filter(person_id=person, ended_on__isnull=True):
        if known.unseal("avoid") == avoid:
            return known
    row = Caution(person_id=person, agreed_on=today_of(person))
    row.seal("avoid", avoid)
    row.save()
    return row


def of_caution(*, by: Actor, caution: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of an action about a caution."""
    person = Caution.objects.filter(pk=caution).values_list("person_id", flat=True).first()
    return targets.present_file(by, person) if person is not None else {}


@action("care.end_caution", access=CAUTION, target=of_caution)
def end_caution(*, by: Actor, caution: UUID) -> Caution:
    """The person says that it need not be avoided any more. Raises `EndedAlready`."""
    row = Caution.objects.get(pk=caution)
    _end(row)
    return row


@action("care.choose_activity", access=TREAT_BODY, target=targets.of_person)
def choose_activity(*, by: Actor, person: UUID, words: shapes.Line) -> Activity:
    """Something the person wants to be able to do again. Raises `NothingWritten`, `ThreeActivities`."""
    if not words:
        raise NothingWritten()
    if Activity.objects.filter(person_id=person, ended_on__isnull=True).count() >= rule.ACTIVITIES:
        raise ThreeActivities()
    row = Activity(person_id=person, chosen_on=today_of(person))
    row.seal("words", words)
    row.save()
    return row


def of_activity(*, by: Actor, activity: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of an action about an activity."""
    person = Activity.objects.filter(pk=activity).values_list("person_id", flat=True).first()
    return targets.present_file(by, person) if person is not None else {}


@action("care.end_activity", access=TREAT_BODY, target=of_activity)
def end_activity(*, by: Actor, activity: UUID) -> Activity:
    """It is not followed any more. Raises `EndedAlready`."""
    row = Activity.objects.get(pk=activity)
    _end(row)
    return row


def _end(row: Caution | Activity) -> None:
    if row.ended_on is not None:
        raise EndedAlready()
    begun = row.agreed_on if isinstance(row, Caution) else row.chosen_on
    row.ended_on = max(today_of(row.person_id), begun)  # she may have moved to where it is still yesterday
    row.save()


@action("care.record_body_session", access=TREAT_BODY, target=targets.of_person)
def record_body_session(
    *,
    by: Actor,
    person: UUID,
    places: dict[shapes.Code, Literal["pain", "spread"]] | None = None,
    intensity: Rating | None = None,
    ratings: dict[UUID, Rating] | None = None,
    flags: Codes | None = None,
    exercises: Codes = [],  # noqa: B006 - pydantic copies it
    reaction: Literal["", "better", "same", "worse"] = "",
    practice: Literal["", "given", "reviewed", "none"] = "",
    on: date | None = None,
    paper: UUID | None = None,
) -> BodySession:
    """Record a session. What was not asked stays not asked; an empty map or list says that nothing was there.

    A red flag raises an alert in the same breath, which a prescriber answers; no flag is ever refused.

    `paper`: the sheet from which it is typed in, which says the day.

    Raises:
        MapDoesNotFit, CodeUnknown, DayDoesNotFit, PaperEntered.
    """
    sheet = papers.being_typed(by, paper, "body", person)
    on = sheet.taken_on if sheet is not None else on
    today = today_of(person)
    if on is not None and (on - today).days > 0:
        raise DayDoesNotFit()
    chosen = set(Activity.objects.filter(person_id=person, ended_on__isnull=True).values_list("id", flat=True))
    check_session(places, exercises, ratings, chosen)
    row = BodySession(person_id=person, occurred_on=on or today)
    row.seal("places", places)
    row.seal("intensity", intensity)
    row.seal("ratings", None if ratings is None else {str(one): value for one, value in ratings.items()})
    row.seal("flags", None if flags is None else sorted(set(flags)))
    row.seal("exercises", sorted(set(exercises)) or None)
    row.seal("reaction", reaction or None)
    row.seal("practice", practice or None)
    row.save()
    papers.enter(sheet, row)
    if flags:
        tell_flags(by, person, flags, row.id)
    return row


@action("care.tell_red_flags", access=TREAT_BODY, target=targets.of_person)
def tell_red_flags(*, by: Actor, person: UUID, flags: Codes) -> AlertSource:
    """Tell a prescriber of red flags at once, also when the session cannot be saved. Raises `CodeUnknown` for none."""
    if not flags:
        raise CodeUnknown("flags")
    return tell_flags(by, person, flags, None)


def check_session(
    places: Mapping[str, str] | None,
    exercises: Collection[str],
    ratings: Mapping[UUID, int] | None,
    chosen: Collection[UUID],
    known: Collection[str] = (),
) -> None:
    """Raises `MapDoesNotFit`, `CodeUnknown`. `known`: exercises of a session that is corrected, listed or not."""
    if places and not rule.map_fits(places, (one.code for one in coded("body_regions"))):
        raise MapDoesNotFit()
    if not set(exercises) <= {code for code, _words in offered(coded("exercises"))} | set(known):
        raise CodeUnknown("exercises")
    if not set(ratings or ()) <= set(chosen):
        raise CodeUnknown("ratings")


def tell_flags(by: Actor, person: UUID, flags: list[str], record: UUID | None) -> AlertSource:
    """Tell a prescriber of these red flags. Called inside an action."""
    grades = {one.code: one.grade for one in red_flags()}
    grade = rule.grade_of_flags(flags, grades) or "now"
    told: AlertSource = raise_alert(
        by=by, person=person, kind="medical_emergency", grade=grade, source=FLAGGED, source_record=record
    ).value
    return told
