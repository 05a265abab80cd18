"""The law of rights requests and its clock."""

from __future__ import annotations

from datetime import date, timedelta

from karama.rules import rights as law


def test_every_end_is_reached_and_is_an_end() -> None:
    """VO001: from every state a request can end, and what has ended is never taken up again."""
    for state, following in law.REQUEST_LAW.items():
        assert set(following) <= set(law.REQUEST_STATES)
        assert bool(following) == (state in law.OPEN_STATES)
    assert set(law.REQUEST_LAW) == set(law.REQUEST_STATES)


def test_a_deletion_is_never_granted_alone() -> None:
    """VO002: a deletion goes through its second person, and only a deletion does."""
    for right in law.RIGHTS:
        following = law.steps_after(right, "received")
        assert ("prepared" in following) == (right == "delete")
        assert ("granted" in following) == (right != "delete")
        assert "done" not in following
    assert not law.may_follow("access", "nowhere", "done")


def test_the_clock() -> None:
    """VO003: thirty days from the day it was received; for today in the last week, red the day after the last one."""
    due = law.due_on(date(2026, 1, 31))
    assert due == date(2026, 3, 2)
    for left, grade in ((8, "soon"), (7, "today"), (0, "today"), (-1, "now")):
        today = due - timedelta(days=left)
        assert (law.days_left(due, today), law.grade(due, today)) == (left, grade)


def test_the_diagram_is_the_law() -> None:
    """VO004: the diagram of the manual holds each transition of the law once."""
    lines = law.request_diagram().splitlines()
    arrows = sum(len(following) for following in law.REQUEST_LAW.values())
    assert sum("[*]" not in line and "-->" in line for line in lines) == arrows
    assert len(lines) == len(set(lines))
