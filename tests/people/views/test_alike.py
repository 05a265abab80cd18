"""People alike, suggested while a name is typed for a registration."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from karama.accounts.models import User
from karama.journal.models import Access, AccessPerson
from karama.people import words
from karama.people.actions import hide_from
from karama.people.models import Person
from karama.people.searching import SEARCH_ROUTE
from tests.machinery.browser import PHONE, PageAs, assert_accessible, follow, no_horizontal_scroll, shot
from tests.people.conftest import Clinic

TYPED = {"first": "أمل", "last": "حداد", "birth_year": "1990"}


def asked(clinic: Clinic, name: str, typed: dict[str, str]) -> Any:
    client = Client()
    client.force_login(User.objects.get(pk=clinic[name].id))
    return client.post("/people/alike/", typed)


def test_people_alike_are_explained(clinic: Clinic, amal: UUID) -> None:
    """PE470: typed in another script, a year off, she is suggested with why; her page only to who works with her."""
    answer = asked(clinic, "chantal", TYPED)
    shown = answer.content.decode()
    assert Person.objects.get(pk=amal).code in shown
    assert "written in another script" in shown
    assert "birth years one apart" in shown
    assert f"/people/{amal}/" in shown
    assert f"/people/{amal}/" not in asked(clinic, "diego", TYPED).content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert "<html" not in shown


def test_nobody_outside_the_scope_is_suggested(clinic: Clinic, amal: UUID) -> None:
    """PE471: another site, and whom she is hidden from, get the same bytes as for nobody; nothing of her is opened."""
    hide_from(by=clinic["nadia"], person=amal, user=clinic["diego"].id, reason="neighbour")
    before = AccessPerson.objects.filter(person_id=amal).count()
    nobody = asked(clinic, "chantal", TYPED | {"first": "Rosa", "last": "Mena"}).content
    for name in ("tunde", "diego"):
        answer = asked(clinic, name, TYPED)
        assert (answer.status_code, answer.content) == (200, nobody)
    assert AccessPerson.objects.filter(person_id=amal).count() == before


def test_too_little_is_no_search(clinic: Clinic, amal: UUID) -> None:
    """PE472: one name, one letter or no letters find nobody, are no search, and open nothing."""
    before = Access.objects.filter(route=SEARCH_ROUTE).count()
    for typed in ({}, {"first": "Amal"}, {"first": "A", "last": "H"}, {"first": "..", "last": "11"}):
        assert asked(clinic, "chantal", typed).status_code == 204
    assert asked(clinic, "chantal", TYPED | {"birth_year": "yes"}).status_code == 204
    assert Access.objects.filter(route=SEARCH_ROUTE).count() == before


def test_each_suggestion_is_a_search(clinic: Clinic, amal: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    """PE473: it stands in the access log as a search in which she was found, and counts against the same pause."""
    asked(clinic, "diego", TYPED)
    row = Access.objects.filter(route=SEARCH_ROUTE, actor_id=clinic["diego"].id).get()
    assert AccessPerson.objects.filter(access=row, person_id=amal).exists()
    monkeypatch.setattr("karama.people.searching.searches_an_hour", lambda programmes: 2)
    assert asked(clinic, "diego", TYPED).status_code == 200
    assert asked(clinic, "diego", TYPED).status_code == 429
    assert words.PER_HOUR > 2


def test_only_who_registers_asks(clinic: Clinic, amal: UUID) -> None:
    """PE474: duties that register nobody have no such address; a name never stands in one."""
    clinic.hire("yusuf", "interpreter", clinic.here)
    assert asked(clinic, "yusuf", TYPED).status_code == 404
    client = Client()
    client.force_login(User.objects.get(pk=clinic["chantal"].id))
    assert client.get("/people/alike/", TYPED).status_code == 405


@pytest.mark.parametrize("language", ["en", "ar"])
def test_suggestions_while_typing(clinic: Clinic, amal: UUID, page_as: PageAs, language: str) -> None:
    """PE475: in Chromium they appear beside what is typed, once for what changed, and nothing typed is lost."""
    page = page_as(User.objects.get(pk=clinic["chantal"].id), viewport=PHONE, language=language)
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.url) if one.url.endswith("/alike/") else None)
    page.goto("/people/search/")
    page.fill("[name=n-first]", "Rosa")
    page.fill("[name=n-last]", "Mena")
    follow(page, "form:has([name=way][value=name]) button")
    follow(page, "form[action='/people/register/'] button")
    follow(page, "button[name=limits] >> nth=0")
    page.fill("[name=first]", "Amal")
    page.fill("[name=last]", "Hadad")
    page.fill("[name=birth_year]", "1991")
    page.wait_for_selector("[data-alike] .row")
    assert Person.objects.get(pk=amal).code in page.inner_text("[data-alike]")
    assert page.input_value("[name=last]") == "Hadad"
    assert len(sent) == 1
    assert "Amal" not in sent[0]
    assert_accessible(page)
    no_horizontal_scroll(page)
    shot(page, f"people-alike-{language}")
