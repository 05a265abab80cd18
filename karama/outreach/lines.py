"""Who is called for a visit of which nothing is heard: whoever waits, who goes along, the rota, supervisors, directors,
and behind them everybody else. Nobody here is asked whether she is on leave: `rules.visits.calling` sees to that."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, NamedTuple
from uuid import UUID

from karama.accounts import reach
from karama.accounts.models import Leave, Posting
from karama.accounts.queries import on_call
from karama.journal.asking import once
from karama.outreach.rulebook import wait_for
from karama.programme.queries import place
from karama.rules.risk import Responder

BEHIND: Final = ("administrator", "data_import", "data_protection_officer")
"""Duties of the whole organisation that are called after everybody of the site."""


class Post(NamedTuple):
    """A duty that somebody holds now: at a site, in a programme, or everywhere."""

    user: UUID
    duty: str
    site: UUID | None
    programme: UUID | None


@dataclass(frozen=True)
class Line:
    """The line of one visit, with who is absent and who stands in."""

    people: tuple[Responder, ...]
    absent: frozenset[UUID]
    deputies: dict[UUID, UUID]


@once
def _posts(day: date) -> list[Post]:
    rows = Posting.objects.filter(reach.on(day), user__is_active=True).order_by("from_on", "id")
    return [Post(*row) for row in rows.values_list("user_id", "duty", "site_id", "programme_id")]


@once
def _leaves(day: date) -> dict[UUID, UUID | None]:
    found: dict[UUID, UUID | None] = {}
    for user, deputy in Leave.objects.filter(reach.away(day)).order_by("id").values_list("user_id", "deputy_id"):
        found[user] = deputy or found.get(user)
    return found


class Lines:
    """The lines at one moment. Two queries, and the rota of a day, however many visits."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.posts = _posts(now.date())
        self.active = frozenset(one.user for one in self.posts)
        self.leaves = _leaves(now.date())

    def line_for(self, site: UUID, waits: Iterable[UUID], goes: Iterable[UUID]) -> Line:
        """Everybody who can be called, in order, without anybody who is locked out or holds no duty."""
        companion, supervisor, director = (wait_for(site, who) for who in ("companion", "supervisor", "director"))
        stages = (
            (companion, [*waits, *goes]),
            (supervisor, self._on_call(site)),
            (supervisor, self.holders(site, {"supervisor"})),
            (director, self.holders(site, {"director"})),
            (supervisor, self.holders(site, None)),
            (director, self.holders(site, set(BEHIND), everywhere=True)),
        )
        found: dict[UUID, Responder] = {}
        for wait, users in stages:
            for user in users:
                if user in self.active:
                    found.setdefault(user, Responder(user, wait))
        deputies = {user: deputy for user, deputy in self.leaves.items() if deputy in self.active and deputy}
        return Line(tuple(found.values()), frozenset(self.leaves), deputies)

    def holders(self, site: UUID, duties: Collection[str] | None, *, everywhere: bool = False) -> list[UUID]:
        """Users who hold one of these duties (None: any) at the site, in its programme, or everywhere."""
        here = place(site)
        programme = here.programme_id if here is not None else None
        return [
            one.user
            for one in self.posts
            if (duties is None or one.duty in duties)
            and (
                everywhere
                or one.site == site
                or (one.site is None and one.programme == programme and programme is not None)
                or (one.programme is None and one.duty in ("director", *BEHIND) and duties is not None)
            )
        ]

    def _on_call(self, site: UUID) -> list[UUID]:
        return on_call(site, self.now)
