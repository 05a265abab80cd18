"""What a person decides, and what follows from it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from karama.accounts.actions.setting_up import SETUP
from karama.journal import Absent, Problem, Refused, clock, reading
from karama.people.actions import explain_limits, record_consent, withdraw_consent
from karama.people.models import Consent
from karama.people.queries import consents, limits_shown, may, reportable, standing_refusals
from karama.programme.actions import add_partner
from karama.security import ledger
from tests.people.conftest import Clinic


def decide(clinic: Clinic, person: UUID, purpose: str, decision: str = "yes", **more: Any) -> UUID:
    receipt = record_consent(
        by=clinic["chantal"], person=person, purpose=purpose, decision=decision, **({"method": "verbal"} | more)
    )
    assert receipt.record is not None
    return receipt.record


def allowed(clinic: Clinic, person: UUID, purpose: str, name: str = "chantal", **more: Any) -> bool:
    with reading(by=clinic[name], purpose="care", route="tests"):
        return may(clinic[name], person, purpose, **more).allowed


def test_nothing_is_agreed_without_a_yes(clinic: Clinic, amal: UUID) -> None:
    """PE030: without a decision, with a later or a no, the answer is no; a yes opens its own purpose only."""
    assert not allowed(clinic, amal, "care")
    decide(clinic, amal, "care", "later")
    assert not allowed(clinic, amal, "care")
    decide(clinic, amal, "care")
    assert allowed(clinic, amal, "care", data_class="clinical")
    assert not allowed(clinic, amal, "research")
    assert not allowed(clinic, amal, "care", data_class="hiv")


def test_a_withdrawal_is_lifted_only_by_citing_it(clinic: Clinic, amal: UUID) -> None:
    """PE031: a withdrawal ends a yes at once; a new yes without citing it is refused, with citing it counts."""
    grant = decide(clinic, amal, "research")
    taken = withdraw_consent(by=clinic["chantal"], person=amal, consent=grant).record
    assert taken is not None
    assert not allowed(clinic, amal, "research")
    with pytest.raises(Problem) as refused:
        decide(clinic, amal, "research")
    assert refused.value.code == "people.consent_must_cite"
    with reading(by=clinic["chantal"], purpose="care", route="tests"):
        assert standing_refusals(clinic["chantal"], amal, "research") == [taken]
    decide(clinic, amal, "research", cites=[taken])
    assert allowed(clinic, amal, "research")


def test_a_no_to_sharing_stands_against_every_recipient(clinic: Clinic, amal: UUID) -> None:
    """PE032: care yes and share no: a partner gets nothing, and care goes on."""
    partner = add_partner(by=SETUP, name="Partner").record
    decide(clinic, amal, "care")
    decide(clinic, amal, "share", "no")
    told = str(partner)
    assert not allowed(clinic, amal, "share", recipient="partner_health", organisation=told)
    with pytest.raises(Problem) as refused:
        decide(clinic, amal, "share", recipient="partner_health", organisation=partner)
    assert refused.value.code == "people.consent_must_cite"
    assert allowed(clinic, amal, "care")


def test_a_withdrawal_outlives_the_database(clinic: Clinic, amal: UUID) -> None:
    """PE033: a withdrawal is written in the outlives ledger, ids only."""
    grant = decide(clinic, amal, "share")
    withdraw_consent(by=clinic["leila"], person=amal, consent=grant)
    last = ledger.entries()[-1]
    assert (last.kind, last.what["consent"]) == ("withdrawal", str(grant))


def test_only_a_yes_of_hers_is_taken_back(clinic: Clinic, amal: UUID) -> None:
    """PE034: what is not a yes of this person cannot be taken back."""
    other = clinic.register(first="Nour")
    foreign = decide(clinic, other, "care")
    refusal = decide(clinic, amal, "photo", "no")
    for consent in (foreign, refusal, UUID(int=3)):
        with pytest.raises(Absent):
            withdraw_consent(by=clinic["chantal"], person=amal, consent=consent)


def test_sensitive_classes_one_by_one(clinic: Clinic, amal: UUID) -> None:
    """PE035: two sensitive classes in one decision, or an unknown one, are refused; one alone is kept under seal."""
    for classes in (["hiv", "gbv"], ["everything"]):
        with pytest.raises(Problem) as refused:
            decide(clinic, amal, "care", data_classes=classes)
        assert refused.value.code == "people.consent_classes"
    fact = Consent.objects.get(pk=decide(clinic, amal, "care", data_classes=["hiv"]))
    assert (fact.classes, fact.sensitive_class is None) == ([], False)
    assert allowed(clinic, amal, "care", data_class="hiv")


def test_a_yes_to_others_names_them(clinic: Clinic, amal: UUID) -> None:
    """PE036: a yes to a kind of recipient without the organisation, or with one nobody knows, is refused."""
    for more in ({"recipient": "partner_health"}, {"recipient": "any"}, {"organisation": UUID(int=9)}):
        with pytest.raises(Problem) as refused:
            decide(clinic, amal, "share", **more)
        assert refused.value.code == "people.consent_recipient"


def test_under_eighteen_somebody_decides_with_her(clinic: Clinic) -> None:
    """PE037: a 16-year-old's yes needs guardian and assent, or a protection duty that says why."""
    person = clinic.register(age_band="15-17", birth_year=2010)
    for more in ({}, {"given_by": "guardian"}, {"given_by": "best_interest", "note": "no safe guardian"}):
        with pytest.raises(Problem) as refused:
            decide(clinic, person, "care", **more)
        assert refused.value.code == "people.consent_capacity"
    decide(clinic, person, "care", given_by="guardian", assent=True)
    assert allowed(clinic, person, "care")
    record_consent(
        by=clinic["nadia"], person=person, purpose="notes", decision="yes", method="verbal",
        given_by="best_interest", assent=True, note="no safe guardian",
    )  # fmt: skip
    assert allowed(clinic, person, "notes")


