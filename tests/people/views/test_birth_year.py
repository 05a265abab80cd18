"""A birth year that is about right stays so until somebody says that it is certain."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from karama.accounts.models import User
from karama.journal import reading
from karama.people import deciding
from karama.people.actions import correct_identity
from karama.people.copy import readable_copy
from karama.people.models import Person
from tests.people.conftest import Clinic
from tests.people.views.test_pages import HIDDEN, carried, text

BORN = datetime.now(UTC).year - 19
"""Of whom this is about right may still be a child."""


@pytest.fixture
def client(clinic: Clinic) -> Client:
    """Chantal's browser."""
    made = Client()
    made.force_login(User.objects.get(pk=clinic["chantal"].id))
    return made


def about(clinic: Clinic) -> UUID:
    """A person of whom only "about this year" is known: perhaps a child."""
    return clinic.register(first="Rim", birth_year=BORN, birth_precision="approx", age_band=None)


def birth(clinic: Clinic, person: UUID) -> Any:
    with reading(by=clinic["chantal"], purpose="care", route="tests"):
        return Person.objects.get(pk=person).unseal("birth")


def stands(clinic: Clinic, person: UUID) -> str:
    with reading(by=clinic["chantal"], purpose="care", route="tests"):
        return deciding.standing_of(Person.objects.get(pk=person))


def shown_form(client: Client, person: UUID) -> dict[str, str]:
    """What the form holds when it is opened, as a browser sends it back."""
    form = client.get(f"/people/{person}/correct/").context["form"]
    return {name: str(form.initial[name]) for name in form.fields if form.initial.get(name)}


def test_a_corrected_name_leaves_the_age_as_uncertain(clinic: Clinic, client: Client) -> None:
    """PE609: one corrected letter does not make "about 2007" exactly 2007, nor a possible child an adult: at the page,
    by a form that was open before the question existed, and by the action without it."""
    person = about(clinic)
    assert stands(clinic, person) == "unknown"
    sent = shown_form(client, person) | {"last": "Hadad"}
    assert client.post(f"/people/{person}/correct/", sent).status_code == 302
    assert birth(clinic, person) == {"year": BORN, "precision": "approx"}
    del sent["birth_precision"]
    assert client.post(f"/people/{person}/correct/", sent | {"birth_year": str(BORN - 1)}).status_code == 302
    assert birth(clinic, person) == {"year": BORN - 1, "precision": "approx"}
    correct_identity(
        by=clinic["chantal"], person=person, identity_mode="named", first="Rym", last="Hadad", birth_year=BORN
    )
    assert birth(clinic, person) == {"year": BORN, "precision": "approx"}
    assert stands(clinic, person) == "unknown"
    assert client.post(f"/people/{person}/correct/", sent | {"birth_precision": "year"}).status_code == 302
    assert birth(clinic, person) == {"year": BORN, "precision": "year"}
    assert client.post(f"/people/{person}/correct/", sent | {"birth_precision": "approx"}).status_code == 302
    assert birth(clinic, person)["precision"] == "approx"


def test_about_is_offered_when_somebody_is_registered(clinic: Clinic, client: Client) -> None:
    """PE610: registering offers that the year is about right, keeps it on the way back and forth, and says it on the
    page and in the copy."""
    found = client.post(
        "/people/search/", {"way": "name", "n-first": "Luz", "n-last": "Mena", "n-birth_year": str(BORN)}
    )
    token = dict(HIDDEN.findall(text(found).split('action="/people/register/"')[1]))["token"]
    page = client.post("/people/register/", {"token": token})
    page = client.post("/people/register/", carried(page) | {"limits": "read_aloud"})
    assert 'name="birth_about"' in text(page)
    name = {"first": "Luz", "last": "Mena", "birth_year": str(BORN), "birth_about": "on"}
    page = client.post("/people/register/", carried(page) | name)
    back = client.post("/people/register/", carried(page) | {"go": "back"})
    assert 'name="birth_about"' in text(back)
    assert "checked" in text(back).split('name="birth_about"')[1].split(">")[0]
    for answer in ({"age_band": "unknown"}, {"gender": "woman"}, {"place": ""}, {"contact": "never"}):
        page = client.post("/people/register/", carried(page) | answer)
    assert page.status_code == 302, text(page)
    person = Person.objects.get()
    assert birth(clinic, person.id) == {"year": BORN, "precision": "approx"}
    assert f"about {BORN}" in text(client.get(f"/people/{person.id}/"))
    with reading(by=clinic["nadia"], purpose="rights", route="tests"):
        told = dict(readable_copy(by=clinic["nadia"], person=person.id, language="en")[0].rows)
    assert f"about {BORN}" in told.values()
