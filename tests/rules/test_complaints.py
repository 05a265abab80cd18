"""The law of feedback, and who stands in line with whom."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

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


FIRST, AFTER = DAY.date(), DAY.date() + timedelta(days=1)


def post(user: str, duty: str, given: int = 1, **more: Any) -> Post:
    return Post(user, duty, "p", more.pop("site", None), id=f"{user}-{duty}", given=given, by="samir", **more)


def test_only_posts_that_stood_when_it_came_count() -> None:
    """VO311: a post given after a message, begun after its stretch of days or ended before it did not stand then; one
    that ended on its first day did, whatever hour that was."""
    told = (
        post("before", "director"),
        post("after", "director", 8),
        post("ahead", "director", from_on=AFTER),
        post("gone", "director", until_on=FIRST - timedelta(days=1)),
        post("going", "director", until_on=FIRST),
    )
    assert [one.user for one in law.stood_then(told, 8, FIRST, AFTER)] == ["before", "going"]


def test_a_second_person_vouches_for_a_later_post() -> None:
    """VO312: a later post counts when somebody vouched who answered before, is not barred, and neither holds nor gave
    it; and whoever was vouched for vouches in turn, in whatever order it was said."""
    told = (
        post("leila", "data_protection_officer"),
        post("nadia", "supervisor", site="here"),
        post("diego", "psychologist", site="here"),
        post("samir", "director"),
        post("paz", "data_protection_officer", 9),
        post("wanda", "director", 10),
    )

    def found(*by: tuple[str, str], barred: frozenset[str] = frozenset()) -> set[object]:
        return set(law.vouched_for(told, [law.Vouch(post, by) for post, by in by], 5, barred))

    paz, wanda = "paz-data_protection_officer", "wanda-director"
    assert found((paz, "leila")) == {paz}
    for by in ("paz", "samir", "diego", "wanda", "nobody"):
        assert found((paz, by)) == set(), by
    assert found((paz, "nadia")) == {paz}
    assert found((paz, "nadia"), barred=frozenset({"nadia"})) == set()
    assert found((wanda, "paz"), (paz, "leila")) == {paz, wanda}
    assert found(("a post that is not", "leila")) == set()


def test_an_officer_is_free_only_under_the_director_alone() -> None:
    """VO313: an officer whom only the director leads is the last one who may be asked; not when she is named, works
    under somebody accused in another duty, or is tied to nobody."""
    assert law.by_office({"mariam"}, POSTS) == {"leila"}
    assert law.by_office({"mariam", "leila"}, POSTS) == set()
    assert law.by_office({"nadia"}, POSTS) == set()
    assert law.by_office({"mariam"}, (*POSTS, Post("leila", "trainer", "p"))) == set()
    assert law.by_office({"mariam", "samir"}, POSTS) == {"leila"}
    assert law.by_office({"leila"}, POSTS) == {"mariam"}
