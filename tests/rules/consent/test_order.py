"""The fourteen rules of consent, each with the cases that tell it from its neighbours."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from karama.rules.classes import (
    CONSENT_PURPOSES,
    DATA_CLASSES,
    OVERRIDES,
    RECIPIENTS,
    SENSITIVE_CLASSES,
)
from karama.rules.consent import (
    ANYONE,
    Consent,
    ConsentDecision,
    Referral,
    Request,
    counted_in_reports,
    decide,
    must_cite,
)
from tests.rules.consent.situations import GLASS, GRANT, NOW, OPEN, SHARE


@pytest.mark.parametrize(
    "changes",
    [
        {"purpose": "curiosity"},
        {"data_class": "gossip"},
        {"recipient": "neighbour"},
        {"recipient": ANYONE},
        {"override": "because"},
    ],
)
def test_unknown_request_denies(changes: dict[str, str]) -> None:
    """CO003: rule 1: a word that no list knows is refused, break-glass included."""
    decision = decide(replace(SHARE, **changes), [GRANT], OPEN, NOW)
    assert (decision.allowed, decision.rule) == (False, 1)


@pytest.mark.parametrize("changes", [{"hidden": None}, {"erased": None}, {"capacity": ""}])
def test_unknown_context_denies(changes: dict[str, object]) -> None:
    """CO004: rule 1: a fact that nobody established is refused, break-glass included."""
    request = replace(SHARE, override="vital_interest")
    assert decide(request, [GRANT], replace(OPEN, **changes), NOW).rule == 1


@pytest.mark.parametrize(
    "record",
    [
        replace(GRANT, id=2, state="maybe"),
        replace(GRANT, id=2, purpose="curiosity"),
        replace(GRANT, id=2, recipient=ANYONE),
        replace(GRANT, id=2, data_classes=frozenset({"gossip"})),
        replace(GRANT, id=2, given_by="neighbour"),
        replace(GRANT, id=2, legal_basis="habit"),
        replace(GRANT, id=2, ends_at=datetime(2030, 1, 1)),  # noqa: DTZ001
    ],
)
def test_unreadable_record_denies(record: Consent) -> None:
    """CO005: rule 1: a record that cannot be read refuses, because it may have been a no."""
    assert decide(SHARE, [GRANT, record], OPEN, NOW).rule == 1
    assert decide(SHARE, [GRANT], OPEN, NOW.replace(tzinfo=None)).rule == 1


@pytest.mark.parametrize("override", OVERRIDES)
@pytest.mark.parametrize(("changes", "rule"), [({"hidden": True}, 2), ({"erased": True}, 3)])
def test_final_refusals(changes: dict[str, object], rule: int, override: str) -> None:
    """CO006: rules 2 and 3: hidden from the asker, or erased, is closed to break-glass and reporting too."""
    request = replace(SHARE, override=override, reporting_duty="child")
    decision = decide(request, [GRANT], replace(OPEN, **changes), NOW)
    assert (decision.allowed, decision.rule) == (False, rule)


def test_permission_first() -> None:
    """CO007: rule 4: without duty and assignment no consent is read; break-glass is a basis of its own."""
    outside = replace(OPEN, permitted=False)
    assert decide(SHARE, [GRANT], outside, NOW).rule == 4
    assert decide(SHARE, [GRANT], replace(OPEN, permitted=None), NOW).rule == 4
    assert decide(replace(SHARE, override="vital_interest"), [], outside, NOW).allowed


@pytest.mark.parametrize("state", ["refused", "withdrawn"])
@pytest.mark.parametrize("sequence", [0, 1, 2])
def test_no_beats_yes(state: str, sequence: int) -> None:
    """CO008: rule 5: a refusal or withdrawal beats any grant that does not cite it, older or newer."""
    no = replace(GRANT, id=2, sequence=sequence, state=state)
    assert decide(SHARE, [GRANT, no], OPEN, NOW).rule == 5


def test_withdrawal_lifted_by_citing_grant() -> None:
    """CO009: a withdrawal is lifted only by a newer grant that cites it."""
    no = replace(GRANT, id=2, sequence=2, state="withdrawn")
    again = replace(GRANT, id=3, sequence=3, cites=frozenset({2}))
    assert must_cite(SHARE, [GRANT, no]) == {2}
    assert decide(SHARE, [GRANT, no, again], OPEN, NOW) == ConsentDecision(
        True, 9, "consent.granted", 3, ("consent.log",)
    )
    assert not decide(SHARE, [GRANT, no, replace(again, cites=frozenset())], OPEN, NOW).allowed
    assert not decide(SHARE, [GRANT, no, replace(again, sequence=2)], OPEN, NOW).allowed
    assert not decide(SHARE, [GRANT, no, replace(again, state="expired")], OPEN, NOW).allowed


def test_withdrawal_reaches_wide() -> None:
    """CO010: a withdrawal without classes or recipient closes all of its purpose, and no other."""
    no = Consent(2, 2, "share", "withdrawn", recipient=ANYONE)
    care = Consent(3, 3, "care", "given", frozenset({"clinical"}))
    assert not decide(SHARE, [GRANT, no], OPEN, NOW).allowed
    assert decide(Request("care", "clinical"), [care, no], OPEN, NOW).allowed


@pytest.mark.parametrize(("recorded", "asked"), list(itertools.product(CONSENT_PURPOSES, repeat=2)))
def test_no_purpose_implies_another(recorded: str, asked: str) -> None:
    """CO011: rule 6: a consent answers exactly its own purpose."""
    decision = decide(replace(SHARE, purpose=asked), [replace(GRANT, purpose=recorded)], OPEN, NOW)
    assert decision.allowed is (recorded == asked)


@pytest.mark.parametrize(("recorded", "asked"), list(itertools.product(RECIPIENTS, repeat=2)))
def test_no_recipient_implies_another(recorded: str, asked: str) -> None:
    """CO012: rule 7: a consent answers exactly its own recipient."""
    decision = decide(replace(SHARE, recipient=asked), [replace(GRANT, recipient=recorded)], OPEN, NOW)
    assert decision.allowed is (recorded == asked)


@pytest.mark.parametrize(
    "referral",
    [None, Referral("clinic", False, False), Referral("clinic", True, True), Referral("other", True, False)],
)
def test_referral_carries_the_sharing(referral: Referral | None) -> None:
    """CO013: rule 7: a partner receives only within its own accepted referral, and only until it ends."""
    assert decide(SHARE, [GRANT], replace(OPEN, referral=referral), NOW).rule == 7


def test_organisation_must_match() -> None:
    """CO014: rule 7: another organisation, or none at all, receives nothing, even with its own referral."""
    other = replace(OPEN, referral=Referral("other", True, False))
    assert decide(replace(SHARE, organisation="other"), [GRANT], other, NOW).rule == 7
    assert decide(replace(SHARE, organisation=""), [replace(GRANT, organisation="")], OPEN, NOW).rule == 7


@pytest.mark.parametrize(("recorded", "asked"), list(itertools.product(DATA_CLASSES, repeat=2)))
def test_no_class_implies_another(recorded: str, asked: str) -> None:
    """CO015: rule 8: a consent opens exactly the classes it names; without classes it opens none."""
    record = replace(GRANT, data_classes=frozenset({recorded}))
    assert decide(replace(SHARE, data_class=asked), [record], OPEN, NOW).allowed is (recorded == asked)
    assert decide(SHARE, [replace(GRANT, data_classes=frozenset())], OPEN, NOW).rule == 8


def test_sensitive_classes_one_by_one() -> None:
    """CO016: rule 8: a record that ticks several sensitive classes at once opens none of them."""
    for one, other in itertools.combinations(sorted(SENSITIVE_CLASSES), 2):
        bundle = replace(GRANT, data_classes=frozenset({"clinical", one, other}))
        assert decide(replace(SHARE, data_class=one), [bundle], OPEN, NOW).rule == 8
        assert decide(SHARE, [bundle], OPEN, NOW).allowed


@pytest.mark.parametrize(
    ("capacity", "changes", "allowed"),
    [
        ("own", {"given_by": "guardian", "assent": True}, False),
        ("minor", {"given_by": "guardian", "assent": True}, True),
        ("minor", {"given_by": "guardian"}, False),
        ("minor", {}, False),
        ("limited", {"given_by": "guardian", "assent": True}, True),
        ("limited", {}, False),
        ("guardian_unsafe", {"given_by": "best_interest", "decided_by_duty": "social_worker"}, True),
        ("guardian_unsafe", {"given_by": "best_interest", "decided_by_duty": "reception"}, False),
        ("guardian_unsafe", {"given_by": "guardian", "assent": True}, False),
        ("own", {"given_by": "best_interest", "decided_by_duty": "social_worker"}, False),
    ],
)
def test_capacity(capacity: str, changes: dict[str, object], allowed: bool) -> None:
    """CO017: rule 9: guardian and assent where needed; a protection duty decides if he is unsafe."""
    decision = decide(SHARE, [replace(GRANT, **changes)], replace(OPEN, capacity=capacity), NOW)
    assert decision.allowed is allowed
    assert decision.rule == 9


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"reason": "  "}, "consent.break_glass_incomplete"),
        ({"told": frozenset({"nadia"})}, "consent.break_glass_incomplete"),
        ({"told": frozenset({"nadia", "chantal"})}, "consent.break_glass_incomplete"),
        ({"told": frozenset({"nadia", None})}, "consent.break_glass_incomplete"),
        ({"opened_at": NOW - timedelta(hours=24)}, "consent.break_glass_over"),
        ({"opened_at": NOW + timedelta(minutes=1)}, "consent.break_glass_over"),
    ],
)
def test_break_glass_limits(changes: dict[str, object], reason: str) -> None:
    """CO018: rule 10: break-glass needs a reason, two other people told, and ends after 24 hours."""
    request = replace(SHARE, override="vital_interest")
    context = replace(OPEN, break_glass=replace(GLASS, **changes))
    assert decide(request, [], context, NOW) == replace(decide(request, [], context, NOW), rule=10, reason=reason)
    assert not decide(request, [], context, NOW).allowed
    assert decide(request, [], replace(OPEN, break_glass=None), NOW).rule == 10


def test_break_glass_obliges() -> None:
    """CO019: rule 10: two people are told, she is told when safe, and it is reviewed within seven days."""
    decision = decide(replace(SHARE, override="vital_interest"), [], OPEN, NOW)
    assert decision.allowed
    assert set(decision.obligations) == {
        "consent.log",
        "consent.minimum_fields",
        "consent.notify_two_people",
        "consent.tell_person_when_safe",
        "consent.review_within_7_days",
    }


def test_mandatory_report_needs_its_table() -> None:
    """CO020: rule 11: no row of the country's table, or limits not explained before, means no report."""
    request = Request("share", "child", "authority", "police", "mandatory_report", "child")
    assert decide(request, [], OPEN, NOW).rule == 11
    assert decide(request, [], OPEN, NOW).allowed
    assert decide(request, [], replace(OPEN, limits_shown=False), NOW).reason == "consent.limits_not_shown"
    assert decide(request, [], replace(OPEN, reporting_table=()), NOW).reason == "consent.no_reporting_duty"
    assert not decide(replace(request, reporting_duty="other"), [], OPEN, NOW).allowed
    assert not decide(replace(request, data_class="clinical"), [], OPEN, NOW).allowed
    assert not decide(replace(request, purpose="research"), [], OPEN, NOW).allowed


def test_reports_need_their_own_consent() -> None:
    """CO021: rule 13: a person is counted in statistics only while she agrees; care does not imply it."""
    care = Consent(1, 1, "care", "given", frozenset({"general", "clinical"}))
    report = Consent(2, 2, "report", "given", frozenset({"general"}))
    no = Consent(3, 3, "report", "withdrawn")
    assert not counted_in_reports([care], OPEN, NOW)
    assert counted_in_reports([care, report], OPEN, NOW)
    assert not counted_in_reports([care, report, no], OPEN, NOW)


def test_dates_and_new_text() -> None:
    """CO022: a consent holds between its dates, and a newer text asks her again without closing anything."""
    assert not decide(SHARE, [replace(GRANT, ends_at=NOW)], OPEN, NOW).allowed
    assert not decide(SHARE, [replace(GRANT, starts_at=NOW + timedelta(seconds=1))], OPEN, NOW).allowed
    newer = replace(OPEN, text_versions={"share": "2"})
    decision = decide(SHARE, [replace(GRANT, text_version="1")], newer, NOW)
    assert decision.allowed
    assert "consent.ask_again" in decision.obligations
