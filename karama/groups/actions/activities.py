"""What is done with a community: counted by age and sex, with what the count is a count of."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from karama.groups import curriculum
from karama.groups.access import ACTIVITY, CORRECT_ACTIVITY
from karama.groups.actions import shapes
from karama.groups.models import ActivityCount, CommunityActivity
from karama.groups.problems import CorrectedMeanwhile, CountNeeded, DayAhead, NoSuchCode, ReasonNeeded
from karama.groups.targets import of_gathering, of_site
from karama.journal import Actor, action
from karama.programme.days import today_at

Kind = Literal["awareness", "information", "mobilisation", "recreation", "skills", "ceremony", "other"]
Basis = Literal["people", "contacts", "unsure"]
Band = Literal["0-4", "5-9", "10-14", "15-17", "18-24", "25-34", "35-49", "50-59", "60+", "unknown"]
Sex = Literal["F", "M", "other", "unknown"]
Counted = tuple[Band, Sex, Annotated[int, Field(ge=0, le=100_000)]]
Counts = Annotated[list[Counted], Field(max_length=40)]


@action("groups.record_activity", access=ACTIVITY, target=of_site)
def record_activity(
    *,
    by: Actor,
    site: UUID,
    kind: Kind,
    four_ws: shapes.FourWs,
    basis: Basis,
    counts: Counts,
    title: shapes.Name,
    on: date | None = None,
    minutes: shapes.Minutes | None = None,
    place: shapes.Reason = "",
    materials: shapes.Reason = "",
    words: shapes.Words = "",
) -> CommunityActivity:
    """Write down an activity. A band that is not in `counts` was not counted; it is not zero.

    Raises:
        DayAhead, CountNeeded, NoSuchCode.
    """
    made = CommunityActivity(site_id=site, kind=kind, four_ws=four_ws, basis=basis, minutes=minutes)
    _keep(made, on, counts, title, place, materials, words)
    return made


@action("groups.correct_activity", access=CORRECT_ACTIVITY, target=of_gathering)
def correct_activity(
    *,
    by: Actor,
    gathering: UUID,
    kind: Kind,
    four_ws: shapes.FourWs,
    basis: Basis,
    counts: Counts,
    title: shapes.Name,
    reason: shapes.Reason = "",
    on: date | None = None,
    minutes: shapes.Minutes | None = None,
    place: shapes.Reason = "",
    materials: shapes.Reason = "",
    words: shapes.Words = "",
) -> CommunityActivity:
    """Correct an activity as a whole; both versions stay readable. Raises `ReasonNeeded`, `CorrectedMeanwhile`, and
    what `record_activity` raises."""
    if not reason:
        raise ReasonNeeded()
    old = CommunityActivity.objects.select_for_update(of=("self",)).get(pk=gathering)
    if CommunityActivity.objects.filter(amends=old).exists():
        raise CorrectedMeanwhile()
    made = CommunityActivity(site_id=old.site_id, kind=kind, four_ws=four_ws, basis=basis, minutes=minutes, amends=old)
    made.seal("amend_reason", reason)
    _keep(made, on or old.occurred_on, counts, title, place, materials, words)
    return made


def _keep(
    made: CommunityActivity,
    on: date | None,
    counts: list[Counted],
    title: str,
    place: str,
    materials: str,
    words: str,
) -> None:
    if made.four_ws not in {code for code, _words, _draft in curriculum.four_ws()}:
        raise NoSuchCode("four_ws")
    today = today_at(made.site_id)
    made.occurred_on = on or today
    if made.occurred_on > today:
        raise DayAhead()
    many: dict[tuple[str, str], int] = {}
    for band, sex, number in counts:
        many[band, sex] = many.get((band, sex), 0) + number
    if not sum(many.values()):
        raise CountNeeded()
    made.seal("title", title)
    made.seal("place", place or None)
    made.seal("materials", materials or None)
    made.seal("words", words or None)
    made.save()
    ActivityCount.objects.bulk_create(
        [ActivityCount(activity=made, age_band=band, sex=sex, many=number) for (band, sex), number in many.items()]
    )
