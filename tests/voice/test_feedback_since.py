"""What is written beside an answer: names are looked for in it, and a danger is told like any other."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.test import Client

from karama.journal import clock
from karama.safety.models import Alert, AlertSource
from karama.safety.standing import standing_of as alert_of
from karama.voice import pace, queries
from karama.voice.actions import answer_feedback, take_feedback
from karama.voice.asked import standing_of
from karama.voice.incoming import Said, found_by, take_disagreement, take_from_paper, take_from_telephone
from karama.voice.jobs import erase_old_words
from karama.voice.models import Feedback, FeedbackKeptFrom, FeedbackStep
from karama.voice.tokens import new_seed
from tests.voice.conftest import Clinic, clinic
from tests.voice.saying import crowd, mariam, said

__all__ = ["clinic"]


@pytest.fixture(autouse=True)
def _unhurried() -> None:
    pace.forget()


def answered(clinic: Clinic, words: str = "Nobody listens", by: str = "nadia", **more: Any) -> tuple[str, UUID]:
    """A message that this colleague has answered: its code, and which it is."""
    token = said(clinic, words, wants_answer=True, **({"kind": "complaint"} | more)).token
    message = found_by(token)
    assert message is not None
    take_feedback(by=clinic[by], feedback=message)
    answer_feedback(by=clinic[by], feedback=message, words="We look into it")
    return token, message


def test_whoever_is_named_beside_an_answer_does_not_read_it(clinic: Clinic) -> None:
    """VO486: a name or a duty in what is written beside an answer keeps the message from whoever is meant and from her
    line, though she has answered it herself, also where it was a thanks."""
    mariam(clinic)
    crowd(clinic)
    for kind in ("complaint", "thanks"):
        for words in ("Mariam came to my house and threatened me", "The director came to my house"):
            _token, message = answered(clinic, kind=kind)
            assert take_disagreement(message, words)
            standing = standing_of(message)
            assert standing is not None
            assert {clinic["mariam"].id, clinic["nadia"].id} <= standing.barred
            assert standing.owner == clinic["leila"].id
            assert message not in [one.id for one in queries.feedback_waiting(clinic["mariam"])]
            kept = FeedbackKeptFrom.objects.filter(feedback_id=message, why="named")
            assert set(kept.values_list("user_id", flat=True)) == {clinic["mariam"].id}


def test_a_name_that_is_added_opens_nothing(clinic: Clinic) -> None:
    """VO487: a message about somebody whom nobody here knows by that name passes the site; naming a colleague beside
    its answer does not bring it back there."""
    mariam(clinic)
    crowd(clinic)
    _token, message = answered(clinic, "He steals", "leila", about_words="the tall one with the cap")
    assert take_disagreement(message, "Chantal knows it, too")
    standing = standing_of(message)
    assert standing is not None
    assert standing.kind == "sensitive"
    assert clinic["nadia"].id not in standing.permitted
    assert clinic["chantal"].id in standing.barred


def test_a_danger_beside_an_answer_is_told(clinic: Clinic) -> None:
    """VO488: the page with the answer puts help first and asks about danger; a danger raises an alert, kept from
    everybody the message is kept from, also without a word, and once however often the page is sent."""
    mariam(clinic)
    crowd(clinic)
    token, message = answered(clinic, "Diego shouts", "mariam")
    browser = Client()
    for page in (browser.get("/say/answer/"), browser.post("/say/answer/", {"token": token})):
        assert page.content.decode().index("First get help") < page.content.decode().index("<h1>")
    assert 'name="danger" value="life"' in page.content.decode()
    seed = page.content.decode().split('name="seed" value="')[1].split('"')[0]
    told = {"token": token, "do": "disagree", "seed": seed, "danger": "life", "words": "He will kill me tonight"}
    for _time in range(2):
        assert "has been asked to act" in browser.post("/say/answer/", told).content.decode()
    alert = alert_of(Alert.objects.get())
    assert {clinic["diego"].id, clinic["nadia"].id} <= alert.around.barred
    assert alert.owner not in (None, clinic["diego"].id, clinic["nadia"].id)
    assert FeedbackStep.objects.filter(feedback_id=message, step="disagreed").count() == 1
    shown = browser.post("/say/answer/", told | {"words": "", "seed": ""}).content.decode()
    assert "has been asked to act" in shown
    assert Alert.objects.count() == 2
    assert all(clinic["diego"].id in alert_of(one).around.barred for one in Alert.objects.all())
    assert browser.post("/say/answer/", told | {"danger": "nonsense", "words": "no"}).status_code == 200
    assert Alert.objects.count() == 2


@pytest.mark.parametrize("danger", ["child", "life"])
def test_a_danger_alone_is_a_message(clinic: Clinic, danger: str) -> None:
    """VO489: whoever cannot write ticks the danger and nothing else: it is kept and told, from the page and from paper;
    the duty that is chosen with it keeps it from whoever holds that duty."""
    mariam(clinic)
    crowd(clinic)
    page = Client().post("/say/", {"danger": danger, "about_duty": "supervisor"})
    assert page.status_code == 200
    assert "has been asked to act" in page.content.decode()
    assert Feedback.objects.get().danger == danger
    assert clinic["nadia"].id in alert_of(Alert.objects.get()).around.barred
    take_from_paper(clinic["diego"], Said(new_seed(), None, clinic.here, danger=danger))
    take_from_telephone(clinic["diego"], Said(new_seed(), None, clinic.here, danger=danger), uuid4(), None)
    assert Alert.objects.count() == Feedback.objects.count() == 3
    assert Client().post("/say/", {"about_duty": "supervisor"}).status_code == 422


def test_the_alert_tells_who_is_accused_and_everything_that_was_written(clinic: Clinic) -> None:
    """VO499: whoever answers a danger reads who it is about, by name and duty, and also what stands after the first two
    thousand letters, alone and where many dangers stand together."""
    mariam(clinic)
    crowd(clinic)
    long = "He waits at the gate. " * 800 + "The house is behind the well."
    accused: dict[str, Any] = {"about_words": "Diego", "about_duty": "psychologist"}
    said(clinic, long, danger="life", **accused)
    words = Alert.objects.get().sources.get().text_of("words")
    assert words.startswith("[Diego · Psychologist]\nHe waits at the gate.")
    assert words.endswith("The house is behind the well.")
    said(clinic, "", danger="child", **accused)
    assert Alert.objects.latest("raised_at").sources.get().text_of("words") == "[Diego · Psychologist]"
    for _time in range(pace.MOST_DANGERS + 1):
        said(clinic, long, danger="life", **accused)
    together = [one.text_of("words") for one in AlertSource.objects.all()]
    assert sum(one.endswith("behind the well.") for one in together) == pace.MOST_DANGERS + 2
    assert all(one.startswith("[Diego · Psychologist]") for one in together)


def test_no_flood_of_codes_keeps_a_danger_back(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    """VO571: while so many codes are typed that nobody reads an answer, a danger beside one is told all the same, and
    other words stand on the page still, with the code, to be sent once more; a code alone does not stand there."""
    mariam(clinic)
    crowd(clinic)
    token, message = answered(clinic)
    monkeypatch.setattr(pace.DIGESTS, "most", 1)
    assert Client().post("/say/answer/", {"token": token}).status_code == 200
    told = {"token": token, "do": "disagree", "seed": new_seed(), "words": "He waits <outside>", "danger": "life"}
    assert "has been asked to act" in Client().post("/say/answer/", told).content.decode()
    assert Alert.objects.get().sources.get().text_of("words") == "He waits <outside>"
    assert FeedbackStep.objects.filter(feedback_id=message, step="disagreed").count() == 1
    for danger in ("none", "", "nonsense"):
        busy = Client().post("/say/answer/", told | {"words": "Not <so>", "danger": danger})
        page = busy.content.decode()
        assert busy.status_code == 429
        assert ">Not &lt;so&gt;</textarea>" in page
        assert f'name="token" value="{token}"' in page
    assert token not in Client().post("/say/answer/", {"token": token}).content.decode()
    assert token not in Client().post("/say/answer/", told | {"words": " ", "danger": "none"}).content.decode()
    assert Alert.objects.count() == 1


def test_a_danger_told_after_the_words_were_erased_is_answered(clinic: Clinic) -> None:
    """VO572: whoever tells a danger on a page whose message was erased meanwhile reads what became of the danger."""
    mariam(clinic)
    crowd(clinic)
    token, _message = answered(clinic)
    with time_machine.travel(clock.now() + timedelta(days=4000), tick=False):
        assert erase_old_words() == 1
        told = {"token": token, "do": "disagree", "words": "He waits outside", "danger": "life"}
        page = Client().post("/say/answer/", told).content.decode()
    assert "This is over." in page
    assert "has been asked to act" in page


def test_what_is_written_beside_an_answer_is_never_dropped_in_silence(clinic: Clinic) -> None:
    """VO573: a page sent twice says twice that it is kept; other words from an older page, which nothing may follow,
    are said not to be kept and are carried on to the page where they can be sent."""
    mariam(clinic)
    crowd(clinic)
    token, message = answered(clinic)
    told = {"token": token, "do": "disagree", "seed": new_seed(), "words": "It is not\r\nso"}
    for _time in range(2):
        page = Client().post("/say/answer/", told).content.decode()
        assert "We have written down that you do not agree." in page
        assert "not kept yet" not in page
    page = Client().post("/say/answer/?l=es", told | {"words": "And <more>\nof it"}).content.decode()
    assert "We have written" not in page
    carried = page.split('name="words" value="')[1].split('"')[0]
    assert carried == "And &lt;more&gt;\nof it"
    assert FeedbackStep.objects.filter(feedback_id=message, step="disagreed").count() == 1
    there = Client().post("/say/?l=es", {"words": "And <more>\nof it", "language": "es"}).content.decode()
    assert ">And &lt;more&gt;\nof it</textarea>" in there
    assert Feedback.objects.count() == 1
