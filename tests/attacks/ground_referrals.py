"""Referrals of the ground: a service with a partner and an agreement, one sent with a canary in each of its words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from karama.journal import reading
from karama.people.actions import record_consent
from karama.programme.actions import add_partner
from karama.programme.days import today_in
from karama.referrals import queries
from karama.referrals.actions import (
    answer_packet,
    give_feedback,
    keep_service,
    open_packet,
    prepare_referral,
    record_agreement,
    record_step,
    send_referral,
)
from karama.referrals.door import PARTNER


def made_referrals(made: Any, canary: Callable[[str], str]) -> None:
    """Prepared, looked at, sent, accepted by the partner with words, told back."""
    agent, nadia, leila = (
        made.actors[one] for one in ("community_agent.assigned", "supervisor.near", "data_protection_officer.near")
    )
    person, programme = made.ids["person"], made.ids["programme"]
    partner = add_partner(by=made.actors["samir"], name="Noor Clinic").value.id
    service = keep_service(
        by=nadia, programme=programme, provider="Clinic", sector="medical", organisation=partner, how="Gate.",
        verified=True,
    ).value.id  # fmt: skip
    agreement = record_agreement(
        by=leila, programme=programme, organisation=partner, recipient="partner_health",
        classes=["contact", "general", "clinical"], until_on=today_in(programme) + timedelta(days=30),
    ).value.id  # fmt: skip
    record_consent(
        by=agent, person=person, purpose="share", decision="yes", method="verbal", recipient="partner_health",
        organisation=partner, data_classes=["contact", "general", "clinical"],
    )  # fmt: skip
    referral = prepare_referral(
        by=agent, person=person, service=service, urgency="week", reason=canary("referral_reason"),
        fields=["name", "reason"],
    ).value.id  # fmt: skip
    with reading(by=agent, purpose="care", route="tests.ground"):
        seen = queries.preview(agent, referral).seen
    packet = send_referral(by=agent, referral=referral, way="packet", seen=seen).value.id
    open_packet(by=PARTNER, packet=packet)
    answer_packet(by=PARTNER, packet=packet, state="accepted", words=canary("receiver_words"))
    record_step(by=agent, referral=referral, state="unknown", source="person", words=canary("referral_words"))
    give_feedback(by=agent, referral=referral, toward="us", words=canary("feedback_words"))
    made.ids |= {"service": service, "agreement": agreement, "referral": referral, "packet": packet}
