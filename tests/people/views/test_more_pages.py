"""The pages about children, families, lost cards, pairs and transfers: clicked through, and kept from others."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from karama.accounts.models import User
from karama.people.actions import assign, hide_from, propose_transfer, set_find_me
from karama.people.models import BestInterest, FamilyMember, FindMe, Guardian, NewFile, Person, Relation, Transfer
from karama.people.pairing import compare_all
from tests.people.conftest import Clinic
from tests.people.views.test_pages import carried, text

PAGES = (
    "family/", "family/relation/", "family/member/", "protection/", "protection/guardian/", "protection/ask/",
    "questions/", "transfer/",
)  # fmt: skip
FOR_PROTECTION = ("protection/knows/", "protection/decide/")
RIGHT = {"first": "song", "first_answer": "The Blue River", "second": "tree", "second_answer": "an old well"}


@pytest.fixture
def sign_in(clinic: Clinic) -> Any:
    """A browser in which a member of the cast is signed in."""

    def browser(name: str) -> Client:
        client = Client()
        client.force_login(User.objects.get(pk=clinic[name].id))
        return client

    return browser


@pytest.fixture
def swift(clinic: Clinic) -> UUID:
    """A girl of sixteen on Chantal's caseload."""
    return clinic.register(first="Swift", last="Bird", birth_year=None, age_band="15-17")


def test_absent_hidden_and_not_yours_are_one_answer(clinic: Clinic, swift: UUID, sign_in: Any) -> None:
    """PE260: for whoever she is hidden from or has no tie to, each new page is a page of nobody: bytes and queries."""
    assign(by=clinic["nadia"], person=swift, user=clinic["diego"].id)
    hide_from(by=clinic["nadia"], person=swift, user=clinic["diego"].id)
    hide_from(by=clinic["leila"], person=swift, user=clinic["nadia"].id)
    for name, pages in (("tunde", PAGES), ("diego", PAGES), ("nadia", (*PAGES, *FOR_PROTECTION))):
        client = sign_in(name)
        client.get("/people/")
        for page in pages:
            for method in (client.get, client.post):
                told = []
                for person in (swift, UUID(int=1)):
                    with CaptureQueriesContext(connection) as captured:
                        answer = method(f"/people/{person}/{page}")
                    told.append((answer.status_code, answer.content, len(captured)))
                assert told[0] == told[1], (name, page)
                assert told[0][0] == 404


def test_a_child_without_a_safe_guardian(clinic: Clinic, swift: UUID, sign_in: Any) -> None:
    """PE261: A4 on the pages: guardian noted as unsafe, asked with the child's yes, decided by the supervisor."""
    chantal, nadia = sign_in("chantal"), sign_in("nadia")
    assert "protection/" in text(chantal.get(f"/people/{swift}/"))
    said = {"called": "Uncle", "kin": "relative", "trust": "unsafe"}
    assert chantal.post(f"/people/{swift}/protection/guardian/", said).status_code == 422
    answer = chantal.post(f"/people/{swift}/protection/guardian/", said | {"reason": "He waits outside."})
    assert answer.status_code == 302
    said = {"purpose": "care", "reason": "Nobody safe."}
    assert chantal.post(f"/people/{swift}/protection/ask/", said).status_code == 422
    assert chantal.post(f"/people/{swift}/protection/ask/", said | {"assent": "on"}).status_code == 302
    page = text(chantal.get(f"/people/{swift}/protection/"))
    assert "outside" not in page
    assert "Emergency care goes on until" in page
    assert "/people/protect/" in text(nadia.get("/"))
    assert f"/people/{swift}/protection/" in text(nadia.get("/people/protect/"))
    assert "He waits outside." in text(nadia.get(f"/people/{swift}/protection/"))
    decided = {"decision": "yes", "assent": "on", "why": "Her aunt was asked."}
    assert nadia.post(f"/people/{swift}/protection/decide/", decided).status_code == 302
    assert BestInterest.objects.get().state == "decided_yes"
    guardian = str(Guardian.objects.get().id)
    knows = {"guardian": guardian, "topics": ["safety"], "child_agrees": "on"}
    assert nadia.post(f"/people/{swift}/protection/knows/", knows).status_code == 422
    assert chantal.get(f"/people/{swift}/protection/knows/").status_code == 404
    assert nadia.post(f"/people/{swift}/protection/", {"end": guardian}).status_code == 302
    assert nadia.post(f"/people/{swift}/protection/", {"end": "nobody"}).status_code in (400, 404)


