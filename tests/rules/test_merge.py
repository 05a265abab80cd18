"""Merging two records of Amal: the more cautious value, and back again."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from karama.rules.classes import IDENTITY_MODES
from karama.rules.merge import (
    CAUTIOUS,
    CONSENT_STATES,
    NEITHER,
    NEVER,
    CannotMerge,
    Cautions,
    SafeContact,
    cautious_contact,
    may_contact,
    more_cautious,
    plan_edit,
    plan_merge,
    plan_undo,
    stricter_consent,
    stricter_mode,
)

CALL = SafeContact("call", "sister's phone", "mornings")
SMS = SafeContact("sms-neutral", "own phone")

contacts = st.sampled_from([None, CALL, SMS, NEVER, NEITHER])
consents = st.dictionaries(st.sampled_from(["care", "share", "research"]), st.sampled_from(CONSENT_STATES))
users = st.frozensets(st.sampled_from(["tunde", "chantal", "samir"]))


def records(person):
    return st.builds(
        Cautions,
        person=st.just(person),
        identity_mode=st.sampled_from(IDENTITY_MODES),
        consent=consents,
        safe_contact=contacts,
        hidden_from=users,
    )


def refusal(kept, folded):
    with pytest.raises(CannotMerge) as caught:
        plan_merge(kept, folded)
    return caught.value.reason


def test_stricter_consent_wins():
    """MG001: of two consent states the stricter stays, and "given" stays only when both were given."""
    for one, other in product(CONSENT_STATES, repeat=2):
        merged = stricter_consent(one, other)
        assert merged == stricter_consent(other, one)
        assert (merged == "given") == (one == other == "given")
    assert stricter_consent("refused", "withdrawn") == "withdrawn"


def test_line_missing_on_one_record_is_asked_again():
    """MG002: a consent recorded on one record only does not count for both; it becomes a question."""
    plan = plan_merge(Cautions("a", "named", {"share": "given"}), Cautions("b", "named"))
    assert plan.kept_after.consent == {"share": "never_asked"}
    assert plan.questions == ("consent:share",)


@pytest.mark.parametrize(
    ("one", "other", "merged"),
    [
        (CALL, CALL, CALL),
        (CALL, SMS, NEITHER),
        (CALL, replace(CALL, hours="evenings"), NEITHER),
        (CALL, NEVER, NEVER),
        (NEITHER, NEVER, NEVER),
        (CALL, None, CALL),
        (None, None, None),
    ],
)
def test_safe_contact(one, other, merged):
    """MG003: two different safe contacts mean neither, "never" wins, and one alone stays."""
    assert cautious_contact(one, other) == cautious_contact(other, one) == merged


def test_contact_only_when_recorded_and_agreed():
    """MG004: nobody is contacted without a recorded contact, against her wish, or while two differ."""
    assert [may_contact(each) for each in (None, NEVER, NEITHER, CALL)] == [False, False, False, True]


@given(records("a"), records("b"))
def test_hidden_from_is_the_union_on_both(kept, folded):
    """MG005: whoever was not to see one record sees neither of the two after a merge."""
    plan = plan_merge(kept, folded)
    union = kept.hidden_from | folded.hidden_from
    assert plan.kept_after.hidden_from == plan.folded_after.hidden_from == union


@given(records("a"), records("b"))
def test_nothing_becomes_more_open(kept, folded):
    """MG006: a merge never widens consent, contact, identity or sight, in either order."""
    merged = plan_merge(kept, folded).kept_after
    other = plan_merge(folded, kept).kept_after
    for record in (kept, folded):
        assert stricter_mode(merged.identity_mode, record.identity_mode) == merged.identity_mode
        for line, state in merged.consent.items():
            before = record.consent.get(line, "never_asked")
            assert stricter_consent(state, before) == state
        if record.safe_contact in (NEVER, NEITHER):
            assert not may_contact(merged.safe_contact)
    assert replace(merged, person="x") == replace(other, person="x")


@given(records("a"), records("b"))
def test_undo_restores_both(kept, folded):
    """MG007: undoing an untouched merge gives both records exactly as they were."""
    plan = plan_merge(kept, folded)
    assert plan.folded_after.merged_into == "a"
    assert plan_undo(plan, plan.kept_after, plan.folded_after) == (kept, folded)


@given(records("a"), records("b"), records("a"))
def test_undo_keeps_cautions_added_since(kept, folded, later):
    """MG008: a caution recorded between merge and undo stays on both people."""
    plan = plan_merge(kept, folded)
    now = replace(later, hidden_from=plan.kept_after.hidden_from | later.hidden_from)
    for record in plan_undo(plan, now, plan.folded_after):
        assert record.hidden_from >= later.hidden_from - plan.kept_after.hidden_from
        for line, state in later.consent.items():
            if state != plan.kept_after.consent.get(line, "never_asked"):
                assert stricter_consent(record.consent[line], state) == record.consent[line]
        if later.safe_contact == NEVER and plan.kept_after.safe_contact != NEVER:
            assert record.safe_contact == NEVER


def test_folded_record_keeps_its_own_values():
    """MG009: nothing is rewritten: the folded record keeps its consent, contact and mode."""
    folded = Cautions("b", "named", {"care": "given"}, SMS)
    plan = plan_merge(Cautions("a", "coded", {"care": "refused"}, CALL), folded)
    assert plan.folded_after == replace(folded, merged_into="a")
    assert plan.questions == ("consent:care", "safe_contact", "identity_mode")


def test_refused_merges():
    """MG010: one record with itself, a merged one, an erased one, or an unknown value is not merged."""
    amal, other = Cautions("a", "named"), Cautions("b", "named")
    assert refusal(amal, replace(amal)) == "same_person"
    assert refusal(amal, replace(other, merged_into="c")) == "already_merged"
    assert refusal(replace(amal, erased=True), other) == "erased"
    assert refusal(amal, replace(other, identity_mode="open")) == "unknown_value"
    assert refusal(amal, replace(other, consent={"care": "perhaps"})) == "unknown_value"


def test_undo_needs_its_own_merge():
    """MG011: a merge is not undone with other records, twice, or after an erasure."""
    plan = plan_merge(Cautions("a", "named"), Cautions("b", "named"))
    for kept, folded, why in (
        (replace(plan.kept_after, person="c"), plan.folded_after, "other_merge"),
        (plan.kept_after, plan.folded_before, "other_merge"),
        (plan.kept_after, replace(plan.folded_after, erased=True), "erased"),
    ):
        with pytest.raises(CannotMerge) as caught:
            plan_undo(plan, kept, folded)
        assert caught.value.reason == why


def test_contact_is_not_shown_by_accident():
    """MG012: the address and hours of a safe contact stay out of its printed form."""
    assert "sister" not in repr(CALL)
    assert "mornings" not in repr(CALL)


# --- two edits of one field


def test_an_ordinary_field_keeps_what_arrives() -> None:
    """MG020: of two edits of an ordinary field the arriving one stands, the other is named; untouched fields pass."""
    plan = plan_edit({"a": 1, "b": 2}, {"a": 9, "b": 8}, frozenset({"a"}), {})
    assert plan.values == {"a": 9, "b": 8}
    assert [(one.name, one.earlier, one.later, one.kept) for one in plan.met] == [("a", 1, 9, "later")]
    assert plan_edit({"a": 9}, {"a": 9}, frozenset({"a"}), {}).met == ()
    assert plan_edit({"a": 1}, {"a": 9}, frozenset(), {"a": "risk"}).met == ()


VALUES = {
    "risk": [None, "none", "low", "soon", "today", "now", "unheard of"],
    "consent": [*CONSENT_STATES, "unheard of"],
    "safe_contact": [None, CALL, SMS, NEVER, NEITHER],
    "allergy": [None, [], ["penicillin"], ["latex", "penicillin"]],
}
OPENNESS = {
    "risk": lambda value: VALUES["risk"].index(value),
    "consent": lambda value: VALUES["consent"].index(value),
    "safe_contact": lambda value: 0 if value is None else 1 if may_contact(value) else 2 if value == NEITHER else 3,
    "allergy": lambda value: len(value or []),
}


@pytest.mark.parametrize("rule", sorted(CAUTIOUS))
def test_the_more_cautious_stands_whoever_came_first(rule: str) -> None:
    """MG021: of two edits of a safety-critical field the more cautious stands, in whichever order they come."""
    for one, other in product(VALUES[rule], repeat=2):
        kept, value = more_cautious(rule, one, other)
        _other_kept, again = more_cautious(rule, other, one)
        level = OPENNESS[rule]
        assert level(value) == level(again) >= max(level(one), level(other))
        assert kept in ("earlier", "later", "neither")
        assert (
            (value == one) if kept == "earlier" else (value == other) if kept == "later" else value not in (one, other)
        )


def test_two_different_contacts_are_neither() -> None:
    """MG022: two different ways are neither; "never" wins; what nobody wrote says nothing against what was said."""
    assert more_cautious("safe_contact", CALL, SMS) == ("neither", NEITHER)
    assert more_cautious("safe_contact", CALL, NEVER) == ("later", NEVER)
    assert more_cautious("safe_contact", NEVER, CALL) == ("earlier", NEVER)
    assert more_cautious("safe_contact", None, CALL) == ("later", CALL)


def test_a_rule_nobody_wrote_is_refused() -> None:
    """MG023: a field declared cautious by a rule that does not exist is not merged at all."""
    with pytest.raises(CannotMerge, match="unknown_value"):
        plan_edit({"a": 1}, {"a": 2}, frozenset({"a"}), {"a": "hope"})
