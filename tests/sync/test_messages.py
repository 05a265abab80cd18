"""Messages that somebody hands to a colleague: they come up from her telephone, and nobody reads them on the way."""

from __future__ import annotations

import json

import pytest

from karama.journal import Absent, reading
from karama.safety.models import Alert
from karama.security.identifiers import uuid7
from karama.sync.actions import enter_held
from karama.sync.models import HeldOperation
from karama.sync.queries import held_file, held_page, held_waiting
from karama.voice.models import Feedback, FeedbackKeptFrom
from tests.people.conftest import Clinic
from tests.sync.phone import Phone

MESSAGE = {"kind": "complaint", "face": "bad", "words": "The driver asks for money.", "danger": "none"}


def test_a_message_comes_up(phone: Phone, clinic: Clinic) -> None:
    """SY126: a message typed on a telephone counts once, with place and day as coarse as from paper; nothing of it
    comes down, to whoever typed it neither."""
    sent = phone.do("voice.type_in_feedback", site=clinic.here.id, about_words="Diego", **MESSAGE)
    phone.group()
    groups = list(phone.outbox)
    phone.sync()
    phone.outbox = groups
    phone.sync()
    assert phone.outcome(sent) == "done"
    row = Feedback.objects.get()
    assert (row.kind, row.channel) == ("complaint", "paper")
    assert clinic["diego"].id in set(FeedbackKeptFrom.objects.values_list("user_id", flat=True))
    down = json.dumps([list(map(str, held.rows.items())) for held in phone.files.values()])
    assert "driver" not in down
    assert not Alert.objects.exists()


def test_it_is_kept_whatever_fits(phone: Phone, clinic: Clinic) -> None:
    """SY127: a message of another version of the app, of a kind nobody knows, is kept as sensitive with every word."""
    sent = phone.do(
        "voice.type_in_feedback", site=clinic.here.id, kind="whistle", words="He comes at night.", mood=3, danger="life"
    )
    phone.sync()
    assert phone.outcome(sent) == "done"
    row = Feedback.objects.get()
    assert (row.kind, row.danger) == ("sensitive", "life")
    told = row.unseal("words")
    assert "He comes at night." in told
    assert "whistle" in told
    assert '"mood": 3' in told
    assert Alert.objects.count() == 1


def test_nobody_reads_it_on_the_way(phone: Phone, clinic: Clinic) -> None:
    """SY128: a message that cannot be entered waits closed: the supervisor of its author sees that something waits,
    neither its words nor its kind nor that it presses, and may have it entered unread."""
    sent = phone.do("voice.type_in_feedback", site=clinic.elsewhere.id, **MESSAGE)
    phone.sync()
    assert phone.outcome(sent) == "held"
    row, nadia = HeldOperation.objects.get(), clinic["nadia"]
    assert b"driver" not in bytes(row.content)
    with reading(by=nadia, purpose="supervision", route="tests.sync"):
        (line,) = held_waiting(nadia)
        assert (line.urgent, line.code) == (False, "")
        page = held_page(nadia, row.id)
        assert page.content is None
        assert "complaint" not in str(page)
        with pytest.raises(Absent):
            held_file(nadia, row.id)
    with pytest.raises(Exception, match="sync"):
        enter_held(by=nadia, held=row.id)


def test_a_duty_that_ended_loses_no_message(phone: Phone, clinic: Clinic) -> None:
    """SY129: what was written down before a duty ended arrives all the same."""
    from karama.accounts.actions import end_duty

    sent = phone.do("voice.type_in_feedback", site=clinic.here.id, **MESSAGE)
    other = phone.do("care.record_session", person=uuid7(), attended="absent")
    end_duty(by=clinic["samir"], posting=phone.posting)
    phone.sync()
    assert (phone.outcome(sent), phone.outcome(other)) == ("done", "held")
