"""Sex for the reports that must say it: asked, confirmed by a person, never worked out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from karama.accounts.models import User
from karama.care.activity import profiles_of
from karama.journal import reading
from karama.people import reports
from karama.people.models import Person
from tests.people.conftest import Clinic
from tests.people.views.test_pages import HIDDEN, carried, text


@pytest.fixture
def browser(clinic: Clinic) -> Client:
    """Chantal's."""
    client = Client()
    client.force_login(User.objects.get(pk=clinic["chantal"].id))
    return client


def kept(clinic: Clinic, person: UUID) -> Any:
    with reading(by=clinic["chantal"], purpose="care", route="tests.people"):
        return Person.objects.get(pk=person).unseal("sex_for_reporting")


def registered(browser: Client, name: dict[str, str], **gender: str) -> tuple[UUID, str]:
    """Somebody registered on the desk's own pages, and the page on which the gender is asked."""
    found = browser.post("/people/search/", {"way": "name", "n-first": "Luz", "n-last": "Mena", "n-birth_year": "1990"})
    token = dict(HIDDEN.findall(text(found).split('action="/people/register/"')[1]))["token"]
    page, asked = browser.post("/people/register/", {"token": token}), ""
    before: list[dict[str, str]] = [] if name else [{"before": "first_time"}]
    for answer in ({"limits": "read_aloud"}, name, *before, {"age_band": "25-34"}, gender, {"place": ""},
                   {"contact": "never"}):  # fmt: skip
        asked = text(page) if answer is gender else asked
        page = browser.post("/people/register/", carried(page) | answer)
    assert page.status_code == 302, text(page)
    return Person.objects.latest("recorded_at").id, asked


@pytest.mark.parametrize(
    ("gender", "answer", "said"),
    [
        ("woman", "", None), ("woman", "same", "F"), ("man", "same", "M"), ("not_said", "same", None),
        ("woman", "M", "M"), ("man", "not_said", "not_said"), ("woman", "nonsense", None),
    ],
)  # fmt: skip
def test_it_is_confirmed_and_never_worked_out(
    clinic: Clinic, browser: Client, gender: str, answer: str, said: str | None
) -> None:
    """PE540: beside the gender it may be said, or confirmed to be the same; without that nothing is kept."""
    person, asked = registered(browser, {"called": "Lucha"}, gender=gender, **({"sex": answer} if answer else {}))
    assert "For the reports that must say it" in asked
    assert kept(clinic, person) == said


def test_it_is_counted_where_a_report_must_say_it(clinic: Clinic, browser: Client) -> None:
    """PE541: somebody registered at the desk stands in the column that was said; without an answer, in none."""
    woman, _page = registered(browser, {"called": "Lucha"}, gender="woman", sex="same")
    silent, _page = registered(browser, {"called": "Otra"}, gender="woman", sex="not_said")
    with reading(by=clinic["chantal"], purpose="care", route="tests.people"):
        found = profiles_of([woman, silent])
    assert [found[one][1] for one in (woman, silent)] == ["F", "unknown"]


def test_where_people_are_met_by_code_it_is_not_asked(
    clinic: Clinic, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PE542: where people are met by code nobody without a name is asked, and what is sent all the same is not kept."""
    monkeypatch.setattr(reports, "_by_code", lambda programme: True)
    person, asked = registered(browser, {}, gender="woman", sex="F")
    assert "For the reports that must say it" not in asked
    assert kept(clinic, person) is None
    assert "sex_for_reporting" not in text(browser.get(f"/people/{person}/correct/"))
    sent = {"identity_mode": "coded", "gender": "woman", "sex_for_reporting": "F"}
    assert browser.post(f"/people/{person}/correct/", sent).status_code == 302
    assert kept(clinic, person) is None


def test_the_packs_say_where_it_is_asked(clinic: Clinic) -> None:
    """PE543: who has a name may be asked everywhere; without a name nobody in a programme that cannot be read."""
    assert reports.asked_of([clinic.programme.id], "coded")
    assert reports.asked_of([UUID(int=1)], "named")
    assert not reports.asked_of([UUID(int=1)], "coded")


def test_it_is_corrected_and_shown(clinic: Clinic, amal: UUID, browser: Client) -> None:
    """PE544: the page of corrections asks it too; what was said stands on her page, in words."""
    given = {"identity_mode": "named", "first": "Amal", "last": "Haddad", "birth_year": "1991", "gender": "woman"}
    assert browser.post(f"/people/{amal}/correct/", given).status_code == 302
    assert kept(clinic, amal) is None
    assert browser.post(f"/people/{amal}/correct/", given | {"sex_for_reporting": "same"}).status_code == 302
    assert kept(clinic, amal) == "F"
    page = text(browser.get(f"/people/{amal}/"))
    assert "In the reports that must say it" in page
    assert "Female" in page
