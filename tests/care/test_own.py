"""Participant mode: the screen in the person's hands."""

from __future__ import annotations

import io
import re
import wave
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.test import Client

from karama.accounts import locking
from karama.accounts.actions import end_duty
from karama.accounts.actions.setting_up import SETUP
from karama.accounts.models import Posting
from karama.care import recordings
from karama.care.actions import drafts, hand_over_draft, install_recording, remove_wording
from karama.care.models import DraftResponse, InstalledRecording, Response
from karama.care.problems import (
    AnsweringNow,
    CannotHandOver,
    ItemUnknown,
    NobodyOnShift,
    NoSuchWording,
    RecordingDoesNotFit,
)
from karama.care.queries import asking
from karama.journal import Refused
from karama.notices.models import Notice
from karama.people.actions import join_files
from karama.safety.models import Alert
from tests.care.conftest import Clinic
from tests.care.test_pages import begin, sign_in, text

__all__ = ["sign_in"]


@pytest.fixture
def somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody is on shift."""
    for module in (asking, drafts):
        monkeypatch.setattr(module, "safety_questions_open", lambda site, now: True)


@pytest.fixture
def handed(clinic: Clinic, phq9: UUID, sign_in: Any, somebody: None) -> tuple[Client, str]:
    """Chantal's browser in Amal's hands, and the one address that is open."""
    client = sign_in("chantal")
    begin(client, phq9)
    draft = DraftResponse.objects.get().id
    sent = client.post(f"/asking/{draft}/hand/", {"alone": "yes"})
    return client, str(sent["Location"])


def answer(client: Client, address: str, chosen: str) -> Any:
    """Tap an answer of the question that is shown."""
    shown = text(client.get(address))
    return client.post(address, {"item": re.findall(r'name="item" value="([^"]+)"', shown)[0], "answer": chosen})


def test_the_person_answers_alone(handed: tuple[Client, str], clinic: Clinic) -> None:
    """CA300: one question at a time, in the person's own mode; at the end nothing of the answers is on the screen."""
    client, address = handed
    assert "?go=1" in text(client.get(address))
    client.get(address + "?go=1")
    for tap in range(10):
        answer(client, address + "?go=1", "not_at_all" if tap < 9 else "not_difficult")
    ended = client.post(address)
    assert ended["Location"] == f"{address}thanks/"
    thanks = text(client.get(ended["Location"]))
    assert "our not_at_all" not in thanks
    assert "of 27" not in thanks
    assert Response.objects.get().mode == "self"
    assert Response.objects.get().author_id == clinic["chantal"].id


def test_a_duty_that_ends_locks_the_screen(handed: tuple[Client, str], clinic: Clinic) -> None:
    """CA405: where the worker's duty ends while somebody answers, the screen locks and leads nowhere else; what was
    being answered is kept under seal."""
    client, address = handed
    shown = text(client.get(address + "?go=1"))
    item = re.findall(r'name="item" value="([^"]+)"', shown)[0]
    end_duty(by=clinic["samir"], posting=Posting.objects.get(user_id=clinic["chantal"].id).id)
    sent = client.post(address, {"item": item, "answer": "not_at_all"})
    assert sent["Location"].startswith("/locked/")
    assert "our not_at_all" not in text(client.get(sent["Location"]))
    for path in (address, "/"):
        assert client.get(path)["Location"].startswith("/locked/")
    assert locking.HELD in client.session


def test_nothing_else_opens(handed: tuple[Client, str], phq9: UUID, clinic: Clinic, reading_as: Any) -> None:
    """CA301: every other page leads back to the question; no earlier answer can be reached or changed."""
    client, address = handed
    answer(client, address + "?go=1", "nearly_every_day")
    draft = DraftResponse.objects.get()
    for path in ("/", f"/people/{phq9}/", f"/asking/{draft.id}/", f"/asking/{draft.id}/list/", "/people/"):
        for sent in (client.get(path), client.post(path)):
            assert (sent.status_code, sent["Location"]) == (302, address), path
    for shown in (client.get(address), client.get(address + "?at=0")):
        assert 'aria-pressed="true"' not in text(shown)
        assert 'value="q1"' not in text(shown)
    client.post(address, {"item": "q1", "answer": "not_at_all"})
    draft.refresh_from_db()
    with reading_as(clinic["chantal"]):
        assert draft.unseal("answers") == {"q1": "nearly_every_day"}


