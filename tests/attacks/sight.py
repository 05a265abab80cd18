"""Who may see whom, from scratch: the raw rows and the sentences of the design, without a policy or the compiler.

A person is there for somebody who works with her, for the supervisor of her site, and for the data protection officer
of her programme; never for whoever she is hidden from; and a file that one team holds is there for that team alone.
"""

from __future__ import annotations

from typing import Final
from uuid import UUID

from karama.accounts.models import Posting, User
from karama.accounts.queries.acting import actor_of, current_postings
from karama.journal import Absent, reading
from karama.journal.clock import day_in_utc
from karama.people.models import Assignment, HiddenFrom, Person
from karama.people.queries import caseload, person_in_reach
from tests.attacks import oracle

COMPANIONS: Final = oracle.expand(["companions"])
HOLDING: Final = COMPANIONS - {"volunteer"} | {"supervisor"}
"""Duties whose team may hold a file: those that work with people, and who supervises them."""
THERE: Final = ("active", "closed", "merged_into")
LISTED: Final = ("active",)


def from_scratch(user: UUID, *, listed: bool = False) -> frozenset[UUID]:
    """The people that exist for this user by the rows as they stand; `listed`: that stand in her lists."""
    today = day_in_utc()
    held = [
        one
        for one in Posting.objects.filter(user_id=user)
        if one.from_on <= today and (one.until_on is None or one.until_on > today)
    ]
    if not User.objects.get(id=user).is_active:
        return frozenset()
    states = LISTED if listed else THERE
    people = [one for one in Person.objects.all() if one.status in states]
    return frozenset(one.id for one in people if any(_is_there(posting, one, listed) for posting in held))


def _is_there(posting: Posting, person: Person, listed: bool) -> bool:
    hidden = {one.user_id for one in HiddenFrom.objects.filter(person=person) if one.lifted_at is None}
    if posting.user_id in hidden:
        return False
    if person.reach != "usual":
        holds = person.held_by_team_id is not None and posting.team_id == person.held_by_team_id
        return person.reach == "named_team" and holds and posting.duty in HOLDING
    working = {one.user_id for one in Assignment.objects.filter(person=person) if one.until is None}
    if posting.duty in COMPANIONS:
        return posting.user_id in working
    if posting.duty == "supervisor":
        return _covers(posting, person) and (posting.site_id is None or posting.site_id == person.site_id)
    return posting.duty == "data_protection_officer" and not listed and _covers(posting, person)


def _covers(posting: Posting, person: Person) -> bool:
    return posting.programme_id is None or posting.programme_id == person.programme_id


def shown_to(user: UUID) -> frozenset[UUID]:
    """The people whose page opens for this user in one of her duties, asked of the house page by page."""
    people = list(Person.objects.values_list("id", flat=True))
    return frozenset(one for one in people if opens(user, one))


def opens(user: UUID, person: UUID) -> bool:
    """Whether the page of this person opens for this user."""
    for posting in current_postings(user):
        by = actor_of(posting)
        with reading(by=by, purpose="care", route="tests.sight"):
            try:
                person_in_reach(by, person)
            except Absent:
                continue
        return True
    return False


def listed_to(user: UUID) -> frozenset[UUID]:
    """The people in this user's lists."""
    found: set[UUID] = set()
    for posting in current_postings(user):
        by = actor_of(posting)
        with reading(by=by, purpose="care", route="tests.sight"):
            found |= {line.id for line in caseload(by, whose="all").lines}
    return frozenset(found)
