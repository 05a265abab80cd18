"""Words of messages that are over go, for good; what is still waited for, and what is counted, stays."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.db import connection
from django.test import Client

from karama.journal import Refused
from karama.journal.integrity import check_tables
from karama.journal.models import Change, Entry
from karama.journal.sealed import ERASED
from karama.knowledge.pack_voice import voice_of
from karama.people.jobs import finish_erasures, sweep_unused_keys
from karama.security import vault
from karama.security.models import PersonKey
from karama.voice import pace, packs, queries
from karama.voice.actions import answer_feedback, close_feedback, erase_words, hand_outside, look_into, take_feedback
from karama.voice.asked import standing_of
from karama.voice.facts import feedback_rows
from karama.voice.jobs import KEEPER, erase_old_words
from karama.voice.models import Feedback, FeedbackStep
from karama.voice.problems import NotNow
from tests.voice.conftest import Clinic, clinic
from tests.voice.saying import crowd, mariam, said, sent

__all__ = ["clinic"]

BEGAN = datetime(2027, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _unhurried() -> None:
    pace.forget()


def days() -> timedelta:
    return voice_of("colombia-community").keeping.after


def answered(clinic: Clinic, words: str = "Nobody listens", **more: Any) -> UUID:
    """A message, taken and answered by whoever has it."""
    message = sent(clinic, words, **({"kind": "complaint"} | more))
    standing = standing_of(message)
    by = next(one for one in clinic.actors.values() if standing and one.id == standing.owner)
    take_feedback(by=by, feedback=message)
    look_into(by=by, feedback=message, words="Qznote")
    answer_feedback(by=by, feedback=message, words="Qzanswer")
    return message


def ciphertexts(message: UUID) -> list[str]:
    """Every sealed value of the message and its steps that the journal holds."""
    rows = [message, *FeedbackStep.objects.filter(feedback=message).values_list("id", flat=True)]
    told = Change.objects.filter(row__in=rows).values_list("fields", flat=True)
    return [
        str(after) for fields in told for _before, after in json.loads(fields).values() if str(after).startswith("b64:")
    ]


def test_words_go_for_good_after_the_days_of_the_pack(clinic: Clinic) -> None:
    """VO361: the daily job erases words, face, answers and notes of a message that is over: its key is destroyed, so
    that also what the journal holds opens no more. One entry each; it says of how many; run again it finds nothing."""
    mariam(clinic)
    with time_machine.travel(BEGAN, tick=False):
        message = answered(clinic, "Qzwords", face="bad", about_duty="nurse", about_words="Somebody tall")
        other = sent(clinic, "Still open")
    assert len(ciphertexts(message)) >= 5
    with time_machine.travel(BEGAN + days() - timedelta(hours=1), tick=False):
        assert erase_old_words() == 0
        assert Feedback.objects.get(pk=message).text_of("words") == "Qzwords"
    with time_machine.travel(BEGAN + days(), tick=False):
        assert erase_old_words() == 1
        assert erase_old_words() == 0
    row = Feedback.objects.get(pk=message)
    assert [row.unseal(name) for name in ("words", "face", "about")] == [ERASED] * 3
    assert all(not one.text_of("words") for one in FeedbackStep.objects.filter(feedback=message))
    assert vault.is_erased(message)
    assert not PersonKey.objects.using("keys").filter(person_id=message).exists()
    assert Entry.objects.filter(action="voice.erase_words").count() == 1
    assert Feedback.objects.get(pk=other).text_of("words") == "Still open"
    assert check_tables() == []


def test_what_is_waited_for_is_never_erased(clinic: Clinic) -> None:
    """VO362: however old: what is open, what was handed outside, and what is sensitive and not closed keeps its words;
    an answer that was not agreed with opens it again."""
    from karama.voice.incoming import take_disagreement

    director, leila = mariam(clinic), clinic["leila"]
    with time_machine.travel(BEGAN, tick=False):
        waiting = sent(clinic, "Waiting")
        taken = sent(clinic, "Taken")
        take_feedback(by=director, feedback=taken)
        outside = sent(clinic, "Outside", kind="complaint")
        take_feedback(by=director, feedback=outside)
        hand_outside(by=director, feedback=outside, words="To the ombudsman")
        sensitive = answered(clinic, "He asks for money", kind="sensitive")
        contested = answered(clinic, "Contested")
        assert take_disagreement(contested, "No")
    much_later = BEGAN + 4 * days()
    with time_machine.travel(much_later, tick=False):
        assert erase_old_words() == 0
        for message in (waiting, taken, outside, sensitive, contested):
            with pytest.raises(NotNow):
                erase_words(by=KEEPER, feedback=message)
            assert Feedback.objects.get(pk=message).text_of("words")
        close_feedback(by=leila, feedback=sensitive)
        assert erase_old_words() == 0
    with time_machine.travel(much_later + days(), tick=False):
        assert erase_old_words() == 1
        assert Feedback.objects.get(pk=sensitive).unseal("words") is ERASED


def test_statistics_stay_as_they_were(clinic: Clinic) -> None:
    """VO363: kind, month, place, whether it is about somebody who works here and the days until the answer are counted
    as before; whoever it was kept from still does not count it."""
    mariam(clinic)
    with time_machine.travel(BEGAN, tick=False):
        crowd(clinic)
        messages = [
            answered(clinic, "Queue"),
            answered(clinic, "x", about_duty="nurse"),
            answered(clinic, "Rojin did it", kind="sensitive"),
        ]
        close_feedback(by=clinic["leila"], feedback=messages[-1])
    mel = clinic.hire("mel", "mel_officer")

    def counted(by: Any) -> list[Any]:
        rows = feedback_rows(by=by, programme=clinic.programme.id)
        return [(one.kind, one.month, one.site, one.about_staff, one.days, one.channel) for one in rows]

    whole, partly = counted(mel), counted(clinic["rojin"])
    assert len(whole) == 3 > len(partly)
    with time_machine.travel(BEGAN + days(), tick=False):
        assert erase_old_words() == 3
        assert counted(mel) == whole
        assert counted(clinic["rojin"]) == partly
        assert {one.state for one in feedback_rows(by=mel, programme=clinic.programme.id)} == {"closed"}


def test_the_page_under_the_token_says_calmly_that_it_is_over(clinic: Clinic) -> None:
    """VO364: whoever kept her code finds that it is over, no answer any more and nothing to disagree with; whoever
    answered finds the message without its words, and nothing that may follow."""
    director = mariam(clinic)
    with time_machine.travel(BEGAN, tick=False):
        token = said(clinic, "Nobody listens", kind="complaint", wants_answer=True).token
        message = Feedback.objects.get().id
        take_feedback(by=director, feedback=message)
        answer_feedback(by=director, feedback=message, words="Qzanswer")
    before = Client().post("/say/answer/", {"token": token}).content.decode()
    assert "Qzanswer" in before
    with time_machine.travel(BEGAN + days(), tick=False):
        assert erase_old_words() == 1
        page = Client().post("/say/answer/?l=en", {"token": token}).content.decode()
        assert "This is over." in page
        assert "Qzanswer" not in page
        assert 'name="words"' not in page
        again = Client().post("/say/answer/?l=en", {"token": token, "do": "disagree", "words": "No"}).content.decode()
        assert "This is over." in again
        shown = queries.feedback_page(director, message)
        assert (shown.line.state, shown.words, shown.following, shown.may_take) == ("erased", "", (), False)
        assert queries.feedback_waiting(director) == []


def test_only_the_job_erases(clinic: Clinic) -> None:
    """VO365: nobody who answers can make a message unreadable, whenever; whoever it is about least of all."""
    director = mariam(clinic)
    with time_machine.travel(BEGAN, tick=False):
        message = answered(clinic)
    with time_machine.travel(BEGAN + days(), tick=False):
        for by in (director, clinic["nadia"], clinic["leila"], clinic["samir"]):
            with pytest.raises(Refused):
                erase_words(by=by, feedback=message)
    assert Feedback.objects.get(pk=message).text_of("words") == "Nobody listens"


def test_its_keys_do_not_tell_when_it_was_written(clinic: Clinic) -> None:
    """VO366: the moment that stands beside the keys of a message is the end of the day, week or month that is kept of
    it; the sweep of unused keys leaves them alone."""
    with time_machine.travel(BEGAN, tick=False):
        message = sent(clinic, "Qzwords")
        row = Feedback.objects.get(pk=message)
        assert row.time == "month"
        made = set(PersonKey.objects.using("keys").filter(person_id=message).values_list("made_at", flat=True))
        assert made == {datetime(2027, 4, 1, tzinfo=UTC)}
    with time_machine.travel(BEGAN + timedelta(days=60), tick=False):
        sweep_unused_keys()
        assert Feedback.objects.get(pk=message).text_of("words") == "Qzwords"


def test_erased_stays_erased_after_a_crash_or_an_older_backup(clinic: Clinic) -> None:
    """VO367: the key is gone and the step is not there: start-up writes it, also where the older rows say that somebody
    still waits; nobody is asked to answer what cannot be read."""
    director = mariam(clinic)
    with time_machine.travel(BEGAN, tick=False):
        over, still_open = answered(clinic), sent(clinic, "Open in the backup")
    for message in (over, still_open):
        vault.erase(message)
    for _time in range(2):
        assert finish_erasures() >= 2
    for message in (over, still_open):
        standing = standing_of(message)
        assert standing is not None
        assert standing.state == "erased"
        assert [one.step for one in standing.steps].count("erased") == 1
    assert queries.feedback_waiting(director) == []


def test_nothing_of_the_words_lies_open_in_the_tables(clinic: Clinic) -> None:
    """VO368: two messages with the same words have two ciphertexts under two keys, and a step lies under that of its
    message: destroying one leaves the other."""
    mariam(clinic)
    one, two = answered(clinic, "Qzsame"), answered(clinic, "Qzsame")
    vault.erase(one)
    assert Feedback.objects.get(pk=one).unseal("words") is ERASED
    assert Feedback.objects.get(pk=two).text_of("words") == "Qzsame"
    assert "Qzanswer" in {step.text_of("words") for step in FeedbackStep.objects.filter(feedback=two)}
    assert {step.unseal("words") for step in FeedbackStep.objects.filter(feedback=one)} == {None, ERASED}
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM voice_feedback_step")
        told = repr(cursor.fetchall())  # whole words: two letters stand in ciphertext by chance
    assert not [word for word in ("Qzsame", "Qznote", "Qzanswer") if word in told]


def test_the_check_says_that_nobody_has_confirmed_the_days(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    """VO369: `karama programme check` and the programme's page say that the days are only a proposal, or that the pack
    says none, and who decides; nothing once they are confirmed. It hides no question."""
    from dataclasses import replace

    from karama.knowledge.pack_voice import USUAL, Keeping
    from karama.programme.queries import what_blocks, what_lacks

    def told() -> list[Any]:
        found = what_lacks(clinic["samir"], clinic.programme.id)
        return [one for one in found if one.code == "voice.keeping_unconfirmed"]

    (proposal,) = told()
    assert str(days().days) in str(proposal.what)
    assert not proposal.blocks
    assert proposal not in what_blocks(clinic["samir"], clinic.programme.id)
    for keeping, words in ((Keeping(), "does not say"), (Keeping(timedelta(days=99), True, True), "")):
        monkeypatch.setattr(packs, "voice_of", lambda _code, found=keeping: replace(USUAL, keeping=found))
        assert [words in str(one.what) for one in told()] == ([True] if words else [])
