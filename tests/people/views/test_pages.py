"""The pages of this room, clicked through by the cast."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from karama.accounts.models import User
from karama.people.actions import record_consent
from karama.people.models import Assignment, Consent, ContactRules, HiddenFrom, Person
from tests.accounts import signing
from tests.people.conftest import Clinic

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
PAGES = (
    "", "correct/", "contact/", "limits/", "seen/", "file/", "cards/", "consents/", "consents/ask/share/", "workers/",
    "hidden/",
)  # fmt: skip


@pytest.fixture
def sign_in(clinic: Clinic) -> Any:
    """A browser in which a member of the cast is signed in."""

    def browser(name: str) -> Client:
        client = Client()
        client.force_login(User.objects.get(pk=clinic[name].id))
        return client

    return browser


def text(response: Any) -> str:
    return str(response.content.decode())


def carried(response: Any) -> dict[str, str]:
    """The hidden fields of the first form with a step."""
    form = next(one for one in text(response).split("<form")[1:] if 'name="step"' in one)
    return dict(HIDDEN.findall(form))


def test_register_in_nine_taps(clinic: Clinic, sign_in: Any) -> None:
    """PE090: search, nobody found, register: at most nine taps until a person with a nickname has her code."""
    client, taps = sign_in("chantal"), 0
    found = client.post("/people/search/", {"way": "name", "n-first": "Luz", "n-last": "Mena", "n-birth_year": "1990"})
    taps += 1
    assert "Nobody found" in text(found)
    start = dict(HIDDEN.findall(text(found).split('action="/people/register/"')[1].split("</form>")[0]))
    page = client.post("/people/register/", {"token": start["token"]})
    taps += 1
    answers: list[dict[str, str]] = [
        {"limits": "read_aloud"},
        {"called": "Lucha"},
        {"age_band": "25-34"},
        {"gender": "woman"},
        {"place": "El Reposo"},
        {"contact": "never"},
    ]
    for answer in answers:
        assert page.status_code == 200, text(page)
        page = client.post("/people/register/", carried(page) | answer)
        taps += 1
    assert page.status_code == 302, text(page)
    assert taps <= 9
    person = Person.objects.get()
    assert page["Location"] == f"/people/{person.id}/cards/"
    assert person.identity_mode == "alias"
    assert person.code in text(client.get(page["Location"]))
    assert "Lucha" in text(client.get("/people/"))


def test_what_was_wrong_is_said_at_its_step(clinic: Clinic, sign_in: Any) -> None:
    """PE091: a call without a number comes back at its step with the reason, and nothing that was entered is lost."""
    client = sign_in("chantal")
    found = client.post("/people/search/", {"way": "name", "n-first": "Luz", "n-last": "Mena", "n-birth_year": "1990"})
    token = dict(HIDDEN.findall(text(found).split('action="/people/register/"')[1]))["token"]
    page = client.post("/people/register/", {"token": token})
    for answer in (
        {"limits": "read_aloud"}, {"called": "Lucha"}, {"age_band": "25-34"}, {"gender": "woman"}, {"place": ""},
        {"contact": "call"},
    ):  # fmt: skip
        page = client.post("/people/register/", carried(page) | answer)
    assert "people.contact_unsaid" in text(page)
    assert carried(page)["called"] == "Lucha"
    page = client.post("/people/register/", carried(page) | {"contact": "call", "contact_address": "300 111 2233"})
    assert page.status_code == 302
    assert ContactRules.objects.get().channel == "call"


def test_nobody_registers_without_a_search(clinic: Clinic, sign_in: Any) -> None:
    """PE092: the address of the registration leads to the search when nobody has searched."""
    answer = sign_in("chantal").get("/people/register/")
    assert (answer.status_code, answer["Location"]) == (302, "/people/search/")


def test_a_wrong_code_is_said(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """PE093: a mistyped code on the page says "check the code" and shows nobody."""
    code = Person.objects.get(pk=amal).code
    wrong = code[:-1] + ("2" if code[-1] != "2" else "3")
    page = sign_in("chantal").post("/people/search/", {"way": "code", "c-code": wrong})
    assert page.status_code == 422
    assert "Check the code" in text(page)
    assert code not in text(page)


def test_every_page_opens_for_its_reader(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """PE094: each page of a person opens for her worker, without her name in title or address."""
    client = sign_in("chantal")
    for page in PAGES:
        answer = client.get(f"/people/{amal}/{page}")
        assert answer.status_code == 200, page
        title = re.search(r"<title>(.*?)</title>", text(answer), re.DOTALL)
        assert title is not None
        assert "Amal" not in title.group(1)
    assert sign_in("nadia").get(f"/people/{amal}/join/").status_code == 200
    assert sign_in("nadia").get(f"/people/{amal}/hold/").status_code == 200


def test_the_way_back_leads_somewhere(clinic: Clinic, amal: UUID) -> None:
    """PE642: from a person's page the first link of the content opens: an officer has no list of people, and goes back
    to the search."""
    for name, back in (("chantal", "/people/"), ("leila", "/people/search/")):
        client = signing.browser(User.objects.get(pk=clinic[name].id))
        crumb = re.search(r'class="crumbs".*?href="([^"]+)"', text(client.get(f"/people/{amal}/")), re.DOTALL)
        assert crumb is not None
        assert (crumb.group(1), client.get(back).status_code) == (back, 200)


def test_absent_and_not_yours_are_the_same_bytes(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """PE095: every page of Amal is for Tunde what a page of nobody is: the same bytes and number of queries."""
    client = sign_in("tunde")
    client.get("/people/")
    for page in PAGES:
        answers = []
        for person in (amal, UUID(int=1)):
            with CaptureQueriesContext(connection) as captured:
                answer = client.get(f"/people/{person}/{page}")
            answers.append((answer.status_code, answer.content, len(captured)))
        assert answers[0] == answers[1], page
        assert answers[0][0] == 404


def test_a_forbidden_post_changes_nothing(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """PE096: what Tunde sends about Amal changes nothing, and the answer is that of a page of nobody."""
    client = sign_in("tunde")
    posts: dict[str, dict[str, str]] = {
        "contact/": {"channel": "never"},
        "limits/": {"how": "read_aloud"},
        "file/": {"confirmed": "yes"},
        "workers/": {"end": str(clinic["chantal"].id)},
        "hidden/": {"user": str(clinic["chantal"].id)},
        "cards/": {"care": "yes", "method": "verbal"},
    }
    for page, data in posts.items():
        here, nowhere = (client.post(f"/people/{one}/{page}", data) for one in (amal, UUID(int=1)))
        assert (here.status_code, here.content) == (nowhere.status_code, nowhere.content), page
        assert here.status_code == 404
    assert Person.objects.get(pk=amal).status == "active"
    assert Assignment.objects.filter(until__isnull=True).count() == 1
    assert not ContactRules.objects.exists()
    assert not Consent.objects.exists()
    assert not HiddenFrom.objects.exists()


def test_four_cards_in_six_taps(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """PE097: four cards are answered with one tap each and one to save; what is left open is not recorded."""
    client = sign_in("chantal")
    said = {"care": "yes", "notes": "later", "share": "no", "method": "verbal"}
    answer = client.post(f"/people/{amal}/cards/", said)
    assert answer.status_code == 302, text(answer)
    decided = dict(Consent.objects.values_list("purpose", "decision"))
    assert decided == {"care": "yes", "notes": "later", "share": "no"}
    fact = Consent.objects.get(purpose="care")
    assert (fact.text_version, len(fact.text_digest)) == ("1", 64)


def test_take_back_and_ask_again(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """PE098: a yes is taken back in three taps from her page, and asking again shows the withdrawal and cites it."""
    record_consent(by=clinic["chantal"], person=amal, purpose="research", decision="yes", method="verbal")
    client = sign_in("chantal")
    page = text(client.get(f"/people/{amal}/consents/"))
    link = re.search(r'href="([^"]+/withdraw/)"', page)
    assert link is not None
    assert client.post(link.group(1), {"confirmed": "yes"}).status_code == 302
    again = client.get(f"/people/{amal}/consents/ask/research/")
    assert "shown_earlier" in text(again)
    data = {"decision": "yes", "method": "verbal", "given_by": "self"}
    refused = client.post(f"/people/{amal}/consents/ask/research/", data)
    assert (refused.status_code, Consent.objects.count()) == (422, 2)
    done = client.post(f"/people/{amal}/consents/ask/research/", data | {"shown_earlier": "yes"})
    assert done.status_code == 302, text(done)
    assert len(Consent.objects.order_by("-sequence").first().cites) == 1  # type: ignore[union-attr]


def test_a_supervisor_works_the_relations(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """PE099: a supervisor assigns, ends, hides and lifts from the pages."""
    client = sign_in("nadia")
    diego = str(clinic["diego"].id)
    data = {"user": diego, "role": "member", "conflict": "none"}
    assert client.post(f"/people/{amal}/workers/", data).status_code == 302
    assert Assignment.objects.filter(user_id=diego, until__isnull=True).exists()
    assert client.post(f"/people/{amal}/workers/", {"end": diego}).status_code == 302
    assert client.post(f"/people/{amal}/hidden/", {"user": diego, "reason": "her cousin"}).status_code == 302
    assert "her cousin" in text(client.get(f"/people/{amal}/hidden/"))
    assert "her cousin" not in text(sign_in("chantal").get(f"/people/{amal}/hidden/"))
    assert client.post(f"/people/{amal}/hidden/", {"lift": diego}).status_code == 302


@pytest.mark.parametrize(
    "sent",
    [
        {"way": "name", "n-first": "\u202eلمأ", "n-last": "x" * 5000, "n-birth_year": "١٩٩١"},
        {"way": "name", "n-first": "a\x00b", "n-last": "c", "n-birth_year": "-1"},
        {"way": "code", "c-code": "'; DROP TABLE"},
        {"way": "code"},
        {"way": "other"},
    ],
)
def test_strange_input_is_a_sentence(clinic: Clinic, sign_in: Any, sent: dict[str, str]) -> None:
    """PE100: whatever is typed into the search, the answer is a page with a sentence, never a failure."""
    assert sign_in("chantal").post("/people/search/", sent).status_code in (200, 422)


def test_ids_that_are_none(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """PE101: a worker id that is not one is refused in words."""
    client = sign_in("nadia")
    assert client.post(f"/people/{amal}/workers/", {"end": "nobody"}).status_code in (400, 404)
    assert client.post(f"/people/{amal}/hidden/", {"lift": "nobody"}).status_code in (400, 404)
    assert client.get(f"/people/{amal}/consents/ask/everything/").status_code == 404
    assert client.get("/people/?whose=all&from=99999999999999999999").status_code == 200
