"""What the data protection officer of the demonstration finds: true things of each kind, some of them still open."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from karama.accounts.actions import add_user, give_duty
from karama.accounts.queries import actor_by_name
from karama.journal import Actor, reading
from karama.journal.clock import now
from karama.people.actions import break_glass, record_consent, withdraw_consent
from karama.programme.actions import add_partner
from karama.programme.days import today_in
from karama.programme.models import CountryProgramme
from karama.referrals import queries
from karama.referrals.actions import keep_service, open_packet, prepare_referral, record_agreement, send_referral
from karama.referrals.door import PARTNER
from karama.voice.actions import assess_impact, record_request

IRAQ = "iraq-torture-rehabilitation"
CLASSES = ["contact", "general", "clinical"]


def tell(sites: dict[str, UUID], people: dict[str, UUID]) -> None:
    """A yes taken back after a partner had read; an emergency; a yes that ends; a request; a colleague who has not
    signed in yet; one programme with an impact assessment, the others without."""
    chantal, leila, samir = actor_by_name("chantal"), actor_by_name("leila"), actor_by_name("samir", "administrator")
    iraq = CountryProgramme.objects.get(code=IRAQ).id
    partner: UUID = add_partner(by=samir, name="Tigris Clinic").value.id
    _taken_back(actor_by_name("diego"), leila, iraq, partner, people["Ziad"])
    ends = now() + timedelta(days=20)
    record_consent(
        by=chantal, person=people["Rezan"], purpose="photo", decision="yes", method="verbal", expires_at=ends
    )
    record_request(by=chantal, person=people["Rezan"], right="access", checked="card")
    break_glass(
        by=actor_by_name("tunde"),
        person=people["Salma"],
        reason="Collapsed at our gate; nobody at her site answers the telephone.",
    )
    azad = add_user(by=samir, username="azad").value.id
    give_duty(by=samir, user=azad, duty="community_agent", work_alias="Azad", programme=iraq, site=sites["dohuk"])
    today = today_in(iraq)
    assess_impact(
        by=leila,
        programme=iraq,
        done_on=today - timedelta(days=60),
        review_on=today + timedelta(days=300),
        risk="medium",
        who="Leila, with the team of Mosul and somebody who took part",
        summary="A seized telephone or a curious colleague could tell that somebody was tortured.",
        measures="Everything is sealed; telephones hold their own caseload; reads outside it are looked at each week.",
        reference="Folder of the officer, number 4",
    )


def _taken_back(diego: Actor, leila: Actor, programme: UUID, partner: UUID, person: UUID) -> None:
    """An agreement that ends soon, a packet that the partner has opened, and the yes taken back after it."""
    record_agreement(
        by=leila, programme=programme, organisation=partner, recipient="partner_health", classes=CLASSES,
        until_on=today_in(programme) + timedelta(days=20),
    )  # fmt: skip
    place = keep_service(
        by=actor_by_name("nadia"), programme=programme, provider="Tigris Clinic", organisation=partner,
        sector="mental_health", cost="free", verified=True,
    ).value.id  # fmt: skip
    yes = record_consent(
        by=diego, person=person, purpose="share", decision="yes", method="verbal", recipient="partner_health",
        organisation=partner, data_classes=CLASSES,
    ).record  # fmt: skip
    told = prepare_referral(
        by=diego, person=person, service=place, urgency="week", reason="Does not sleep since a month.",
        fields=["languages", "reason"],
    ).value.id  # fmt: skip
    with reading(by=diego, purpose="care", route="referrals.send"):
        seen = queries.preview(diego, told).seen
    packet = send_referral(by=diego, referral=told, way="packet", seen=seen).value.id
    open_packet(by=PARTNER, packet=packet)
    if yes is not None:
        withdraw_consent(by=diego, person=person, consent=yes)