def test_an_expired_yes_is_over(clinic: Clinic, amal: UUID, time_machine: Any) -> None:
    """PE038: after its last moment a yes no longer counts."""
    decide(clinic, amal, "care", expires_at=clock.now() + timedelta(days=2))
    assert allowed(clinic, amal, "care")
    time_machine.move_to(clock.now() + timedelta(days=3))
    assert not allowed(clinic, amal, "care")


def test_out_of_reach_is_absent(clinic: Clinic, amal: UUID) -> None:
    """PE039: for somebody out of reach a person who agreed and one who does not exist give one and the same answer."""
    decide(clinic, amal, "care")
    with reading(by=clinic["tunde"], purpose="care", route="tests"):
        real, none = (may(clinic["tunde"], one, "care") for one in (amal, UUID(int=5)))
    assert real == none
    assert not real.allowed
    with pytest.raises(Refused):
        record_consent(by=clinic["tunde"], person=amal, purpose="care", decision="yes", method="verbal")


def test_who_may_be_counted(clinic: Clinic, amal: UUID) -> None:
    """PE040: statistics count only whom agreed to be counted and did not take it back."""
    other = clinic.register(first="Nour")
    grant = decide(clinic, amal, "report")
    assert reportable([amal, other], clock.now()) == {amal}
    withdraw_consent(by=clinic["chantal"], person=amal, consent=grant)
    assert reportable([amal, other], clock.now()) == set()


def test_limits_are_explained_or_put_off(clinic: Clinic) -> None:
    """PE041: putting the limits off is not explaining them."""
    person = clinic.register(limits="postponed", limits_reason="she was crying")
    assert not limits_shown(person)
    explain_limits(by=clinic["chantal"], person=person, how="read_aloud")
    assert limits_shown(person)


def test_the_history_is_kept(clinic: Clinic, amal: UUID) -> None:
    """PE042: every decision stays readable, newest first, and only a standing yes is in force."""
    grant = decide(clinic, amal, "care")
    withdraw_consent(by=clinic["chantal"], person=amal, consent=grant, note="changed her mind")
    with reading(by=clinic["leila"], purpose="rights", route="tests"):
        lines = consents(clinic["leila"], amal)
    assert [(one.decision, one.in_force) for one in lines] == [("withdrawn", False), ("yes", False)]
    assert lines[0].note == "changed her mind"
