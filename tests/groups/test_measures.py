"""GR153-GR159: the measures of a group's members in one view, for whoever may read them, and never a zero."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connections
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from karama.accounts.actions.setting_up import SETUP
from karama.care.actions import install_wording, record_response
from karama.care.models import Response
from karama.groups.actions import add_member, end_facilitator, name_facilitator
from karama.groups.models import Cycle
from karama.groups.queries import Measures, measures_page
from karama.journal import Absent, clock, guard
from karama.people.actions import assign, hide_from
from karama.people.registries import restricted
from karama.rules.change import Verdict
from karama.security import vault
from karama.ui.charts import small
from tests.care.conftest import all_answers, own_words
from tests.groups.conftest import Circle, as_reader_of, circle, opened
from tests.groups.test_pages import text, window

__all__ = ["circle"]

TODAY = clock.day_in_utc() - timedelta(days=1)
BEGAN, LATER = TODAY - timedelta(days=42), TODAY - timedelta(days=7)
HARD, EASY = "nearly_every_day", "several_days"


@pytest.fixture
def worded(circle: Circle) -> None:
    """A PHQ-9 in words of our own that somebody validated, and a first meeting six weeks ago."""
    install_wording(by=SETUP, language="en", validator="the tests", **own_words("phq9"))
    with guard.suspended("a cycle that began six weeks ago"):
        QuerySet(Cycle).update(begun_on=BEGAN)
    circle.record(on=BEGAN)


def answer(circle: Circle, person: UUID, on: Any, given: str, name: str = "chantal", **more: str) -> None:
    """A PHQ-9 of somebody of the group, without a word about suicide."""
    told = all_answers(given, q9="not_at_all", **more)
    record_response(
        by=circle.clinic[name], person=person, instrument="phq9", answers=told, wave="", on=on, language="en"
    )


def page(circle: Circle, name: str = "nadia") -> Measures:
    """The view of a colleague."""
    by = circle.clinic[name]
    with as_reader_of(by):
        return measures_page(by, circle.group)


def phq9(found: Measures) -> dict[UUID, Any]:
    """Person -> her line on the PHQ-9."""
    return {one.member.person: one for one in next(m for m in found.measures if m.code == "phq9").lines}


def test_before_and_now(circle: Circle, worded: None) -> None:
    """GR153: before, now and the arrow by reliable change; who was not asked is said to be so, who skipped, too."""
    first, second, third = circle.people[:3]
    answer(circle, first, BEGAN, HARD)
    answer(circle, first, LATER, EASY)
    answer(circle, second, BEGAN, EASY)
    answer(circle, second, LATER, EASY, q1="skipped", q2="skipped", q3="skipped")
    lines = phq9(page(circle))
    assert lines[first].verdict is Verdict.IMPROVED
    assert lines[second].verdict is Verdict.UNKNOWN
    assert lines[third].before is lines[third].now is None
    shown = text(window(circle, "nadia").get(f"/groups/{circle.group}/measures/"))
    rows = {row: re.sub(r"<[^>]*>", " ", row) for row in shown.split("<tr role") if "Ana" in row}
    of = {
        name: " ".join(words.split())
        for name in ("Ana0 ", "Ana1 ", "Ana2 ")
        for words in rows.values()
        if name in words
    }
    assert "24 8 Not yet ↓ Better" in of["Ana0 "]
    assert "8 Skipped Not yet Not known" in of["Ana1 "]
    assert "Not asked Not asked Not yet Not known" in of["Ana2 "]
    assert ' aria-label="Before: 24, Now: 8, After: Not yet"' in shown


def test_only_whose_answers_she_may_read(circle: Circle, worded: None) -> None:
    """GR154: a facilitator reads those of her own caseload; the others are on the list without a number, and whoever
    is hidden from her is not there at all."""
    clinic, (first, second, third) = circle.clinic, circle.people[:3]
    for one in (first, second, third):
        answer(circle, one, BEGAN, HARD)
    hide_from(by=clinic["chantal"], person=third, user=clinic["diego"].id)
    found = page(circle, "diego")
    assert set(phq9(found)) == {first}
    assert {one.person for one in found.unread} == set(circle.people) - {first, third}
    assign(by=clinic["nadia"], person=second, user=clinic["diego"].id, role="member")
    assert set(phq9(page(circle, "diego"))) == {first, second}
    shown = text(window(circle, "diego").get(f"/groups/{circle.group}/measures/"))
    assert "Ana2 " not in shown.replace("<", " ")


def test_who_does_not_come_here(circle: Circle, worded: None) -> None:
    """GR155: a facilitator whose duty reads no answers, a colleague of the site and one from elsewhere find nothing;
    the group shows the first of them no way there."""
    clinic = circle.clinic
    by = clinic.hire("luz", "volunteer", clinic.here)
    end_facilitator(by=clinic["nadia"], group=circle.group, user=clinic["diego"].id)
    tea = opened(clinic, name="Luna", kind="peer_support", form="open", intervention="")
    name_facilitator(by=clinic["nadia"], group=tea, user=by.id)
    add_member(by=clinic["chantal"], group=tea, person=circle.people[0])
    for name in ("luz", "diego", "tunde"):
        for group in (tea, circle.group):
            assert window(circle, name).get(f"/groups/{group}/measures/").status_code == 404, name
    with as_reader_of(by), pytest.raises(Absent):
        measures_page(by, tea)
    assert "/measures/" not in text(window(circle, "luz").get(f"/groups/{tea}/"))
    assert "/measures/" in text(window(circle, "chantal").get(f"/groups/{tea}/"))


def test_violence_stands_in_no_list(circle: Circle, worded: None) -> None:
    """GR156: what was told about violence is in no view of several people, whoever reads it."""
    answer(circle, circle.people[0], BEGAN, HARD)
    row = Response.objects.get()
    by = circle.clinic["nadia"]
    assert "gbv" in by.compartments
    with guard.suspended("a response about violence without an instrument of it"):
        QuerySet(Response).filter(pk=row.pk).update(compartment="gbv", answers_gbv=row.answers, answers=None)
    assert "phq9" not in {one.code for one in page(circle).measures}


def test_together_only_from_five(circle: Circle, worded: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """GR157: nothing is said of four together; of five it is said coarsely; whoever's record rests is not counted."""
    for one in circle.people[:4]:
        answer(circle, one, BEGAN, HARD)
        answer(circle, one, LATER, EASY)
    assert next(one for one in page(circle).measures if one.code == "phq9").many is None
    answer(circle, circle.people[4], BEGAN, HARD)
    answer(circle, circle.people[4], LATER, EASY)
    assert next(one for one in page(circle).measures if one.code == "phq9").many == "most"
    shown = text(window(circle, "nadia").get(f"/groups/{circle.group}/measures/"))
    assert "Of those with both, most are better by more than chance." in shown
    resting = [("tests", lambda people: {circle.people[0]} & set(people))]
    monkeypatch.setattr("karama.people.registries.restricted", [*restricted, *resting])
    assert next(one for one in page(circle).measures if one.code == "phq9").many is None


