"""The law of feedback, and who stands in line with whom."""

from __future__ import annotations

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
    """VO305: each state is reached, each step leads to a known state, and only whoever wrote reopens what is closed."""
    reached = {"received"} | {after for steps in law.LAW.values() for after in steps.values()}
    assert reached == set(law.STATES) == set(law.LAW)
    assert law.LAW["closed"] == {"disagreed": "received"}
    assert law.complaint_diagram().count("-->") == 2 + sum(len(one) for one in law.LAW.values())


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
