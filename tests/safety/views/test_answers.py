"""What was answered to the follow-up questions is read by whoever answers the alert, and by nobody else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from karama.journal import reading
from karama.safety import actions, queries
from karama.safety.models import Alert
from karama.ui.addresses import reverse
from tests.safety.views.test_screens import sign_in
from tests.safety.ward import Ward

__all__ = ["sign_in"]

ANSWERS = {"q1": "no", "q3": "yes", "q4": "refused", "q5": "yes"}
TITLE = "What was answered"


def alert_at(address: str) -> Alert:
    """The alert of this page."""
    return Alert.objects.get(pk=address.split("/")[2])


def asked(ward: Ward) -> str:
    """The page of an alert whose follow-up questions Chantal asked."""
    alert = ward.raised()
    actions.record_screening(by=ward["chantal"], alert=alert.id, state="done", answers=ANSWERS)
    return f"/alerts/{alert.id}/"


def test_who_takes_over_reads_the_answers(ward: Ward, sign_in: Any) -> None:
    """SF214: each question stands by its topic with its answer in a word, one that was not asked is "Not asked", for
    the responder and the supervisor; it is left out when the page is printed."""
    address = asked(ward)
    for name in ("diego", "nadia"):
        told = [one.answers for one in ward.page(name, alert_at(address)).events if one.answers]
        assert [[answer for _topic, answer in one] for one in told] == [["no", "not_asked", "yes", "refused", "yes"]]
    page = sign_in("diego").get(address).content.decode()
    assert TITLE in page
    assert page.index('class="screen-only"') < page.index(TITLE)
    shown = page[page.index(TITLE) :]
    for words in ("Yes", "No", "Did not want to answer", "Not asked"):
        assert words in shown
    alert = alert_at(address).id
    actions.record_first_contact(by=ward["diego"], alert=alert)
    actions.close_alert(by=ward["diego"], alert=alert, outcome="plan_made", note="We made a plan.")
    assert TITLE in sign_in("nadia").get(reverse("care:review_alert", args=[alert])).content.decode()


def test_nobody_else_reads_them(ward: Ward, sign_in: Any) -> None:
    """SF215: who may not be told what the alert is about reads no answer; no list and no Today shows one."""
    address = asked(ward)
    page = ward.page("nadia", alert_at(address))
    topics = [topic for one in page.events for topic, _answer in one.answers]
    assert topics
    assert sign_in("tunde").get(address).status_code == 404
    for where in ("/", "/alerts/", f"/people/{ward.amal}/"):
        listed = sign_in("diego").get(where).content.decode()
        assert TITLE not in listed
        assert not [one for one in topics if one in listed]


def test_a_line_that_ends_at_an_office(ward: Ward) -> None:
    """SF216: a colleague who is asked and whose duty opens nothing clinical sees that there were questions only."""
    address = asked(ward)
    office = replace(ward["diego"], duty="director", compartments=frozenset({"general"}))
    with reading(by=office, purpose="care", route="safety.alert"):
        events = queries.alert_page(office, alert_at(address).id).events
    assert [one.what for one in events] == ["raised", "follow_up"]
    assert [(one.answers, one.follow_up, one.instrument) for one in events] == [((), "", "")] * 2