def test_the_same_number_of_questions(circle: Circle, worded: None) -> None:
    """GR158: as many questions for twelve with answers as for one."""

    def asked() -> int:
        vault.forget()
        with CaptureQueriesContext(connections["default"]) as one, CaptureQueriesContext(connections["keys"]) as two:
            page(circle)
        return len(one) + len(two)

    answer(circle, circle.people[0], BEGAN, HARD)
    answer(circle, circle.people[0], LATER, EASY)
    before = asked()
    for one in circle.people[1:]:
        answer(circle, one, BEGAN, HARD)
        answer(circle, one, LATER, EASY)
    assert asked() == before


def test_a_small_picture() -> None:
    """GR159: what is missing is a mark on the floor and never a point at zero, and no line goes across it; a scale
    needs two ends."""
    drawn = str(small([20, None, 5], low=0, high=27, words="Before: 20"))
    assert drawn.count("<circle") == 2
    assert drawn.count('class="gap"') == 1
    assert "<polyline" not in drawn
    with pytest.raises(ValueError, match="scale"):
        small([1], low=3, high=3, words="")


def test_how_it_is_done_here(circle: Circle) -> None:
    """GR167: the page of what a group follows says who may lead it, each part with its mark where nobody verified it,
    and each local change with version, what, why, with whom and how it was tried, also when it is newer than the cycle;
    a group that follows nothing has no such page."""
    client = window(circle, "chantal")
    shown = text(client.get(f"/groups/{circle.group}/plan/"))
    for words in (
        "held by telephone when the road is closed",
        "Strikes",
        "Community agents",
        "Not tested yet",
        "not verified",
    ):
        assert words in shown, words
    assert "Newer than this cycle" not in shown
    with guard.suspended("a cycle that began before the change"):
        QuerySet(Cycle).update(begun_on="2026-01-01")
    assert "Newer than this cycle" in text(client.get(f"/groups/{circle.group}/plan/"))
    tea = opened(circle.clinic, name="Luna", kind="peer_support", form="open", intervention="")
    assert client.get(f"/groups/{tea}/plan/").status_code == 404
    assert "/plan/" not in text(client.get(f"/groups/{tea}/"))
