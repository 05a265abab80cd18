"""Whose turn it is: derived from her order, the steps and now."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from karama.rules.support import STEPS, SUPPORT_LAW, Asked, Said, Turn, may_follow, support_diagram, turn

START = datetime(2026, 5, 4, 8, tzinfo=UTC)
FOUR = timedelta(hours=4)


def at(hours: float) -> datetime:
    """So many hours after she asked."""
    return START + timedelta(hours=hours)


def stands(hours: float, *said: tuple[str, str, float], order: str = "ab", **more: Any) -> Turn:
    """Where it stands after so many hours, after these steps."""
    asked = [Asked(one, more.pop("since", START)) for one in order]
    steps = [Said(step, user, at(when)) for step, user, when in said]
    usual: dict[str, Any] = {"began": START, "wait": FOUR, "until": None, "now": at(hours)}
    return turn(asked, steps, **(usual | more))


def test_one_after_the_other_and_then_hers_again() -> None:
    """SW001: each has her hours, in the order that was chosen; after the last it is back, whatever job runs or not."""
    assert [(stands(h).state, stands(h).holder) for h in (0, 3.9, 4, 7.9)] == [
        ("asked", "a"), ("asked", "a"), ("asked", "b"), ("asked", "b"),
    ]  # fmt: skip
    assert stands(8) == Turn("back", at(8))
    assert stands(900) == Turn("back", at(8)), "it stays hers, for ever"
    assert stands(0, order="") == Turn("back", START), "nobody to ask is nobody, not somebody else"


def test_who_cannot_or_is_away_is_passed_over_at_once() -> None:
    """SW002: a no, a leave, having left, and having come to lead her pass it on at once; nobody is waited for."""
    assert stands(1, ("declined", "a", 1)).holder == "b"
    assert stands(1, ("declined", "a", 1)).ends == at(5), "the next has all of her hours"
    assert stands(0, gone={"a"}).holder == "b"
    assert stands(0, away={"a"}).holder == "b"
    assert stands(2, ("declined", "a", 1), gone={"b"}) == Turn("back", at(1))


def test_what_is_taken_stays_until_it_is_given_back() -> None:
    """SW003: who has taken it keeps it, also on leave; given back, the next has all of her hours, however late."""
    assert stands(30, ("taken", "a", 1), away={"a"}).holder == "a"
    assert stands(30, ("taken", "a", 1)).state == "taken"
    late = stands(30, ("taken", "a", 1))
    assert (late.ends, late.is_late(at(30)), late.is_late(at(4.9))) == (at(5), True, False)
    back = stands(20, ("taken", "a", 1), ("given_back", "a", 20))
    assert (back.holder, back.ends) == ("b", at(24))
    assert stands(24, ("taken", "a", 1), ("given_back", "a", 20)) == Turn("back", at(24))
    assert stands(30, ("taken", "a", 1), gone={"a"}).state == "back", "who left carries nothing any more"


def test_nobody_is_asked_after_the_time_of_a_call() -> None:
    """SW004: at the time she chose for a call it is hers again when nobody has taken it; taken, it is late only after
    that time and the hours."""
    assert stands(5, until=at(6)).holder == "b"
    assert stands(5, until=at(6)).ends == at(6)
    assert stands(6, until=at(6)) == Turn("back", at(6))
    assert stands(7, ("taken", "b", 5), until=at(6)).ends == at(10)


def test_whom_she_allows_later_is_asked_from_then_on() -> None:
    """SW005: after it came back, somebody she allows now has her hours from now, not from then."""
    asked = [Asked("a", START), Asked("b", at(9))]
    found = turn(asked, [], began=START, wait=FOUR, until=None, now=at(10))
    assert (found.state, found.holder, found.since, found.ends) == ("asked", "b", at(9), at(13))


def test_the_law_of_a_talk() -> None:
    """SW006: withdrawn and talked are the end; whoever was asked and did not take it never ends it; back stays open."""
    assert stands(1, ("withdrawn", "", 0.5)).state == "withdrawn"
    assert stands(1, ("taken", "a", 0.2), ("talked", "", 0.5)) == Turn("talked", at(0.5))
    assert [one for one, steps in SUPPORT_LAW.items() if not steps] == ["talked", "withdrawn"]
    assert not may_follow("asked", "talked")
    assert not may_follow("back", "taken")
    assert not may_follow("nowhere", "withdrawn")
    assert all("withdrawn" in SUPPORT_LAW[one] for one in ("asked", "taken", "back")), "at any time"
    assert {step for steps in SUPPORT_LAW.values() for step in steps} <= set(STEPS)
    assert support_diagram().count("-->") == 11
