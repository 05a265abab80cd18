"""P8 and P9 with the telephone's real store and queue: days with random faults, the server's real views."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.field.simulate import Node, RealDay, begin
from tests.people.conftest import Clinic, clinic
from tests.sync.simulator import undone

__all__ = ["clinic"]

DAYS, ALL_DAYS, CHUNKS = 8, 600, 20


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    """The process of the telephones, one for all days: each day has telephones of its own."""
    with Node() as process:
        yield process


def _live(clinic: Clinic, node: Node, seeds: Iterator[str]) -> int:
    lived = 0
    for seed in seeds:
        with undone():
            world = begin(clinic, node, seed)
            RealDay(world, seed).live()
            for phone in world.phones:
                node.ask(phone.name, "forget")  # type: ignore[attr-defined] a real one
        lived += 1
    return lived


@pytest.mark.slow
def test_real_telephones_live_days_with_faults(clinic: Clinic, node: Node, karama_seed: int) -> None:
    """FD260: in days of random faults real telephones lose and double nothing, agree with it and tell the truth."""
    assert _live(clinic, node, (f"{karama_seed} {number}" for number in range(DAYS))) == DAYS


@pytest.mark.long
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_real_telephones_live_many_days(clinic: Clinic, node: Node, karama_seed: int, chunk: int) -> None:
    """FD261: the same for many days."""
    number = ALL_DAYS // CHUNKS
    assert _live(clinic, node, (f"{chunk} {karama_seed} {one}" for one in range(number))) == number


def test_what_a_day_looks_at_can_fail(clinic: Clinic, node: Node) -> None:
    """FD262: a telephone that shows too much, or an operation that nobody has, is noticed."""
    with undone():
        world = begin(clinic, node, "can fail")
        day = RealDay(world, "can fail", 1)
        day.settle()
        world.said[world.people[0]] = "session"
        with pytest.raises(AssertionError, match="lost"):
            day.settle()
        world.said.clear()
        world.revoked.add(world.phones[2].device)
        with pytest.raises(AssertionError, match="differs"):
            day.settle()
