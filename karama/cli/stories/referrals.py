"""Referrals of the demonstration: a directory with one stale service, a partner, and referrals at several stages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

IRAQ, COLOMBIA = "iraq-torture-rehabilitation", "colombia-community"
SERVICES: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    (IRAQ, "nadia", "Rafidain Clinic", {
        "sector": "medical", "area": "Left bank", "hours": "8-14", "cost": "free", "languages": ["ar", "ckb"],
        "access": ["step_free"], "safe_for": ["women", "men"], "verified": True, "how": "Ask for the nurse in charge.",
    }),
    (IRAQ, "nadia", "Legal aid centre", {
        "sector": "legal", "area": "City", "hours": "9-13", "cost": "free", "languages": ["ar"],
        "safe_for": ["no_papers"], "verified": True,
    }),
    (IRAQ, "nadia", "Cash desk of the municipality", {"sector": "cash", "hours": "Sunday", "cost": "free"}),
    (IRAQ, "nadia", "Vocational school", {"sector": "livelihoods", "cost": "waived", "verified": True}),
    (COLOMBIA, "ines", "Hospital departamental", {
        "sector": "medical", "area": "Centro", "hours": "24 h", "cost": "free", "languages": ["es"],
        "access": ["step_free", "sign"], "verified": True,
    }),
    (COLOMBIA, "ines", "Comisaría de familia", {"sector": "gbv", "cost": "free", "verified": True}),
    (COLOMBIA, "ines", "Escuela de adultos", {"sector": "education", "cost": "free", "verified": True}),
)  # fmt: skip
"""Programme, who wrote it down, who offers it, what is known of it."""


def tell(users: dict[str, UUID], sites: dict[str, UUID], people: dict[str, UUID]) -> None:
    """A partner with an agreement; referrals accepted, not arrived, only prepared, on the way, and one that came in."""
    from karama.accounts.queries import actor_by_name
    from karama.journal import reading
    from karama.people.actions import record_consent
    from karama.programme.actions import add_partner
    from karama.programme.days import today_in
    from karama.programme.models import CountryProgramme
    from karama.referrals import queries
    from karama.referrals.actions import (
        answer_packet,
        keep_service,
        open_packet,
        prepare_referral,
        receive_referral,
        record_agreement,
        record_step,
        send_referral,
    )
    from karama.referrals.door import PARTNER

    programmes = dict(CountryProgramme.objects.values_list("code", "id"))
    leila = actor_by_name("leila", "data_protection_officer")
    partner: UUID = add_partner(by=actor_by_name("samir", "administrator"), name="Rafidain Clinic").value.id
    classes = ["contact", "general", "clinical"]
    for code in (IRAQ, COLOMBIA):
        record_agreement(
            by=leila, programme=programmes[code], organisation=partner, recipient="partner_health", classes=classes,
            until_on=today_in(programmes[code]) + timedelta(days=365),
        )  # fmt: skip
    places: dict[str, UUID] = {}
    for code, keeper, provider, told in SERVICES:
        with_partner = partner if told["sector"] == "medical" else None
        places[provider] = keep_service(
            by=actor_by_name(keeper), programme=programmes[code], provider=provider, organisation=with_partner, **told
        ).value.id  # fmt: skip
    diego, shilan, yolanda = (actor_by_name(one) for one in ("diego", "shilan", "yolanda"))
    record_consent(
        by=diego, person=people["Nour"], purpose="share", decision="yes", method="verbal", recipient="partner_health",
        organisation=partner, data_classes=classes,
    )  # fmt: skip
    clinic = prepare_referral(
        by=diego, person=people["Nour"], service=places["Rafidain Clinic"], urgency="week",
        reason="Pain in the back since a month.", fields=["languages", "reason"],
    ).value.id  # fmt: skip
    with reading(by=diego, purpose="care", route="referrals.send"):
        seen = queries.preview(diego, clinic).seen
    packet = send_referral(by=diego, referral=clinic, way="packet", seen=seen).value.id
    open_packet(by=PARTNER, packet=packet)
    answer_packet(by=PARTNER, packet=packet, state="accepted", words="On Monday at nine.")
    desk = prepare_referral(
        by=shilan, person=people["Karwan"], service=places["Cash desk of the municipality"], urgency="week",
        reason="The rent of two months.",
    ).value.id  # fmt: skip
    send_referral(by=shilan, referral=desk, way="slip")
    record_step(by=shilan, referral=desk, state="not_arrived", source="person", barrier="distance")
    prepare_referral(
        by=shilan, person=people["Karwan"], service=places["Legal aid centre"], urgency="routine",
        reason="Lost the identity card.",
    )  # fmt: skip
    school = prepare_referral(
        by=yolanda, person=people["Don Chucho"], service=places["Escuela de adultos"], urgency="routine",
        reason="Quiere aprender a leer.",
    ).value.id  # fmt: skip
    send_referral(by=yolanda, referral=school, way="slip")
    receive_referral(
        by=actor_by_name("tunde"), person=people["Hiba"], sector="mental_health", urgency="week",
        came_from="Primary health centre", by_way="paper", reason="Does not sleep.",
    )  # fmt: skip
