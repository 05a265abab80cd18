"""Drafts count nowhere; an alert is never a draft."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from karama.care import queries
from karama.care.actions import answer_item, discard_draft, finish_draft
from karama.care.facts import response_rows
from karama.care.models import DraftResponse, Response
from karama.care.problems import AnswersDoNotFit, OnlyImported, WordingMissing
from karama.journal import Absent, Refused
from karama.safety.actions import close_alert, record_first_contact, take_alert
from karama.safety.models import Alert, AlertSource
from tests.care.conftest import Clinic


def answer(clinic: Clinic, person: UUID, name: str = "chantal", **answers: str) -> DraftResponse:
    """Answers into the worker's draft."""
    found: DraftResponse = answer_item(
        by=clinic[name], person=person, instrument="phq9", answers=answers, wave="baseline", language="en"
    ).value
    return found


def test_a_positive_safety_answer_does_not_wait(clinic: Clinic, phq9: UUID) -> None:
    """CA030: a positive safety answer raises its alert with the answer, though the draft is never finished."""
    draft = answer(clinic, phq9, q9="several_days")
    assert AlertSource.objects.get().source_record_id == draft.id
    assert Response.objects.count() == 0
    discard_draft(by=clinic["chantal"], draft=draft.id)
    assert Alert.objects.count() == 1


def test_an_answer_changed_in_the_draft_clears_nothing(clinic: Clinic, phq9: UUID) -> None:
    """CA031: an alert is raised once for a draft, stays when the answer changes, and names the finished response."""
    draft = answer(clinic, phq9, q9="several_days")
    answer(clinic, phq9, q1="not_at_all")
    answer(clinic, phq9, q9="nearly_every_day")
    answer(clinic, phq9, q9="not_at_all")
    assert AlertSource.objects.count() == 1
    made = finish_draft(by=clinic["chantal"], draft=draft.id).record
    assert AlertSource.objects.get().source_record_id == made
    assert DraftResponse.objects.count() == 0


def test_an_old_draft_silences_no_new_answer(clinic: Clinic, phq9: UUID) -> None:
    """CA039: when the alert of a draft was closed, a new answer to its question in the same draft is told again."""
    answer(clinic, phq9, q9="several_days")
    alert = AlertSource.objects.get().alert_id
    take_alert(by=clinic["nadia"], alert=alert)
    record_first_contact(by=clinic["nadia"], alert=alert, note="Spoken")
    close_alert(by=clinic["nadia"], alert=alert, outcome="plan_made", note="Plan made")
    answer(clinic, phq9, q1="not_at_all")
    assert AlertSource.objects.count() == 1
    answer(clinic, phq9, q9="nearly_every_day")
    assert AlertSource.objects.count() == 2


def test_a_finished_draft_is_a_response(clinic: Clinic, phq9: UUID, reading_as: Callable[..., Any]) -> None:
    """CA032: what was answered one by one is one response; what was not reached is kept as not asked."""
    by = clinic["chantal"]
    draft = answer(clinic, phq9, q1="several_days")
    answer(clinic, phq9, q2="refused")
    made = finish_draft(by=by, draft=draft.id).record
    assert made is not None
    with reading_as(by):
        result, _person = queries.response_page(by, made)
    assert (result.answers["q1"], result.answers["q2"], result.answers["q3"]) == (
        "several_days",
        "refused",
        "not_asked",
    )
    assert result.scored.total is None


def test_a_draft_counts_nowhere(clinic: Clinic, phq9: UUID, reading_as: Callable[..., Any]) -> None:
    """CA033: a draft stands in no list and in no statistics."""
    answer(clinic, phq9, q1="several_days")
    with reading_as(clinic["chantal"]):
        assert queries.responses_of(clinic["chantal"], phq9) == []
    assert list(response_rows(by=clinic["rojin"], programme=clinic.programme.id)) == []


def test_a_draft_is_its_authors_alone(clinic: Clinic, phq9: UUID, reading_as: Callable[..., Any]) -> None:
    """CA034: another worker, even the supervisor, neither sees nor finishes somebody's draft."""
    draft = answer(clinic, phq9, q1="several_days")
    for name in ("nadia", "tunde"):
        with reading_as(clinic[name]), pytest.raises(Absent):
            queries.page_of(clinic[name], draft.id)
        with pytest.raises(Refused):
            finish_draft(by=clinic[name], draft=draft.id)
    answer(clinic, phq9, name="nadia", q1="not_at_all")
    assert DraftResponse.objects.count() == 2


def test_a_draft_needs_words_and_answers_that_fit(clinic: Clinic, amal: UUID, worded: Callable[..., None]) -> None:
    """CA035: a draft needs loaded wording, takes only the card's answers, and never imported ones."""
    with pytest.raises(WordingMissing):
        answer(clinic, amal, q1="several_days")
    worded("phq9")
    with pytest.raises(AnswersDoNotFit):
        answer(clinic, amal, q1="sometimes")
    with pytest.raises(OnlyImported):
        answer_item(by=clinic["chantal"], person=amal, instrument="phq9", answers={}, mode="imported")
    assert DraftResponse.objects.count() == 0


def test_safety_questions_are_paused_where_nobody_answers(
    clinic: Clinic, phq9: UUID, reading_as: Callable[..., Any]
) -> None:
    """CA036: at a site where nobody can answer, the safety question is not put and stays not asked."""
    by = clinic["chantal"]
    draft = answer(clinic, phq9, q1="several_days")
    with reading_as(by):
        shown = queries.page_of(by, draft.id)
        assert [one.item.code for one in shown.questions if one.paused] == ["q9"]
        assert "q9" not in {one.item.code for one in shown.shown}
        made = finish_draft(by=by, draft=draft.id).record
        assert made is not None
        result, _person = queries.response_page(by, made)
    assert result.answers["q9"] == "not_asked"
    assert result.must_ask
