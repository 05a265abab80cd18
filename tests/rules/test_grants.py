"""What a grant pays for, who would be left when it ends, and when that is said."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from karama.rules.grants import Line, Payer, Work, carries, left_by, pays, until, warning

HERE, THERE, TEAM, OTHER_TEAM = (UUID(int=number) for number in range(1, 5))
TODAY = date(2027, 3, 1)
ENDS = TODAY + timedelta(days=30)


def payer(number: int, *lines: Line, last: int = 30, first: int = -300) -> Payer:
    """A grant that ends so many days after today."""
    return Payer(UUID(int=100 + number), TODAY + timedelta(days=first), TODAY + timedelta(days=last), lines)


def of(*services: str, teams: set[UUID] | None = None, **said: bool) -> Work:
    """An episode here, of one of these services; none: nobody knows which."""
    known = {UUID(int=100 + int(name[1:])): paid for name, paid in said.items()}
    return Work(HERE, frozenset(services) or None, None if teams is None else frozenset(teams), known)


@pytest.mark.parametrize(
    ("line", "work", "said"),
    [
        (Line(HERE), of(), "yes"),
        (Line(THERE), of(), "no"),
        (Line(HERE, "groups"), of("groups"), "yes"),
        (Line(HERE, "groups"), of("groups", "therapy"), "maybe"),
        (Line(HERE, "groups"), of("therapy"), "no"),
        (Line(HERE, "groups"), of(), "maybe"),
        (Line(HERE, team=TEAM), of(teams={TEAM}), "yes"),
        (Line(HERE, team=TEAM), of(teams={OTHER_TEAM}), "no"),
        (Line(HERE, team=TEAM), of(teams=set()), "no"),
        (Line(HERE, team=TEAM), of(), "maybe"),
        (Line(HERE, "groups", TEAM), of("groups"), "maybe"),
        (Line(HERE, "groups", TEAM), of("therapy", teams={TEAM}), "no"),
        (Line(HERE, "groups"), of("therapy", g1=True), "yes"),
        (Line(HERE), of(g1=False), "no"),
        (Line(HERE), of(g2=False), "yes"),
    ],
)
def test_what_a_grant_pays(line: Line, work: Work, said: str) -> None:
    """PG060: a grant pays by site, service and team; where a record does not say which, maybe; what a supervisor wrote
    down of it stands above both."""
    assert pays(payer(1, line), work) == said


def test_two_lines_cover_what_one_does_not() -> None:
    """PG061: what may be one of two services is surely paid when both are."""
    both = payer(1, Line(HERE, "groups"), Line(HERE, "therapy"))
    assert pays(both, of("groups", "therapy")) == "yes"
    assert pays(both, of("groups", "therapy", "aid")) == "maybe"


@pytest.mark.parametrize(
    ("other", "left"),
    [
        (payer(2, Line(HERE), last=31), False),
        (payer(2, Line(HERE), last=30), True),
        (payer(2, Line(HERE), last=400, first=31), False),
        (payer(2, Line(HERE), last=400, first=32), True),
        (payer(2, Line(HERE, "groups"), last=400), True),
        (payer(2, Line(THERE), last=400), True),
    ],
)
def test_only_a_sure_grant_that_goes_on_keeps_somebody(other: Payer, left: bool) -> None:
    """PG062: somebody stays only when another grant surely pays, longer, and without a day between; two that end on one
    day leave everybody of both."""
    ending = payer(1, Line(HERE))
    assert left_by(ending, of(), [ending, other], ENDS) is left


def test_maybe_is_enough_to_stand_on_the_list() -> None:
    """PG063: whoever may be paid for stands on the list of a grant that ends; whoever surely is not, does not."""
    ending = payer(1, Line(HERE, "groups"))
    assert left_by(ending, of(), [ending], ENDS)
    assert not left_by(ending, of("therapy"), [ending], ENDS)
    assert not left_by(ending, of("groups", g1=False), [ending], ENDS)


SERVICES = st.sets(st.sampled_from(["groups", "therapy", "aid"]))
LINES = st.builds(
    Line, st.sampled_from([HERE, THERE]), st.sampled_from(["", "groups", "therapy"]), st.sampled_from([None, TEAM])
)
PAYERS = st.builds(
    lambda number, lines, last: payer(number, *lines, last=last),
    st.integers(1, 4), st.lists(LINES, max_size=3), st.integers(0, 200),
)  # fmt: skip


@given(PAYERS, st.lists(PAYERS, max_size=4), SERVICES, st.sampled_from([None, set(), {TEAM}]))
def test_nobody_falls_between_two_lists(ending: Payer, others: list[Payer], services: Any, teams: Any) -> None:
    """PG064: whoever a grant may pay for is either left by it or surely carried on by another one, never neither."""
    work = of(*services, teams=teams)
    others = [one for one in others if one.id != ending.id]
    if pays(ending, work) != "no":
        carried = any(carries(one, work, ending.last_day) for one in others)
        assert left_by(ending, work, [ending, *others], ending.last_day) is not carried


def test_when_it_is_said() -> None:
    """PG065: reminders come 90, 60 and 30 days before the last day, and when it has passed; none before."""
    told = {left: warning(TODAY + timedelta(days=left), TODAY) for left in (91, 90, 61, 60, 31, 30, 1, 0, -1)}
    assert told == {91: None, 90: 90, 61: 90, 60: 60, 31: 60, 30: 30, 1: 30, 0: 30, -1: 0}


def test_until_when_somebody_is_paid_for() -> None:
    """PG066: the latest day of any grant that may pay; none when no grant does, or only one that has not begun."""
    grants = [payer(1, Line(HERE), last=20), payer(2, Line(HERE, "groups"), last=90), payer(3, Line(THERE), last=500)]
    assert until(of(), grants, TODAY) == TODAY + timedelta(days=90)
    assert until(of("therapy"), grants, TODAY) == TODAY + timedelta(days=20)
    assert until(of("therapy"), grants[1:], TODAY) is None
    later = payer(4, Line(HERE), last=500, first=5)
    assert until(of("therapy"), [later], TODAY) is None


def test_every_answer_is_one_of_three() -> None:
    """PG067: for each kind of line and of work the answer is yes, maybe or no."""
    lines = [Line(site, service, team) for site, service, team in product((HERE, THERE), ("", "groups"), (None, TEAM))]
    works = [of(), of("groups"), of("groups", "aid", teams=set()), of("aid", teams={TEAM})]
    assert {pays(payer(1, line), work) for line, work in product(lines, works)} == {"yes", "maybe", "no"}
