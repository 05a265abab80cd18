"""Recording answers: whole, sealed, checked, and raising what needs somebody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from karama.care import queries
from karama.care.actions import record_response
from karama.care.models import Response
from karama.care.problems import (
    AnswersDoNotFit,
    DayDoesNotFit,
    DoesNotBelong,
    ItemUnknown,
    Locked,
    NothingAnswered,
    UnknownInstrument,
    WordingMissing,
)
from karama.journal import Absent, Refused
from karama.safety.models import Alert, AlertSource
from tests.care.conftest import Clinic, all_answers

TODAY = datetime.now(ZoneInfo("America/Bogota")).date()
"""By the clock of the site."""


def record(clinic: Clinic, person: UUID, name: str = "chantal", **more: Any) -> Response:
    """A PHQ-9 in English, today."""
    usual: dict[str, Any] = {
        "person": person,
        "instrument": "phq9",
        "answers": all_answers("several_days", q9="not_at_all"),
        "wave": "baseline",
        "on": TODAY,
        "language": "en",
    }
    found: Response = record_response(by=clinic[name], **(usual | more)).value
    return found


def test_eight_answers_give_no_total(clinic: Clinic, phq9: UUID, reading_as: Callable[..., Any]) -> None:
    """CA001: with 8 of 9 answers there is no total and no band, and the ninth is kept as not asked (B1)."""
    answers = all_answers("nearly_every_day", q9="not_at_all")
    del answers["q5"]
    made = record(clinic, phq9, answers=answers)
    with reading_as(clinic["chantal"]):
        result, _person = queries.response_page(clinic["chantal"], made.id)
    assert result.answers["q5"] == "not_asked"
    assert result.missing == {"q5": "not_asked"}
    assert result.scored is not None
    assert (result.scored.total, result.scored.band) == (None, None)
    assert result.scored.why_no_total == "missing_answers"
    assert (result.scored.n_answered, result.scored.n_items) == (8, 9)


def test_a_whole_response_is_scored_when_read(clinic: Clinic, phq9: UUID, reading_as: Callable[..., Any]) -> None:
    """CA002: total and band are computed from the answers when they are read."""
    made = record(clinic, phq9)
    with reading_as(clinic["diego"]), pytest.raises(Absent):
        queries.response_page(clinic["diego"], made.id)
    with reading_as(clinic["chantal"]):
        result, _person = queries.response_page(clinic["chantal"], made.id)
    assert result.scored is not None
    assert (result.scored.total, result.scored.band) == (8, "mild")
    assert not {field.name for field in Response._meta.fields} & {"total", "score", "band"}


def test_answers_are_sealed_in_the_table(clinic: Clinic, phq9: UUID) -> None:
    """CA003: no answer stands readable in the row."""
    made = record(clinic, phq9, answers={"q1": "refused"})
    row = Response.objects.filter(pk=made.id).values().get()
    assert b"refused" not in bytes(row["answers"])
    assert "refused" not in repr({name: value for name, value in row.items() if name != "answers"})


def test_item_nine_raises_an_alert_whatever_the_total(clinic: Clinic, phq9: UUID) -> None:
    """CA004: a self-harm answer above zero raises an alert even when everything else is not at all."""
    made = record(clinic, phq9, answers=all_answers("not_at_all", q9="several_days"))
    source = AlertSource.objects.get()
    assert (source.source_record_id, source.alert.person_id, source.grade) == (made.id, phq9, "today")
    assert not source.alert.historic


def test_item_nine_alone_raises_an_alert(clinic: Clinic, phq9: UUID) -> None:
    """CA005: a partial response with nothing but the self-harm answer raises its alert."""
    record(clinic, phq9, answers={"q9": "nearly_every_day"})
    assert Alert.objects.count() == 1


@pytest.mark.parametrize("answer", ["skipped", "refused", "dont_know", "not_asked"])
def test_an_unanswered_safety_question_is_never_no(
    clinic: Clinic, phq9: UUID, reading_as: Callable[..., Any], answer: str
) -> None:
    """CA006: an unanswered safety question raises no alert, is kept as what it is and shown as one to ask."""
    made = record(clinic, phq9, answers=all_answers("several_days", q9=answer))
    assert Alert.objects.count() == 0
    with reading_as(clinic["chantal"]):
        result, _person = queries.response_page(clinic["chantal"], made.id)
    assert result.must_ask
    assert result.answers["q9"] == answer
    assert result.scored is not None
    assert [one.state for one in result.scored.safety] == ["unknown"]


def test_a_wrong_answer_names_the_item_and_not_the_answer(clinic: Clinic, phq9: UUID) -> None:
    """CA007: an answer the card does not know is refused with the item's code, never with the answer."""
    with pytest.raises(AnswersDoNotFit) as caught:
        record(clinic, phq9, answers={"q3": "marmalade"})
    assert caught.value.item == "q3"
    assert "q3" in str(caught.value)
    assert "marmalade" not in str(caught.value)
    assert Response.objects.count() == 0


