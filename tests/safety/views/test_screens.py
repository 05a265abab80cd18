"""The screens: three taps for a worry, one answer for every person, and the steps of an alert."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from karama.accounts.models import User
from karama.people.models import Person
from karama.safety import actions
from karama.safety.models import Alert, AlertSource
from karama.security.identifiers import uuid7
from tests.safety.ward import Ward

TOKENS = re.compile(rb'(value|nonce)="[^"]{20,}"|/worry/[0-9a-f-]{36}/')


@pytest.fixture
def sign_in(ward: Ward):  # type: ignore[no-untyped-def]
    """A browser signed in as one of the cast."""

    def opened(name: str, language: str = "en") -> Client:
        User.objects.filter(id=ward[name].id).update(must_change_password=False)
        client = Client()
        client.cookies["language"] = language
        client.force_login(User.objects.get(id=ward[name].id))
        return client

    return opened


def test_a_worry_in_three_taps(ward: Ward, sign_in) -> None:  # type: ignore[no-untyped-def]
    """SF070: link, kind, about whom: a worry is raised in three taps and the calm card says who has it."""
    client = sign_in("chantal")
    first = client.get("/")
    assert b'href="/worry/"' in first.content
    kinds = client.get("/worry/").content.decode()
    assert kinds.count('name="kind"') == 7
    whom = client.post("/worry/", {"kind": "suicide"}).content.decode()
    assert f'name="send" value="{ward.amal}"' in whom
    op_id = re.search(r'name="op_id" value="([^"]+)"', whom)
    assert op_id is not None
    given = {"kind": "suicide", "send": str(ward.amal), "op_id": op_id.group(1)}
    card = client.post("/worry/", given)
    assert card.status_code == 200
    assert b"Diego has it now" in card.content
    assert "suicide" not in card.request["PATH_INFO"] + card.request["QUERY_STRING"]
    client.post("/worry/", given)
    assert AlertSource.objects.count() == 1


def test_the_answer_is_the_same_bytes(ward: Ward, sign_in) -> None:  # type: ignore[no-untyped-def]
    """SF071: about a person elsewhere, one hidden, an id or a code nobody has, the card has the same bytes."""
    ward.hide("mira")
    code = Person.objects.get(pk=ward.amal).code
    for name in ("tunde", "mira"):
        client = sign_in(name)
        cards = {
            TOKENS.sub(b"", client.post("/worry/", {"kind": "suicide", "send": str(person)}).content)
            for person in (ward.amal, uuid7())
        }
        cards |= {
            TOKENS.sub(b"", client.post("/worry/", {"kind": "suicide", "send": "code", "code": typed}).content)
            for typed in (code, "K7QM-4T9X-CJ")
        }
        assert len(cards) == 1


@pytest.mark.parametrize("name", ["rojin", "leila", "samir"])
def test_every_duty_has_the_form(ward: Ward, name: str) -> None:
    """SF072: a worry can be raised in every duty, also in one that opens no record."""
    receipt = actions.raise_worry(by=ward[name], kind="medical_emergency", words="in the yard")
    assert receipt.record is not None


def test_an_alert_from_first_to_last_step(ward: Ward, sign_in) -> None:  # type: ignore[no-untyped-def]
    """SF073: it stands first on its owner's Today until each step is recorded, and only the next steps are offered."""
    alert = ward.raised()
    client = sign_in("diego")
    address = f"/alerts/{alert.id}/"
    assert address in client.get("/").content.decode()
    page = client.get(address).content.decode()
    assert f"{address}taken/" in page
    assert f"{address}closed/" not in page
    assert client.post(f"{address}taken/").status_code == 302
    assert "wish to be dead" in client.get(f"{address}follow_up/").content.decode()
    elsewhere = sign_in("diego", language="ar").get(f"{address}follow_up/").content.decode()
    assert "تمنّي الموت" in elsewhere
    assert "wish to be dead" not in elsewhere
    asked = {"state": "done", "q1": "no", "q2": "no", "q3": "yes", "q4": "no", "q5": "no", "note": ""}
    assert client.post(f"{address}follow_up/", asked).status_code == 302
    assert client.post(f"{address}follow_up/", {"state": "done"}).status_code == 422
    assert client.post(f"{address}first_contact/", {"note": "she answered"}).status_code == 302
    assert client.post(f"{address}closed/", {"outcome": "plan_made", "note": ""}).status_code == 422
    assert address in client.get("/").content.decode()
    assert client.post(f"{address}closed/", {"outcome": "plan_made", "note": "a plan"}).status_code == 302
    assert address not in client.get("/").content.decode()
    late = client.post(f"{address}taken/")
    assert late.status_code in (409, 422)


def test_nobody_else_finds_it(ward: Ward, sign_in) -> None:  # type: ignore[no-untyped-def]
    """SF074: for Tunde the alert, its steps and one that does not exist are the same page."""
    alert = ward.raised()
    client = sign_in("tunde")
    answers = [client.get(f"/alerts/{which}/{step}") for which in (alert.id, uuid7()) for step in ("", "closed/")]
    assert {one.status_code for one in answers} == {404}
    assert len({one.content for one in answers}) == 1
    assert client.post(f"/alerts/{alert.id}/taken/").content == answers[0].content
    assert Alert.objects.get().steps.count() == 0


def test_every_page_in_arabic(ward: Ward, sign_in) -> None:  # type: ignore[no-untyped-def]
    """SF075: each page of the room opens from right to left."""
    alert = ward.raised()
    client = sign_in("diego", "ar")
    steps = ["", *(f"{one}/" for one in ("first_contact", "contact_tried", "follow_up", "handed_over", "closed"))]
    for address in ("/worry/", "/alerts/", "/alerts/review/", *(f"/alerts/{alert.id}/{one}" for one in steps)):
        answer = client.get(address)
        assert answer.status_code == 200
        assert b'dir="rtl"' in answer.content


def test_nonsense_is_no_error(ward: Ward, sign_in) -> None:  # type: ignore[no-untyped-def]
    """SF076: an unknown kind, step, id or a NUL in the words never becomes an error page of the server."""
    client = sign_in("chantal")
    assert client.post("/worry/", {"kind": "x", "send": "nobody"}).status_code == 200
    sent = {"kind": "suicide", "send": "x\x00", "words": "a\x00b", "involves": "x", "site": "y", "code": "\x00"}
    assert client.post("/worry/", sent).status_code == 200
    assert client.get(f"/alerts/{ward.raised().id}/nonsense/").status_code == 404
    assert client.get("/worry/?about=<script>").status_code == 200
