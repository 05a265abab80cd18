"""What a supervisor asks ends with an answer that she read, or with somebody saying that none is needed (J7)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from karama.accounts.actions import end_duty
from karama.accounts.models import Posting
from karama.accounts.today import lines_for
from karama.care import queries
from karama.care.actions import (
    amend_note,
    answer_question,
    follow_question,
    open_episode,
    record_death,
    review_alert,
    review_note,
    review_stuck,
    supervise,
    write_note,
)
from karama.care.models import Question
from karama.care.problems import AnsweredAlready, NobodyToAsk, NotAnsweredYet, ReasonNeeded
from karama.care.queries.questions import asked_by
from karama.journal import Actor, Refused, reading
from karama.notices.models import Notice
from karama.people.actions import assign, end_assignment, hide_from
from karama.people.models import Person
from karama.safety.actions import close_alert, hand_over, raise_worry, record_first_contact, take_alert
from karama.safety.models import AlertSource
from tests.care.conftest import Clinic
from tests.care.test_pages import sign_in, text

__all__ = ["sign_in"]

ABOUT = ("alert", "note", "episode")


def ask(clinic: Clinic, about: str, amal: UUID, words: str = "Qzaskedq") -> Question:
    """Nadia asks Chantal about a closed alert, a note, or an episode of hers."""
    nadia, chantal = clinic["nadia"], clinic["chantal"]
    if about == "alert":
        raise_worry(by=chantal, kind="suicide", person=amal)
        alert = AlertSource.objects.filter(author_id=chantal.id).latest("recorded_at").alert_id
        take_alert(by=nadia, alert=alert)
        hand_over(by=nadia, alert=alert, to=chantal.id)
        record_first_contact(by=chantal, alert=alert)
        close_alert(by=chantal, alert=alert, outcome="plan_made", note="Words.")
        review_alert(by=nadia, closed=alert, decision="ask", words=words)
    if about == "note":
        supervise(by=nadia, user=chantal.id, site=clinic.here.id, cosigned=True)
        note = write_note(by=chantal, person=amal, sections={"seen": "She slept."}).value
        review_note(by=nadia, note=note.id, decision="asked", words=words)
    if about == "episode":
        made = UUID(str(open_episode(by=chantal, person=amal, state="active").record))
        review_stuck(by=nadia, episode=made, decision="ask", words=words)
    return Question.objects.latest("recorded_at")


def on_today(by: Actor) -> list[str]:
    """Addresses of questions on somebody's Today."""
    with reading(by=by, purpose="care", route="tests"):
        return [one.url for one in lines_for(by) if "/questions/" in one.url]


def you_asked(by: Actor) -> list[str]:
    """How what a supervisor asked stands on her page."""
    with reading(by=by, purpose="supervision", route="tests"):
        return [one.state for one in queries.supervision(by).asked]


@pytest.mark.parametrize("about", ABOUT)
def test_asked_answered_read(clinic: Clinic, amal: UUID, sign_in: Any, about: str) -> None:
    """CA850: whoever is asked opens it from Today and answers in words, in two taps; who asked sees it as long as she
    has not read it; neither Today, nor a notice, nor a title tells a word of it or about whom it is."""
    nadia, chantal = clinic["nadia"], clinic["chantal"]
    row = ask(clinic, about, amal)
    address = f"/supervision/questions/{row.id}/"
    assert (on_today(chantal), you_asked(nadia)) == ([address], ["waits"])
    hers, client = sign_in("chantal"), sign_in("nadia")
    assert "Qzaskedq" not in text(hers.get("/")) + text(hers.get("/notices/"))
    shown = text(hers.get(address))
    assert "Qzaskedq" in shown
    assert "Qzaskedq" not in shown[: shown.index("<main")]
    assert hers.post(address, {"words": ""}).status_code == 422
    assert hers.post(address, {"words": "Qzanswerq"})["Location"] == "/"
    assert (on_today(chantal), you_asked(nadia)) == ([], ["answered"])
    assert Notice.objects.get(user_id=nadia.id, kind="care.answered").place == row.id
    assert "Qzanswerq" in text(client.get(address))
    assert "Qzanswerq" not in text(client.get("/supervision/")) + text(client.get("/notices/"))
    assert client.post(address, {"how": "read", "words": ""})["Location"] == "/supervision/"
    assert you_asked(nadia) == []
    with pytest.raises(AnsweredAlready):
        answer_question(by=chantal, question=row.id, words="Once more")
    assert "Qzanswerq" in text(hers.get(address))