def test_a_family_on_the_pages(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """PE262: somebody is noted, a family begun, a member taken in by code; a wrong code says so and names nobody."""
    client = sign_in("chantal")
    sister = clinic.register(first="Salma", birth_year=1995)
    code = Person.objects.get(pk=sister).code
    said = {"called": "My sister", "kin": "sibling", "mention": "safe", "reach": "may", "code": code}
    assert client.post(f"/people/{amal}/family/relation/", said).status_code == 302
    assert Relation.objects.filter(other_id=sister, quiet=False).exists()
    assert code in text(client.get(f"/people/{amal}/family/"))
    assert client.post(f"/people/{amal}/family/", {"do": "begin"}).status_code == 302
    stranger = clinic.register("tunde")
    for wrong in (Person.objects.get(pk=stranger).code, "2222-2222-2"):
        answer = client.post(f"/people/{amal}/family/member/", {"code": wrong, "agrees": "yes"})
        assert answer.status_code == 422
    assert client.post(f"/people/{amal}/family/member/", {"code": code, "agrees": "yes"}).status_code == 302
    assert client.post(f"/people/{amal}/family/", {"agrees": "yes"}).status_code == 302
    assert "All shown here have said yes." in text(client.get(f"/people/{amal}/family/"))
    asked = client.post(f"/people/{amal}/family/", {"do": "leave"})
    assert asked.status_code == 200
    assert "Does this person leave the family?" in asked.content.decode()
    assert FamilyMember.objects.filter(person_id=amal, until__isnull=True).exists()
    sent = {"do": "leave", "confirmed": "yes"}
    assert client.post(f"/people/{amal}/family/", sent).status_code == 302
    assert not FamilyMember.objects.filter(person_id=amal, until__isnull=True).exists()
    assert FamilyMember.objects.filter(until__isnull=True).count() == 1
    row = Relation.objects.get(person_id=amal)
    assert client.post(f"/people/{amal}/family/", {"end": str(row.id)}).status_code == 302
    assert client.post(f"/people/{amal}/family/", {"end": "nobody"}).status_code in (400, 404)


def test_somebody_without_a_name_is_asked_first(clinic: Clinic, sign_in: Any) -> None:
    """PE263: A8: registering without a name offers find-me, keeps what was said, and then asks for two questions."""
    client = sign_in("chantal")
    lost = client.post("/people/lost/", {"site": str(clinic.here.id), **RIGHT})
    assert "Not found" in text(lost)
    token = re.search(r'name="token" value="([^"]+)"', text(lost))
    assert token is not None
    page = client.post("/people/register/", {"token": token[1], "before": "not_found"})
    for answer in ({"limits": "read_aloud"}, {"called": ""}):
        page = client.post("/people/register/", carried(page) | answer)
    assert "/people/lost/" in text(page)
    for answer in (
        {"before": "first_time"}, {"age_band": "25-34"}, {"gender": "not_said"}, {"place": ""}, {"contact": "never"},
    ):  # fmt: skip
        page = client.post("/people/register/", carried(page) | answer)
    assert page.status_code == 302, text(page)
    person = Person.objects.get()
    assert page["Location"] == f"/people/{person.id}/questions/?new=yes"
    assert NewFile.objects.get().said == "not_found"
    kept = client.post(f"/people/{person.id}/questions/?new=yes", RIGHT)
    assert kept["Location"] == f"/people/{person.id}/cards/"
    assert FindMe.objects.get().person_id == person.id
    found = text(client.post("/people/lost/", {"site": str(clinic.here.id), **RIGHT}))
    assert person.code in found
    assert f"/people/{person.id}/" in found
    nadia = sign_in("nadia")
    assert person.code in text(nadia.get("/people/duplicates/"))
    assert nadia.post("/people/duplicates/", {"looked": str(person.id)}).status_code == 302
    assert person.code not in text(nadia.get("/people/duplicates/"))


def test_after_too_many_tries_the_way_is_locked(clinic: Clinic, sign_in: Any) -> None:
    """PE264: A8: locked says so to the worker and to the supervisor, who opens it again."""
    person = clinic.register(identity_mode="coded", first="", last="", birth_year=None)
    set_find_me(by=clinic["chantal"], person=person, **RIGHT)  # type: ignore[arg-type]
    client, nadia = sign_in("chantal"), sign_in("nadia")
    site = str(clinic.here.id)
    for _try in range(5):
        client.post("/people/lost/", {"site": site, **RIGHT, "first_answer": "wrong words"})
    page = text(client.post("/people/lost/", {"site": site, **RIGHT}))
    assert "Locked for now" in page
    assert Person.objects.get(pk=person).code not in page
    assert "Finding without a card is locked" in text(nadia.get("/people/duplicates/"))
    assert nadia.post("/people/duplicates/", {"open": site}).status_code == 302
    assert Person.objects.get(pk=person).code in text(client.post("/people/lost/", {"site": site, **RIGHT}))


def test_a_pair_is_decided_on_the_page(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """PE265: a supervisor sees what agrees, joins with the code filled in, or says not the same, once."""
    twin = clinic.register("diego", first="أمل", last="حداد", birth_year=1991)
    compare_all()
    nadia = sign_in("nadia")
    page = text(nadia.get("/people/duplicates/"))
    assert "written in another script" in page
    join = re.search(r'href="(/people/[^"]+/join/\?into=[^"]+)"', page)
    assert join is not None
    into = join[1].rpartition("=")[2]
    assert Person.objects.get(pk=into).code in text(nadia.get(join[1]))
    assert nadia.get(join[1].rpartition("=")[0] + "=nobody").status_code == 200
    pair = {"person": str(amal), "other": str(twin), "decision": "not_same"}
    assert sign_in("chantal").post("/people/duplicates/", pair).status_code == 404
    assert nadia.post("/people/duplicates/", pair).status_code == 302
    assert "Nothing to decide" in text(nadia.get("/people/duplicates/"))
    assert nadia.post("/people/duplicates/", {"decision": "everything"}).status_code == 404


def test_a_transfer_on_the_pages(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """PE266: proposed by the worker, seen by code and reason only, accepted with a lead by the other supervisor."""
    sirwan = clinic.hire("sirwan", "supervisor", clinic.elsewhere)
    chantal, other = sign_in("chantal"), sign_in("sirwan")
    said = {"site": str(clinic.elsewhere.id), "reason": "Moves to her aunt.", "agreed": "yes"}
    assert chantal.post(f"/people/{amal}/transfer/", said).status_code == 302
    assert "Waits for an answer" in text(chantal.get(f"/people/{amal}/transfer/"))
    page = text(other.get("/people/transfers/"))
    assert Person.objects.get(pk=amal).code in page
    assert "Moves to her aunt." in page
    assert "Amal" not in page
    asked = {"transfer": str(Transfer.objects.get().id), "do": "accept"}
    assert other.post("/people/transfers/", asked).status_code == 422
    assert other.post("/people/transfers/", asked | {"do": "decline"}).status_code == 422
    assert sign_in("nadia").post("/people/transfers/", asked).status_code == 404
    assert other.post("/people/transfers/", asked | {"lead": str(clinic["tunde"].id)}).status_code == 302
    assert sign_in("tunde").get(f"/people/{amal}/").status_code == 200
    assert chantal.get(f"/people/{amal}/").status_code == 404
    propose_transfer(by=sirwan, person=amal, site=clinic.here.id, reason="Back again.")
    assert sign_in("tunde").post(f"/people/{amal}/transfer/", {"back": "yes"}).status_code == 302


def test_the_person_page_stays_quick(clinic: Clinic, swift: UUID, sign_in: Any) -> None:
    """PE267: links to the new pages cost the person's page no query of their own beyond the age; guardians are asked
    for with the decisions, in one go (on what care rests)."""
    client = sign_in("chantal")
    client.get(f"/people/{swift}/")
    with CaptureQueriesContext(connection) as captured:
        client.get(f"/people/{swift}/")
    reads = [one["sql"] for one in captured.captured_queries if one["sql"].startswith("SELECT")]
    assert ["people_consent" in sql for sql in reads if "people_guardian" in sql] == [True]
    for table in ("people_relation", "people_family", "people_transfer", "people_find_me"):
        assert not any(table in sql for sql in reads), table
