"""A question while its page stood open: what came meanwhile is neither lost, nor told to more people, nor unread."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from karama.accounts.actions import end_duty, give_duty
from karama.accounts.models import Posting
from karama.care.actions import follow_question, open_episode, review_alert, review_stuck
from karama.care.models import Question, StuckReview
from karama.care.problems import ReadByMore
from karama.journal import Actor
from karama.people.actions import assign
from karama.safety.actions import close_alert, hand_over, raise_worry, record_first_contact, take_alert
from karama.safety.models import AlertSource
from tests.care.conftest import Clinic
from tests.care.test_pages import sign_in, text
from tests.care.test_questions import ask

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
