"""Many operations of one upload: looked up at once, and every one of them as if it had come alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from karama.care.models import Episode, Session
from karama.journal import clock
from karama.people.models import LimitsExplained
from karama.reception.actions import book_appointment
from karama.reception.models import Appointment
from karama.security.identifiers import uuid7
from tests.people.conftest import Clinic
from tests.sync.phone import Phone


def test_sessions_of_an_upload_ask_together(phone: Phone, clinic: Clinic) -> None:
    """SY139: the sessions of one upload are looked up together: thirty cost few more questions than three."""
    people = [clinic.register(called=f"P{number}", first="") for number in range(30)]
    asked = []
    for many in (3, 30):
        phone.sync(pull=False)
        for person in people[:many]:
            phone.do("care.record_session", person=person, attended="absent")
        phone.group()
        with CaptureQueriesContext(connection) as told:
            phone.sync(pull=False)
        asked.append(sum(one["sql"].startswith("SELECT") for one in told.captured_queries))
    assert Session.objects.count() == 33
    assert asked[1] < asked[0] + 90  # one by one it would be about seven for each of twenty-seven more


def test_what_comes_before_is_seen(phone: Phone, clinic: Clinic) -> None:
    """SY140: somebody registered and then met in one upload, between sessions with others: each is done in its order;
    a session about nobody is held and stops none."""
    old = [clinic.register(called=f"P{number}", first="") for number in range(3)]
    new: UUID = uuid7()
    phone.wanted_codes = 3
    phone.sync()
    told: dict[str, Any] = {
        "site": clinic.here.id,
        "identity_mode": "coded",
        "age_band": "25-34",
        "limits": "read_aloud",
    }
    for person in old:
        phone.do("care.record_session", person=person, attended="absent")
    phone.do("people.register_person", person=new, code=phone.codes[0], before="first_time", gender="woman", **told)
    for person in (new, old[0], new):
        phone.do("care.record_session", person=person, attended="came", modality="home", risk_asked="yes")
    for person in (new, old[1]):
        phone.do("people.explain_limits", person=person, how="own_reading")
    phone.sync(pull=False)
    assert [one["outcome"] for one in phone.receipts.values()] == ["done"] * 9
    lost = phone.do("care.record_session", person=uuid7(), attended="absent")
    last = phone.do("care.record_session", person=new, attended="absent")
    phone.sync(pull=False)
    assert (phone.outcome(lost), phone.outcome(last)) == ("held", "done")
    assert Session.objects.filter(person=new).count() == 3
    assert LimitsExplained.objects.filter(person=new, how="own_reading").exists()


def test_what_was_looked_up_does_not_outlive_its_run(phone: Phone, clinic: Clinic) -> None:
    """SY143: care that begins between two sessions of one upload is seen by the second."""
    people = [clinic.register(called=f"P{number}", first="") for number in range(3)]
    for person in people:
        phone.do("care.record_session", person=person, attended="absent")
    phone.do("care.open_episode", person=people[0])
    last = phone.do("care.record_session", person=people[0], attended="came", modality="home", risk_asked="no")
    phone.sync(pull=False)
    assert phone.outcome(last) == "done"
    told = Session.objects.filter(person=people[0]).order_by("recorded_at", "id").values_list("episode", flat=True)
    assert list(told) == [None, Episode.objects.get().id]


def test_an_appointment_is_settled_all_the_same(phone: Phone, clinic: Clinic) -> None:
    """SY141: a session in the middle of many still settles the appointment of its day, once, and no other."""
    with time_machine.travel(datetime(2027, 3, 15, 15, 0, tzinfo=UTC), tick=True):  # ten in the morning there
        people = [clinic.register(called=f"P{number}", first="") for number in range(4)]
        mine = clinic["chantal"]
        for person, hours in zip(people[1:3], (0.2, 24.2), strict=True):
            starts = clock.now() + timedelta(hours=hours)
            book_appointment(by=mine, person=person, worker=mine.id, starts=starts, minutes=30)
        for person in (*people, people[1]):
            phone.do("care.record_session", person=person, attended="came", modality="in_person", risk_asked="yes")
        phone.sync(pull=False)
    first, second = Appointment.objects.order_by("starts_at")
    assert first.state == "done"
    assert first.settled_by == Session.objects.filter(person=people[1]).earliest("recorded_at").id
    assert (second.state, second.settled_by) == ("planned", None)
