"""What this room asks rooms above it. Each leaves its answer in its AppConfig, under its own name."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from karama.journal.registries import Registry
from karama.journal.together import Asks, asking_of, asks, together

if TYPE_CHECKING:
    from karama.journal import Actor

Parts = tuple[int, int, int]

fidelity_for: Registry[Callable[..., Mapping[UUID, Parts]]] = Registry("care.fidelity_for")
"""Called as `answer(by=, users=)`: colleague -> parts of her group meetings (done, adapted, not done), of groups that
the asker may see; a colleague without any is not in it."""

on_time_for: Registry[Callable[..., Collection[UUID]]] = Registry("care.on_time_for")
"""Called as `answer(by=, users=)`: colleagues all of whose check-ins of the last weeks were settled in time; nobody
without any."""

preparing: Registry[Callable[..., str]] = Registry("care.preparing")
"""Called as `answer(by=, person=)`: where a referral of this person is prepared; empty for who may not."""


def referral_url(by: Actor, person: UUID) -> str:
    """Where a referral is prepared, from whichever room keeps referrals; empty without one."""
    return next((url for _room, answer in preparing if (url := answer(by=by, person=person))), "")


arrivals_for: Registry[Callable[..., Mapping[UUID, str]]] = Registry("care.arrivals_for")
"""Called as `answer(by=, people=, since=)`: of these people, those whom the asker herself referred since that day ->
`arrived`, `not_arrived` or `unknown`, the best that is known; nobody whom she did not refer."""


def arrivals(by: Actor, people: Collection[UUID], since: date) -> dict[UUID, str]:
    """What became of the referrals that the asker made for these people."""
    found: dict[UUID, str] = {}
    for _room, answer in arrivals_for:
        found |= answer(by=by, people=people, since=since)
    return found


met_for: Registry[Callable[..., Mapping[UUID, date]]] = Registry("care.met_for")
"""Called as `answer(by=, people=)`: person -> last day on which she was at a group meeting, of groups that the asker
may see; nobody who was at none."""


@asks
def group_fidelity(by: Actor, users: Collection[UUID]) -> Asks[dict[UUID, Parts]]:
    """Fidelity of the meetings of these colleagues, from whichever room keeps meetings."""
    answers = yield from together(*(asking_of(answer, by=by, users=users) for _room, answer in fidelity_for))
    return {user: told for answer in answers for user, told in answer.items()}


@asks
def all_on_time(by: Actor, users: Collection[UUID]) -> Asks[set[UUID]]:
    """Colleagues all of whose check-ins were in time."""
    answers = yield from together(*(asking_of(answer, by=by, users=users) for _room, answer in on_time_for))
    return {user for answer in answers for user in answer}


@asks
def met_in_groups(by: Actor, people: Collection[UUID]) -> Asks[dict[UUID, date]]:
    """The last day each of these people was at a group meeting."""
    answers = yield from together(*(asking_of(answer, by=by, people=people) for _room, answer in met_for))
    found: dict[UUID, date] = {}
    for answer in answers:
        for person, day in answer.items():
            found[person] = max(day, found.get(person, day))
    return found
