"""What whoever raised an alert is told: who has it now, unless that would tell her something about the person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from karama.accounts.queries import alias_of
from karama.journal import Absent, Actor, clock
from karama.people.access import SEARCH, SEE, person_attributes, purpose_of
from karama.rules.permission import permit
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
    moment = now or clock.now()
    return _answer(by, found, standing_of(found.alert, moment), moment)


def raised_by(by: Actor, now: datetime | None = None) -> list[WhoHasIt]:
    """What she raised that is still open and about which she may be told, oldest first."""
    moment = now or clock.now()
    found = []
    for standing in open_standings(historic=False, now=now):
        own = next((one for one in standing.sources if one.author_id == by.id), None)
        if own is not None:
            answer = _answer(by, own, standing, moment)
            found += [answer] if answer.told else []
    return found


def _answer(by: Actor, source: AlertSource, standing: Standing, now: datetime) -> WhoHasIt:
    if not _in_sight(by, standing, now):
        return WhoHasIt(source.id, False, emergency_at(next(iter(sorted(by.sites)), None)))
    level, owner = standing.escalation, standing.owner
    person = standing.around.person
    return WhoHasIt(
        source=source.id,
        told=True,
        emergency=emergency_at(standing.alert.site_id),
        owner=alias_of(owner),
        mine=owner == by.id,
        state=standing.state.state,
        next_at=level.next_at,
        exhausted=level.exhausted,
        alert=standing.alert.id if by.id == owner else None,
        code=person.code if person is not None else "",
    )


def _in_sight(by: Actor, standing: Standing, now: datetime) -> bool:
    """Whether the raiser may know that this person exists. A worry about nobody named tells nothing about anybody."""
    if by.id in standing.around.barred:
        return False
    if standing.alert.person_id is None:
        return not standing.names_somebody
    person = standing.around.person
    if person is None:
        return False
    attributes = person_attributes(person.id)
    return any(permit(one, by.attributes(), attributes, purpose_of(by), now).allowed for one in (SEE, SEARCH))
