"""An offer after something heavy: to whom, in which words, and what becomes of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine

from karama.accounts.registries import met_something_heavy
from karama.accounts.today import lines_for
from karama.care.actions import record_death
from karama.journal import Absent, Refused, clock
from karama.journal.models import Change
from karama.people.actions import assign, hide_from
from karama.safety.actions import (
    close_alert,
    raise_worry,
    record_first_contact,
    report_incident,
    see_alert,
    take_alert,
)
from karama.safety.models import Alert
from karama.staffcare import queries
from karama.staffcare.actions import answer_offer, offer
from karama.staffcare.jobs import CARER
from karama.staffcare.models import Offer
from tests.staffcare.conftest import Clinic, amal, clinic, house, looking

__all__ = ["amal", "clinic", "house"]


def offered(house: Clinic) -> set[str]:
    """Who has an offer, by name."""
    users = set(Offer.objects.values_list("user_id", flat=True))
    return {name for name, actor in house.actors.items() if actor.id in users}


def test_after_an_incident(house: Clinic) -> None:
    """SW040: whoever wrote a critical incident down is offered a talk; colleagues who are part of it only where nobody
    is accused: in every other kind an offer would tell them that somebody wrote something down."""
    told: dict[str, Any] = {"site": house.here.id, "words": "Words.", "involved": [house["diego"].id]}
    for kind in ("violence", "staff", "data", "other"):
        report_incident(by=house["chantal"], kind=kind, **told)
        assert offered(house) == {"chantal"}, kind
    for kind in ("self_harm", "medical", "threat"):
        report_incident(by=house["chantal"], kind=kind, **told)
        assert offered(house) == {"chantal", "diego"}, kind


def test_after_an_alert_for_now(house: Clinic, amal: UUID) -> None:
    """SW041: closing an alert that was for now offers a talk to those who carried it, and to nobody who only looked."""
    raise_worry(by=house["chantal"], kind="medical_emergency", person=amal, words="Words.")
    alert = Alert.objects.get()
    assert alert.grade == "now"
    house.hire("sirwan", "supervisor", house.here)
    see_alert(by=house["sirwan"], alert=alert.id)
    take_alert(by=house["nadia"], alert=alert.id)
    record_first_contact(by=house["nadia"], alert=alert.id, note="Spoke with her.")
    assert offered(house) == set(), "not while it is open: nobody is called away from an alert"
    close_alert(by=house["nadia"], alert=alert.id, outcome="plan_made", note="A plan was made.")
    assert offered(house) == {"nadia"}


def test_an_alert_that_was_never_for_now(house: Clinic, amal: UUID) -> None:
    """SW042: an alert that was for today or soon from its beginning to its end offers nothing."""
    raise_worry(by=house["chantal"], kind="violence_at_home", person=amal, words="Words.")
    alert = Alert.objects.get()
    assert alert.grade != "now"
    take_alert(by=house["nadia"], alert=alert.id)
    record_first_contact(by=house["nadia"], alert=alert.id, note="Spoke with her.")
    close_alert(by=house["nadia"], alert=alert.id, outcome="no_danger_found", note="Nothing found.")
    assert offered(house) == set()


def test_after_a_death(house: Clinic, amal: UUID) -> None:
    """SW043: a death offers a talk to those who work with her and to whoever wrote it down, not to somebody from whom
    she is hidden, nor to colleagues beside."""
    assign(by=house["nadia"], person=amal, user=house["diego"].id, role="member")
    hide_from(by=house["nadia"], person=amal, user=house["diego"].id, reason="a relative")
    record_death(by=house["chantal"], person=amal, suspected="none", words="Words.")
    assert offered(house) == {"chantal"}


def test_those_who_work_with_her(house: Clinic, amal: UUID) -> None:
    """SW044: of a death every colleague who works with her is offered a talk, not only who wrote it down."""
    assign(by=house["nadia"], person=amal, user=house["diego"].id, role="member")
    record_death(by=house["nadia"], person=amal, suspected="none", words="Words.")
    assert offered(house) == {"chantal", "diego", "nadia"}


def test_security_through_the_registry(house: Clinic) -> None:
    """SW045: any room may tell of a security event inside an action; an id that is no user, or a locked one, breaks
    nothing."""
    from karama.journal import action
    from karama.rules.permission import Always, Policy

    @action("tests.security", access=Policy("tests.security", Always()))
    def happened(*, by: Any) -> None:
        people = [house["chantal"].id, UUID(int=9)]
        met_something_heavy(by=by, people=people, kind="security", at=clock.now())

    happened(by=house["berivan"])
    assert offered(house) == {"chantal"}


def test_only_she_sees_it_and_nobody_what_she_answered(house: Clinic) -> None:
    """SW046: the offer stands on her own Today alone, in words that do not say after what; taken and declined leave the
    same: no row; put off it comes again after some days; nobody else can answer it."""
    made = offer(by=CARER, user=house["chantal"].id).value.id
    for name, actor in house.actors.items():
        told = [line for line in lines_for(actor) if "/talk/offer/" in line.url]
        assert len(told) == (name == "chantal"), name
        if name != "chantal":
            with pytest.raises(Absent):
                queries.offer_of(actor, made)
            with pytest.raises(Refused):
                answer_offer(by=actor, offer=made, answer="take")
    answer_offer(by=house["chantal"], offer=made, answer="later")
    assert not [line for line in lines_for(house["chantal"]) if "/talk/offer/" in line.url]
    with time_machine.travel(clock.now() + timedelta(days=4)):
        assert [line for line in lines_for(house["chantal"]) if "/talk/offer/" in line.url]
    left = []
    for answer in ("take", "decline"):
        made = offer(by=CARER, user=house["chantal"].id).value.id
        answer_offer(by=house["chantal"], offer=made, answer=answer)
        assert not Offer.objects.exists()
        left.append(list(Change.objects.filter(kind=Offer.KIND, row=made).values_list("deed", flat=True)))
    assert left[1] == ["insert", "delete"]


def test_one_offer_at_a_time(house: Clinic) -> None:
    """SW047: several heavy things make one offer; one that was put off is shown again when something new happens."""
    first = offer(by=CARER, user=house["chantal"].id).value.id
    assert offer(by=CARER, user=house["chantal"].id).value.id == first
    answer_offer(by=house["chantal"], offer=first, answer="later")
    offer(by=CARER, user=house["chantal"].id)
    with looking(house["chantal"]):
        assert queries.offer_of(house["chantal"]) is not None
