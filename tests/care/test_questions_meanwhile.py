"""A question while its page stood open: what came meanwhile is neither lost, nor told to more people, nor unread."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from karama.accounts.actions import end_duty, give_duty
from karama.accounts.models import Posting
from karama.care.actions import (
    amend_note,
    answer_question,
    follow_question,
    open_episode,
    review_alert,
    review_stuck,
)
from karama.care.models import Question, StuckReview
from karama.care.problems import AnsweredMeanwhile, ReadByMore
from karama.journal import Actor
from karama.people.actions import assign
from karama.programme.days import today_at
from karama.safety.actions import close_alert, hand_over, raise_worry, record_first_contact, take_alert
from karama.safety.models import AlertSource
from tests.care.conftest import Clinic
from tests.care.test_pages import sign_in, text
from tests.care.test_questions import ask, you_asked

__all__ = ["sign_in"]

WARNED = "can read what you ask"


def opens_no_more(clinic: Clinic, amal: UUID) -> Actor:
    """Chantal goes on with Amal in a duty that opens no clinical words."""
    chantal, place = clinic["chantal"], {"site": clinic.here.id, "programme": clinic.programme.id}
    give_duty(by=clinic["samir"], user=chantal.id, duty="social_worker", work_alias="Chantal S", **place)
    end_duty(by=clinic["samir"], posting=Posting.objects.get(user_id=chantal.id, duty="community_agent").id)
    assign(by=clinic["nadia"], person=amal, user=chantal.id, role="lead")
    return chantal


def test_asked_once_more_in_plain_words_only_when_told(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """CA866: whoever was asked opens no clinical words any more: the page says who can read what is asked once more.
    Sent from a page that had not said so, nothing is asked and the words stand on the form."""
    row, client = ask(clinic, "episode", amal), sign_in("nadia")
    address = f"/supervision/questions/{row.id}/"
    assert WARNED not in text(client.get(address))
    opens_no_more(clinic, amal)
    sent = {"how": "again", "words": "Qzkeptq"}
    kept = client.post(address, sent)
    assert kept.status_code == 422
    assert "Qzkeptq" in text(kept)
    assert WARNED in text(kept)
    assert 'name="plain" value="yes"' in text(client.get(address))
    assert Question.objects.count() == 1
    with pytest.raises(ReadByMore):
        follow_question(by=clinic["nadia"], question=row.id, how="again", words="Qzkeptq")
    assert client.post(address, sent | {"plain": "yes"})["Location"] == "/supervision/"
    assert [one.place for one in Question.objects.order_by("recorded_at")] == ["told", "plain"]


def test_who_leads_changed_meanwhile(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """CA867: who leads changed while the supervisor wrote, and opens no clinical words: nothing is asked, and what she
    wrote stands on the form below who can read it."""
    client, chantal = sign_in("nadia"), clinic["chantal"]
    episode = UUID(str(open_episode(by=chantal, person=amal, state="active").record))
    address = f"/supervision/stuck/{episode}/"
    assert WARNED not in text(client.get(address))
    opens_no_more(clinic, amal)
    sent = {"decision": "ask", "weeks": "4", "words": "Qzkeptq"}
    kept = client.post(address, sent)
    assert kept.status_code == 422
    assert "Qzkeptq" in text(kept)
    assert WARNED in text(kept)
    assert not Question.objects.exists()
    assert not StuckReview.objects.exists()
    with pytest.raises(ReadByMore):
        review_stuck(by=clinic["nadia"], episode=episode, decision="ask", words="Qzkeptq")
    client.post(address, sent | {"plain": "yes"})
    assert Question.objects.get().place == "plain"


def test_of_an_alert_it_is_said_too(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """CA868: of an alert that was closed by somebody who opens no clinical words, the page says so before she asks."""
    nadia, noor = clinic["nadia"], clinic.hire("noor", "social_worker", clinic.here)
    assign(by=nadia, person=amal, user=noor.id)
    raise_worry(by=noor, kind="suicide", person=amal)
    alert = AlertSource.objects.filter(author_id=noor.id).latest("recorded_at").alert_id
    take_alert(by=nadia, alert=alert)
    hand_over(by=nadia, alert=alert, to=noor.id)
    record_first_contact(by=noor, alert=alert)
    close_alert(by=noor, alert=alert, outcome="plan_made", note="Words.")
    client, address = sign_in("nadia"), f"/supervision/alerts/{alert}/"
    assert WARNED in text(client.get(address))
    with pytest.raises(ReadByMore):
        review_alert(by=nadia, closed=alert, decision="ask", words="Qzaskedq")
    client.post(address, {"decision": "ask", "words": "Qzaskedq", "plain": "yes"})
    assert Question.objects.get().place == "plain"


@pytest.mark.parametrize("sent", [{"how": "settled"}, {"how": "again", "words": "Qzkeptq"}])
def test_an_answer_that_came_meanwhile_is_read(clinic: Clinic, amal: UUID, sign_in: Any, sent: dict[str, str]) -> None:
    """CA869: an answer came after the page was shown: it is neither settled nor asked once more unread. The page shows
    the answer, what was typed stands on it, and it stays on her list until she has read it."""
    row, client, nadia = ask(clinic, "episode", amal), sign_in("nadia"), clinic["nadia"]
    address = f"/supervision/questions/{row.id}/"
    client.get(address)
    answer_question(by=clinic["chantal"], question=row.id, words="Qzanswerq")
    shown = client.post(address, sent)
    assert shown.status_code == 422
    assert "Qzanswerq" in text(shown)
    assert sent.get("words", "") in text(shown)
    row.refresh_from_db()
    assert (row.ended, you_asked(nadia), Question.objects.count()) == ("", ["answered"], 1)
    with pytest.raises(AnsweredMeanwhile):
        follow_question(by=nadia, question=row.id, **({"words": ""} | sent))
    again = client.post(address, {"how": "again", "words": "When?", "seen": "yes"})
    assert again["Location"] == "/supervision/"
    row.refresh_from_db()
    assert (row.ended, you_asked(nadia)) == ("read", ["waits"])


@pytest.mark.parametrize("decision", ["ok", "ask", "take_over"])
def test_a_look_reads_only_what_it_showed(clinic: Clinic, amal: UUID, sign_in: Any, decision: str) -> None:
    """CA870: whoever looks at somebody who is stuck has read the answers that stood on that page, and no other: one
    that came meanwhile stays on her list, whatever she decides."""
    nadia, client, long_ago = clinic["nadia"], sign_in("nadia"), today_at(clinic.here.id) - timedelta(days=200)
    episode = UUID(str(open_episode(by=clinic["chantal"], person=amal, state="active", on=long_ago).record))
    review_stuck(by=nadia, episode=episode, decision="ask", words="How is she?")
    row = Question.objects.get()
    address, sent = f"/supervision/stuck/{row.subject}/", {"decision": decision, "weeks": "4", "words": "Words"}
    assert f'name="read" value="{row.id}"' not in text(client.get(address))
    answer_question(by=clinic["chantal"], question=row.id, words="Qzanswerq")
    assert client.post(address, sent | {"conflict": "none"}).status_code == 302
    row.refresh_from_db()
    assert row.ended == ""
    assert "answered" in you_asked(nadia)
    if decision == "ask":
        assert f'name="read" value="{row.id}"' in text(client.get(address))
        client.post(address, sent | {"read": str(row.id)})
        row.refresh_from_db()
        assert (row.ended, you_asked(nadia)) == ("read", ["waits"])


@pytest.mark.parametrize("how", ["again", "settled", "corrected"])
def test_an_answer_too_late_stands_on_the_page(clinic: Clinic, amal: UUID, sign_in: Any, how: str) -> None:
    """CA871: an answer to a question that is over meanwhile is not kept, and the page says so beside the whole of what
    was typed, however short, and leads to what was asked instead; nothing of it is lost without a word."""
    row = ask(clinic, "note" if how == "corrected" else "episode", amal)
    hers, address = sign_in("chantal"), f"/supervision/questions/{row.id}/"
    hers.get(address)
    if how == "corrected":
        amend_note(by=clinic["chantal"], note=row.subject, sections={"seen": "Badly."}, reason="asked")
    else:
        follow_question(by=clinic["nadia"], question=row.id, how=how, words="Once more?")
    late = hers.post(address, {"words": "Qzlateq"})
    assert late.status_code == 409
    assert "Qzlateq" in text(late)
    assert "not saved here" in text(late)
    newer = f"/supervision/questions/{Question.objects.latest('recorded_at').id}/"
    assert (newer != address and newer in text(late)) is (how == "again")
    row.refresh_from_db()
    assert row.answered_on is None
    client = sign_in("nadia")
    late = client.post(address, {"how": "again", "words": "Qzlaterq"})
    assert late.status_code == 409
    assert "Qzlaterq" in text(late)