@pytest.mark.parametrize("about", ABOUT)
def test_beside_the_record(clinic: Clinic, amal: UUID, sign_in: Any, about: str) -> None:
    """CA851: question and answer stand beside the record for who may read it; from another site, or hidden from her,
    it is as if there was none, also for whoever is asked."""
    row = ask(clinic, about, amal)
    answer_question(by=clinic["chantal"], question=row.id, words="Qzanswerq")
    record = {"alert": "alerts", "note": "", "episode": "stuck"}[about]
    page = f"/notes/{row.subject}/" if about == "note" else f"/supervision/{record}/{row.subject}/"
    shown = text(sign_in("nadia").get(page))
    assert "Qzaskedq" in shown
    assert "Qzanswerq" in shown
    nothing = sign_in("tunde").get(f"/supervision/questions/{UUID(int=7)}/")
    theirs = sign_in("tunde").get(f"/supervision/questions/{row.id}/")
    assert (nothing.status_code, theirs.status_code) == (404, 404)
    hide_from(by=clinic["nadia"], person=amal, user=clinic["chantal"].id, reason="asked for it")
    assert sign_in("chantal").get(f"/supervision/questions/{row.id}/").status_code == 404


@pytest.mark.parametrize("about", ABOUT)
def test_asked_of_somebody_who_left(clinic: Clinic, amal: UUID, sign_in: Any, about: str) -> None:
    """CA852: of somebody who left, the supervisor's page says that she cannot answer any more; the question stays until
    she says that no answer is needed."""
    nadia, chantal = clinic["nadia"], clinic["chantal"]
    row = ask(clinic, about, amal)
    end_duty(by=clinic["samir"], posting=Posting.objects.get(user_id=chantal.id).id)
    assert you_asked(nadia) == ["gone"]
    address = f"/supervision/questions/{row.id}/"
    assert "cannot open it any more" in text(sign_in("nadia").get(address))
    with pytest.raises(NotAnsweredYet):
        follow_question(by=nadia, question=row.id, how="read")
    with pytest.raises(NobodyToAsk):
        follow_question(by=nadia, question=row.id, how="again", words="Please")
    follow_question(by=nadia, question=row.id, how="settled")
    assert you_asked(nadia) == []


@pytest.mark.parametrize(("about", "state"), [("alert", "waits"), ("note", "gone"), ("episode", "gone")])
def test_asked_of_somebody_who_lost_the_person(clinic: Clinic, amal: UUID, about: str, state: str) -> None:
    """CA853: whoever does not work with the person any more cannot answer about her, but about an alert that she closed
    herself; nothing about the person stands on her Today."""
    row = ask(clinic, about, amal)
    end_assignment(by=clinic["nadia"], person=amal, user=clinic["chantal"].id)
    assert you_asked(clinic["nadia"]) == [state]
    assert bool(on_today(clinic["chantal"])) is (about == "alert")
    if about != "alert":
        with pytest.raises(Refused):
            answer_question(by=clinic["chantal"], question=row.id, words="I saw her.")
        assign(by=clinic["nadia"], person=amal, user=clinic["chantal"].id)
        assert you_asked(clinic["nadia"]) == ["waits"]
    hide_from(by=clinic["nadia"], person=amal, user=clinic["chantal"].id, reason="asked for it")
    assert (you_asked(clinic["nadia"]), on_today(clinic["chantal"])) == (["gone"], [])


def test_asked_once_more(clinic: Clinic, amal: UUID) -> None:
    """CA854: asked once more, one question stands, not two; nobody but who asked follows it, nobody but who is asked
    answers, and asking needs words."""
    nadia, row = clinic["nadia"], ask(clinic, "episode", amal)
    for name in ("diego", "tunde", "nadia"):
        with pytest.raises(Refused):
            answer_question(by=clinic[name], question=row.id, words="Not mine")
    for name in ("chantal", "diego"):
        with pytest.raises(Refused):
            follow_question(by=clinic[name], question=row.id, how="settled")
    answer_question(by=clinic["chantal"], question=row.id, words="Soon")
    with pytest.raises(ReasonNeeded):
        follow_question(by=nadia, question=row.id, how="again", seen=True)
    follow_question(by=nadia, question=row.id, how="again", words="When?", seen=True)
    assert you_asked(nadia) == ["waits"]
    assert [(one.ended, one.place) for one in Question.objects.order_by("recorded_at")] == [
        ("read", "told"),
        ("", "told"),
    ]


