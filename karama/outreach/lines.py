"""Who is called for a visit of which nothing is heard: whoever waits, who goes along, the rota, supervisors, directors.

Behind them all who hold a duty of care at the site are called at once, then whoever looks after the installation; when
even these are nobody, everybody. Who is on leave is passed over by `rules.visits.calling`.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from karama.accounts.queries import on_call
from karama.accounts.queries.answering import Held, all_held, leaves_on
from karama.outreach.rulebook import wait_for
from karama.programme.days import day_at
from karama.programme.queries import place
from karama.rules.classes import CARE_DUTIES
from karama.rules.risk import Responder

BEHIND: Final = ("administrator", "data_import", "data_protection_officer")
"""Duties of the whole organisation that are called after everybody of the site."""


AT_ONCE: Final = timedelta(0)
"""Behind the named chain the others are called at the same moment, and the instruction of the pack is shown."""


@dataclass(frozen=True)
class Line:
    """The line of one visit, with who is absent and who stands in."""

    people: tuple[Responder, ...]
    absent: frozenset[UUID]
    deputies: dict[Hashable, Hashable]


class Lines:
    """The lines at one moment. A few queries, and the rota of a day, however many visits."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.posts = all_held(now.date())
        self.active = frozenset(one.user for one in self.posts)
        self._days: dict[UUID, date] = {}
        self._leaves: dict[date, dict[UUID, UUID | None]] = {}

    def line_for(self, site: UUID, waits: Iterable[UUID], goes: Collection[UUID], leader: UUID) -> Line:
        """Everybody who can be called, in order, without anybody who is locked out or holds no duty."""
        companion, supervisor, director = (wait_for(site, who) for who in ("companion", "supervisor", "director"))
        near = self.near(site)
        found: dict[UUID, Responder] = {}
        for wait, users in (
            (companion, [*waits, *goes]),
            (supervisor, on_call(site, self.now)),
            (supervisor, [one.user for one in near if one.duty == "supervisor"]),
            (director, [one.user for one in near if one.duty == "director"]),
            (AT_ONCE, [one.user for one in near if one.duty in CARE_DUTIES]),
            (AT_ONCE, [one.user for one in self.posts if one.duty in BEHIND]),
        ):
            for user in users:
                if user in self.active:
                    found.setdefault(user, Responder(user, wait))
        if not found.keys() - {leader, *goes}:
            found |= {one.user: Responder(one.user, AT_ONCE) for one in self.posts if one.user not in found}
        away = self.away(site)
        deputies: dict[Hashable, Hashable] = {
            user: deputy for user, deputy in away.items() if deputy in self.active and deputy
        }
        return Line(tuple(found.values()), frozenset(away), deputies)

    def away(self, site: UUID) -> dict[UUID, UUID | None]:
        """Who is on leave by the day at a site, as for its alerts, and who stands in: a leave does not end early in the
        evening, nor begin the evening before."""
        if site not in self._days:
            self._days[site] = day_at(site, self.now)
        day = self._days[site]
        if day not in self._leaves:
            self._leaves[day] = leaves_on(day, self.now.date())
        return self._leaves[day]

    def near(self, site: UUID) -> list[Held]:
        """The duties that are held at the site or in its programme; those of directors also everywhere."""
        here = place(site)
        programme = here.programme_id if here is not None else None
        return [
            one
            for one in self.posts
            if one.site == site
            or (one.site is None and one.programme == programme)
            or (one.duty == "director" and one.programme is None)
        ]
