"""Medicines, physiotherapy, needs and visits of the demonstration: made up, the same each time, through actions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

STOCK = (("N06AB03", "FX-2041", 300, 400), ("N06AB03", "FX-1987", 20, 30), ("N06AB06", "SE-771", 420, 12))
"""Medicine, batch number, days until it expires, units."""


def tell(users: Mapping[str, UUID], sites: Mapping[str, UUID], people: Mapping[str, UUID]) -> None:
    """Dr Zana prescribes, Berivan hands out and sees people, Karim works with the body."""
    zana, berivan, karim = (_actor(name) for name in ("zana", "berivan", "karim"))
    _medicines(zana, berivan, sites["mosul"], people)
    _body(karim, _actor("diego"), people["Ziad"])
    _visits(berivan, people["Amal"])


def _actor(user: str) -> Any:
    from karama.accounts.queries import actor_by_name

    return actor_by_name(user)


def _medicines(zana: Any, berivan: Any, site: UUID, people: Mapping[str, UUID]) -> None:
    from karama.care.actions import dispense, prescribe, receive_stock
    from karama.care.models import Batch
    from karama.people.actions import assign
    from karama.programme.days import today_at

    today = today_at(site)
    for atc, number, days, units in STOCK:
        on = today + timedelta(days=days)
        receive_stock(by=berivan, site=site, medicine_code=atc, number=number, expires_on=on, quantity=units)
    for name in ("Ziad", "Mirza"):
        assign(by=_actor("diego"), person=people[name], user=berivan.id, role="member")
    order: dict[str, Any] = {"by": zana, "times": 1, "days": 28, "quantity": 28}
    running = prescribe(person=people["Ziad"], medicine_code="N06AB06", amount="50", **order).value
    batch = Batch.objects.get(number="SE-771")
    dispense(by=berivan, prescription=running.id, batch=batch.id, quantity=8)
    prescribe(person=people["Mirza"], medicine_code="N06AB03", amount="20", on=today - timedelta(days=24), **order)


def _body(karim: Any, diego: Any, person: UUID) -> None:
    from karama.care.actions import agree_caution, choose_activity, note_need, record_body_session
    from karama.programme.days import today_for

    for avoid in ("from_behind", "lying_face_down"):
        agree_caution(by=diego, person=person, avoid=avoid)
    words = ("Carry water up the stairs", "Pray kneeling", "Sit through a meal with the family")
    chosen = [choose_activity(by=karim, person=person, words=one).value.id for one in words]
    places = {"back_lower_back": "pain", "back_thigh_left": "spread", "front_knee_right": "pain"}
    today = today_for(karim)
    for weeks, pain, ratings in ((6, 7, (2, 1, 3)), (4, 6, (3, 2, 4)), (2, 5, (5, 4, 5))):
        record_body_session(
            by=karim, person=person, on=today - timedelta(weeks=weeks), places=places, intensity=pain, flags=[],
            ratings=dict(zip(chosen, ratings, strict=True)), exercises=["breathing", "walking"], reaction="better",
            practice="given",
        )  # fmt: skip
    note_need(by=karim, person=person, product="crutches", cause="blast")


def _visits(berivan: Any, person: UUID) -> None:
    from karama.care.actions import record_visit
    from karama.programme.days import today_for

    today = today_for(berivan)
    record_visit(
        by=berivan, person=person, kind="new", seen=["very_sad", "fear_worry"], emergency="none",
        physical_ruled_out="yes", category="emotional_disorder", done=["psychoeducation"],
        on=today - timedelta(days=40), return_in=14,
    )  # fmt: skip
    record_visit(
        by=berivan, person=person, kind="follow_up", change="better", on=today - timedelta(days=24), return_in=14
    )
