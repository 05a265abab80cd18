"""The law of feedback, and who stands in line with whom."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from karama.rules import complaints as law
from karama.rules.complaints import Post, in_line

POSTS = (
    Post("nadia", "supervisor", "p", "here"),
    Post("diego", "psychologist", "p", "here"),
    Post("tunde", "community_agent", "p", "there"),
    Post("olga", "supervisor", "p", "there"),
    Post("samir", "administrator"),
    Post("leila", "data_protection_officer", "p"),
    Post("mariam", "director"),
    Post("far", "psychologist", "q", "else"),
)


def test_every_state_is_reached_and_closed_can_be_contested() -> None:
    """VO305: each state is reached, each step leads to a known state, and only whoever wrote reopens what is closed,
    until its words are erased."""
    reached = {"received"} | {after for steps in law.LAW.values() for after in steps.values()}
    assert reached == set(law.STATES) == set(law.LAW)
    assert law.LAW["closed"] == {"disagreed": "received", "erased": "erased"}
    assert law.LAW["erased"] == {}
    assert law.complaint_diagram().count("-->") == 3 + sum(len(one) for one in law.LAW.values())


def test_a_complaint_is_never_closed_unanswered() -> None:
    """VO306: a complaint is closed after an answer or a hand-over outside; thanks may end at once; the fourth
    disagreement is no more."""
    for kind in law.KINDS:
        assert ("closed" in law.steps_after(kind, "acknowledged")) == (kind in ("thanks", "suggestion"))
        assert "closed" in law.steps_after(kind, "answered")
        assert ("passed_on" in law.steps_after(kind, "acknowledged")) == (kind != "sensitive")
    assert "disagreed" not in law.steps_after("complaint", "answered", law.MOST_DISAGREEMENTS)
    assert law.state_of(["closed", "acknowledged", "nonsense", "answered", "disagreed"]) == "received"


@pytest.mark.parametrize(
    ("named", "line"),
    [
        ({"nadia"}, {"nadia", "diego", "samir", "mariam"}),
        ({"diego"}, {"diego", "nadia", "samir"}),
        ({"tunde"}, {"tunde", "olga", "samir"}),
        ({"leila"}, {"leila", "mariam"}),
        ({"samir"}, {"samir", "mariam", "nadia", "diego", "tunde", "olga", "far"}),
        (set(), set()),
        ({"somebody who left"}, {"somebody who left"}),
    ],
)
def test_who_is_in_line(named: set[str], line: set[str]) -> None:
    """VO307: whoever is named, whom she reports to, and who reports to her at the same place; nobody elsewhere."""
    assert in_line(named, POSTS) == line


def test_everybody_is_in_line_with_the_director() -> None:
    """VO308: of the director's own people nobody is left but those who report to somebody else."""
    assert in_line({"mariam"}, POSTS) == {"mariam", "nadia", "olga", "samir", "leila"}


DAY = datetime(2026, 3, 2, tzinfo=UTC)
KEEP = timedelta(days=30)


@pytest.mark.parametrize(
    ("kind", "steps", "over"),
    [
        ("complaint", [], False),
        ("complaint", ["acknowledged"], False),
        ("complaint", ["acknowledged", "answered"], True),
        ("complaint", ["acknowledged", "answered", "disagreed"], False),
        ("complaint", ["acknowledged", "outside"], False),
        ("complaint", ["acknowledged", "outside", "closed"], True),
        ("complaint", ["acknowledged", "answered", "closed", "erased"], False),
        ("thanks", ["acknowledged", "closed"], True),
        ("sensitive", ["acknowledged", "answered"], False),
        ("sensitive", ["acknowledged", "answered", "closed"], True),
    ],
)
def test_when_words_are_to_be_erased(kind: str, steps: list[str], over: bool) -> None:
    """VO360: words go when a message is over and its days are, counted from the last step; never while somebody waits,
    and of what is sensitive only after it was closed. What is erased can be followed by nothing."""
    told = [(step, DAY - timedelta(days=place)) for place, step in enumerate(reversed(steps))][::-1]
    assert law.is_over(kind, told, KEEP, DAY + KEEP) is over
    assert not law.is_over(kind, told, KEEP, DAY + KEEP - timedelta(seconds=1))
    assert law.steps_after(kind, "erased") == ()
    assert law.state_of([*steps, "erased"]) == "erased"
