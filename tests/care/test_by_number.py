"""A visit begins with the number of a hospital: to the visit, or to registering with the number kept."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from karama.care.actions import record_visit
from karama.journal import Actor
from karama.people.actions import hide_from, note_number
from karama.people.models import FacilityNumber, Person
from karama.people.queries import numbers_of
from tests.attacks.calling import masked
from tests.care.conftest import Clinic
from tests.care.test_medicines import medicines_read, zana
from tests.care.test_pages import sign_in, text

__all__ = ["sign_in", "zana"]
BEGIN = "/visits/begin/"
HERS = "HGR-0042"
FIRST: dict[str, Any] = {"kind": "new", "seen": ["fits"], "category": "epilepsy"}


@pytest.fixture
def nurse(clinic: Clinic, zana: Actor, amal: UUID) -> Actor:
    """Berivan, the nurse who works with Amal, whose number is written down."""
    note_number(by=clinic["berivan"], person=amal, site=clinic.here.id, facility_no=HERS)
    return clinic["berivan"]


def typed(clinic: Clinic, number: str) -> dict[str, str]:
    """What the form of the page sends."""
    return {"facility_no": number, "site": str(clinic.here.id)}


def test_the_number_leads_to_the_visit(clinic: Clinic, amal: UUID, nurse: Actor, sign_in: Any) -> None:
    """CA720: J2: whoever was never seen begins a first visit, whoever was seen follows up; the page is one tap from
    Today, its field takes what a scanner types, and no number stands in an address."""
    client = sign_in("berivan")
    assert BEGIN in text(client.get("/"))
    page = text(client.get(BEGIN))
    assert re.search(r'name="facility_no"[^>]*autofocus', page), "a scanner that types finds the field ready"
    first = client.post(BEGIN, typed(clinic, " hgr-0042 "))
    assert first["Location"] == f"/people/{amal}/visits/new/"
    record_visit(by=nurse, person=amal, **FIRST)
    assert client.post(BEGIN, typed(clinic, HERS))["Location"] == f"/people/{amal}/visits/follow-up/"
    for name in ("chantal", "nadia", "karim"):
        assert sign_in(name).get(BEGIN).status_code == 404


def test_hidden_is_nobody_to_the_byte(
    clinic: Clinic, amal: UUID, nurse: Actor, sign_in: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """CA721: of somebody hidden from the reader the answer is that of a number nobody has: the same bytes but for the
    number itself, as many questions to the database; the number stands in no log line."""
    client = sign_in("berivan")
    note_number(by=clinic["chantal"], person=amal, site=clinic.here.id, facility_no="HGR-0077")
    hide_from(by=clinic["chantal"], person=amal, user=nurse.id)
    told = []
    client.post(BEGIN, typed(clinic, "HGR-9999"))
    for number in ("HGR-0077", "HGR-0078"):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            answer = client.post(BEGIN, typed(clinic, number))
        body = masked(answer.content).replace(number.encode(), b"number")
        told.append((answer.status_code, body, len(asked)))
    assert told[0] == told[1]
    assert "Nobody within your reach has this number" in told[0][1].decode()
    assert "HGR-00" not in caplog.text


def test_a_new_person_keeps_the_number(clinic: Clinic, amal: UUID, nurse: Actor, sign_in: Any) -> None:
    """CA722: a number that nobody has goes with the nurse to the registration, also by way of a search by name, and is
    sealed in the new file; for somebody without a name it is not kept."""
    client = sign_in("berivan")
    page = text(client.post(BEGIN, typed(clinic, "HGR-0500")))
    token = re.findall(r'name="token" value="([^"]+)"', page)[0]
    by_name = text(client.post("/people/search/", {"facility_no": "HGR-0500"}))
    assert by_name.count('name="facility_no" value="HGR-0500"') == 2
    sent = {"token": token, "facility_no": "HGR-0500", "site": str(clinic.here.id)}
    shown = text(client.post("/people/register/", sent))
    assert 'name="facility_no" value="HGR-0500"' in shown
    entered = sent | {
        "limits": "read_aloud", "first": "Dilan", "last": "Omar", "age_band": "25-34", "gender": "woman",
    }  # fmt: skip
    place = text(client.post("/people/register/", entered | {"step": "gender"}))
    assert re.search(r'id="id_facility_no"[^>]*|value="HGR-0500"', place)
    done = client.post("/people/register/", entered | {"step": "contact", "contact": "never", "conflict": "none"})
    assert done.status_code == 302
    made = Person.objects.latest("recorded_at")
    with medicines_read(nurse):
        assert [one.number for one in numbers_of(nurse, made.id)] == ["HGR-0500"]
    assert client.post(BEGIN, typed(clinic, "hgr-0500"))["Location"] == f"/people/{made.id}/visits/new/"
    nameless = {**entered, "facility_no": "HGR-0501", "first": "", "last": "", "before": "first_time"}
    told = {"step": "contact", "contact": "never", "conflict": "none"}
    assert client.post("/people/register/", nameless | told).status_code == 302
    assert FacilityNumber.objects.count() == 2


def test_two_with_one_number_are_both_shown(clinic: Clinic, amal: UUID, nurse: Actor, sign_in: Any) -> None:
    """CA723: two files with one number: the nurse chooses, and reads why; what can be no number is said beside it."""
    other = clinic.register(first="Rezan", facility_no=HERS)
    client = sign_in("berivan")
    page = text(client.post(BEGIN, typed(clinic, HERS)))
    for person in (amal, other):
        assert Person.objects.get(pk=person).code in page
    assert "the hospital number fits" in page
    assert "Not on your list" in page
    assert client.post(BEGIN, typed(clinic, "none")).status_code == 422
    assert client.post(BEGIN, {"facility_no": HERS, "site": str(clinic.elsewhere.id)}).status_code == 422


def test_numbers_on_their_own_page(clinic: Clinic, amal: UUID, nurse: Actor, sign_in: Any) -> None:
    """CA724: the numbers of a person are read, added and taken off on a page of hers, and stand in her own copy."""
    client = sign_in("berivan")
    address = f"/people/{amal}/numbers/"
    assert address in text(client.get(f"/people/{amal}/"))
    assert client.post(address, typed(clinic, "HGR-1000")).status_code == 302
    page = text(client.get(address))
    assert HERS in page
    assert "HGR-1000" in page
    drop = re.findall(r'action="(/people/numbers/[^"]+/drop/)"', page)[0]
    assert client.post(drop).status_code == 302
    assert HERS not in text(client.get(address))
    assert sign_in("diego").post(drop).status_code == 404
    assert client.post(drop).status_code == 404
    assert client.post(address, typed(clinic, "none")).status_code == 422
