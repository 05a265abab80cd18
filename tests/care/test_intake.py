"""An intake in chapters: screenings that suggest, answers kept at once, left and resumed, nothing required."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine

from karama.care.actions import answer_chapter, finish_chapter, keep_chapter_words, screen, skip_chapter
from karama.care.models import IntakeChapter, IntakeDraft, IntakeScreening
from karama.care.problems.apart import NotThatAnswer
from karama.care.problems.intake import NoIntakeHere, NotBegun
from karama.care.queries import intake as queries
from karama.journal import Absent, Refused, clock
from karama.people.actions import erase_person, join_files
from tests.care.centre import browser, centre, dalia
from tests.care.shop import hidden, tap
from tests.care.test_pages import text
from tests.people.conftest import ERASER, Clinic

__all__ = ["browser", "centre", "dalia"]


def test_a_screening_suggests_and_refuses_nobody(centre: Clinic, dalia: UUID, browser: Any) -> None:
    """CA903: two short screenings in chips suggest; unanswered is kept as not asked and stays unclear; whatever comes
    out, the chapters stay open, and a newer screening stands beside the older one."""
    client, at = browser("ada"), f"/people/{dalia}/intake/"
    shown = text(client.get(at))
    assert "First screening" in shown
    assert tap(client, f"{at}screening/1/", {}) == at
    shown = text(client.get(at))
    assert "Not clear yet" in shown
    assert "Second screening" in shown
    everything = dict.fromkeys(("weighs", "daily", "body", "close_one"), "no")
    tap(client, f"{at}screening/1/", everything | {"urgency": "weeks"})
    shown = text(client.get(at))
    assert "Another service may fit better" in shown
    assert "Within weeks" in shown
    assert client.get(f"{at}family/").status_code == 200
    tap(client, f"{at}screening/1/", {"weighs": "yes"})
    assert "seems to fit" in text(client.get(at))
    with pytest.raises(NotThatAnswer):
        screen(by=centre["ada"], person=dalia, stage=1, answers={"wishes": "yes"})
    with pytest.raises(NotThatAnswer):
        screen(by=centre["ada"], person=dalia, stage=1, answers={"weighs": "often"})
    assert IntakeScreening.objects.count() == 3
    assert client.get(f"{at}screening/3/").status_code == 404


def test_what_cannot_wait_leads_to_the_worry(centre: Clinic, dalia: UUID, browser: Any) -> None:
    """CA904: "it cannot wait" leads to the worry about this person, and the page of the intake says so until then."""
    client, at = browser("zana"), f"/people/{dalia}/intake/"
    assert tap(client, f"{at}screening/1/", {"urgency": "now"}) == f"/worry/?about={dalia}"
    assert f"/worry/?about={dalia}" in text(client.get(at))
    assert "it cannot wait" in text(client.get(at))


def test_left_and_resumed_days_later(centre: Clinic, dalia: UUID, browser: Any, reading_as: Any) -> None:
    """CA905: each answer is kept at once; the chapter is left, and days later it goes on with the next question; nobody
    else sees the draft, and in any order; finished, it stands with its day, what was not reached as not asked."""
    client, at = browser("ada"), f"/people/{dalia}/intake/"
    with time_machine.travel(clock.now(), tick=False) as going:
        page = text(client.get(f"{at}health/"))
        assert hidden(page)["question"] == "conditions"
        sent = {"question": "conditions", "answer": ["none", "injury"]}
        tap(client, f"{at}health/", sent)
        tap(client, f"{at}health/", {"question": "pain", "missing": "refused"})
        assert client.post(f"{at}health/words/", {"words": "Qzwordsq"}).json() == {"kept": True}
        going.shift(timedelta(days=4))
        client = browser("ada")
        assert "not finished" in text(client.get(at))
        page = text(client.get(f"{at}health/"))
        assert hidden(page)["question"] == "sleep"
        assert "Prefers not to say" in page
        assert "Qzwordsq" in page
        other = text(browser("zana").get(f"{at}health/"))
        assert "Qzwordsq" not in other
        assert hidden(other)["question"] == "conditions"
        assert not IntakeChapter.objects.exists()
        tap(client, f"{at}health/", {"finish": "yes", "words": "Qzwordsq"})
    row = IntakeChapter.objects.get()
    assert not IntakeDraft.objects.exists()
    with reading_as(centre["ada"]):
        assert row.unseal("answers") == {
            "conditions": ["none", "injury"], "pain": ["refused"], "sleep": ["not_asked"], "takes": ["not_asked"],
            "substances": ["not_asked"],
        }  # fmt: skip
        assert row.unseal("words") == "Qzwordsq"
    page = text(browser("bisi").get(f"{at}health/"))
    assert "An old injury" in page
    assert "Qzwordsq" in page


def test_nothing_is_required(centre: Clinic, dalia: UUID, browser: Any) -> None:
    """CA906: a chapter is left out with a reason code, and stands so; one answer is enough to finish it, or words
    alone; without anything there is nothing to finish, which loses nothing."""
    client, at = browser("ada"), f"/people/{dalia}/intake/"
    for why in ("skipped", "refused", "not_asked", "dont_know"):
        tap(client, f"{at}migration/", {"why": why})
    assert [one.state for one in IntakeChapter.objects.order_by("recorded_at")][-1] == "dont_know"
    answer_chapter(by=centre["ada"], person=dalia, chapter="family", question="turn_to", answer=["nobody"])
    finish_chapter(by=centre["ada"], person=dalia, chapter="family")
    finish_chapter(by=centre["ada"], person=dalia, chapter="strengths", words="Sings.")
    with pytest.raises(NotBegun):
        finish_chapter(by=centre["ada"], person=dalia, chapter="symptoms")
    shown = text(client.post(f"{at}symptoms/", {"finish": "yes", "words": ""}))
    assert "has not begun" in shown
    assert "3 of 6" in text(client.get(at))


def test_a_newer_version_amends(centre: Clinic, dalia: UUID, reading_as: Any) -> None:
    """CA907: a chapter that stands goes on from what was told; the newer one amends the one before, and both stay."""
    by = centre["ada"]
    answer_chapter(by=by, person=dalia, chapter="health", question="pain", answer=["some"])
    first = finish_chapter(by=by, person=dalia, chapter="health", words="One.").value
    answer_chapter(by=centre["zana"], person=dalia, chapter="health", question="sleep", answer=["bad"])
    second = finish_chapter(by=centre["zana"], person=dalia, chapter="health").value
    assert second.amends_id == first.id
    with reading_as(by):
        told = second.unseal("answers")
        assert (told["pain"], told["sleep"], second.unseal("words")) == (["some"], ["bad"], "One.")
        assert queries.chapter_page(by, dalia, "health").told == told


def test_what_is_no_answer(centre: Clinic, dalia: UUID) -> None:
    """CA908: a question or an answer that is not on the list is refused and keeps nothing; what happened is no chapter
    of these actions, so that nothing of it lies outside its compartment."""
    by = centre["ada"]
    for question, answer in (("pain", ["some", "much"]), ("pain", []), ("pain", ["rape"]), ("events", ["torture"])):
        with pytest.raises(NotThatAnswer):
            answer_chapter(by=by, person=dalia, chapter="health", question=question, answer=answer)
    for act in (
        lambda: answer_chapter(by=by, person=dalia, chapter="own", question="events", answer=["torture"]),
        lambda: keep_chapter_words(by=by, person=dalia, chapter="own", words="words"),
        lambda: finish_chapter(by=by, person=dalia, chapter="own", words="words"),
        lambda: skip_chapter(by=by, person=dalia, chapter="own", why="refused"),
        lambda: answer_chapter(by=by, person=dalia, chapter="else", question="pain", answer=["some"]),
    ):
        with pytest.raises(NoIntakeHere):
            act()
    assert not IntakeDraft.objects.exists()


def test_whose_work_it_is(centre: Clinic, dalia: UUID, browser: Any) -> None:
    """CA909: the intake belongs to nurse, psychologist, prescriber and supervisor near the person; for everybody else
    there is none, and the page of the person leads nobody else there."""
    at = f"/people/{dalia}/intake/"
    for name in ("ada", "zana", "bisi", "ngozi"):
        assert browser(name).get(at).status_code == 200, name
        assert at in text(browser(name).get(f"/people/{dalia}/")), name
    for name in ("chantal", "karim", "femi", "tunde"):
        assert browser(name).get(at).status_code in (302, 404), name
        assert at not in text(browser(name).get(f"/people/{dalia}/")), name
        with pytest.raises(Refused):
            screen(by=centre[name], person=dalia, stage=1)


def test_erased_and_joined(centre: Clinic, dalia: UUID, reading_as: Any) -> None:
    """CA910: a draft stays with its file when files are joined, and goes on from the one that remains; an erasure takes
    everything of it."""
    by, other = centre["ada"], centre.register("ada", site=centre.here.id, first="Dalya")
    answer_chapter(by=by, person=other, chapter="health", question="pain", answer=["much"])
    screen(by=by, person=dalia, stage=1, answers={"daily": "yes"})
    finish_chapter(by=by, person=dalia, chapter="family", words="Words.")
    finish_chapter(by=by, person=dalia, chapter="family", words="Newer.")
    join_files(by=centre["ngozi"], person=other, into=dalia, reason="the same")
    finish_chapter(by=by, person=dalia, chapter="health")
    with reading_as(by):
        assert queries.chapter_page(by, dalia, "health").told["pain"] == ["much"]
    erase_person(by=ERASER, person=dalia, reason="wish")
    for model in (IntakeChapter, IntakeDraft, IntakeScreening):
        assert not model.objects.exists()
    with reading_as(by), pytest.raises(Absent):
        queries.lines_of(by, dalia)
