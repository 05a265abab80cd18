"""The pages of this room, clicked through by the cast."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from karama.accounts.models import User
from karama.care.actions import amend_response, open_episode
from karama.care.models import DraftResponse
from karama.care.queries import asking
from karama.safety.models import Alert
from tests.care.conftest import Clinic, all_answers
from tests.care.test_recording import record


@pytest.fixture
def sign_in(clinic: Clinic) -> Callable[[str], Client]:
    """A browser in which a member of the cast is signed in."""

    def browser(name: str) -> Client:
        client = Client()
        client.force_login(User.objects.get(pk=clinic[name].id))
        return client

    return browser


def text(response: Any) -> str:
    return str(response.content.decode())


def begin(client: Client, person: UUID, language: str = "en") -> str:
    """Start a PHQ-9; returns the address of its first question."""
    sent = {"language": language, "mode": "interviewer", "wave": "baseline"}
    return str(client.post(f"/people/{person}/ask/phq9/", sent)["Location"])


def test_one_tap_for_each_question(clinic: Clinic, phq9: UUID, sign_in: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """CA060: ten questions take ten taps, one screen each, and the result says the score and its source."""
    monkeypatch.setattr(asking, "safety_questions_open", lambda site, now: True)
    client = sign_in("chantal")
    address = begin(client, phq9)
    for _tap in range(10):
        shown = text(client.get(address))
        item = re.findall(r'name="item" value="([^"]+)"', shown)[0]
        answer = "not_difficult" if item == "difficulty" else "not_at_all" if item == "q9" else "several_days"
        address = str(client.post(address, {"item": item, "answer": answer})["Location"])
    last = text(client.get(address))
    assert "10 of 10" in last
    draft = DraftResponse.objects.get().id
    done = client.post(f"/asking/{draft}/finish/", {"on": clinic.programme.opened_on})
    result = text(client.get(done["Location"]))
    assert "8 of 27" in result
    assert "Below this measure" in result
    assert "Kroenke 2001" in result


def test_a_positive_answer_shows_the_card_at_once(
    clinic: Clinic, phq9: UUID, sign_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CA061: after a positive safety answer the next screen says to stay, who was told, and leads to the follow-up."""
    monkeypatch.setattr(asking, "safety_questions_open", lambda site, now: True)
    client = sign_in("chantal")
    address = begin(client, phq9)
    sent = client.post(address, {"item": "q9", "answer": "several_days"})
    assert "/stay/" in sent["Location"]
    card = text(client.get(sent["Location"]))
    assert "Stay with the person" in card
    assert "/ask/asq/" in card
    assert Alert.objects.count() == 1


def test_interpreter_mode_is_said(clinic: Clinic, phq9: UUID, sign_in: Any) -> None:
    """CA062: for a language that nobody validated each page says not validated, interpreter mode (B6)."""
    client = sign_in("chantal")
    offered = text(client.get(f"/people/{phq9}/ask/phq9/"))
    assert "not validated: interpreter mode" in offered
    shown = text(client.get(begin(client, phq9, "es")))
    assert "Not validated: interpreter mode" in shown
    assert DraftResponse.objects.get().mode == "interpreter"


def test_paused_questions_are_said_and_not_put(clinic: Clinic, phq9: UUID, sign_in: Any) -> None:
    """CA063: where nobody can answer, the page says that safety questions are paused and never shows their words."""
    client = sign_in("chantal")
    address = begin(client, phq9)
    draft = DraftResponse.objects.get().id
    listed = text(client.get(f"/asking/{draft}/list/"))
    assert "Safety questions are paused" in text(client.get(address))
    assert "low mood" in listed
    assert "death or self-harm" not in listed


def test_without_wording_nothing_is_offered(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """CA064: without loaded wording no instrument can be started, and the page says why."""
    client = sign_in("chantal")
    assert "official wording is not loaded" in text(client.get(f"/people/{amal}/ask/"))
    sent = client.post(f"/people/{amal}/ask/phq9/", {"language": "en", "mode": "interviewer", "wave": ""})
    assert sent.status_code == 422
    assert DraftResponse.objects.count() == 0


def pages_of(person: UUID, response: UUID, newest: UUID, episode: UUID, draft: UUID) -> list[str]:
    """Every page of this room about one person."""
    return [
        f"/people/{person}/answers/",
        f"/people/{person}/answers/phq9/",
        f"/people/{person}/ask/",
        f"/people/{person}/ask/gad7/",
        f"/people/{person}/episodes/new/",
        f"/answers/{response}/",
        f"/answers/{newest}/",
        f"/answers/{response}/versions/",
        f"/answers/{newest}/correct/",
        f"/episodes/{episode}/",
        f"/asking/{draft}/",
        f"/asking/{draft}/?at=99",
        f"/asking/{draft}/list/",
        f"/asking/{draft}/stay/",
        f"/asking/{draft}/discard/",
    ]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_opens_for_her_worker_and_for_nobody_else(
    clinic: Clinic, phq9: UUID, sign_in: Any, language: str
) -> None:
    """CA065: every page opens for her worker, in both directions; for others it is the same as if nothing was there."""
    by = clinic["chantal"]
    episode = open_episode(by=by, person=phq9, state="active").record
    first = record(clinic, phq9, episode=episode, answers=all_answers("nearly_every_day"))
    newest = amend_response(by=by, response=first.id, answers=all_answers("refused"), reason="misread").record
    client = sign_in("chantal")
    begin(client, phq9)
    draft = DraftResponse.objects.get().id
    assert episode is not None
    assert newest is not None
    elsewhere, absent = sign_in("tunde"), None
    for address in pages_of(phq9, first.id, newest, episode, draft):
        client.cookies["language"] = elsewhere.cookies["language"] = language
        shown = client.get(address)
        assert shown.status_code == 200, address
        assert f'lang="{language}"' in text(shown)
        refused = elsewhere.get(address)
        assert refused.status_code == 404, address
        absent = absent or refused.content
        assert refused.content == absent
    for name in ("rojin", "samir", "leila", "diego"):
        assert sign_in(name).get(f"/answers/{newest}/").status_code in (302, 404)


def test_the_person_page_and_today_know_her_care(clinic: Clinic, phq9: UUID, sign_in: Any) -> None:
    """CA066: her page shows the episode and her answers; Today shows that a measure is due, by code only."""
    open_episode(by=clinic["chantal"], person=phq9, state="active")
    record(clinic, phq9)
    client = sign_in("chantal")
    shown = text(client.get(f"/people/{phq9}/"))
    assert "Care" in shown
    assert "PHQ-9" in shown
    today = text(client.get("/"))
    assert "Time to ask again" in today
    assert "Haddad" not in today


def test_a_correction_by_page(clinic: Clinic, phq9: UUID, sign_in: Any) -> None:
    """CA067: the correcting page needs a reason, and shows old and new side by side afterwards."""
    first = record(clinic, phq9)
    client = sign_in("chantal")
    sent = {"q1": "nearly_every_day", "reason": ""}
    assert client.post(f"/answers/{first.id}/correct/", sent).status_code == 422
    done = client.post(f"/answers/{first.id}/correct/", sent | {"reason": "heard wrongly"})
    assert "10 of 27" in text(client.get(done["Location"]))
    old_and_new = text(client.get(f"/answers/{first.id}/versions/"))
    for words in ("heard wrongly", "our several_days", "our nearly_every_day", "Chantal"):
        assert words in old_and_new
