"""Safe hours on the desk's pages: the form says what a machine understands, and afterwards what it will do."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import translation

from karama.accounts.models import User
from karama.journal import reading
from karama.people import hours
from karama.people.actions import record_consent
from karama.people.models import ContactRules
from karama.people.reaching import reach
from karama.rules.messages import safe_hours
from tests.people.conftest import Clinic
from tests.people.views.test_pages import HIDDEN, carried, text

NUMBER = "+573001112233"


@pytest.fixture
def browser(clinic: Clinic) -> Client:
    """Chantal's."""
    client = Client()
    client.force_login(User.objects.get(pk=clinic["chantal"].id))
    return client


def kept(clinic: Clinic, person: UUID) -> Any:
    with reading(by=clinic["chantal"], purpose="care", route="tests.people"):
        return ContactRules.objects.get(person_id=person).unseal("safe_hours")


def saved(browser: Client, person: UUID, **given: Any) -> str:
    """The page after the contact rules were saved."""
    usual = {"channel": "sms_neutral", "address": NUMBER}
    answer = browser.post(f"/people/{person}/contact/", usual | given, follow=True)
    assert answer.status_code == 200, text(answer)
    return text(answer)


def test_the_form_shows_what_is_understood(clinic: Clinic, amal: UUID, browser: Client) -> None:
    """PE550: what the form gives as an example is what a machine can read; days of the week are ticks."""
    page = text(browser.get(f"/people/{amal}/contact/"))
    assert "Such as 9-12, 14-16" in page
    assert safe_hours("9-12, 14-16")
    assert "Monday" in page
    assert "never at weekends" not in page


def test_days_and_hours_are_one_text_and_come_back_apart(clinic: Clinic, amal: UUID, browser: Client) -> None:
    """PE551: ticked days and typed hours are kept together, stand in words on her page, and are ticked again."""
    page = saved(browser, amal, days=["tue", "mon"], safe_hours="9-12, 14:30-16")
    assert kept(clinic, amal) == "mon tue 9-12, 14:30-16"
    assert "Messages may leave by themselves" in page
    assert "Monday Tuesday: 09:00–12:00, 14:30–16:00" in page
    assert "In the safe hours only" in page
    form = text(browser.get(f"/people/{amal}/contact/"))
    assert 'value="9-12, 14:30-16"' in form
    assert form.count("checked") == 3, "the channel and two days"
    saved(browser, amal, days=["sat"], safe_hours="")
    assert kept(clinic, amal) == "sat 8-20"
    saved(browser, amal, safe_hours="9-12")
    assert kept(clinic, amal) == "9-12"


def test_hours_in_words_are_kept_and_it_is_said_that_nothing_leaves(
    clinic: Clinic, amal: UUID, browser: Client
) -> None:
    """PE552: words stay readable for a colleague; the page says at once that no machine will ever send."""
    page = saved(browser, amal, safe_hours="mornings, never at weekends")
    assert kept(clinic, amal) == "mornings, never at weekends"
    assert "No message leaves by itself. The safe hours are in words" in page
    assert "Never: the hours are in words" in page
    assert 'value="mornings, never at weekends"' in text(browser.get(f"/people/{amal}/contact/"))


def test_what_is_said_is_what_will_be_done(clinic: Clinic, amal: UUID, browser: Client) -> None:
    """PE553: another way, nobody, or a no to being contacted: the sentence is that of the rule that sends."""
    assert "No message leaves by itself. This person agreed to another way." in saved(browser, amal, channel="call")
    assert "Never: another way was agreed" in text(browser.get(f"/people/{amal}/"))
    assert "This person is not to be contacted." in saved(browser, amal, channel="never", address="")
    assert "By day, between 8 and 20" in saved(browser, amal)
    record_consent(by=clinic["chantal"], person=amal, purpose="contact", decision="no", method="verbal")
    assert "No message leaves by itself. This person is not to be contacted." in saved(browser, amal)


def test_hours_at_registration(clinic: Clinic, browser: Client) -> None:
    """PE554: the last step of a registration takes days, hours and words too, and nothing of it has to be said."""
    found = browser.post("/people/search/", {"way": "name", "n-first": "Luz", "n-last": "Mena", "n-birth_year": "1990"})
    token = dict(HIDDEN.findall(text(found).split('action="/people/register/"')[1]))["token"]
    page = browser.post("/people/register/", {"token": token})
    told = {"contact_address": NUMBER, "contact_days": ["mon", "fri"], "contact_hours": "9-12", "contact_phrase": "Hi"}
    for answer in (
        {"limits": "read_aloud"}, {"called": "Lucha"}, {"age_band": "25-34"}, {"gender": "woman"}, {"place": ""},
        told | {"contact": "sms_neutral", "contact_address": "no number"},
    ):  # fmt: skip
        page = browser.post("/people/register/", carried(page) | answer)
    assert text(page).count("checked") == 2, "what was ticked is still ticked beside the error"
    page = browser.post("/people/register/", carried(page) | told | {"contact": "sms_neutral"})
    assert page.status_code == 302
    person = ContactRules.objects.get().person_id
    assert kept(clinic, person) == "mon fri 9-12"
    with reading(by=clinic["chantal"], purpose="care", route="tests.people"):
        assert (reach(person=person).words, reach(person=person).why) == ("Hi", "")


def test_hours_are_said_in_the_readers_words() -> None:
    """PE555: kept days are codes; a reader sees them in her language, and old texts as they were written."""
    with translation.override("ar"):
        assert "الاثنين" in hours.said("mon 9-12")
    assert hours.said("when he is out") == "when he is out"
    assert hours.said("") == hours.said(None) == ""
    assert hours.typed("mon 9-12; tue 10-11") == ([], "mon 9-12; tue 10-11")
