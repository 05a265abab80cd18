"""What the screens of people and care send, a real server takes: nothing of a working day is held."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from typing import Any
from uuid import UUID

from karama.care.models import Goal, Note, Response, Session
from karama.journal import reading
from karama.people.models import Consent, ContactRules, LimitsExplained, Person
from karama.safety.models import Alert
from karama.security.identifiers import uuid7
from tests.care.conftest import worded
from tests.field.node import ROOT, node
from tests.people.conftest import Clinic, amal, clinic
from tests.sync.phone import Phone
from tests.sync.test_knowledge import answered

__all__ = ["Clinic", "amal", "clinic", "worded"]


def working_day(phone: Phone, site: UUID) -> dict[str, Any]:
    """The screens' own code, with what this telephone has of the programme, and codes reserved for it."""
    told = {
        "site": str(site),
        "user": str(phone.by.id),
        "codes": phone.codes,
        "ids": [str(uuid7()) for _ in range(80)],
        "parts": {name: part["content"] for name, part in phone.knowledge.items()},
        "now": phone.clock(),
    }
    asked = [node(), "--disable-warning=ExperimentalWarning", "tests/field/working_day.ts"]
    run = subprocess.run(asked, cwd=ROOT, input=json.dumps(told), capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stderr
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def test_a_working_day_on_the_screens(clinic: Clinic, worded: Callable[..., None]) -> None:
    """FD553: registering, decisions, contact, questions with an alert, sessions, notes and a contact by code, all made
    without signal on the telephone's screens, are done by the server, none held."""
    worded("phq9")
    answered(clinic)
    phone = Phone(clinic["chantal"]).enrol()
    phone.asks_knowledge, phone.wanted_codes = True, 3
    phone.sync()
    site = Person.objects.get(pk=clinic.register()).site_id
    day = working_day(phone, site)
    for one in day["done"]:
        phone.do(one["action"], op_id=UUID(one["op"]), base=one["base"], **one["told"])
        phone.group()
    phone.sync(pull=False)
    assert phone.synced
    outcomes = {(one["action"], phone.outcome(UUID(one["op"]))) for one in day["done"]}
    assert {outcome for _action, outcome in outcomes} == {"done"}, outcomes
    luz, coded = (UUID(one) for one in day["people"])
    assert Person.objects.get(pk=luz).identity_mode == "alias"
    assert Person.objects.get(pk=coded).identity_mode == "coded"
    assert LimitsExplained.objects.filter(person__in=(luz, coded)).exclude(text_digest="").count() == 2
    assert ContactRules.objects.get(person=luz).channel == "never"
    assert [one.decision for one in Consent.objects.filter(person=luz, purpose="share").order_by("sequence")] == [
        "no",
        "yes",
        "withdrawn",
    ]
    with reading(by=phone.by, purpose="care", route="tests.field"):
        assert Response.objects.get(person=luz).unseal("answers")["q4"] == "refused"
    assert [Alert.objects.filter(person_id=one).count() for one in (luz, coded)] == [1, 1]
    assert Session.objects.filter(person=luz).count() == 2
    assert Note.objects.filter(person=luz).count() == 2
    assert Goal.objects.filter(person=luz).count() == 1
    assert Session.objects.get(person=coded).attended == "came"
