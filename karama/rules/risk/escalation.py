"""Who has an alert now, who is asked next, and when. Derived at every read from the steps recorded and `now`.

The line of people follows the chain. Whoever the record is hidden from, is accused or is related is left out, and
so is whoever is absent: her deputy stands in if there is one, otherwise the next person is asked at once. When the
line has run out the local emergency instruction is shown, and the alert stays with the last person asked.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from typing import Final

from karama.rules.risk.steps import AlertState, Step, alert_state

FIRST_CONTACT_WITHIN: Final = timedelta(hours=1)
CLOSE_WITHIN: Final = timedelta(days=7)


@dataclass(frozen=True)
class Responder:
    """A person of the chain, and how long she is waited for before the next is asked."""

    id: Hashable
    wait: timedelta


@dataclass(frozen=True)
class Waits:
    """How long an alert may stay in a stage with the person who took it, before the chain is asked again."""

    first_contact: timedelta = FIRST_CONTACT_WITHIN
    close: timedelta = CLOSE_WITHIN


@dataclass(frozen=True)
class Escalation:
    """`level`: how many people were passed over in this stage. `asked`: all who have been asked, in order.

    `exhausted`: nobody is left to ask, so the local emergency instruction is shown; `owner` is then the last person
    asked, or None when no permitted person exists at all. `next_at` is None when nobody comes after.
    `until_a_death`: of an alert that a death has settled, who was asked until then.
    """

    level: int
    owner: Hashable
    next_owner: Hashable
    next_at: datetime | None
    exhausted: bool
    asked: tuple[Hashable, ...] = ()
    until_a_death: tuple[Hashable, ...] = ()


def escalation(
    steps_recorded: Sequence[Step],
    raised_at: datetime,
    now: datetime,
    chain: Sequence[Responder],
    absent: Collection[Hashable] = (),
    deputies: Mapping[Hashable, Hashable] | None = None,
    hidden_from: Collection[Hashable] = (),
    accused_or_related: Collection[Hashable] = (),
    *,
    waits: Waits | None = None,
    historic: bool = False,
) -> Escalation:
    """Where the alert is in its line.

    Taking it stops the chain and starts the clock for the first contact; the first contact starts the clock for
    closing; a hand-over starts the chain at the person named. A historic (imported) alert, and one that was told after
    the person had died, stays with the first permitted person and asks nobody else. A closed alert asks nobody; where
    a death has settled it, whoever was asked until then stays named: they may know better, and open it again.
    """
    current = alert_state(steps_recorded, raised_at)
    if not current.is_open:
        until = None if historic else _until_a_death(steps_recorded)
        if until is None:
            return Escalation(0, current.owner, None, None, False)
        moment, around = steps_recorded[len(until)].at, (absent, deputies, hidden_from, accused_or_related)
        told = escalation(until, raised_at, moment, chain, *around, waits=waits)
        return Escalation(0, current.owner, None, None, False, until_a_death=told.asked)
    barred = frozenset(hidden_from) | frozenset(accused_or_related)
    line = _line(_stage(current, chain, waits or Waits()), frozenset(absent), deputies or {}, barred)
    if not line:
        return Escalation(0, None, None, None, True)
    if historic or current.state == "after_death":
        return Escalation(0, line[0].id, None, None, False, (line[0].id,))
    return _position(line, current.since, now)


def _until_a_death(steps: Sequence[Step]) -> Sequence[Step] | None:
    """The steps before the one by which a death has settled it; None where it was closed in another way."""
    place = max((at for at, one in enumerate(steps) if one.kind in ("died", "reopened")), default=None)
    return steps[:place] if place is not None and steps[place].kind == "died" else None


def _stage(current: AlertState, chain: Sequence[Responder], waits: Waits) -> list[Responder]:
    """The chain as it stands in this stage: whoever has the alert in hand comes first."""
    if current.owner is None:
        return list(chain)
    first_wait = chain[0].wait if chain else waits.first_contact
    wait = {"taken": waits.first_contact, "first_contact": waits.close}.get(current.state, first_wait)
    return [Responder(current.owner, wait), *chain]


def _line(
    stage: Sequence[Responder],
    absent: frozenset[Hashable],
    deputies: Mapping[Hashable, Hashable],
    barred: frozenset[Hashable],
) -> list[Responder]:
    """The people who can be asked, in order, nobody twice."""
    line: dict[Hashable, Responder] = {}
    for responder in stage:
        person = stand_in_of(responder.id, absent, deputies, barred)
        if person is not None:
            line.setdefault(person, Responder(person, max(responder.wait, timedelta(0))))
    return list(line.values())


def stand_in_of(
    person: Hashable,
    absent: frozenset[Hashable],
    deputies: Mapping[Hashable, Hashable],
    barred: frozenset[Hashable],
) -> Hashable | None:
    """The person, or the first of her deputies who is there. A barred person's deputy is not asked in her name."""
    passed: set[Hashable] = set()
    current: Hashable | None = person
    while current is not None and current not in passed and current not in barred:
        if current not in absent:
            return current
        passed.add(current)
        current = deputies.get(current)
    return None


def _position(line: Sequence[Responder], since: datetime, now: datetime) -> Escalation:
    ends = [since + waited for waited in accumulate((each.wait for each in line), initial=timedelta(0))][1:]
    level = sum(end <= now for end in ends)
    people = [each.id for each in line]
    exhausted = level == len(line)
    owner = people[min(level, len(line) - 1)]
    following = people[level + 1] if level + 1 < len(line) else None
    next_at = None if exhausted else ends[level]
    return Escalation(level, owner, following, next_at, exhausted, tuple(people[: level + 1]))
