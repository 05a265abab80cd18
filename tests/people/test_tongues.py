"""The languages of a person: chosen at registration and when she is corrected, shown, and used."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import translation

from karama.accounts.models import User
from karama.journal import reading
from karama.people import tongues
from karama.people.models import Person
from karama.people.reaching import reach
from tests.people.conftest import Clinic
from tests.people.views.test_pages import HIDDEN, carried, text


@pytest.fixture
def browser(clinic: Clinic) -> Client:
    """Chantal's."""
    client = Client()
    client.force_login(User.objects.get(pk=clinic["chantal"].id))
    return client


def languages(clinic: Clinic, person: UUID) -> Any:
    with reading(by=clinic["chantal"], purpose="care", route="tests.people"):
        return Person.objects.get(pk=person).unseal("languages")


def registered(browser: Client, **place: Any) -> UUID:
    """Somebody registered on the desk's own pages; `place`: what is said at the step of the place."""
    found = browser.post("/people/search/", {"way": "name", "n-first": "Luz", "n-last": "Mena", "n-birth_year": "1990"})
    token = dict(HIDDEN.findall(text(found).split('action="/people/register/"')[1]))["token"]
    page = browser.post("/people/register/", {"token": token})
    for answer in (
        {"limits": "read_aloud"}, {"called": "Lucha"}, {"age_band": "25-34"}, {"gender": "woman"}, place,
        {"contact": "never"},
    ):  # fmt: skip
        page = browser.post("/people/register/", carried(page) | answer)
    assert page.status_code == 302, text(page)
    return Person.objects.latest("recorded_at").id


def test_languages_are_asked_at_registration_and_cost_no_tap(clinic: Clinic, browser: Client) -> None:
    """PE530: with the place somebody may say which languages she speaks, the preferred one first; or nothing at all."""
    person = registered(browser, place="", language="ar", also=["es", "en"])
    assert languages(clinic, person) == ["ar", "es", "en"]
    silent = registered(browser, place="El Reposo")
    assert languages(clinic, silent) is None
    page = text(browser.get(f"/people/{person}/"))
    assert "Arabic, Spanish, English" in page


def test_a_language_nobody_offers_is_refused(browser: Client, clinic: Clinic) -> None:
    """PE531: what is not in the list comes back at its step, and nothing that was entered is lost."""
    with pytest.raises(AssertionError):
        registered(browser, place="El Reposo", language="klingon")
    assert not Person.objects.exists()


def test_languages_are_corrected(clinic: Clinic, amal: UUID, browser: Client) -> None:
    """PE532: the page of corrections offers the programme's languages first, keeps what came from elsewhere, and the
    readable copy and a reminder are in the language that was said."""
    page = text(browser.get(f"/people/{amal}/correct/")).split('id="id_language"')[1]
    assert page.index('value="es"') < page.index('value="en"') < page.index('value="am"')
    given = {"identity_mode": "named", "called": "Amal", "first": "Amal", "last": "Haddad", "birth_year": "1991"}
    answer = browser.post(f"/people/{amal}/correct/", given | {"language": "ar", "also": ["es"]})
    assert answer.status_code == 302, text(answer)
    assert languages(clinic, amal) == ["ar", "es"]
    assert tongues.own_language(languages(clinic, amal), "en") == "ar"
    browser.post(f"/people/{amal}/contact/", {"channel": "sms_neutral", "address": "300 111 2233"})
    with reading(by=clinic["chantal"], purpose="care", route="tests.people"):
        words = reach(person=amal).words
    with translation.override("ar"):
        from karama.people.travelling import USUAL_WORDS

        assert words == str(USUAL_WORDS)
    page = text(browser.get(f"/people/{amal}/correct/"))
    assert 'value="ar" selected' in page
