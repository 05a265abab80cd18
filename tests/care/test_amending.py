"""Corrections: both versions stay, what followed stays, and no alert is cleared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from karama.care import queries
from karama.care.actions import amend_response, open_episode
from karama.care.actions.amending import newest_of
from karama.care.models import Episode, Response
from karama.care.problems import AmendedMeanwhile, NothingChanged, ReasonNeeded
from karama.journal import Absent, Refused
from karama.journal.problems import Unchangeable
from karama.programme.days import today_at
from karama.safety.models import Alert
from tests.care.conftest import Clinic, all_answers
from tests.care.test_recording import record

LOW = all_answers("not_at_all")
HIGH = all_answers("nearly_every_day", q9="several_days")


def test_a_correction_keeps_what_followed(clinic: Clinic, phq9: UUID, reading_as: Callable[..., Any]) -> None:
    """CA020: a screening corrected to below the line keeps what followed it, and shows old, new, who and why (B5)."""
    by = clinic["chantal"]
    first = record(clinic, phq9, answers=HIGH)
    episode = open_episode(by=by, person=phq9, state="active").value
    later = record(clinic, phq9, wave="end", episode=episode.id)
    amend_response(by=by, response=first.id, answers=LOW, reason="the wrong column was read")
    with reading_as(by):
        versions = queries.versions_of(by, first.id)
        result, _person = queries.response_page(by, versions[-1].response.id)
        listed = {one.id for one in queries.responses_of(by, phq9)}
    assert [one.answers for one in versions] == [first_answers(HIGH), first_answers(LOW)]
    assert (versions[1].who, versions[1].reason) == ("Chantal", "the wrong column was read")
    assert "q9" in versions[1].changed
    assert result.scored.total == 0
    assert listed == {versions[-1].response.id, later.id}
    assert Episode.objects.get(pk=episode.id).state == "active"
    assert Response.objects.filter(pk__in=[first.id, later.id]).count() == 2


def first_answers(answers: dict[str, str]) -> dict[str, str]:
    """As they are kept: with the question that was not asked."""
    return answers | {"difficulty": "not_asked"}


def test_a_corrected_answer_clears_no_alert(clinic: Clinic, phq9: UUID) -> None:
    """CA021: correcting a safety answer to not at all leaves its alert open and raises none."""
    first = record(clinic, phq9, answers=HIGH)
    before = list(Alert.objects.values_list("id", flat=True))
    amend_response(by=clinic["chantal"], response=first.id, answers=LOW, reason="misread")
    assert list(Alert.objects.values_list("id", flat=True)) == before
    assert Alert.objects.get().steps.count() == 0


def test_a_correction_that_finds_danger_raises_an_alert(clinic: Clinic, phq9: UUID) -> None:
    """CA022: correcting a safety answer to above zero raises its alert."""
    first = record(clinic, phq9, answers=LOW)
    assert Alert.objects.count() == 0
    amend_response(by=clinic["chantal"], response=first.id, answers=HIGH, reason="misread")
    assert Alert.objects.count() == 1


def test_a_correction_has_a_reason_and_the_newest_version(clinic: Clinic, phq9: UUID) -> None:
    """CA023: without a reason, without a change, or of a version corrected meanwhile, nothing is corrected."""
    by = clinic["chantal"]
    first = record(clinic, phq9, answers=LOW)
    with pytest.raises(ReasonNeeded):
        amend_response(by=by, response=first.id, answers=HIGH, reason=" ")
    with pytest.raises(NothingChanged):
        amend_response(by=by, response=first.id, answers=LOW, reason="none")
    amend_response(by=by, response=first.id, answers=HIGH, reason="misread")
    with pytest.raises(AmendedMeanwhile):
        amend_response(by=by, response=first.id, answers=LOW, reason="again")
    assert Response.objects.count() == 2


def test_an_import_corrects_the_newest_version(clinic: Clinic, phq9: UUID) -> None:
    """CA024: a second import of a key corrects whatever version is newest, and the same one twice is one correction."""
    by = clinic["importer"]
    op_id = UUID("0190c0de-0000-7000-8000-000000000001")
    record(clinic, phq9, name="importer", mode="imported", op_id=op_id, answers=LOW)
    kept = queries.response_of_operation(op_id)
    assert kept is not None
    amend_response(by=by, response=kept, answers=HIGH, reason="import --amend")
    again = UUID("0190c0de-0000-7000-8000-000000000002")
    arguments: dict[str, Any] = {"response": kept, "answers": all_answers(), "reason": "import --amend"}
    assert not amend_response(by=by, op_id=again, **arguments).replayed
    assert amend_response(by=by, op_id=again, **arguments).replayed
    assert queries.response_of_operation(op_id) == kept
    assert Response.objects.count() == 3
    with pytest.raises(Refused):
        amend_response(by=clinic["tunde"], response=kept, answers=LOW, reason="no")


def test_a_response_is_never_edited_or_deleted(clinic: Clinic, phq9: UUID) -> None:
    """CA025: a response is a fact: saving or deleting it again is refused."""
    first = record(clinic, phq9)
    with pytest.raises(Unchangeable):
        first.save()
    with pytest.raises(Unchangeable):
        first.delete()


CHAINS = st.lists(
    st.lists(
        st.sampled_from(["not_at_all", "several_days", "nearly_every_day", "refused", "not_asked"]),
        min_size=9,
        max_size=9,
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(chain=CHAINS)
def test_any_chain_of_corrections_is_one_line(
    clinic: Clinic, phq9: UUID, reading_as: Callable[..., Any], chain: list[list[str]]
) -> None:
    """CA026: after any corrections every version stays readable in order, one counts, and alerts only ever grow."""
    by = clinic["chantal"]
    first = record(clinic, phq9, answers=LOW)
    kept, alerts = [first_answers(LOW)], Alert.objects.count()
    newest = first.id
    for answers in chain:
        told = {f"q{place}": answer for place, answer in enumerate(answers, start=1)}
        if first_answers(told) == kept[-1]:
            continue
        newest = amend_response(by=by, response=newest, answers=told, reason="corrected").record or newest
        kept.append(first_answers(told))
        assert Alert.objects.count() >= alerts
        alerts = Alert.objects.count()
        if told["q9"] in ("several_days", "nearly_every_day"):
            assert alerts
    assert newest_of(Response.objects.get(pk=first.id)).id == newest
    with reading_as(by):
        versions = queries.versions_of(by, first.id)
        counted = [one.id for one in queries.responses_of(by, phq9)]
    assert [one.answers for one in versions] == kept
    assert counted.count(newest) == 1
    assert not {one.response.id for one in versions[:-1]} & set(counted)


def test_who_is_not_near_reads_nothing(clinic: Clinic, phq9: UUID, reading_as: Callable[..., Any]) -> None:
    """CA027: for a colleague elsewhere, for one not assigned and for duties without care a response does not exist."""
    first = record(clinic, phq9)
    for name in ("tunde", "diego", "rojin", "samir", "leila", "importer"):
        by = clinic[name]
        with reading_as(by):
            for ask in (queries.response_page, queries.versions_of):
                with pytest.raises(Absent):
                    ask(by, first.id)
            with pytest.raises(Absent):
                queries.responses_of(by, phq9)
    with reading_as(clinic["nadia"]):
        result, _person = queries.response_page(clinic["nadia"], first.id)
    assert result.scored.total == 8
    assert today_at(clinic.here.id) == first.occurred_on
