"""The condition tree: three values, and only a plain yes allows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from karama.rules import permission
from karama.rules.classes import DUTIES, PURPOSES
from karama.rules.permission import (
    All,
    Always,
    Among,
    Any,
    Condition,
    Duty,
    Holds,
    In,
    Includes,
    Is,
    Never,
    Not,
    Overlaps,
    Policy,
    Same,
    permit,
)

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
CHANTAL = {"id": UUID(int=1), "duty": "community_agent", "sites": frozenset({UUID(int=10)})}
TUNDE = {"id": UUID(int=2), "duty": "community_agent", "sites": frozenset({UUID(int=20)})}
AMAL = {
    "site": UUID(int=10),
    "assigned": frozenset({UUID(int=1)}),
    "hidden_from": frozenset({UUID(int=3)}),
    "state": "open",
}
CASELOAD = All(
    Duty("community_agent", "psychologist"),
    Any(Includes("assigned", "id"), All(Duty("supervisor"), Among("site", "sites"))),
    Not(Includes("hidden_from", "id")),
)


def decide(condition: Condition, actor: dict, target: dict, purpose: str = "care") -> permission.Decision:
    return permit(Policy("see", condition, obligations=("log",)), actor, target, purpose, NOW)


def test_caseload() -> None:
    """PM001: Chantal sees Amal on her caseload, and the decision carries its obligations."""
    assert decide(CASELOAD, CHANTAL, AMAL) == permission.Decision(True, permission.ALLOWED, ("log",))


def test_other_site() -> None:
    """PM002: Tunde at another site is refused, without an obligation that would betray the record."""
    assert decide(CASELOAD, TUNDE, AMAL) == permission.Decision(False, permission.CONDITION)


def test_hidden_from_names_the_asker() -> None:
    """PM003: a do-not-show entry refuses even the worker who is assigned."""
    hidden = AMAL | {"hidden_from": frozenset({CHANTAL["id"]})}
    assert not decide(CASELOAD, CHANTAL, hidden).allowed


@pytest.mark.parametrize("missing", ["assigned", "hidden_from"])
def test_missing_attribute_denies(missing: str) -> None:
    """PM004: an attribute that is missing is unknown, and unknown denies, under Not as well."""
    target = {key: value for key, value in AMAL.items() if key != missing}
    assert decide(CASELOAD, CHANTAL, target) == permission.Decision(False, permission.UNKNOWN)


@pytest.mark.parametrize("actor", [{}, {"duty": ""}, {"duty": None}, {"duty": 7}, {"id": UUID(int=1)}])
def test_no_duty_denies_always(actor: dict) -> None:
    """PM005: without a duty nobody passes, not even through Always."""
    assert decide(Always(), actor, AMAL) == permission.Decision(False, permission.NO_DUTY)


def test_unknown_duty_denies() -> None:
    """PM006: a duty that the policy does not name is refused."""
    assert not decide(Duty(*DUTIES), {"duty": "janitor"}, {}).allowed


def test_purposes() -> None:
    """PM007: a policy for care answers no other purpose, and an unknown purpose is refused everywhere."""
    care = Policy("see", Always(), purposes=frozenset({"care"}))
    assert permit(care, CHANTAL, AMAL, "care", NOW).allowed
    assert not permit(care, CHANTAL, AMAL, "statistics", NOW).allowed
    assert not permit(Policy("see", Always()), CHANTAL, AMAL, "curiosity", NOW).allowed
    assert not permit(
        Policy("see", Always(), purposes=frozenset({"curiosity"})), CHANTAL, AMAL, "curiosity", NOW
    ).allowed
    assert not permit(Policy("see", Always(), purposes=frozenset()), CHANTAL, AMAL, "care", NOW).allowed
    assert all(permit(Policy("see", Always()), CHANTAL, AMAL, purpose, NOW).allowed for purpose in PURPOSES)


def test_time_box() -> None:
    """PM008: a reach with an end is refused from that moment on, and an unreadable end is refused at once."""
    policy = Policy("see", Always())
    ends = CHANTAL | {"until": NOW + timedelta(minutes=30)}
    assert permit(policy, ends, AMAL, "care", NOW).allowed
    assert not permit(policy, ends, AMAL, "care", NOW + timedelta(minutes=30)).allowed
    assert not permit(policy, CHANTAL | {"until": "tomorrow"}, AMAL, "care", NOW).allowed
    assert not permit(policy, CHANTAL | {"until": datetime(2030, 1, 1)}, AMAL, "care", NOW).allowed  # noqa: DTZ001


def test_empty_connectives_decide_nothing() -> None:
    """PM009: All and Any without parts are unknown, also inside Not."""
    for empty in (All(), Any(), Not(All()), Not(Any())):
        assert decide(empty, CHANTAL, AMAL).reason == permission.UNKNOWN


@pytest.mark.parametrize(
    ("condition", "truth"),
    [
        (Is("state", "open"), True),
        (Is("state", "closed"), False),
        (Is("state", None), None),
        (In("state", ("open", "paused")), True),
        (In("state", ("closed",)), False),
        (In("site", ("open",)), None),
        (Holds("assigned", UUID(int=1)), True),
        (Holds("assigned", UUID(int=9)), False),
        (Holds("state", "open"), None),
        (Same("site", "id"), False),
        (Same("site", "duty"), None),
        (Among("site", "sites"), True),
        (Among("site", "id"), None),
        (Includes("assigned", "id"), True),
        (Includes("assigned", "duty"), None),
        (Overlaps("assigned", "sites"), False),
        (Overlaps("teams", "sites"), None),
        (Never(), False),
        (Not(Never()), True),
    ],
)
def test_leaves(condition: Condition, truth: bool | None) -> None:
    """PM010: each leaf answers yes, no or unknown; values of another type are unknown, never unequal."""
    assert condition.holds(CHANTAL, AMAL) is truth


def test_text_is_not_a_collection() -> None:
    """PM011: a policy that writes a text where a collection belongs is refused when it is written."""
    with pytest.raises(TypeError, match="collection"):
        In("state", "open")


def test_nothing_raises() -> None:
    """PM012: values that cannot be compared, hashed or even read deny instead of raising."""

    class Hostile:
        def __eq__(self, other: object) -> bool:
            raise RuntimeError

        __hash__ = None  # type: ignore[assignment]

    for value in (Hostile(), [[]], {"a": 1}, [None], float("nan")):
        for condition in (
            Is("x", Hostile()),
            Holds("x", Hostile()),
            Includes("x", "id"),
            Overlaps("x", "sites"),
        ):
            assert not decide(condition, CHANTAL, {"x": value}).allowed
            assert not decide(Not(Includes("x", "id")), CHANTAL, {"x": value}).allowed
    assert not permit(Policy("see", Always()), CHANTAL, {}, [], NOW).allowed  # type: ignore[arg-type]


def test_walk_names_every_attribute() -> None:
    """PM013: a compiler can list every attribute that a tree asks about."""
    assert permission.target_attributes(CASELOAD) == {"assigned", "site", "hidden_from"}
    assert permission.actor_attributes(CASELOAD) == {"id", "sites", "duty"}


VALUES = st.one_of(st.none(), st.sampled_from(["open", "closed", "site-a"]), st.integers(0, 3))
MANY = st.frozensets(st.one_of(st.sampled_from(["open", "site-a"]), st.integers(0, 3), st.none()), max_size=3)
NAMES = st.sampled_from(["a", "b", "c"])
ATTRIBUTES = st.dictionaries(NAMES, st.one_of(VALUES, MANY), max_size=3)
ACTORS = st.builds(
    lambda rest, duty: rest | ({"duty": duty} if duty is not None else {}),
    ATTRIBUTES,
    st.sampled_from([None, "nurse", "director", "janitor"]),
)
LEAVES = st.one_of(
    st.just(Always()),
    st.just(Never()),
    st.builds(Is, NAMES, VALUES),
    st.builds(In, NAMES, MANY),
    st.builds(Holds, NAMES, VALUES),
    st.builds(Same, NAMES, NAMES),
    st.builds(Among, NAMES, NAMES),
    st.builds(Includes, NAMES, NAMES),
    st.builds(Overlaps, NAMES, NAMES),
    st.sampled_from([Duty("nurse"), Duty("director", "nurse"), Duty()]),
)
TREES: st.SearchStrategy[Condition] = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.lists(inner, max_size=3).map(lambda parts: All(*parts)),
        st.lists(inner, max_size=3).map(lambda parts: Any(*parts)),
    ),
    max_leaves=8,
)


@settings(max_examples=200)
@given(TREES, ACTORS, ATTRIBUTES)
def test_not_unknown_denies(tree: Condition, actor: dict, target: dict) -> None:
    """PM020: when a condition is unknown, neither it nor its negation allows."""
    if tree.holds(actor, target) is None:
        assert not decide(tree, actor, target).allowed
        assert not decide(Not(tree), actor, target).allowed
    assert not (decide(tree, actor, target).allowed and decide(Not(tree), actor, target).allowed)


@settings(max_examples=200)
@given(TREES, TREES, ACTORS, ATTRIBUTES)
def test_adding_to_all_never_widens(tree: Condition, more: Condition, actor: dict, target: dict) -> None:
    """PM021: adding a condition to All never allows what was refused."""
    assert decide(All(tree, more), actor, target).allowed <= decide(tree, actor, target).allowed
    assert decide(tree, actor, target).allowed <= decide(Any(tree, more), actor, target).allowed


@settings(max_examples=200)
@given(TREES, ATTRIBUTES)
def test_empty_actor_denied(tree: Condition, target: dict) -> None:
    """PM022: an actor without attributes is refused by every policy."""
    assert not decide(tree, {}, target).allowed


@settings(max_examples=200)
@given(TREES, ACTORS, ATTRIBUTES, NAMES)
def test_forgetting_never_widens(tree: Condition, actor: dict, target: dict, forgotten: str) -> None:
    """PM023: removing an attribute of the target or of the actor never turns a refusal into a permission."""
    less = {key: value for key, value in target.items() if key != forgotten}
    fewer = {key: value for key, value in actor.items() if key != forgotten}
    allowed = decide(tree, actor, target).allowed
    assert decide(tree, actor, less).allowed <= allowed
    assert decide(tree, fewer, target).allowed <= allowed
