"""Who still has to say a goodbye: whoever leads; where nobody who leads could, those who work with a person; and where
no colleague at all could, the data protection officer hears of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from karama.accounts.models import Posting
from karama.accounts.queries import actor_of
from karama.accounts.reach import on
from karama.care.access import CLINICAL, FAREWELL
from karama.care.models import Closing
from karama.care.queries.leaving import Leaving, listed, standing, under, visible, without
from karama.care.queries.paying import Pair
from karama.journal import Actor, clock
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks, together
from karama.people.access import SEE, purpose_of
from karama.people.models import Assignment, Person
from karama.people.workers import kept_from
from karama.programme.days import today_for
from karama.rules.permission import permit

TOLD_BEFORE = timedelta(days=60)
"""So long before the last day the goodbyes stand on the workers' Today pages."""

SAYING = (*CLINICAL, "social_worker")
"""The duties that say goodbye."""


@dataclass(frozen=True)
class ToSay:
    """A goodbye that a worker still has to say: to whom, before which day, because of which closing."""

    person: UUID
    code: str
    until: date
    closing: Closing


@asks
def goodbyes_to_say(by: Actor) -> Asks[list[ToSay]]:
    """People to whom the reader should say goodbye soon: whom she leads, and of those with whom she works, whom nobody
    leads who could say it."""
    soon = today_for(by) + TOLD_BEFORE
    closings = yield _ending_by.later(by, soon)
    people = yield from together(*(_hers(by, closing) for closing in closings))
    found: dict[UUID, ToSay] = {}
    for closing, hers in zip(closings, people, strict=True):
        for one in hers:
            if not one.done:
                found.setdefault(one.person, ToSay(one.person, one.code, closing.ends_on, closing))
    return list(found.values())


@readymade
def _ending_by(by: Actor, day: date) -> QuerySet[Closing, Closing]:
    here = Q(site__in=by.sites) | Q(grant__programme__in=by.programmes)
    return standing(ends_on__lte=day).filter(here).order_by("ends_on", "id")


def _hers(by: Actor, closing: Closing) -> Asks[list[Leaving]]:
    pairs, _stay = yield from under.asking(closing, (yield from visible.asking(by, closing)))
    return (yield from listed.asking(closing, (yield from _falling_to(by, pairs))))


def _falling_to(by: Actor, pairs: Sequence[Pair]) -> Asks[list[Pair]]:
    """Of people whom somebody may see, those whose goodbye is hers to say. A supervisor has the whole list besides."""
    if by.duty == "supervisor":
        return [(one, file) for one, file in pairs if one.lead_id == by.id]
    known = yield from _sayers([file for _one, file in pairs])
    return [(one, file) for one, file in pairs if one.lead_id == by.id or not known.led(one.lead_id, file)]


@asks
def heard_by_nobody(by: Actor) -> Asks[list[tuple[UUID, str, date]]]:
    """For a data protection officer: people without a goodbye whom no colleague who says one may see, if she may see
    them: (person, code, last day)."""
    closings = yield _ending_in.later(by)
    told = yield from together(*(_unsaid(closing) for closing in closings))
    found: dict[UUID, tuple[UUID, str, date]] = {}
    for closing, (files, known) in zip(closings, told, strict=True):
        for file in files:
            if known.seen_by(by, file) and not known.could(file):
                found.setdefault(file.id, (file.id, file.code, closing.ends_on))
    return list(found.values())


@readymade
def _ending_in(by: Actor) -> QuerySet[Closing, Closing]:
    here = Q(site__programme__in=by.programmes) | Q(grant__programme__in=by.programmes)
    return standing().filter(here).order_by("ends_on", "id")


def _unsaid(closing: Closing) -> Asks[tuple[list[Person], _Sayers]]:
    files = [file for _one, file in (yield from without.asking(closing))]
    return files, (yield from _sayers(files))


def _sayers(files: Sequence[Person]) -> Asks[_Sayers]:
    """Who could say goodbye to which of these people, in the duties that are held now: three questions for all."""
    if not files:
        return _Sayers([], [], [])
    people = list(dict.fromkeys(one.id for one in files))
    posts, working, hidden = yield (
        _saying_at.later({one.site_id for one in files}, clock.day_in_utc()),
        _working_with.later(people),
        kept_from.later(people),
    )
    return _Sayers(posts, working, hidden)


@readymade
def _saying_at(sites: set[UUID], day: date) -> QuerySet[Posting, Posting]:
    rows = Posting.objects.filter(on(day), duty__in=SAYING).select_related("site")
    return rows.filter(Q(site__in=sites) | Q(site__isnull=True))


@readymade
def _working_with(people: list[UUID]) -> QuerySet[Any]:
    rows = Assignment.objects.filter(person__in=people, until__isnull=True)
    return rows.values_list("person_id", "user_id", "role")


class _Sayers:
    """Who could say goodbye to whom, in the duties that are held now."""

    def __init__(
        self,
        posts: Iterable[Posting],
        working: Iterable[tuple[UUID, UUID, str]],
        hidden: Iterable[tuple[UUID, UUID]],
    ) -> None:
        self._actors = {post.id: actor_of(post) for post in posts}
        self._working: dict[UUID, set[UUID]] = defaultdict(set)
        self._leading: dict[UUID, set[UUID]] = defaultdict(set)
        self._hidden: dict[UUID, set[UUID]] = defaultdict(set)
        for person, user, role in working:
            self._working[person].add(user)
            if role == "lead":
                self._leading[person].add(user)
        for person, user in hidden:
            self._hidden[person].add(user)

    def could(self, file: Person) -> bool:
        """Whether anybody could."""
        return any(self._may(by, file) for by in self._actors.values())

    def led(self, lead: UUID | None, file: Person) -> bool:
        """Whether somebody leads who could."""
        return any(self._may(by, file) for by in self._actors.values() if by.id == lead)

    def _may(self, by: Actor, file: Person) -> bool:
        return permit(FAREWELL, by.attributes(), self._told(file), purpose_of(by), clock.now()).allowed

    def seen_by(self, by: Actor, file: Person) -> bool:
        """Whether somebody may open this person's page."""
        return permit(SEE, by.attributes(), self._told(file), purpose_of(by), clock.now()).allowed

    def _told(self, file: Person) -> dict[str, Any]:
        return {
            "person": file.id,
            "programme": file.programme_id,
            "site": file.site_id,
            "status": file.status,
            "reach": file.reach,
            "held_by_team": file.held_by_team_id,
            "assigned": frozenset(self._working[file.id]),
            "leads": frozenset(self._leading[file.id]),
            "hidden_from": frozenset(self._hidden[file.id]),
        }
