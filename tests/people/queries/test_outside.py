"""What a searcher may learn of somebody outside her scope is the pack's decision: nothing, or that she may ask."""

from __future__ import annotations

import sys
from uuid import UUID

import pytest
from django.test import Client

from karama.accounts.models import User
from karama.journal import reading
from karama.journal.models import AccessPerson
from karama.knowledge.pack_people import people_rules
from karama.people import words
from karama.people.actions import hide_from, hold_file
from karama.people.models import Person
from karama.people.queries import may_exist_outside, search, who_has_seen
from tests.people.conftest import Clinic

REAL = {"first": "أمل", "last": "Hadad", "birth_year": 1991}


@pytest.fixture
def asking(monkeypatch: pytest.MonkeyPatch) -> None:
    """A programme whose pack says: a record may exist, ask."""
    searching = sys.modules["karama.people.queries.search"]
    monkeypatch.setattr(searching, "outside_search", lambda _programmes: "ask")


def test_nothing_where_the_pack_says_nothing(clinic: Clinic, amal: UUID) -> None:
    """PE270: where the pack says nothing, nobody outside the scope is compared, opened or hinted at."""
    assert words.outside_search(clinic["tunde"].programmes) == "nothing"
    assert people_rules("iraq-torture-rehabilitation").outside_search == "ask"
    assert words.outside_search(frozenset()) == "nothing"
    assert not may_exist_outside(clinic["tunde"], **REAL)  # type: ignore[arg-type]
    assert not AccessPerson.objects.filter(access__actor_id=clinic["tunde"].id).exists()


def test_a_hint_is_no_name(clinic: Clinic, amal: UUID, asking: None) -> None:
    """PE271: where the pack says so, the page says that a record may exist, and neither code, name nor place."""
    assert may_exist_outside(clinic["tunde"], **REAL)  # type: ignore[arg-type]
    assert search(clinic["tunde"], **REAL) == []  # type: ignore[arg-type]
    client = Client()
    client.force_login(User.objects.get(pk=clinic["tunde"].id))
    sent = {"way": "name", "n-first": "أمل", "n-last": "Hadad", "n-birth_year": "1991"}
    page = client.post("/people/search/", sent).content.decode()
    assert "A record may exist elsewhere" in page
    file = Person.objects.select_related("site").get(pk=amal)
    main = page.partition("<main")[2]
    for token in (file.code, "Haddad", file.site.name, str(amal)):
        assert token not in main
    nobody = client.post("/people/search/", sent | {"n-first": "Zzyzx"}).content.decode()
    assert "may exist elsewhere" not in nobody


def test_no_hint_of_whom_she_is_hidden_from(clinic: Clinic, amal: UUID, asking: None) -> None:
    """PE272: a record hidden from the searcher, or held by one team, gives no hint; one within her scope neither."""
    assert not may_exist_outside(clinic["diego"], **REAL)  # type: ignore[arg-type]
    hide_from(by=clinic["nadia"], person=amal, user=clinic["tunde"].id)
    assert not may_exist_outside(clinic["tunde"], **REAL)  # type: ignore[arg-type]
    other = clinic.register("diego", first="Salma", last="Haddad", birth_year=1990)
    said = {"first": "Salma", "last": "Haddad", "birth_year": 1990}
    assert may_exist_outside(clinic["tunde"], **said)  # type: ignore[arg-type]
    hold_file(by=clinic["nadia"], person=other, team=clinic.team.id)
    assert not may_exist_outside(clinic["tunde"], **said)  # type: ignore[arg-type]


def test_she_can_see_that_she_was_compared(clinic: Clinic, amal: UUID, asking: None) -> None:
    """PE273: whoever was compared in memory for such a hint reads it in her own list, in plain words."""
    may_exist_outside(clinic["tunde"], **REAL)  # type: ignore[arg-type]
    with reading(by=clinic["leila"], purpose="rights", route="tests"):
        told = [str(one.what) for one in who_has_seen(clinic["leila"], amal) if one.alias == "Tunde"]
    assert told == ["searched; a machine compared, and nobody was shown who you are"]


def test_without_a_year_no_hint(clinic: Clinic, amal: UUID, asking: None) -> None:
    """PE274: without a birth year there is no hint: names alone are shared by too many."""
    assert not may_exist_outside(clinic["tunde"], first="Amal", last="Haddad")
