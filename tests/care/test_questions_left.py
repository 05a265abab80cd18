"""Whoever asked can read the answer no more: it stands with every supervisor there who can, until one has read it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from karama.accounts.actions import end_duty
from karama.accounts.models import Posting
from karama.care.actions import answer_question, follow_question, review_alert
from karama.journal import Refused
from karama.notices.models import Notice
from karama.people.actions import accept_transfer, hide_from, propose_transfer, unhide
from karama.safety.actions import close_alert, hand_over, raise_worry, record_first_contact, take_alert
from karama.safety.models import AlertSource
from tests.care.conftest import Clinic
from tests.care.test_pages import sign_in, text
from tests.care.test_questions import ABOUT, ask, you_asked

__all__ = ["sign_in"]


@pytest.mark.parametrize("about", ABOUT)
@pytest.mark.parametrize("answered", [True, False])
def test_it_goes_with_the_person(clinic: Clinic, amal: UUID, sign_in: Any, about: str, answered: bool) -> None:
    """CA872: after a transfer what was asked stands on the list of the supervisor of the new site, who reads the answer
    or says that none is needed. It leaves the list of who asked, but of an alert on which she worked herself."""
    row, mona = ask(clinic, about, amal), clinic.hire("mona", "psychologist", clinic.elsewhere)
    sara = clinic.hire("sara", "supervisor", clinic.elsewhere)
    if answered:
        answer_question(by=clinic["chantal"], question=row.id, words="Qzanswerq")
    assert you_asked(sara) == []
    moved = propose_transfer(by=clinic["nadia"], person=amal, site=clinic.elsewhere.id, reason="Moved.").record
    accept_transfer(by=sara, transfer=UUID(str(moved)), lead=mona.id, takes_open_work=True)
    state = "answered" if answered else "waits" if about == "alert" else "gone"
    assert you_asked(clinic["nadia"]) == ([state] if about == "alert" else [])
    assert you_asked(sara) == [state]
    client, address = sign_in("sara"), f"/supervision/questions/{row.id}/"
    shown = text(client.get(address))
    assert ("Qzanswerq" in shown) is answered
    assert "Nadia" in shown.partition("<main")[2]
    if about != "alert":
        with pytest.raises(Refused):
            follow_question(by=clinic["nadia"], question=row.id, how="settled")
    sent = {"how": "read" if answered else "settled", "words": ""}
    assert client.post(address, sent)["Location"] == "/supervision/"
    assert you_asked(sara) == []


@pytest.mark.parametrize("about", ABOUT)
def test_hidden_from_who_asked(clinic: Clinic, amal: UUID, about: str) -> None:
    """CA873: when the person is hidden from who asked, another supervisor is told of the answer and reads it; who asked
    is told nothing. Where nobody else is there it waits for whoever comes. Shown to her again, it is hers again."""
    nadia, row = clinic["nadia"], ask(clinic, about, amal)
    mona = clinic.hire("mona", "supervisor", clinic.here)
    hide_from(by=mona, person=amal, user=nadia.id, reason="asked for it")
    answer_question(by=clinic["chantal"], question=row.id, words="Qzanswerq")
    told = Notice.objects.filter(kind="care.answered", place=row.id)
    assert [one.user_id for one in told] == [mona.id]
    assert (you_asked(mona), you_asked(nadia)) == (["answered"], [])
    end_duty(by=clinic["samir"], posting=Posting.objects.get(user_id=mona.id).id)
    lina = clinic.hire("lina", "supervisor", clinic.here)
    assert you_asked(lina) == ["answered"]
    unhide(by=lina, person=amal, user=nadia.id)
    assert (you_asked(lina), you_asked(nadia)) == ([], ["answered"])


@pytest.mark.parametrize("about", ABOUT)
def test_nobody_else_follows_while_she_can(clinic: Clinic, amal: UUID, sign_in: Any, about: str) -> None:
    """CA874: as long as who asked can read the answer, it stands on no other list, and nobody else ends it; also not
    the colleague who was asked, once she supervises."""
    row, mona = ask(clinic, about, amal), clinic.hire("mona", "supervisor", clinic.here)
    answer_question(by=clinic["chantal"], question=row.id, words="Qzanswerq")
    assert (you_asked(clinic["nadia"]), you_asked(mona)) == (["answered"], [])
    for how in ("read", "settled", "again"):
        with pytest.raises(Refused):
            follow_question(by=mona, question=row.id, how=how, words="Words")
    assert "I have read it" not in text(sign_in("mona").get(f"/supervision/questions/{row.id}/"))


def test_of_an_alert_about_somebody_unknown(clinic: Clinic) -> None:
    """CA875: what was asked of an alert about somebody who is not on file stands with the next supervisor of the site
    where it was raised, and with nobody elsewhere, when who asked may not sign in any more."""
    nadia, chantal = clinic["nadia"], clinic["chantal"]
    raise_worry(by=chantal, kind="suicide", person=None)
    alert = AlertSource.objects.filter(author_id=chantal.id).latest("recorded_at").alert_id
    take_alert(by=nadia, alert=alert)
    hand_over(by=nadia, alert=alert, to=chantal.id)
    record_first_contact(by=chantal, alert=alert)
    close_alert(by=chantal, alert=alert, outcome="plan_made", note="Words.")
    review_alert(by=nadia, closed=alert, decision="ask", words="Who was it?")
    mona, sara = clinic.hire("mona", "supervisor", clinic.here), clinic.hire("sara", "supervisor", clinic.elsewhere)
    assert you_asked(mona) == []
    end_duty(by=clinic["samir"], posting=Posting.objects.get(user_id=nadia.id, duty="supervisor").id)
    assert (you_asked(mona), you_asked(sara)) == (["waits"], [])