def test_a_corrected_note_is_an_answer(clinic: Clinic, amal: UUID) -> None:
    """CA855: a note that was asked about and is corrected needs no answer beside; it waits to be read again."""
    nadia, row = clinic["nadia"], ask(clinic, "note", amal)
    newer = amend_note(by=clinic["chantal"], note=row.subject, sections={"seen": "Badly."}, reason="asked").value
    assert (you_asked(nadia), on_today(clinic["chantal"])) == ([], [])
    with reading(by=nadia, purpose="supervision", route="tests"):
        assert [one.note for one in queries.notes_to_sign(nadia)] == [newer.id]
    row.refresh_from_db()
    assert (row.ended, row.answered_on) == ("corrected", None)


def test_whoever_opens_no_clinical_words_is_asked_in_plain_ones(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """CA856: whoever leads and does not open what is told in care is asked where she can read it, and the supervisor is
    told so before she writes."""
    nadia, noor = clinic["nadia"], clinic.hire("noor", "social_worker", clinic.here)
    assign(by=nadia, person=amal, user=noor.id, role="lead")
    episode = UUID(str(open_episode(by=noor, person=amal, state="active").record))
    assert "can read what you ask" in text(sign_in("nadia").get(f"/supervision/stuck/{episode}/"))
    review_stuck(by=nadia, episode=episode, decision="ask", words="Qzaskedq", plain=True)
    row = Question.objects.get()
    assert row.place == "plain"
    assert "Qzaskedq" in text(sign_in("noor").get(f"/supervision/questions/{row.id}/"))
    answer_question(by=noor, question=row.id, words="Qzanswerq")
    assert "Qzanswerq" in text(sign_in("nadia").get(f"/supervision/questions/{row.id}/"))


def test_whoever_asked_leaves(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """CA857: when the supervisor who asked leaves, another one of the site reads the answer, never one from whom the
    person is hidden; the words stay those of who asked."""
    nadia, first, second = (
        clinic["nadia"],
        clinic.hire("mona", "supervisor", clinic.here),
        clinic.hire("lina", "supervisor", clinic.here),
    )
    row = ask(clinic, "note", amal)
    answer_question(by=clinic["chantal"], question=row.id, words="It was late.")
    kept = min(first, second, key=lambda one: one.id)
    hide_from(by=nadia, person=amal, user=kept.id, reason="asked for it")
    end_duty(by=clinic["samir"], posting=Posting.objects.get(user_id=nadia.id, duty="supervisor").id)
    other = second if kept is first else first
    assert (you_asked(other), you_asked(kept)) == (["answered"], [])
    page = text(sign_in("mona" if other is first else "lina").get(f"/supervision/questions/{row.id}/"))
    assert "Nadia" in page.partition("<main")[2]
    with pytest.raises(Refused):
        follow_question(by=kept, question=row.id, how="read")
    follow_question(by=other, question=row.id, how="read")


@pytest.mark.parametrize(("about", "stays"), [("episode", False), ("note", True), ("alert", True)])
def test_after_a_death(clinic: Clinic, amal: UUID, about: str, stays: bool) -> None:
    """CA858: after a death nobody is asked how care goes on; what was written and done is asked about all the same."""
    ask(clinic, about, amal)
    record_death(by=clinic["nadia"], person=amal, suspected="none")
    assert (bool(you_asked(clinic["nadia"])), bool(on_today(clinic["chantal"]))) == (stays, stays)


def test_the_code_of_whom_it_is_about(clinic: Clinic, amal: UUID) -> None:
    """CA859: both lists name the person by code only, and the oldest stands first."""
    ask(clinic, "note", amal)
    with reading(by=clinic["nadia"], purpose="supervision", route="tests"):
        (line,) = asked_by(clinic["nadia"])
    assert (line.code, line.who) == (Person.objects.get(pk=amal).code, "Chantal")
