"""Everybody's posts, who is away, and who vouched for whom: asked for once for many messages."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, cast
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from karama.accounts import reach
from karama.accounts.models import Leave, Posting
from karama.journal import Record, clock
from karama.journal.models import Change, Entry
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks
from karama.rules.complaints import Post, Vouch, overlaps
from karama.voice.models import Vouching

NEVER: Final = 2**62
"""The place of what is not written down: after everything."""

LATELY: Final = timedelta(days=90)
"""For so long whoever has left a duty still counts as somebody who may be meant by it, or be close to whoever is."""


@dataclass(frozen=True)
class Around:
    """`posts`: those that hold now, of whoever may sign in: only they read. `held`: also of whoever is locked out.
    `known`: also those that ended lately. `ever`: all that were ever given. Whoever is accused, and her line, are
    looked for among `held` or `known`: somebody who is locked today may be let in again tomorrow.
    """

    now: datetime
    posts: tuple[Post, ...]
    held: tuple[Post, ...]
    known: tuple[Post, ...]
    ever: tuple[Post, ...]
    absent: frozenset[UUID]
    deputies: dict[UUID, UUID]
    vouches: tuple[Vouch, ...]

    def holding(self, duties: Collection[str], here: Post) -> set[UUID]:
        """Who holds one of these duties at a place now or held it lately, locked out or not, and who stands in for
        somebody of them who is away: whoever says "the supervisor" may mean either."""
        found = {one.user for one in self.known if one.duty in duties and overlaps(one, here)}
        known = {one for one in found if isinstance(one, UUID)}
        return known | {self.deputies[one] for one in known if one in self.deputies}


@asks
def around_now() -> Asks[Around]:
    """Three queries. As of the true moment, also where something is written as of a coarser one: who works here now."""
    now = timezone.now()
    ever: list[Post] = []
    held: list[Post] = []
    locked: set[UUID | None] = set()
    posts, away, vouches = yield _posts.later(), _leaves.later(now.date()), _vouched.later()
    for *told, is_active in posts:
        post = _post(*told)
        ever.append(post)
        if _holds(post, now.date()):
            held.append(post)
        if not is_active:
            locked.add(told[0])
    absent = dict(away)
    deputies = {user: deputy for user, deputy in absent.items() if deputy}
    told_of = tuple(Vouch(*one) for one in vouches)
    current = tuple(one for one in held if one.user not in locked)
    known = tuple(one for one in ever if _held_lately(one, now.date()))
    return Around(now, current, tuple(held), known, tuple(ever), frozenset(absent), deputies, told_of)


def names_of_colleagues() -> dict[UUID, set[str]]:
    """The sign-in name and every work alias that was ever hers, of whoever has a duty now or later, or had one lately,
    locked out or not: who takes another alias is still called by the old one.
    """
    over = clock.day_in_utc() - LATELY
    names: dict[UUID, set[str]] = defaultdict(set)
    owner: dict[UUID, UUID] = {}
    here: set[UUID] = set()
    rows = Posting.objects.order_by("id").values_list("id", "user_id", "work_alias", "user__username", "until_on")
    for posting, user, alias, username, until in rows:
        owner[posting] = user
        names[user] |= {alias, username}
        if until is None or until > over:
            here.add(user)
    told = Change.objects.filter(kind=Posting.KIND, fields__contains='"work_alias"').values_list("row", "fields")
    for row, fields in told:
        if row in owner:
            names[owner[row]] |= {one for one in json.loads(fields)["work_alias"] if isinstance(one, str)}
    return {user: names[user] for user in sorted(here)}


def with_place(rows: QuerySet[Any], model: type[Record]) -> Any:
    """The same rows, each with `given`: the place of the entry that made it in the order of the journal."""
    made = Change.objects.filter(kind=model.KIND, row=OuterRef("pk"), deed="insert").order_by("seq")
    return rows.annotate(given=Subquery(made.values("seq")[:1]))


@readymade
def _leaves(today: date) -> QuerySet[Any, Any]:
    return Leave.objects.filter(reach.away(today)).order_by("id").values_list("user_id", "deputy_id")


@readymade
def _vouched() -> QuerySet[Any, Any]:
    return Vouching.objects.order_by("id").values_list("posting_id", "author_id")


@readymade
def _posts() -> QuerySet[Any, Any]:
    giver = Entry.objects.filter(seq=OuterRef("given")).values("actor_id")[:1]
    rows = with_place(Posting.objects.all(), Posting).annotate(giver=Subquery(giver)).order_by("from_on", "id")
    names = ("user_id", "duty", "programme_id", "site_id", "id", "given", "giver", "from_on", "until_on")
    return cast(QuerySet[Any, Any], rows.values_list(*names, "user__is_active"))


def _post(
    user: UUID,
    duty: str,
    programme: UUID | None,
    site: UUID | None,
    posting: UUID,
    given: int | None,
    giver: UUID | None,
    from_on: date,
    until_on: date | None,
) -> Post:
    place = NEVER if given is None else given
    return Post(user, duty, programme, site, posting, place, giver, from_on, until_on)


def _holds(post: Post, day: date) -> bool:
    return post.from_on <= day and (post.until_on is None or post.until_on > day)


def _held_lately(post: Post, day: date) -> bool:
    return post.from_on <= day and (post.until_on is None or post.until_on > day - LATELY)
