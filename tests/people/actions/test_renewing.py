"""Consent over time: months of the pack, changed texts, withdrawals that say what they did, and care that stays."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine

from karama.accounts.actions.setting_up import SETUP
from karama.journal import clock, reading
from karama.people import registries, words
from karama.people.actions import record_consent, withdraw_consent
from karama.people.header import today
from karama.people.models import Consent, WithdrawalEffect
from karama.people.queries import consents, decisions_due, may
from karama.programme.actions import add_partner
from karama.rules.classes import CONSENT_PURPOSES
from tests.people.conftest import Clinic


def yes(clinic: Clinic, person: UUID, purpose: str, **more: Any) -> UUID:
    made = record_consent(
        by=clinic["chantal"], person=person, purpose=purpose, decision="yes", method="verbal", **more
    ).record
    assert made is not None
    return made


def told(clinic: Clinic, purpose: str) -> dict[str, str]:
    text = words.consent_text(clinic.programme.id, purpose)
    return {"text_version": text.version, "text_language": text.language, "text_digest": text.digest}


def asks(clinic: Clinic) -> list[tuple[str, str]]:
    with reading(by=clinic["chantal"], purpose="care", route="tests"):
        return [ask for one in decisions_due(clinic["chantal"]) for ask in one.asks]


def test_a_yes_lapses_as_the_pack_says(clinic: Clinic, amal: UUID) -> None:
    """PE210: a yes ends after the pack's months, stands as lapsed, counts no more, and is on the worker's list."""
    yes(clinic, amal, "care")
    research = yes(clinic, amal, "research")
    assert Consent.objects.get(purpose="care").expires_at is None
    assert asks(clinic) == []
    with time_machine.travel(clock.now() + timedelta(days=24 * 30 - 10)):
        assert asks(clinic) == [("research", "expires_soon")]
    with time_machine.travel(clock.now() + timedelta(days=24 * 30 + 1)):
        assert asks(clinic) == [("research", "expired")]
        chantal = clinic["chantal"]
        with reading(by=chantal, purpose="care", route="tests"):
            assert [line.url for line in today(by=chantal)] == ["/people/due/"]
            line = next(one for one in consents(chantal, amal) if one.id == research)
            assert (line.expired, line.in_force, line.due) == (True, False, "expired")
            assert not may(chantal, amal, "research").allowed
            assert may(chantal, amal, "care").allowed
        yes(clinic, amal, "research")
        assert asks(clinic) == []


def test_a_changed_text_is_asked_again(clinic: Clinic, amal: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    """PE211: the yes keeps the version and the very words it was given to; other words make it due, and it holds
    with the obligation to ask again."""
    yes(clinic, amal, "care", **told(clinic, "care"))
    fact = Consent.objects.get()
    assert len(fact.text_digest) == 64
    assert fact.text_version == "1"
    assert asks(clinic) == []
    real = words.pack_of(clinic.programme.id)
    assert real is not None
    changed = tuple(
        replace(one, version="2", words={**one.words, fact.text_language: "Other words."}) for one in real.consent_texts
    )
    monkeypatch.setattr(words, "pack_of", lambda _programme: replace(real, consent_texts=changed))
    assert asks(clinic) == [("care", "new_text")]
    with reading(by=clinic["chantal"], purpose="care", route="tests"):
        answer = may(clinic["chantal"], amal, "care")
    assert answer.allowed
    assert "consent.ask_again" in answer.obligations
    yes(clinic, amal, "care", **told(clinic, "care"))
    assert asks(clinic) == []


def test_a_withdrawal_says_what_it_did(clinic: Clinic, amal: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    """PE212: A3: each room ends what rested on the yes inside the withdrawal, and it says "executed on" for each."""
    partner = add_partner(by=SETUP, name="Clinic of the partner").record
    grant = yes(clinic, amal, "share", recipient="partner_health", organisation=partner)
    seen: list[tuple[UUID, str]] = []

    def end_shares(*, by: Any, person: UUID, purpose: str, consent: Consent) -> list[registries.Executed]:
        seen.append((person, purpose))
        assert consent.decision == "withdrawn"
        return [
            registries.Executed("Clinic of the partner", "done", clock.now()),
            registries.Executed("Report of May", "cannot"),
        ]

    room = registries.Registry("on_withdrawal")  # type: ignore[var-annotated]
    room.register("tests", end_shares)
    monkeypatch.setattr(registries, "on_withdrawal", room)
    withdraw_consent(by=clinic["leila"], person=amal, consent=grant)
    assert seen == [(amal, "share")]
    with reading(by=clinic["leila"], purpose="rights", route="tests"):
        line = consents(clinic["leila"], amal)[0]
    assert [(one.place, one.state, one.at is not None) for one in line.effects] == [
        ("Clinic of the partner", "done", True),
        ("Report of May", "cannot", False),
    ]


def test_a_recipient_nobody_answers_for_is_named(clinic: Clinic, amal: UUID) -> None:
    """PE213: where no room can end a share, the withdrawal says honestly that it cannot be called back there."""
    partner = add_partner(by=SETUP, name="Partner").record
    grant = yes(clinic, amal, "share", recipient="partner_health", organisation=partner)
    withdraw_consent(by=clinic["chantal"], person=amal, consent=grant)
    assert list(WithdrawalEffect.objects.values_list("state", flat=True)) == ["cannot"]


def test_no_refusal_takes_care_away(clinic: Clinic, amal: UUID, karama_seed: int) -> None:
    """PE214: whatever is refused, put off, given or taken back for other purposes, in any order: care stays allowed."""
    yes(clinic, amal, "care")
    dice = random.Random(karama_seed)
    others = [one for one in CONSENT_PURPOSES if one != "care"]
    for _step in range(25):
        purpose = dice.choice(others)
        grants = list(Consent.objects.filter(purpose=purpose, decision="yes"))
        if grants and dice.random() < 0.3:
            withdraw_consent(by=clinic["chantal"], person=amal, consent=dice.choice(grants).id)
        else:
            blockers = Consent.objects.filter(purpose=purpose, decision__in=["no", "withdrawn"])
            record_consent(
                by=clinic["chantal"],
                person=amal,
                purpose=purpose,
                decision=dice.choice(["yes", "no", "later"]),
                method="verbal",
                cites=list(blockers.values_list("id", flat=True)),
            )
        with reading(by=clinic["chantal"], purpose="care", route="tests"):
            for data_class in ("contact", "general", "clinical"):
                assert may(clinic["chantal"], amal, "care", data_class=data_class).allowed, purpose


def test_the_list_names_nobody_who_is_not_hers(clinic: Clinic, amal: UUID) -> None:
    """PE215: the list is of one's own people: another worker, and somebody she is hidden from, see an empty one."""
    yes(clinic, amal, "research")
    with time_machine.travel(clock.now() + timedelta(days=24 * 30 + 1)):
        for name in ("diego", "nadia", "tunde"):
            with reading(by=clinic[name], purpose="care", route="tests"):
                assert decisions_due(clinic[name]) == []
