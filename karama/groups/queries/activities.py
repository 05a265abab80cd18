"""Activities with the community, of the reader's sites; they name nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Sum

from karama.accounts.queries import alias_of
from karama.groups.access import ACTIVITY
from karama.groups.models import CommunityActivity
from karama.journal import Absent, Actor, clock, visible_to
from karama.people.access import purpose_of

SHOWN_FOR = timedelta(days=400)
MOST = 200


@dataclass(frozen=True)
class ActivityLine:
    """One activity in a list. `many`: of its `basis`."""

    id: UUID
    kind: str
    title: str
    site: str
    on: date
    many: int
    basis: str


@dataclass(frozen=True)
class ActivityPage:
    """One activity as its sheet shows it. `counts`: (age band, sex) -> how many; a band nobody counted is not there."""

    row: CommunityActivity
    title: str
    place: str
    materials: str
    words: str
    site: str
    who: str
    counts: dict[tuple[str, str], int]
    total: int
    newer: UUID | None
    reason: str
    mine: bool


def activities_of(by: Actor) -> list[ActivityLine]:
    """The newest version of each, the newest first. One query."""
    since = clock.day_in_utc() - SHOWN_FOR
    rows = _visible(by, CommunityActivity.objects.filter(occurred_on__gte=since, amended_by__isnull=True))
    rows = rows.select_related("site").annotate(many=Sum("counts__many")).order_by("-occurred_on", "-id")
    return [
        ActivityLine(
            one.id, one.kind, one.text_of("title"), one.site.name, one.occurred_on, one.many or 0, one.basis
        )  # fmt: skip
        for one in rows[:MOST]
    ]


def activity_page(by: Actor, gathering: UUID) -> ActivityPage:
    """One activity, also in an older version. Raises `Absent`."""
    row = _visible(by, CommunityActivity.objects.filter(pk=gathering)).select_related("site").first()
    if row is None:
        raise Absent()
    counts = {(one.age_band, one.sex): one.many for one in row.counts.all()}
    newer = CommunityActivity.objects.filter(amends=row).values_list("id", flat=True).first()
    return ActivityPage(
        row=row,
        title=row.text_of("title"),
        place=row.text_of("place"),
        materials=row.text_of("materials"),
        words=row.text_of("words"),
        site=row.site.name,
        who=alias_of(row.author_id),
        counts=counts,
        total=sum(counts.values()),
        newer=newer,
        reason=row.text_of("amend_reason"),
        mine=row.author_id == by.id or by.duty == "supervisor",
    )


def _visible(by: Actor, rows: Any) -> Any:
    attributes = {"group_site": "site_id"}
    return visible_to(rows, by=by, policy=ACTIVITY, purpose=purpose_of(by), now=clock.now(), attributes=attributes)
