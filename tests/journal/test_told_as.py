"""Writing as of a coarser moment: for what somebody sends without an account."""

from __future__ import annotations

from datetime import UTC, datetime

from karama.journal import clock
from karama.security.identifiers import made_at, uuid7

MOMENT = datetime(2026, 10, 1, tzinfo=UTC)


def _moment(value: int) -> datetime:
    return datetime.fromtimestamp((value >> 80) / 1000, UTC)


def test_everything_inside_is_as_of_that_moment() -> None:
    """JR090: inside, the clock and the moment in each identifier are the told one; two identifiers differ; outside, and
    after a failure inside, both are true again."""
    with clock.told_as(MOMENT):
        made = {uuid7() for _time in range(500)}
        assert clock.now() == MOMENT
        assert {_moment(one.int) for one in made} == {MOMENT}
        assert {one.version for one in made} == {7}
        assert len(made) == 500
    before = uuid7()
    try:
        with made_at(MOMENT):
            raise ValueError
    except ValueError:
        pass
    assert clock.now() > MOMENT
    assert before < uuid7()
    assert _moment(before.int) > MOMENT
