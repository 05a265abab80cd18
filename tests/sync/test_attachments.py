"""What was said aloud comes up after its message, in parts: once, for its own author, never too much, never said to be
here when it is not."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine

from karama.accounts.actions import revoke_device
from karama.journal import Absent, integrity
from karama.journal.models import Entry
from karama.security import digests
from karama.security.identifiers import uuid7
from karama.sync import attachments, jobs
from karama.sync.actions import HOLDER, enter_held
from karama.sync.models import Attachment, AttachmentPart, HeldOperation
from karama.voice import field
from karama.voice.actions import keep_sound
from karama.voice.models import Feedback, FeedbackSound, KeptSound
from tests.people.conftest import Clinic
from tests.sync.phone import Phone, new_life

SOUND = b"OggS zoraida palenque " * 400
MESSAGE: dict[str, Any] = {"kind": "complaint", "danger": "none"}


def _said(phone: Phone, clinic: Clinic, content: bytes = SOUND, **more: Any) -> tuple[UUID, str]:
    made = phone.say("voice.type_in_feedback", content, site=clinic.here.id, **MESSAGE | more)
    return made, digests.sha256(content).hex()


def _received(phone: Phone) -> dict[str, Any]:
    """Send what waits, without its sound; the receipt of the last."""
    phone.group()
    reply = phone.exchange(phone.outbox, pull=True)
    receipt: dict[str, Any] = json.loads(reply["uploads"][-1]["receipts"][-1])
    return receipt


def test_the_message_is_there_before_its_sound(phone: Phone, clinic: Clinic) -> None:
    """SY300: a message is done at once and its receipt lists nothing as stored; after the last part the same operation
    gets a receipt that lists it, and only then does the telephone let go. The bytes are the ones that were sent."""
    op, digest = _said(phone, clinic)
    first = _received(phone)
    assert (first["outcome"], first["attachments"]) == ("done", [])
    assert Feedback.objects.count() == 1
    assert phone.outbox
    phone.sync()
    second = phone.receipts[phone.retained[0].digests[0]]
    assert second["attachments"] == [digest]
    assert {name: first[name] for name in first if name != "attachments"} == {
        name: second[name] for name in second if name != "attachments"
    }
    assert KeptSound.objects.get().opened() == SOUND
    assert Entry.objects.filter(op_id=op).count() == 1
    assert not AttachmentPart.objects.exists()
    assert Attachment.objects.filter(digest="", op_id=None).count() == 1
    assert integrity.check() == []


def test_parts_come_as_often_and_in_whatever_order_they_like(phone: Phone, clinic: Clinic) -> None:
    """SY301: a part counts once; one that does not begin where the last one ended is not taken, and the answer says
    where to go on; nothing of it lies in the clear."""
    op, digest = _said(phone, clinic)
    _received(phone)
    assert phone.send_part(op, digest, 0, b"") == {"at": 0, "stored": False}
    for _time in range(2):
        assert phone.send_part(op, digest, 0, SOUND[:600]) == {"at": 600, "stored": False}
    assert phone.send_part(op, digest, 1200, SOUND[1200:1300])["at"] == 600
    assert phone.send_part(op, digest, 600, SOUND + SOUND)["at"] == 600, "more than there is"
    assert all(b"zoraida" not in bytes(one.content) for one in AttachmentPart.objects.all())
    assert phone.send_part(op, digest, 600, SOUND[600:]) == {"at": len(SOUND), "stored": True}
    assert phone.send_part(op, digest, 0, SOUND) == {"at": len(SOUND), "stored": True}, "again"
    assert KeptSound.objects.count() == 1
    row = KeptSound.objects.get()
    assert b"zoraida" not in bytes(row.content)


def test_what_is_something_else_is_thrown_away_and_asked_again(phone: Phone, clinic: Clinic) -> None:
    """SY302: bytes of the right number and another digest are kept by nobody and never said to be stored; the true ones
    are taken after that."""
    op, digest = _said(phone, clinic)
    _received(phone)
    assert phone.send_part(op, digest, 0, bytes(len(SOUND))) == {"at": 0, "stored": False}
    assert not AttachmentPart.objects.exists()
    assert not KeptSound.objects.exists()
    phone.sync()
    assert KeptSound.objects.get().opened() == SOUND
    with pytest.raises(Absent):
        keep_sound(by=HOLDER, sound=FeedbackSound.objects.get().id, content=b"something else")


def test_only_its_author_brings_it(phone: Phone, clinic: Clinic) -> None:
    """SY303: a part of an operation of a colleague, of none, or of one that names nothing is taken by nobody, and all
    three get the answer of one that has not begun."""
    op, digest = _said(phone, clinic)
    _received(phone)
    other = Phone(clinic["diego"]).enrol()
    other.sync()
    nothing = {"at": 0, "stored": False}
    assert other.send_part(op, digest, 0, SOUND) == nothing
    assert phone.send_part(uuid7(), digest, 0, SOUND) == nothing
    assert phone.send_part(op, digests.sha256(b"x").hex(), 0, b"x") == nothing
    plain = phone.do("voice.type_in_feedback", site=clinic.here.id, words="More drums.", **MESSAGE)
    phone.group()
    phone.exchange(phone.outbox)
    assert phone.send_part(plain, digest, 0, SOUND) == nothing
    assert not AttachmentPart.objects.exists()
    phone.sync()
    assert other.send_part(op, digest, 0, b"") == nothing, "nor does anybody else learn that it is here"


def test_nobody_fills_the_disk(phone: Phone, clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    """SY304: what is too large, too many or no sound is named by no message, which is kept all the same; a telephone
    brings so many recordings and bytes in a day and no more, and the others wait on it until the next."""
    named = {"sha256": digests.sha256(SOUND).hex(), "mime": "audio/webm", "size": 600_001}
    for told in ([named], [named | {"mime": "text/html", "size": 9}], "x", [1], [named | {"sha256": "../.."}]):
        sent = phone.do("voice.type_in_feedback", site=clinic.here.id, words="A", attachments=told, **MESSAGE)
        phone.sync()
        assert phone.outcome(sent) == "done"
    assert not FeedbackSound.objects.exists()
    monkeypatch.setattr(attachments, "MOST_A_DAY", 2)
    with time_machine.travel(datetime(2026, 10, 14, 12, tzinfo=UTC)) as travel:
        for number in range(3):
            _said(phone, clinic, SOUND + bytes([number]))
        phone.sync(rounds=3)
        assert KeptSound.objects.count() == 2
        assert not phone.synced
        monkeypatch.setattr(attachments, "BYTES_A_DAY", len(SOUND))
        travel.shift(timedelta(days=1))
        phone.sync(rounds=3)
        assert KeptSound.objects.count() == 2, "it is larger than a day allows"
        monkeypatch.setattr(attachments, "BYTES_A_DAY", len(SOUND) + 1)
        phone.sync(rounds=3)
        assert phone.synced
    assert Feedback.objects.count() == 8


def test_a_telephone_that_was_taken_back_finishes(phone: Phone, clinic: Clinic) -> None:
    """SY305: what was received from a telephone before it was taken back is completed, so that it can empty itself."""
    _said(phone, clinic)
    _received(phone)
    revoke_device(by=clinic["samir"], device=phone.device, why="lost")
    phone.sync()
    assert KeptSound.objects.get().opened() == SOUND
    assert (phone.revoked, phone.synced) == (True, True)


def test_what_is_held_keeps_its_sound(phone: Phone, clinic: Clinic) -> None:
    """SY306: of a message that could not be entered the sound waits under seal and counts as stored, however long
    somebody takes to look; it goes to the message once that is entered after all."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(field, "take_from_telephone", _breaks)
        op, _digest = _said(phone, clinic)
        phone.sync()
    assert (phone.outcome(op), phone.synced) == ("held", True)
    assert not Feedback.objects.exists()
    assert AttachmentPart.objects.count() > 1
    with time_machine.travel(datetime.now(UTC) + timedelta(days=90)):
        jobs.run()
    assert Attachment.objects.filter(whole=True).count() == 1
    enter_held(by=clinic["nadia"], held=HeldOperation.objects.get().id)
    assert KeptSound.objects.get().opened() == SOUND
    assert not Attachment.objects.exists()
    assert integrity.check() == []


def _breaks(*_told: Any) -> Any:
    raise RuntimeError


def test_what_nobody_completes_goes(phone: Phone, clinic: Clinic) -> None:
    """SY307: parts that nobody completes go after sixty days; the telephone then begins anew. A count is kept a day."""
    op, digest = _said(phone, clinic)
    _received(phone)
    phone.send_part(op, digest, 0, SOUND[:900])
    later = datetime.now(UTC) + timedelta(days=61)
    jobs.run()
    assert AttachmentPart.objects.count() == 1
    with time_machine.travel(later):
        jobs.run()
        assert not AttachmentPart.objects.exists()
        phone.sync()
        assert KeptSound.objects.get().opened() == SOUND
        assert Attachment.objects.count() == 1
    with time_machine.travel(later + timedelta(days=1)):
        jobs.run()
        assert not Attachment.objects.exists()


def test_a_restore_asks_for_it_again(phone: Phone, clinic: Clinic) -> None:
    """SY308: a server in another life is offered message and sound again, and neither counts twice."""
    _said(phone, clinic)
    phone.sync()
    new_life()
    phone.sync()
    phone.sync()
    assert phone.synced
    assert (Feedback.objects.count(), KeptSound.objects.count()) == (1, 1)
