"""What was said aloud is heard by whoever may read the message, by nobody else, and goes with its words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.test import Client

from karama.accounts.models import User
from karama.journal import Actor, access_queue, clock
from karama.journal.models import Access, Change, Entry
from karama.knowledge.pack_voice import voice_of
from karama.safety.models import Alert
from karama.safety.standing import standing_of as alert_of
from karama.voice import pace, queries
from karama.voice.actions import answer_feedback, close_feedback, take_feedback
from karama.voice.asked import standing_of
from karama.voice.jobs import erase_old_words
from karama.voice.models import Feedback, FeedbackSound, KeptSound
from karama.voice.sounds import attached
from tests.accounts import signing
from tests.sync.phone import Phone
from tests.voice.conftest import Clinic, clinic
from tests.voice.saying import crowd, mariam

__all__ = ["clinic"]

BEGAN = datetime(2027, 3, 2, 9, 30, tzinfo=UTC)
SOUND = b"\x1aE\xdf\xa3 zoraida palenque " * 90


@pytest.fixture(autouse=True)
def _unhurried() -> None:
    pace.forget()


def spoken(clinic: Clinic, kind: str = "complaint", *, whole: bool = True, **more: Any) -> UUID:
    """A message said to Chantal's telephone; the message. `whole`: its sound has come as well."""
    before = set(Feedback.objects.values_list("id", flat=True))
    phone = Phone(clinic["chantal"]).enrol()
    phone.say("voice.type_in_feedback", SOUND, site=clinic.here.id, **{"kind": kind, "danger": "none"} | more)
    if whole:
        phone.sync()
    else:
        phone.group()
        phone.exchange(phone.outbox)
    return (set(Feedback.objects.values_list("id", flat=True)) - before).pop()


def owner(clinic: Clinic, message: UUID) -> Actor:
    standing = standing_of(message)
    assert standing is not None
    return next(one for one in clinic.actors.values() if one.id == standing.owner)


def browser_of(actor: Actor) -> Client:
    return signing.browser(User.objects.get(id=actor.id))


def addresses(message: UUID) -> tuple[str, str]:
    sound = FeedbackSound.objects.get(feedback=message)
    return f"/messages/{message}/", f"/messages/{message}/sound/{sound.id}/"


def test_whoever_answers_hears_it_and_nobody_else(clinic: Clinic) -> None:
    """VO560: the bytes come out as they came in, with the headers of a sound, only for whoever has taken the message;
    for a colleague, for whoever handed it in, for whoever is asked and has not taken it, and for nobody signed in it
    is the page of what is not there."""
    mariam(clinic)
    message = spoken(clinic)
    page, sound = addresses(message)
    by = owner(clinic, message)
    reader = browser_of(by)
    absent = reader.get(f"/messages/{message}/sound/{uuid4()}/")
    assert reader.get(sound).status_code == absent.status_code == 404, "before she has taken it"
    take_feedback(by=by, feedback=message)
    answer = reader.get(sound)
    assert (answer.status_code, answer.content) == (200, SOUND)
    assert answer["Content-Type"] == "audio/webm"
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"] == 'inline; filename="sound"'
    assert "media-src 'self'" in answer["Content-Security-Policy"]
    assert f'src="{sound}"' in reader.get(page).content.decode()
    access_queue.drain()
    told = Access.objects.filter(actor_id=by.id, route__in=("voice:message", "voice:sound"), outcome="listed")
    assert set(told.values_list("route", flat=True)) == {"voice:message", "voice:sound"}
    for other in clinic.actors.values():
        if other.id != by.id and other.kind == "user":
            client = browser_of(other)
            there, nowhere = client.get(sound), client.get(f"/messages/{message}/sound/{uuid4()}/")
            assert there.status_code == nowhere.status_code
            assert there.status_code in (403, 404)
            assert SOUND[:20] not in there.content
    stranger, nothing = Client().get(sound), Client().get(f"/messages/{uuid4()}/sound/{uuid4()}/")
    assert stranger.status_code == nothing.status_code != 200
    reader.logout()
    assert reader.get(sound).status_code == stranger.status_code, "a link that worked is none after she has left"


def test_the_page_says_that_it_is_still_coming(clinic: Clinic) -> None:
    """VO561: the message is with a person before its sound; the page says so, and there is nothing to play yet. Two
    weeks after the time that is told of it the page says that it did not come, and whom to ask."""
    mariam(clinic)
    message = spoken(clinic, whole=False)
    page, sound = addresses(message)
    by = owner(clinic, message)
    reader = browser_of(by)
    assert "still coming" not in reader.get(page).content.decode(), "not before she has taken it"
    take_feedback(by=by, feedback=message)
    told = reader.get(page).content.decode()
    assert "The voice is still coming" in told
    assert "<audio" not in told
    assert reader.get(sound).status_code == 404
    with time_machine.travel(clock.now() + timedelta(days=46), tick=False):
        told = browser_of(by).get(page).content.decode()
    assert "The voice did not come" in told
    assert "still coming" not in told


