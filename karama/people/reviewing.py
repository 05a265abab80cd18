"""Who looks at an emergency afterwards: the officer; where she may not, another one; else the director. Never whoever
opened it, and nobody from whom the person is hidden.

The director opens no person's record: she learns who opened something and when, and that it is for her to ask.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

from karama.accounts.models import Posting
from karama.accounts.reach import on
from karama.journal import clock
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks
from karama.people.models import BreakGlass
from karama.people.workers import kept_from

WITHIN: Final = timedelta(days=7)
"""Within so many days each one is looked at (PROMISES, consent rule 10); after that the director is told."""

LINE: Final = ("data_protection_officer", "director")
"""Duties that may look at one, in the order in which they are asked."""


@asks
def falls_to(rows: Sequence[BreakGlass]) -> Asks[dict[UUID, str]]:
    """Opening -> the duty that looks at it; empty where nobody here may. Each with its `person`."""
    if not rows:
        return {}
    holders, told = yield _holders.later(clock.day_in_utc()), kept_from.later({one.person_id for one in rows})
    hidden: dict[UUID, set[UUID]] = defaultdict(set)
    for person, user in told:
        hidden[person].add(user)
    return {one.id: _first(one, holders, hidden[one.person_id]) for one in rows}


@readymade
def _holders(day: date) -> QuerySet[Any, Any]:
    posts = Posting.objects.filter(on(day), duty__in=LINE, user__is_active=True)
    return posts.values_list("duty", "user_id", "programme_id")


def _first(row: BreakGlass, holders: Sequence[tuple[str, UUID, UUID | None]], hidden: set[UUID]) -> str:
    here = (None, row.person.programme_id)
    able = {duty for duty, user, place in holders if place in here and user != row.user_id and user not in hidden}
    return next((duty for duty in LINE if duty in able), "")


def left_to_director(glass: UUID) -> bool:
    """Whether no officer may look at this one."""
    row = BreakGlass.objects.filter(pk=glass).select_related("person").first()
    return row is not None and falls_to([row])[row.id] == "director"
