"""Questions read aloud, on their way to telephones: only to those that ask, in small pieces, never in the way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from karama.accounts.actions.setting_up import SETUP
from karama.care import recordings
from karama.care.actions import install_recording, remove_wording
from karama.care.models import InstalledRecording
from karama.care.queries.wordings import loaded
from karama.sync import knowledge, wire
from karama.sync.sounds import pieces_for
from tests.care.conftest import Clinic
from tests.sync.phone import Phone

Q1 = "sound:phq9:en:q1"


@pytest.fixture(autouse=True)
def _anew() -> Iterator[None]:
    knowledge.forget()
    yield
    knowledge.forget()


def recorded(item: str = "q1", size: int = 5_000, instrument: str = "phq9", seed: int = 1) -> bytes:
    """A sound that nobody has to hear: as many bytes as asked, other ones by seed."""
    content = b"OggS" + bytes((seed * at * at + at) % 251 for at in range(size - 4))
    install_recording(by=SETUP, instrument=instrument, language="en", item=item, content=content)
    return content


def asking(by: Any) -> Phone:
    phone = Phone(by).enrol()
    phone.asks_knowledge = True
    phone.sync()
    return phone


def heard(phone: Phone, name: str = Q1, limit: int = 2_000) -> bytes:
    """All of one recording, asked for piece by piece."""
    phone.limit, found = limit, b""
    while piece := phone.ask_sounds({name: len(found)})["sounds"].get(name):
        assert piece["at"] == len(found)
        found += wire.from_b64(piece["content"])
    return found


def test_a_recording_comes_in_pieces_to_whoever_asks(clinic: Clinic, phq9: UUID) -> None:
    """CA590: a telephone is told which questions can be heard and how large they are; the sound itself comes only in a
    question of its own, from the byte it has reached, in pieces as small as it asks, and with nothing beside it."""
    content = recorded()
    phone = asking(clinic["chantal"])
    digest, size, kind = phone.knows("sounds")[Q1]
    assert (size, kind, len(digest)) == (5_000, "audio/ogg", recordings.SHORT)
    assert not [name for name in phone.knowledge if name.startswith("sound:")]
    assert heard(phone) == content
    answer = phone.ask_sounds({Q1: 3_000})
    assert set(answer) == {"status", "sounds"}
    assert answer["sounds"][Q1]["digest"] == digest
    assert len(answer["sounds"][Q1]["content"]) <= phone.limit
    phone.limit = wire.LARGEST_PIECE
    recorded("q2", 150_000)
    phone.sync()
    told = phone.ask_sounds({Q1: 0, "sound:phq9:en:q2": 0})["sounds"]
    assert sum(len(one["content"]) for one in told.values()) <= wire.USUAL_PIECE
    assert list(told) == [Q1, "sound:phq9:en:q2"]


def test_older_telephones_are_told_as_before(clinic: Clinic, phq9: UUID) -> None:
    """CA591: a question without sound is answered as before, with what changed and without a byte of sound; one that
    asks no knowledge hears of none."""
    before = asking(clinic["chantal"])
    recorded()
    reply = before.exchange([])["answer"]
    assert {"blocks", "purges", "cursor", "knowledge"} <= set(reply)
    assert "sounds" not in reply
    assert list(reply["knowledge"]["parts"]) == ["sounds"]
    oldest = Phone(clinic["chantal"]).enrol()
    oldest.sync()
    assert oldest.knowledge == {}


def test_one_too_large_stays_at_the_desk(clinic: Clinic, phq9: UUID) -> None:
    """CA592: a recording that a weak link does not bear goes to no telephone; who loads recordings is told which."""
    recorded("q1", recordings.LARGEST_TRAVELLING)
    recorded("q2", recordings.LARGEST_TRAVELLING + 1)
    phone = asking(clinic["chantal"])
    assert set(phone.knows("sounds")) == {Q1}
    assert phone.ask_sounds({"sound:phq9:en:q2": 0})["sounds"] == {}
    (row,) = (one for one in loaded() if one.instrument == "phq9")
    assert (row.heard, row.too_large) == (2, ("q2",))


def test_what_is_not_hers_to_ask_is_not_heard(clinic: Clinic, phq9: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    """CA593: a recording of what this duty does not ask, of an instrument that is locked, and one that never was: the
    same answer, which is none."""
    recorded()
    other = asking(clinic.hire("new", "physiotherapist", clinic.here))
    assert other.knows("sounds") is None
    made_up = ["sound:phq9:en:q77", "sound:asist_gbv:en:q1", "sound:phq9:ar:q1", "phq9", "sound:::", "a:b:c:d:e"]
    for name in [Q1, *made_up]:
        assert other.ask_sounds({name: 0}) == {"status": "ok", "sounds": {}}
    hers = asking(clinic["chantal"])
    for name in made_up:
        assert hers.ask_sounds({name: 0}) == {"status": "ok", "sounds": {}}
    assert hers.ask_sounds({Q1: 5_000})["sounds"] == {}, "it ends where it ends"
    monkeypatch.setattr("karama.care.wording.lock", lambda card, permitted: "draft_safety")
    knowledge.forget()
    assert hers.ask_sounds({Q1: 0})["sounds"] == {}


def test_what_is_replaced_or_removed_goes(clinic: Clinic, phq9: UUID) -> None:
    """CA594: another recording of a question is told of as another; removed words take their sound along; a file that
    was changed is not sent."""
    recorded()
    phone = asking(clinic["chantal"])
    before = phone.knows("sounds")[Q1][0]
    content = recorded(seed=2)
    phone.sync()
    after = phone.knows("sounds")[Q1][0]
    assert before != after
    assert phone.ask_sounds({Q1: 0})["sounds"][Q1]["digest"] == after
    assert heard(phone) == content
    row = InstalledRecording.objects.get(removed_at__isnull=True)
    file = Path(settings.KARAMA_HOME) / "wording" / "phq9" / "en.audio" / row.digest
    file.write_bytes(content[:-1] + b"!")
    assert phone.ask_sounds({Q1: 0})["sounds"] == {}
    remove_wording(by=SETUP, instrument="phq9", language="en")
    assert phone.exchange([])["answer"]["knowledge"]["gone"] == ["sounds"]


def test_who_may_ask_nothing_hears_nothing(clinic: Clinic, phq9: UUID) -> None:
    """CA595: a key that was taken back, an old challenge and a question nobody signed get no sound; too many at once
    are no question."""
    recorded()
    phone = asking(clinic["chantal"])
    phone.challenge = "old"
    assert phone.ask_sounds({Q1: 0}) == {"status": "again"}
    told = {"v": 1, "posting": str(phone.posting), "sounds": {f"sound:phq9:en:q{at}": 0 for at in range(9)}}
    assert wire.read_ask(wire.text_of(told)) is None
    stranger = Phone(clinic["nadia"])
    assert stranger.ask_sounds({Q1: 0}) == {"status": "unknown_key"}


def test_nothing_of_a_person_is_asked_for_sound(clinic: Clinic, phq9: UUID) -> None:
    """CA596: a question for sound looks at nobody's file, whoever is on the caseload."""
    recorded()
    ask = wire.Ask(v=1, posting=UUID(int=0), sounds={Q1: 0})
    with CaptureQueriesContext(connection) as asked:
        assert list(pieces_for(clinic["chantal"], ask)) == [Q1]
    assert not [one["sql"] for one in asked if "people_person" in one["sql"] or "care_response" in one["sql"]]