def test_what_does_not_fit_is_refused(clinic: Clinic, phq9: UUID) -> None:
    """CA008: an unknown instrument, item, empty form, future day or foreign episode is refused with its reason."""
    with pytest.raises(UnknownInstrument):
        record(clinic, phq9, instrument="nothing_such")
    with pytest.raises(ItemUnknown):
        record(clinic, phq9, answers={"q77": "not_at_all"})
    with pytest.raises(NothingAnswered):
        record(clinic, phq9, answers={})
    with pytest.raises(DayDoesNotFit):
        record(clinic, phq9, on=date(2100, 1, 1))
    with pytest.raises(DayDoesNotFit):
        record(clinic, phq9, on=None)
    with pytest.raises(DoesNotBelong):
        record(clinic, phq9, episode=phq9)
    assert Response.objects.count() == 0


def test_nothing_is_asked_without_wording(clinic: Clinic, amal: UUID) -> None:
    """CA009: without loaded wording an instrument is not administered to a person, so there is no total to show."""
    with pytest.raises(WordingMissing):
        record(clinic, amal)
    assert Response.objects.count() == 0


def test_a_locked_instrument_is_not_asked(clinic: Clinic, amal: UUID, worded: Callable[..., None]) -> None:
    """CA010: an instrument whose owner requires permission is locked until one is recorded."""
    worded("rhs15")
    with pytest.raises(Locked):
        record(clinic, amal, instrument="rhs15", answers={"q1": "refused"})


def test_an_unvalidated_language_is_interpreter_mode(clinic: Clinic, phq9: UUID, worded: Callable[..., None]) -> None:
    """CA011: a language that nobody validated is recorded as interpreter mode and not validated (B6)."""
    read = record(clinic, phq9, language="ckb")
    assert (read.mode, read.validated, read.language) == ("interpreter", False, "ckb")
    worded("phq9", "ckb", validator="")
    loaded = record(clinic, phq9, language="ckb", mode="self")
    assert (loaded.mode, loaded.validated) == ("interpreter", False)
    assert record(clinic, phq9).validated


def test_only_imports_are_imported(clinic: Clinic, phq9: UUID) -> None:
    """CA012: the import operator records imported answers only, and nobody else records imported ones."""
    made = record(clinic, phq9, name="importer", mode="imported", language="", on=None, precision="unknown")
    assert (made.mode, made.validated, made.occurred_on) == ("imported", True, None)
    for name, mode in (("importer", "interviewer"), ("chantal", "imported")):
        with pytest.raises(Refused):
            record(clinic, phq9, name=name, mode=mode)


def test_imported_alerts_are_historic(clinic: Clinic, phq9: UUID) -> None:
    """CA013: the alert of an imported answer is open, and marked historic."""
    record(clinic, phq9, name="importer", mode="imported", answers=all_answers("not_at_all", q9="several_days"))
    assert [one.historic for one in Alert.objects.all()] == [True]


@pytest.mark.parametrize("name", ["tunde", "diego", "rojin", "samir", "leila"])
def test_who_is_not_near_records_nothing(clinic: Clinic, phq9: UUID, name: str) -> None:
    """CA014: a colleague elsewhere, one not assigned, and duties without care record no answers."""
    with pytest.raises(Refused):
        record(clinic, phq9, name=name)


def test_few_statements_for_an_import(clinic: Clinic, phq9: UUID, django_assert_max_num_queries: Any) -> None:
    """CA015: an imported response without an alert costs at most four statements beside those of the journal."""
    record(clinic, phq9, name="importer", mode="imported")
    journal = 6  # begin, counter, entry, change, counter, commit
    with django_assert_max_num_queries(4 + journal):
        record(clinic, phq9, name="importer", mode="imported")
