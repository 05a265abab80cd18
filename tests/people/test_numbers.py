"""Telephone numbers in contact rules: written as people write them, kept as a network takes them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from karama.accounts.models import User
from karama.journal import clock, reading
from karama.people.actions import register_person, set_contact_rules
from karama.people.models import ContactRules
from karama.people.reaching import reach
from karama.people.searching import search_token
from tests.people.conftest import Clinic
from tests.people.views.test_pages import HIDDEN, carried, text

WRITTEN = ("+57 300 111 2233", "(300) 111-2233", "0057.300.111.2233", "٣٠٠ ١١١ ٢٢٣٣", "۳۰۰ ۱۱۱ ۲۲۳۳")
KEPT = "+573001112233"


@pytest.fixture
def browser(clinic: Clinic) -> Client:
    """Chantal's."""
    client = Client()
    client.force_login(User.objects.get(pk=clinic["chantal"].id))
    return client


def kept(clinic: Clinic, person: UUID) -> Any:
    with reading(by=clinic["chantal"], purpose="care", route="tests.people"):
        return ContactRules.objects.get(person_id=person).unseal("address")


@pytest.mark.parametrize("written", WRITTEN)
def test_a_number_is_kept_as_a_network_takes_it(clinic: Clinic, amal: UUID, browser: Client, written: str) -> None:
    """PE520: on the page of the contact rules a number may be written in any way; one form of it is kept and used."""
    answer = browser.post(f"/people/{amal}/contact/", {"channel": "sms_neutral", "address": written})
    assert answer.status_code == 302, text(answer)
    assert kept(clinic, amal) == KEPT
    with reading(by=clinic["chantal"], purpose="care", route="tests.people"):
        assert (found := reach(person=amal)).why == ""
        assert found.address == KEPT


@pytest.mark.parametrize("channel", ["call", "sms_neutral"])
def test_what_is_no_number_is_said_at_the_form(clinic: Clinic, amal: UUID, browser: Client, channel: str) -> None:
    """PE521: words, too few digits or two numbers are refused beside the field; all that was typed is still there."""
    set_contact_rules(by=clinic["chantal"], person=amal, channel="call", address=KEPT)
    for typed in ("Um Ali", "300 111", "300 111 2233 / 300 111 2244"):
        given = {"channel": channel, "address": typed, "phrase": "The bread is ready"}
        answer = browser.post(f"/people/{amal}/contact/", given)
        page = text(answer)
        assert answer.status_code == 422
        assert "cannot be one telephone number" in page
        assert f'value="{typed}"' in page
        assert "The bread is ready" in page
        assert page.count(typed) == 1, "it stands in its field and nowhere else"
    assert kept(clinic, amal) == KEPT
    given = {"channel": "via_person", "address": "Um Ali, the baker"}
    assert browser.post(f"/people/{amal}/contact/", given).status_code == 302
    assert kept(clinic, amal) == "Um Ali, the baker"


def test_a_registration_says_it_too(clinic: Clinic, browser: Client) -> None:
    """PE522: in the last step of a registration what is no number comes back with its reason, and nothing is lost."""
    found = browser.post("/people/search/", {"way": "name", "n-first": "Luz", "n-last": "Mena", "n-birth_year": "1990"})
    token = dict(HIDDEN.findall(text(found).split('action="/people/register/"')[1]))["token"]
    page = browser.post("/people/register/", {"token": token})
    for answer in (
        {"limits": "read_aloud"}, {"called": "Lucha"}, {"age_band": "25-34"}, {"gender": "woman"}, {"place": ""},
        {"contact": "call", "contact_address": "three hundred"},
    ):  # fmt: skip
        page = browser.post("/people/register/", carried(page) | answer)
    assert page.status_code == 422
    assert "cannot be one telephone number" in text(page)
    assert carried(page)["called"] == "Lucha"
    assert 'value="three hundred"' in text(page)
    page = browser.post("/people/register/", carried(page) | {"contact": "call", "contact_address": "300-111 2233"})
    assert page.status_code == 302
    assert kept(clinic, ContactRules.objects.get().person_id) == KEPT


def test_what_came_from_a_telephone_is_kept_and_not_used(clinic: Clinic, amal: UUID) -> None:
    """PE523: an action that was done offline loses nothing: what cannot be read stays for a colleague, and no message
    is queued to it, with the reason; a number is kept like any other."""
    set_contact_rules(by=clinic["chantal"], person=amal, channel="sms_neutral", address="behind the church")
    assert kept(clinic, amal) == "behind the church"
    with reading(by=clinic["chantal"], purpose="care", route="tests.people"):
        assert reach(person=amal).why == "no_address"
    by = clinic["chantal"]
    person = register_person(
        by=by, site=clinic.here.id, identity_mode="coded", limits="read_aloud", contact="call",
        contact_address="300 111 2233", searched=search_token(by, clock.now()), before="first_time",
    ).value.id  # fmt: skip
    assert kept(clinic, person) == KEPT
