"""What whoever raised an alert is told: who has it now, unless that would tell her something about the person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from karama.accounts.queries import aliases_of
from karama.journal import Absent, Actor, clock
from karama.journal.actors import NOBODY
from karama.journal.readymade import readymade
from karama.journal.together import Asks, answered, asks, together
from karama.people.access import SEARCH, SEE, rows_near
from karama.people.models import Person
from karama.rules.permission import Policy
from karama.safety.models import AlertSource
from karama.safety.queries.emergency import Emergency, emergency_at
from karama.safety.queries.standing_open import open_standings
from karama.safety.standing import Standing, standing_of


@dataclass(frozen=True)
class WhoHasIt:
    """The answer to a raiser. `told`: whether `owner`, `state` and `next_at` may be said; without it they are empty.

    Not told is the one answer for a person who is not known here, is hidden from the raiser, or is out of her reach.
    """

    source: UUID
    told: bool
    emergency: Emergency
    owner: str = ""
    mine: bool = False
    state: str = ""
    next_at: datetime | None = None
    exhausted: bool = False
    alert: UUID | None = None
    code: str = ""


def who_has_it_now(by: Actor, source: UUID, now: datetime | None = None) -> WhoHasIt:
    """Who has what she raised (B4). Raises `Absent` for what somebody else raised."""
    found = AlertSource.objects.filter(pk=source, author_id=by.id).select_related("alert").first()
    if found is None:
        raise Absent()
    standing = standing_of(found.alert, now or clock.now())
    return answered(_answers(by, [(found, standing)]))[0]


@asks
def raised_by(by: Actor, now: datetime | None = None) -> Asks[list[WhoHasIt]]:
    """What she raised that is still open and about which she may be told, oldest first."""
    own = []
    for standing in (yield from open_standings.asking(historic=False, now=now)):
        source = next((one for one in standing.sources if one.author_id == by.id), None)
        if source is not None:
            own.append((source, standing))
    return [one for one in (yield from _answers(by, own)) if one.told]


def _answers(by: Actor, raised: list[tuple[AlertSource, Standing]]) -> Asks[list[WhoHasIt]]:
    """As many queries for many as for one."""
    seen, names = yield from together(
        _seen(by, [one.around.person.id if one.around.person else NOBODY for _source, one in raised]),
        aliases_of.asking({one.owner for _source, one in raised if one.owner is not None}),
    )
    return [
        _answer(by, source, one, names)
        if _in_sight(by, one, seen)
        else WhoHasIt(source.id, False, emergency_at(next(iter(sorted(by.sites)), None)))
        for source, one in raised
    ]


def _answer(by: Actor, source: AlertSource, standing: Standing, names: dict[UUID, str]) -> WhoHasIt:
    level, owner = standing.escalation, standing.owner
    person = standing.around.person
    return WhoHasIt(
        source=source.id,
        told=True,
        emergency=emergency_at(standing.site),
        owner=names.get(owner, "") if owner is not None else "",
        mine=owner == by.id,
        state=standing.state.state,
        next_at=level.next_at,
        exhausted=level.exhausted,
        alert=standing.alert.id if by.id == owner else None,
        code=person.code if person is not None else "",
    )


def _seen(by: Actor, people: list[UUID]) -> Asks[frozenset[UUID]]:
    """Of these people those whom the reader may open or be told of in a search."""
    if not people:
        return frozenset()
    found = yield _may_open.later(by, people), _may_find.later(by, people)
    return frozenset().union(*found)


@readymade
def _may_open(by: Actor, people: list[UUID]) -> QuerySet[Any, Any]:
    return _near(by, people, SEE)


@readymade
def _may_find(by: Actor, people: list[UUID]) -> QuerySet[Any, Any]:
    return _near(by, people, SEARCH)


def _near(by: Actor, people: list[UUID], policy: Policy) -> QuerySet[Any, Any]:
    rows = rows_near(Person.objects.filter(pk__in=people), by=by, policy=policy, path="")
    return rows.values_list("id", flat=True)


def _in_sight(by: Actor, standing: Standing, seen: frozenset[UUID]) -> bool:
    """Whether the raiser may know that this person exists. A worry about nobody named tells nothing about anybody."""
    if by.id in standing.around.barred:
        return False
    if standing.alert.person_id is None:
        return not standing.names_somebody
    return standing.around.person is not None and standing.around.person.id in seen
