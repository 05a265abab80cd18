"""The medical part of the ground: medicines with a stock, the body, needs and visits, with a canary in each text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from karama.care.actions import (
    agree_caution,
    begin_paper,
    check_medicines,
    choose_activity,
    dispense,
    keep_printed,
    keep_visit_draft,
    note_missed,
    note_need,
    prescribe,
    receive_stock,
    record_body_session,
    record_visit,
    stop_prescription,
)
from karama.people.actions import note_number
from karama.people.models import PrintedSheet
from karama.programme.days import today_at
from karama.rules.papers import number

VALPROATE = "N03AG01"


def made_medical(made: Any, canary: Callable[[str], str]) -> None:
    """Prescribed, handed out and stopped; a session of physiotherapy; what to avoid; a need; a visit and a draft."""
    prescriber, nurse = made.actors["prescriber.assigned"], made.actors["nurse.assigned"]
    karim, person, site = made.actors["physiotherapist.assigned"], made.ids["person"], made.ids["site"]
    order: dict[str, Any] = {"amount": "500", "times": 2, "days": 28, "quantity": 56}
    row = prescribe(
        by=prescriber, person=person, medicine_code=VALPROATE, reason=canary("caution_reason"), **order
    ).value
    came = receive_stock(
        by=nurse, site=site, medicine_code=VALPROATE, number="B1", expires_on=today_at(site) + timedelta(days=90),
        quantity=100,
    ).value  # fmt: skip
    dispense(by=nurse, prescription=row.id, batch=came.batch_id, quantity=28)
    stop_prescription(by=prescriber, prescription=row.id, why=canary("stop_words"))
    check = check_medicines(by=nurse, person=person, side_effects=[], adherent="yes").value.id
    activity = choose_activity(by=karim, person=person, words=canary("activity_words")).value.id
    session = record_body_session(
        by=karim, person=person, places={"back_neck": "pain"}, intensity=4, ratings={activity: 3}, flags=[]
    ).value.id
    past = today_at(site) - timedelta(days=20)
    visit = record_visit(
        by=nurse, person=person, kind="new", seen=["fits"], category="epilepsy", done=["referred"], on=past, return_in=7
    ).value.id
    note_missed(by=nurse, person=person, missed_on=past + timedelta(days=7), tried=["called"], reason="way")
    number_kept = note_number(by=nurse, person=person, site=site, facility_no=canary("facility_no")).value.id
    keep_visit_draft(by=nurse, person=person, chosen={"seen": ["fits"]})
    yesterday = today_at(site) - timedelta(days=1)
    begin_paper(by=nurse, number=number("visit", "K7QM4T9X"), person=person, taken_by=nurse.id, on=yesterday)
    keep_printed(by=nurse, numbers=[number("follow_up", "K7QM4T9X")], person=person)
    made.ids |= {
        "printed": PrintedSheet.objects.get(form="follow_up").id,
        "prescription": row.id,
        "batch": came.batch_id,
        "activity": activity,
        "body": session,
        "caution": agree_caution(by=karim, person=person, avoid="dark_room").value.id,
        "medicine_check": check,
        "nurse_visit": visit,
        "facility_number": number_kept,
        "need": note_need(by=karim, person=person, product="crutches").value.id,
    }