def test_a_safety_answer_is_kept_with_its_tap(handed: tuple[Client, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """CA302: the alert is out before the next page, even after a long time of quiet; the person sees what helps now."""
    client, address = handed
    for _tap in range(8):
        answer(client, address + "?go=1", "not_at_all")
    monkeypatch.setattr(settings, "KARAMA_IDLE_LOCK_SECONDS", -1)
    sent = answer(client, address, "several_days")
    assert Alert.objects.count() == 1
    assert sent["Location"] == f"{address}help/"
    help_page = text(client.get(sent["Location"]))
    assert "Help now" in help_page
    assert "Somebody from the team knows now" in help_page
    assert "our several_days" not in help_page


def test_who_is_in_the_room_is_called_without_a_word(clinic: Clinic, phq9: UUID, sign_in: Any, somebody: None) -> None:
    """CA644: where the worker is in the room, a safety answer turns the screen to a calm page that asks to hand the
    tablet back, and to nothing else; the end of every questionnaire looks the same; the worker's own notice names the
    tablet by its number and says no more; help stays one tap away and the alert went out with the answer."""
    client = sign_in("chantal")
    begin(client, phq9)
    draft = DraftResponse.objects.get().id
    tablet = re.findall(r'name="tablet" value="(\d)"', text(client.get(f"/asking/{draft}/hand/")))[0]
    address = str(client.post(f"/asking/{draft}/hand/", {"alone": "no", "tablet": tablet})["Location"])
    for _tap in range(8):
        answer(client, address + "?go=1", "not_at_all")
    sent = answer(client, address + "?go=1", "several_days")
    assert sent["Location"] == f"{address}signal/"
    assert Alert.objects.count() == 1
    calm = text(client.get(sent["Location"])).partition("<body")[2]
    assert "Please hand the tablet back" in calm
    for word in ("danger", "alert", "safety", "suicid", "alone", "Somebody", "team", "our several_days"):
        assert word not in re.sub(r"<[^>]*>", " ", calm), word
    assert "data-signal" in calm
    assert f"{address}help/" in calm
    notice = Notice.objects.get(user_id=clinic["chantal"].id, kind__startswith="care.tablet")
    assert (notice.kind, notice.place) == (f"care.tablet_{tablet}", None)
    assert f"Please look at tablet {tablet}" in text(sign_in("chantal").get("/notices/"))
    answer(client, address + "?go=1", "not_difficult")
    ended = client.post(address)
    last = text(client.get(ended["Location"])).partition("<body")[2]
    shape = re.findall(r'<div class="signal".*?</div>', calm, re.DOTALL)
    assert shape
    assert re.findall(r'<div class="signal".*?</div>', last, re.DOTALL) == shape


def test_the_password_takes_it_back(handed: tuple[Client, str]) -> None:
    """CA303: to give the screen back locks it; after the password the worker is at the questions again."""
    client, address = handed
    assert "password" in text(client.post("/lock/", follow=True))
    assert client.get(address).status_code == 302
    session = client.session
    assert locking.HANDED not in session
    session.pop(locking.LOCKED)
    session.save()
    draft = DraftResponse.objects.get().id
    assert client.get(address)["Location"] == f"/asking/{draft}/"


def test_nobody_is_left_alone(clinic: Clinic, phq9: UUID, sign_in: Any) -> None:
    """CA304: without somebody on shift the worker stays in the room; it is not offered and not taken (DESIGN 7a)."""
    client = sign_in("chantal")
    begin(client, phq9)
    draft = DraftResponse.objects.get().id
    with pytest.raises(NobodyOnShift):
        hand_over_draft(by=clinic["chantal"], draft=draft, alone=True)
    assert 'value="yes"' not in text(client.get(f"/asking/{draft}/hand/"))
    assert client.post(f"/asking/{draft}/hand/", {"alone": "no"}).status_code == 302


def test_what_nobody_validated_is_read_out(clinic: Clinic, phq9: UUID, sign_in: Any, somebody: None) -> None:
    """CA305: questions without a validated wording in the person's language are not handed over."""
    client = sign_in("chantal")
    begin(client, phq9, "es")
    with pytest.raises(CannotHandOver):
        hand_over_draft(by=clinic["chantal"], draft=DraftResponse.objects.get().id)


def test_somebody_elses_is_not_handed_over(handed: tuple[Client, str], sign_in: Any) -> None:
    """CA306: a colleague with the address does not come in, and hers does not open what was not handed over."""
    _client, address = handed
    assert sign_in("nadia").get(address).status_code == 404


def spoken(seconds: float = 0.1) -> bytes:
    """A short sound."""
    kept = io.BytesIO()
    with wave.open(kept, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(8000)
        file.writeframes(bytes([128] * int(8000 * seconds)))
    return kept.getvalue()


def test_questions_can_be_heard(handed: tuple[Client, str]) -> None:
    """CA307: a question with a recording has its sound in the person's hands; one without has none; a changed file is
    not played; another wording silences it."""
    client, address = handed
    row = install_recording(by=SETUP, instrument="phq9", language="en", item="q1", content=spoken())
    shown = text(client.get(address + "?go=1"))
    heard = client.get(f"{address}sound/q1/")
    assert f"{address}sound/q1/" in shown
    assert (heard["Content-Type"], heard.content) == ("audio/wav", spoken())
    assert client.get(f"{address}sound/q2/").status_code == 404
    kept = InstalledRecording.objects.get(pk=row.value.id)
    file = Path(settings.KARAMA_HOME) / "wording" / "phq9" / "en.audio" / kept.digest
    file.write_bytes(spoken(0.2))
    assert client.get(f"{address}sound/q1/").status_code == 404
    remove_wording(by=SETUP, instrument="phq9", language="en")
    assert not recordings.spoken("phq9", "en")


def test_what_is_no_sound_is_refused(clinic: Clinic, phq9: UUID) -> None:
    """CA308: no sound file, too large a one, an item or a language that is not there: refused by name, nothing kept."""
    told: dict[str, Any] = {"by": SETUP, "instrument": "phq9", "language": "en", "item": "q1", "content": spoken()}
    for change, problem in (
        ({"content": b"<html>"}, RecordingDoesNotFit),
        ({"content": spoken(400)}, RecordingDoesNotFit),
        ({"item": "q77"}, ItemUnknown),
        ({"language": "ar"}, NoSuchWording),
    ):
        with pytest.raises(problem):
            install_recording(**(told | change))
    with pytest.raises(Refused):
        install_recording(**(told | {"by": clinic["chantal"]}))
    assert not recordings.spoken("phq9", "en")


def test_no_answer_is_lost_between_showing_and_sending(
    handed: tuple[Client, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """CA309: the shift ends between a safety question and its tap: the answer is kept and told."""
    client, address = handed
    for _tap in range(8):
        answer(client, address + "?go=1", "not_at_all")
    monkeypatch.setattr(asking, "safety_questions_open", lambda site, now: False)
    client.post(address, {"item": "q9", "answer": "several_days"})
    assert Alert.objects.count() == 1


def test_an_answer_after_the_lock_is_kept(handed: tuple[Client, str]) -> None:
    """CA298: a tap that arrives after the screen was given back, sent again by the worker, is kept and told."""
    client, address = handed
    session = client.session
    session.pop(locking.HANDED)
    session.save()
    sent = client.post(address, {"item": "q9", "answer": "several_days"})
    assert Alert.objects.count() == 1
    assert sent["Location"] == f"/asking/{DraftResponse.objects.get().id}/"


def test_no_file_is_joined_while_its_person_answers_alone(
    handed: tuple[Client, str], clinic: Clinic, phq9: UUID
) -> None:
    """CA406: a file is not folded under the hands of the person who answers; an answer of danger raises its alert."""
    client, address = handed
    other = clinic.register("chantal")
    with pytest.raises(AnsweringNow):
        join_files(by=clinic["nadia"], person=phq9, into=other, reason="same card")
    for _item in range(9):
        answer(client, address + "?go=1", "nearly_every_day")
    assert Alert.objects.filter(person_id=phq9).count() == 1
