"""Two colleagues at one chapter, or one with two drafts: nothing that was told is lost, and nothing is asked twice."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from karama.care.actions import (
    answer_chapter,
    answer_own_chapter,
    end_own_chapter,
    finish_chapter,
    keep_chapter_words,
    say_leaving,
    skip_chapter,
)
from karama.care.models import IntakeDraft, WhatHappened
from karama.care.problems.intake import StandsAlready, ToldAlready
from karama.people.actions import join_files
from tests.care.centre import browser, centre, dalia, opened
from tests.care.shop import hidden
from tests.care.test_pages import text
from tests.people.conftest import Clinic

__all__ = ["browser", "centre", "dalia"]


def test_the_second_who_finishes_erases_nothing(centre: Clinic, dalia: UUID, browser: Any) -> None:
    """CA966: two colleagues go through one chapter beside each other; whoever finishes last leaves the answers and the
    words of the other, also who typed words on a page of before; every version is read on the page."""
    ada, zana, at = centre["ada"], centre["zana"], f"/people/{dalia}/intake/health/"
    before = hidden(text(browser("ada").get(at)))["since"]
    answer_chapter(by=ada, person=dalia, chapter="health", question="pain", answer=["some"])
    answer_chapter(by=zana, person=dalia, chapter="health", question="conditions", answer=["injury"])
    keep_chapter_words(by=zana, person=dalia, chapter="health", words="Qztheirsq")
    finish_chapter(by=zana, person=dalia, chapter="health")
    finish_chapter(by=ada, person=dalia, chapter="health")
    page = text(browser("bisi").get(at)).partition("All versions")[0]
    assert "An old injury" in page
    assert "Qztheirsq" in page
    browser("ada").post(at, {"finish": "yes", "words": "Qzmineq", "since": before})
    now, _all, earlier = text(browser("bisi").get(at)).partition("All versions")
    assert "Qzmineq" in now
    assert "Qztheirsq" in now
    assert earlier.count("An old injury") == 2


def test_a_chapter_that_was_told_is_not_left_out(centre: Clinic, dalia: UUID, browser: Any) -> None:
    """CA967: where something was told the chapter cannot be left out, and the page does not offer it; words that were
    typed before the first answer stay when it is."""
    client, at = browser("ada"), f"/people/{dalia}/intake/health/"
    assert "Leave this chapter out" in text(client.get(at))
    client.post(f"{at}words/", {"words": "Qztypedq"})
    client.post(at, {"why": "skipped"})
    assert "Qztypedq" in text(client.get(at))
    finish_chapter(by=centre["ada"], person=dalia, chapter="health")
    assert "Leave this chapter out" not in text(client.get(f"{at}?go=on"))
    assert client.post(at, {"why": "not_asked"}).status_code == 409
    with pytest.raises(ToldAlready):
        skip_chapter(by=centre["zana"], person=dalia, chapter="health", why="refused")
    assert "Qztypedq" in text(client.get(at))


def test_two_drafts_of_joined_files(centre: Clinic, dalia: UUID, browser: Any) -> None:
    """CA968: one worker's drafts of two files that were joined stand on the page as one, and are finished together."""
    ada, other = centre["ada"], centre.register("ada", site=centre.here.id, first="Dalya")
    answer_chapter(by=ada, person=other, chapter="health", question="pain", answer=["some"])
    keep_chapter_words(by=ada, person=other, chapter="health", words="Qzfirstq")
    answer_chapter(by=ada, person=dalia, chapter="health", question="conditions", answer=["injury"])
    join_files(by=centre["ngozi"], person=other, into=dalia, reason="the same")
    shown = text(browser("ada").get(f"/people/{dalia}/intake/health/"))
    assert "An old injury" in shown
    assert "Qzfirstq" in shown
    row = finish_chapter(by=ada, person=dalia, chapter="health").value
    assert not IntakeDraft.objects.exists()
    shown = text(browser("zana").get(f"/people/{dalia}/intake/health/"))
    assert "An old injury" in shown
    assert "Qzfirstq" in shown
    assert row.state == "told"


def test_what_happened_is_asked_by_one(centre: Clinic, dalia: UUID, browser: Any, reading_as: Any) -> None:
    """CA969: when two opened what happened and one was told, the other is asked nothing more: her page shows what
    stands, and her end adds what she was told and replaces nothing."""
    ada, zana, at = centre["ada"], centre["zana"], f"/people/{dalia}/intake/own/"
    opened(centre, dalia, "ada")
    opened(centre, dalia, "zana")
    answer_own_chapter(by=zana, person=dalia, question="period", answer=["longer"])
    answer_own_chapter(by=zana, person=dalia, question="events", answer=["lost"])
    answer_own_chapter(by=ada, person=dalia, question="events", answer=["torture"])
    end_own_chapter(by=ada, person=dalia, how="told")
    say_leaving(by=ada, person=dalia, said="calmer")
    client = browser("zana")
    shown = text(client.get(at))
    assert 'name="question"' not in shown
    assert "Do not ask again" in shown
    assert "Torture" in shown
    with pytest.raises(StandsAlready):
        answer_own_chapter(by=zana, person=dalia, question="setting", answer=["prison"])
    assert client.post(at, {"how": "stopped"}).status_code == 302
    newest = WhatHappened.objects.order_by("recorded_at").last()
    assert newest is not None
    with reading_as(ada):
        assert newest.unseal("state") == "told"
        assert newest.unseal("answers") == {"events": ["torture"], "period": ["longer"]}
    assert not IntakeDraft.objects.exists()