def test_names_that_are_said_aloud_pass_everybody_of_the_site(clinic: Clinic) -> None:
    """VO562: nobody can look for names in a voice, so a complaint that is said aloud goes the way of what is sensitive,
    past everybody of the site; who is named beside it is kept from it; thanks go to whoever answers thanks."""
    mariam(clinic)
    crowd(clinic)
    typed = Phone(clinic["chantal"]).enrol()
    typed.do("voice.type_in_feedback", site=clinic.here.id, kind="complaint", words="The queue is long", danger="none")
    typed.sync()
    plain = Feedback.objects.get().id
    message, thanks = spoken(clinic), spoken(clinic, "thanks")
    about = spoken(clinic, about_words="Leila", words="See the recording")
    found = {one: standing_of(one) for one in (plain, message, thanks, about)}
    asked = {one: standing for one, standing in found.items() if standing is not None}
    assert [one.kind for one in asked.values()] == ["complaint", "sensitive", "thanks", "sensitive"]
    nadia, leila = clinic["nadia"].id, clinic["leila"].id
    assert nadia in asked[plain].permitted
    assert nadia not in asked[message].permitted
    assert leila in asked[message].permitted
    assert leila in asked[about].barred


def test_a_danger_said_aloud_reaches_a_person_at_once(clinic: Clinic) -> None:
    """VO563: a danger is told before its sound has come; when it is a complaint nobody of the site is told first."""
    mariam(clinic)
    message = spoken(clinic, danger="life", whole=False)
    alert = Alert.objects.get()
    assert alert_of(alert).owner is not None
    assert clinic["nadia"].id in alert_of(alert).around.barred
    assert not KeptSound.objects.filter(feedback=message).exists()


def test_it_goes_with_the_words(clinic: Clinic) -> None:
    """VO564: when the words of a message are erased its sound opens no more, in no row and in nothing the journal
    holds; one that comes after that is let go of by the telephone and kept by nobody."""
    mariam(clinic)
    with time_machine.travel(BEGAN, tick=False):
        message, late = spoken(clinic), spoken(clinic, whole=False)
        for one in (message, late):
            by = owner(clinic, one)
            take_feedback(by=by, feedback=one)
            answer_feedback(by=by, feedback=one, words="Settled")
            close_feedback(by=by, feedback=one, words="")
    page, sound = addresses(message)
    kept = KeptSound.objects.get(feedback=message)
    assert any("b64:" in one for one in Change.objects.filter(row=kept.id).values_list("fields", flat=True))
    with time_machine.travel(BEGAN + voice_of("colombia-community").keeping.after + timedelta(days=1), tick=False):
        reader = browser_of(by)
        assert erase_old_words() == 2
        assert kept.opened() is None
        assert reader.get(sound).status_code == 404
        told = reader.get(page).content.decode()
        assert "<audio" not in told
        assert "still coming" not in told
        (one,) = attached(late).values()
        assert one.stored


def test_no_moment_tells_when_it_came(clinic: Clinic) -> None:
    """VO565: sound that comes days later is written down at the moment as which its message is told, and in the name of
    the house: neither its rows nor their identifiers tell more than the message does."""
    mariam(clinic)
    with time_machine.travel(BEGAN, tick=False):
        message = spoken(clinic, whole=False)
    with time_machine.travel(BEGAN + timedelta(days=9, hours=3), tick=False):
        (one,) = attached(message).values()
        one.take(SOUND)
    row, kept = Feedback.objects.get(pk=message), KeptSound.objects.get()
    entry = Entry.objects.get(action="voice.keep_sound")
    assert kept.recorded_at == entry.server_at == row.recorded_at
    assert kept.id.int >> 80 == row.id.int >> 80
    assert (entry.actor_kind, entry.op_id, entry.device_id) == ("job", None, None)


def test_the_microphone_is_for_one_page(clinic: Clinic) -> None:
    """VO566: only the page of the telephone's app may ask for a microphone; every other page is refused it."""
    from karama.sync import app

    assert app.built() is not None, "build it first: python3 run.py"
    assert "microphone=(self)" in Client().get("/field/")["Permissions-Policy"]
    assert "camera=()" in Client().get("/field/")["Permissions-Policy"]
    for path in ("/say/", "/field/worker.js"):
        assert "microphone=()" in Client().get(path)["Permissions-Policy"]


def test_a_sound_of_another_message_is_none(clinic: Clinic) -> None:
    """VO567: the sound of one message is not found under the address of another that the reader may open."""
    mariam(clinic)
    one, other = spoken(clinic), spoken(clinic, "sensitive")
    by = owner(clinic, one)
    for message in (one, other):
        if owner(clinic, message).id == by.id:
            take_feedback(by=by, feedback=message)
    sound = FeedbackSound.objects.get(feedback=other)
    assert browser_of(by).get(f"/messages/{one}/sound/{sound.id}/").status_code == 404
    assert queries.sounds_of(one) != queries.sounds_of(other)
