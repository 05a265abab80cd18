"""Who still has to say a goodbye: whoever leads; where nobody who leads could, those who work with a person; and where
no colleague at all could, the data protection officer hears of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from karama.accounts.models import Posting
from karama.accounts.queries import actor_of
from karama.accounts.reach import current
from karama.care.access import CLINICAL, FAREWELL
from karama.care.models import Closing
from karama.care.queries.leaving import listed, near, standing, under, visible, without
from karama.care.queries.paying import Pair
from karama.journal import Actor, clock
from karama.journal.together import Asks, asks
from karama.people.access import SEE, purpose_of
from karama.people.models import Assignment, HiddenFrom, Person
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
    soon = clock.now().date() + TOLD_BEFORE
    here = Q(site__in=by.sites) | Q(grant__programme__in=by.programmes)
    found: dict[UUID, ToSay] = {}
    for closing in (yield standing(ends_on__lte=soon).filter(here).order_by("ends_on", "id")):
        pairs, _stay = under(closing, visible(by, near(closing)))
        for one in listed(closing, _falling_to(by, pairs)):
            if not one.done:
                found.setdefault(one.person, ToSay(one.person, one.code, closing.ends_on, closing))
    return list(found.values())


def _falling_to(by: Actor, pairs: Sequence[Pair]) -> list[Pair]:
    """Of people whom somebody may see, those whose goodbye is hers to say. A supervisor has the whole list besides."""
    if by.duty == "supervisor":
        return [(one, file) for one, file in pairs if one.lead_id == by.id]
    known = _Sayers([file for _one, file in pairs])
    return [(one, file) for one, file in pairs if one.lead_id == by.id or not known.led(one.lead_id, file)]


def heard_by_nobody(by: Actor) -> list[tuple[UUID, str, date]]:
    """For a data protection officer: people without a goodbye whom no colleague who says one may see, if she may see
    them: (person, code, last day)."""
    here = Q(site__programme__in=by.programmes) | Q(grant__programme__in=by.programmes)
    found: dict[UUID, tuple[UUID, str, date]] = {}
    for closing in standing().filter(here).select_related("grant").order_by("ends_on", "id"):
        files = [file for _one, file in without(closing)]
        known = _Sayers(files)
        for file in files:
            if known.seen_by(by, file) and not known.could(file):
                found.setdefault(file.id, (file.id, file.code, closing.ends_on))
    return list(found.values())


class _Sayers:
    """Who could say goodbye to which of these people, in the duties that are held now: three questions for all."""

    def __init__(self, files: Sequence[Person]) -> None:
        ids = [one.id for one in files]
        sites = {one.site_id for one in files}
        posts = Posting.objects.filter(current(clock.now()), duty__in=SAYING)
        self._posts = list(posts.filter(Q(site__in=sites) | Q(site__isnull=True))) if files else []
        self._actors = {post.id: actor_of(post) for post in self._posts}
        self._working: dict[UUID, set[UUID]] = defaultdict(set)
        self._leading: dict[UUID, set[UUID]] = defaultdict(set)
        self._hidden: dict[UUID, set[UUID]] = defaultdict(set)
        rows = Assignment.objects.filter(person__in=ids, until__isnull=True)
        for person, user, role in rows.values_list("person_id", "user_id", "role"):
            self._working[person].add(user)
            if role == "lead":
                self._leading[person].add(user)
        kept = HiddenFrom.objects.filter(person__in=ids, lifted_at__isnull=True)
        for person, user in kept.values_list("person_id", "user_id"):
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
