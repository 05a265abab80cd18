"""Posts in which messages are answered and for which nobody has vouched yet: the same whether or not messages wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from karama.accounts.models import Posting
from karama.accounts.queries import aliases_of
from karama.journal import Actor
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks, together
from karama.rules.complaints import ANSWERERS, Post
from karama.voice.around import Around, around_now

ENOUGH: Final = 2
"""So many have vouched that nobody else is asked: one of them may be in line with somebody who is named."""


@dataclass(frozen=True)
class Newcomer:
    """A post of a colleague: since when, and by whom it was given. `later`: after the reader's own."""

    posting: UUID
    alias: str
    duty: str
    place: str
    since: date
    later: bool


@asks
def newcomers(by: Actor, around: Around | None = None) -> Asks[list[Newcomer]]:
    """The posts for which this reader may vouch and has not yet: given after the first one of her own, not by her."""
    if by.duty not in ANSWERERS:
        return []
    told = around or (yield from around_now.asking())
    found = [one for one in told.posts if _asks(one, by, told)]
    if not found:
        return []
    ids = [one.id for one in found if isinstance(one.id, UUID)]
    postings, names = yield from together(
        _postings(ids), aliases_of.asking({one.user for one in found if isinstance(one.user, UUID)})
    )
    rows = {one.id: one for one in postings}
    own = min((one.from_on for one in told.posts if one.user == by.id), default=date.max)
    return [
        Newcomer(row.id, names.get(row.user_id, row.work_alias), row.duty, _place(row), row.from_on, row.from_on > own)
        for row in (rows[one] for one in ids)
    ]


def _postings(ids: list[UUID]) -> Asks[list[Posting]]:
    return list((yield _with_places.later(ids)))


@readymade
def _with_places(postings: list[UUID]) -> QuerySet[Posting, Posting]:
    return Posting.objects.filter(pk__in=postings).select_related("programme", "site")


def _asks(post: Post, by: Actor, around: Around) -> bool:
    if post.duty not in ANSWERERS or post.user == by.id or post.by == by.id:
        return False
    vouched = {one.by for one in around.vouches if one.post == post.id}
    if by.id in vouched or len(vouched) >= ENOUGH:
        return False
    first = min((one.given for one in around.posts if one.user == by.id and one.duty in ANSWERERS), default=None)
    here = post.programme is None or post.programme in by.programmes
    return here and first is not None and post.given > first


def _place(row: Posting) -> str:
    return row.site.name if row.site else row.programme.title if row.programme else ""
