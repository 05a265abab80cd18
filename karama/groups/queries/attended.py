"""When people were last at a group meeting, for whoever looks whether somebody was lost from sight."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Max, QuerySet

from karama.groups.access import SEE, group_at
from karama.groups.models import Attendance
from karama.journal import Actor, clock, visible_to
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks
from karama.people.access import purpose_of

THERE = ("present", "left_early")


@asks
def last_attended(*, by: Actor, people: Collection[UUID]) -> Asks[dict[UUID, date]]:
    """Person -> last day on which she was at a meeting of a group that the asker may see."""
    return dict((yield _attended.later(by, sorted(people))))


@readymade
def _attended(by: Actor, people: list[UUID]) -> QuerySet[Any]:
    rows = Attendance.objects.filter(
        person__in=people, state__in=THERE, record__amended_by__isnull=True, amended_by__isnull=True
    )
    seen = visible_to(
        rows,
        by=by,
        policy=SEE,
        purpose=purpose_of(by),
        now=clock.now(),
        attributes=group_at("meeting__cycle__group"),
    )
    return seen.order_by().values_list("person_id").annotate(last=Max("record__occurred_on"))
