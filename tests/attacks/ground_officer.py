"""What the officer looks after on the ground: a yes to sharing taken back and settled, and an impact assessment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from karama.people.actions import record_consent, settle_effect, withdraw_consent
from karama.people.models import WithdrawalEffect
from karama.programme.actions import add_partner
from karama.programme.days import today_in
from karama.voice.actions import assess_impact


def made_for_officer(made: Any, canary: Callable[[str], str]) -> None:
    """With a canary in what the partner answered, and in each text of the assessment."""
    agent, leila = made.actors["community_agent.assigned"], made.actors["data_protection_officer.near"]
    person = made.ids["person"]
    partner = add_partner(by=made.actors["samir"], name="Cedar Clinic").value.id
    consent = record_consent(
        by=agent, person=person, purpose="share", decision="yes", method="verbal", recipient="partner_health",
        organisation=partner, data_classes=["general"],
    ).record  # fmt: skip
    assert consent is not None
    made.ids["withdrawn"] = withdraw_consent(by=agent, person=person, consent=consent).record
    effect = WithdrawalEffect.objects.get(consent_id=made.ids["withdrawn"])
    settle_effect(by=leila, effect=effect.id, how=canary("settled_words"))
    made.ids["effect"] = effect.id
    today = today_in(made.ids["programme"])
    assess_impact(
        by=leila, programme=made.ids["programme"], done_on=today, review_on=today + timedelta(days=300), risk="high",
        who="The team", summary=canary("assessment_words"), measures="Sealed.", reference="Folder 4",
    )  # fmt: skip
