"""GR001-GR019: the rules of groups: who fits, who needs another one, one meeting out of two records."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from karama.rules import groups as rule
from karama.rules.groups import Difference, Eligibility, Ties, Told, contacts, fit, merged, needs_another, rated

A, B, C = UUID(int=1), UUID(int=2), UUID(int=3)
ONE, TWO, THREE = UUID(int=11), UUID(int=12), UUID(int=13)
LEADER, SECOND = UUID(int=21), UUID(int=22)


@pytest.mark.parametrize(
    ("age", "gender", "expected"),
    [
        ("18-24", "woman", "fits"),
        ("18-24", "man", "no"),
        ("5-9", "woman", "no"),
        ("unknown", "woman", "not_known"),
        (None, None, "not_known"),
        ("unknown", "man", "no"),
        ("18-24", "not_said", "not_known"),
    ],
)
def test_who_fits(age: str | None, gender: str | None, expected: str) -> None:
    """GR001: what is not known about somebody is not a no; one no is enough."""
    rule_of_group = Eligibility(frozenset({"18-24", "25-34"}), "woman")
    assert fit(rule_of_group, age, gender) == expected
    assert fit(Eligibility(), age, gender) == "fits"


def test_places() -> None:
    """GR002: a group without a limit has no number of places; a full one has none, never fewer."""
    assert rule.places_left(None, 40) is None
    assert rule.places_left(10, 8) == 2
    assert rule.places_left(10, 12) == 0


def test_two_who_belong_to_each_other_need_two_groups() -> None:
    """GR003: a link kept on either page, or a family of both, means another group, in either order."""
    linked = {A: Ties(linked=frozenset({B}))}
    assert needs_another(A, linked, [B], [], together=False)
    assert needs_another(B, linked, [A], [], together=False)
    family = {A: Ties(families=frozenset({C})), B: Ties(families=frozenset({C}))}
    assert needs_another(A, family, [B], [], together=False)
    assert not needs_another(A, family, [A], [], together=False), "nobody is in the way of herself"
    assert not needs_another(A, {}, [B], [LEADER], together=False)


def test_where_families_come_together() -> None:
    """GR004: in a group for families belonging to each other is no reason; somebody who must not know of her is."""
    ties = {A: Ties(hidden_from=frozenset({SECOND}), linked=frozenset({B}))}
    assert not needs_another(A, ties, [B], [LEADER], together=True)
    assert needs_another(A, ties, [], [LEADER, SECOND], together=True)
    assert needs_another(A, ties, [], [SECOND], together=False)


def test_at_a_distance() -> None:
    """GR005: C2: what cannot be done at a distance is adapted in a meeting by telephone, and only there."""
    items, far = ("breathing", "movement", "closing"), {"movement"}
    told = {"breathing": ("done", ""), "movement": ("done", "")}
    assert rated(told, items, far, "in_person") == {"breathing": ("done", ""), "movement": ("done", "")}
    assert rated(told, items, far, "phone")["movement"] == ("adapted", "modality")
    assert rated({}, items, far, "online") == {"movement": ("adapted", "modality")}
    assert rated({}, items, far, "hybrid") == {}
    assert rated({"movement": ("not_done", "safety")}, items, far, "phone")["movement"] == ("not_done", "safety")
    assert "other" not in rated({"other": ("done", "")}, items, far, "phone")


def test_one_meeting_out_of_two_records() -> None:
    """GR006: C4: attendance of two records becomes one; what only one of them says counts, what differs is shown."""
    first = Told(ONE, {A: "present", B: "absent"}, {"modality": "phone", "walk_ins": 2, "minutes": None})
    other = Told(TWO, {B: "present", C: "present"}, {"modality": "phone", "walk_ins": 3, "minutes": 90})
    found = merged([first, other], {})
    assert found.attendance == {A: "present", C: "present"}
    assert found.items == {"modality": "phone", "minutes": 90}
    assert found.differences == (
        Difference("attendance", ((ONE, "absent"), (TWO, "present")), B),
        Difference("walk_ins", ((ONE, 2), (TWO, 3))),
    )
    assert contacts(found) is None


def test_a_human_settles() -> None:
    """GR007: what somebody settled counts; a choice of a record that is gone settles nothing."""
    first = Told(ONE, {B: "absent"}, {"walk_ins": 2})
    other = Told(TWO, {B: "present"}, {"walk_ins": 0})
    found = merged([first, other], {("attendance", B): TWO, ("walk_ins", None): TWO})
    assert (found.attendance, found.items, found.differences) == ({B: "present"}, {"walk_ins": 0}, ())
    assert contacts(found) == 1
    assert len(merged([first, other], {("attendance", B): THREE}).differences) == 2


def test_walk_ins_are_contacts() -> None:
    """GR008: C3: somebody who is counted without a name makes the total one more and the people who came no more."""
    before = merged([Told(ONE, {A: "present", B: "left_early", C: "excused"}, {"walk_ins": 0})], {})
    after = merged([Told(ONE, {A: "present", B: "left_early", C: "excused"}, {"walk_ins": 1})], {})
    assert (contacts(before), contacts(after)) == (2, 3)
    assert before.came == after.came == {A, B}


STATES = st.sampled_from(rule.ATTENDANCE)
RECORDS = st.lists(st.dictionaries(st.sampled_from([A, B, C]), STATES), max_size=4)


@given(RECORDS)
def test_nothing_is_made_up(tapped: list[dict[UUID, str]]) -> None:
    """GR009: C1: in whatever was written down, who was never tapped has no state, and nobody gets a state nobody gave;
    the order of the records changes nothing but the order in which they are shown."""
    told = [Told(UUID(int=100 + place), one) for place, one in enumerate(tapped)]
    found, back = merged(told, {}), merged(told[::-1], {})
    for person in (A, B, C):
        said = {one[person] for one in tapped if person in one}
        assert found.attendance.get(person) == (said.pop() if len(said) == 1 else None)
    assert found.attendance == back.attendance
    assert {one.person for one in found.differences} == {one.person for one in back.differences}


def test_the_next_meeting_and_the_check_in() -> None:
    """GR010: C6: meetings count up from one; the check-in is due after the meetings that were named, no other."""
    assert rule.next_number([]) == 1
    assert rule.next_number([1, 2, 4]) == 5
    assert [number for number in range(1, 11) if rule.check_in_due(number, (4,))] == [4]
    assert not rule.check_in_due(4, ())


@pytest.mark.parametrize("name", ["Survivors of violence", "Grupo VIH", "Mujeres víctimas", "Torture rehab", "ناجيات"])
def test_a_name_that_tells(name: str) -> None:
    """GR011: a name that says what people come for is known as such, with or without accents."""
    assert rule.name_tells(name)


@pytest.mark.parametrize("name", ["Río", "Los martes", "Jasmine", "نهر", "Transport to market"])
def test_a_neutral_name(name: str) -> None:
    """GR012: a neutral name is left alone."""
    assert not rule.name_tells(name)
