"""Who may be asked about one message and from whom it is kept, by the posts that stood when it came (decision 0089)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from karama.knowledge.pack_voice import Answering
from karama.rules import complaints as law
from karama.rules.complaints import Post, in_line, overlaps
from karama.rules.disclosure import day_after
from karama.voice.around import Around

PROGRAMME_WIDE: Final = (*law.NEXT, "researcher", "data_import")
"""Duties that are of no site, even where somebody holds one at a site."""


@dataclass(frozen=True)
class Came:
    """What decides who reads: place, day and duty of a message, and its place in the order of the journal (`at`)."""

    programme: UUID | None
    site: UUID | None
    on: date
    time: str
    duty: str
    at: int

    @property
    def here(self) -> Post:
        """Where it came from, as a post of nobody."""
        return Post(None, "", self.programme, self.site)

    def stood(self, around: Around) -> tuple[Post, ...]:
        """The posts that stood when it came."""
        return law.stood_then(around.ever, self.at, self.on, day_after(self.on, self.time))


@dataclass(frozen=True)
class Readers:
    """`people`: everybody who may be asked, in order. `barred`: from whom it is kept."""

    people: tuple[UUID, ...]
    barred: frozenset[UUID]


def readers_of(
    came: Came,
    kind: str,
    answering: Answering,
    around: Around,
    kept: Iterable[UUID],
    named: Iterable[UUID],
    before: Iterable[UUID] = (),
) -> Readers:
    """Whom the pack names and the focal points; when all of them are barred the next who work for no site, then a focal
    point who has another duty, too, and last an officer who is in line only with the director, or the other
    way round (`law.by_office`). Nobody
    barred. `before`: who has answered already is asked again only when nobody else is left.
    """
    stood = came.stood(around)
    accused = set(named) | holders(came, stood)
    barred = set(kept) | users(in_line(accused, stood)) | accused
    posts, of_a_site = _eligible(came, around, stood, accused, barred)
    lines = _lines(came, kind, answering, posts, of_a_site)
    left = [[one for one in line if one not in barred] for line in lines]
    answered = set(before)
    others = [[one for one in line if one not in answered] for line in left]
    people = next((line for line in (*others, *left) if line), [])
    if not people:
        free = users(law.by_office(accused, (*stood, *around.held))) - set(kept)
        people = [one for one in dict.fromkeys(_by_duty(posts, law.FOCAL, set())) if one in free]
    return Readers(tuple(people), frozenset(barred) - set(people))


def holders(came: Came, posts: Iterable[Post]) -> set[UUID]:
    """Everybody who holds the duty that was named, wherever the message may come from."""
    return users(one.user for one in posts if came.duty and one.duty == came.duty and overlaps(one, came.here))


def users(found: Iterable[object]) -> set[UUID]:
    """Those that are people."""
    return {one for one in found if isinstance(one, UUID)}


def _eligible(
    came: Came, around: Around, stood: Sequence[Post], accused: set[UUID], barred: set[UUID]
) -> tuple[list[Post], set[Any]]:
    """The present posts whose holders may open it: those given before it came, and later ones for which somebody
    vouched, unless their holder is in line by now. And who has a duty at a site, then or now.
    """
    vouched = law.vouched_for(around.ever, around.vouches, came.at, barred)
    later = [one for one in around.posts if one.given >= came.at and one.id in vouched]
    if later:
        by_now = (*stood, *around.held)
        line = in_line(accused | holders(came, around.held), by_now)
        later = [one for one in later if one.user not in line]
    posts = [one for one in around.posts if one.given < came.at] + later
    of_a_site = {one.user for one in (*stood, *posts) if one.duty not in PROGRAMME_WIDE}
    new = {one.user for one in later}
    of_a_site |= {one.user for one in around.posts if one.user in new and one.duty not in PROGRAMME_WIDE}
    return posts, of_a_site


def _lines(
    came: Came, kind: str, answering: Answering, posts: Sequence[Post], of_a_site: set[Any]
) -> tuple[list[UUID], ...]:
    near = [one for one in posts if overlaps(one, came.here) and (one.site is None or one.site == came.site)]
    without = of_a_site if kind == "sensitive" else set()
    lines = (
        _by_duty(near, answering.handlers, without) + _by_duty(near, law.FOCAL, of_a_site),
        _by_duty(posts, law.NEXT, of_a_site),
        _by_duty(posts, law.FOCAL, set()),
    )
    return tuple(list(dict.fromkeys(line)) for line in lines)


def _by_duty(posts: Sequence[Post], duties: Sequence[str], without: set[Any]) -> list[UUID]:
    line = (one.user for duty in duties for one in posts if one.duty == duty and one.user not in without)
    return [one for one in line if isinstance(one, UUID)]
