"""What a supervisor is told of the groups of her colleagues: fidelity of meetings, and check-ins that were in time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

from karama.groups.access import ROSTER, SEE, group_at, member_at
from karama.groups.models import CheckIn, FidelityItem, GroupFacilitator
from karama.journal import Actor, clock, visible_to
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks
from karama.people.access import purpose_of
from karama.programme.days import today_for
from karama.rules.groups import FIDELITY

LATELY: Final = timedelta(days=90)
CHECKED: Final = timedelta(days=31)


@asks
def fidelity_for(*, by: Actor, users: Collection[UUID]) -> Asks[dict[UUID, tuple[int, int, int]]]:
    """Colleague -> parts of the meetings she wrote down in the last three months: (done, adapted, not done)."""
    counted: Counter[tuple[UUID, str]] = Counter(
        (yield _written_down.later(by, list(users), clock.day_in_utc() - LATELY))
    )
    found = {user for user, _answer in counted}
    done, adapted, not_done = FIDELITY
    return {user: (counted[user, done], counted[user, adapted], counted[user, not_done]) for user in found}


@readymade
def _written_down(by: Actor, users: list[UUID], since: date) -> QuerySet[Any]:
    rows = FidelityItem.objects.filter(
        record__author_id__in=users,
        record__rater="facilitator",
        record__amended_by__isnull=True,
        record__occurred_on__gte=since,
    )
    seen = visible_to(
        rows,
        by=by,
        policy=SEE,
        purpose=purpose_of(by),
        now=clock.now(),
        attributes=group_at("record__meeting__cycle__group"),
    )
    return seen.values_list("record__author_id", "answer")


@asks
def on_time_for(*, by: Actor, users: Collection[UUID]) -> Asks[set[UUID]]:
    """Colleagues of whose check-ins that fell due in the last month each was done by its day; nobody without any. Of
    people from whom the asker is kept away nothing is counted."""
    today = today_for(by)
    timely: dict[UUID, list[bool]] = {}
    for group, state, due, settled in (yield _fell_due.later(by, today - CHECKED, today)):
        timely.setdefault(group, []).append(state != "open" and settled is not None and settled <= due)
    of_user: dict[UUID, list[bool]] = {}
    for user, group in (yield _leading.later(list(timely), list(users))):
        of_user.setdefault(user, []).extend(timely[group])
    return {user for user, told in of_user.items() if all(told)}


@readymade
def _fell_due(by: Actor, since: date, today: date) -> QuerySet[Any]:
    rows = CheckIn.objects.filter(due_on__gte=since, due_on__lte=today).exclude(state="ended")
    seen = visible_to(
        rows, by=by, policy=ROSTER, purpose=purpose_of(by), now=clock.now(), attributes=member_at("cycle__group")
    )
    return seen.values_list("cycle__group_id", "state", "due_on", "settled_on")


@readymade
def _leading(groups: list[UUID], users: list[UUID]) -> QuerySet[Any]:
    leads = GroupFacilitator.objects.filter(group__in=groups, user_id__in=users, until_on__isnull=True)
    return leads.values_list("user_id", "group_id")
