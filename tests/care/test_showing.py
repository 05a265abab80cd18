"""A telephone and the server score the same answers; where they differ the server counts, and somebody is told (B3)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from karama.accounts import duties
from karama.care import queries, showing, words
from karama.care.actions import amend_response
from karama.care.cards import card, whole
from karama.care.models import Response
from karama.journal import reading
from karama.notices.kinds import kind_of
from karama.notices.models import Notice
from karama.people.actions import hide_from
from karama.people.registries import copy_of
from karama.rules.scoring import score
from karama.safety.models import Alert, AlertSource
from karama.sync.models import HeldOperation
from tests.care.conftest import Clinic, all_answers
from tests.care.test_recording import record
from tests.sync.phone import Phone

MILD = all_answers("several_days", q9="not_at_all")
TRUE = "8;mild;;25"


def told(clinic: Clinic) -> set[str]:
    """Who has a notice that a telephone showed something else."""
    names = {clinic[name].id: name for name in ("chantal", "diego", "nadia", "tunde")}
    return {names.get(one.user_id, "somebody") for one in Notice.objects.filter(kind=showing.NOTICE)}


@pytest.mark.parametrize("shown", ["", TRUE, "8.0;mild;;25", "8;mild;;"])
def test_the_same_result_says_nothing(clinic: Clinic, phq9: UUID, shown: str) -> None:
    """CA930: a telephone that showed the same, or an older one that says nothing, is compared in silence."""
    made = record(clinic, phq9, answers=MILD, shown=shown)
    assert (made.shown, made.shown_gbv) == (None, None)
    assert told(clinic) == set()
    assert not Alert.objects.exists()


@pytest.mark.parametrize(
    "shown",
    [
        "3;minimal;;25",
        "8;severe;;25",
        ";;;25",
        "8;mild;self_harm;25",
        "8;mild",
        "8;mild;;old",
        "NaN;mild;;25",
        "x" * 900,
    ],
)
def test_another_result_is_kept_and_told(clinic: Clinic, phq9: UUID, shown: str) -> None:
    """CA931: the answers count as ever; what was shown stands under seal beside them, and the author and the supervisor
    are told once, without a name in it. A line that nobody can read is another result, and holds nothing up."""
    made = record(clinic, phq9, answers=MILD, shown=shown)
    kept = Response.objects.get(pk=made.id)
    assert shown.encode() not in bytes(kept.shown or b"")
    with reading(by=clinic["chantal"], purpose="care", route="tests"):
        result, _person = queries.response_page(clinic["chantal"], made.id)
    assert (result.scored.total, result.scored.band, result.shown) == (8, "mild", shown)
    assert words.by_telephone(result)
    assert told(clinic) == {"chantal", "nadia"}
    notice = Notice.objects.filter(kind=showing.NOTICE).first()
    assert notice is not None
    assert notice.place == made.id
    assert kind_of(notice.kind).route == "care:response"


def test_whichever_shows_a_danger_raises_it(clinic: Clinic, phq9: UUID) -> None:
    """CA932: a danger that only the telephone showed is an alert as well as one that only the server finds; one of a
    name nobody knows is raised as the most urgent; what both show is raised once."""
    record(clinic, phq9, answers=MILD, shown="8;mild;self_harm;25")
    assert [one.grade for one in Alert.objects.all()] == ["today"]
    record(clinic, phq9, answers=MILD, shown="8;mild;of_another_card;25")
    assert sorted(one.grade for one in Alert.objects.all()) == ["now", "today"]
    record(clinic, phq9, answers=all_answers("several_days"), shown=TRUE)
    assert Alert.objects.count() == 2
    assert AlertSource.objects.count() == 3
    record(clinic, phq9, answers=all_answers("several_days"), shown="1;minimal;self_harm;25")
    assert AlertSource.objects.count() == 4


def test_a_supervisor_from_whom_the_person_is_hidden_is_not_told(clinic: Clinic, phq9: UUID) -> None:
    """CA933: whoever may not know of the person is not told either; the author is."""
    hide_from(by=clinic["chantal"], person=phq9, user=clinic["nadia"].id)
    record(clinic, phq9, answers=MILD, shown="3;minimal;;25")
    assert told(clinic) == {"chantal"}


def test_it_is_reckoned_with_the_age_of_the_telephone() -> None:
    """CA934: rules are compared, not what each knows of a person: the age that the telephone used is used."""
    measure = card("cries8")
    values = {one.code: next(iter(one.values())) for one in measure.answer_sets}
    answers = whole(measure, {item.code: values[item.answers] for item in measure.items if item.answers})
    assert score(measure, answers, age=7).total is None
    for age in (None, 7, 8, 18, 25):
        own = score(measure, answers, age=age)
        line = f"{'' if own.total is None else own.total};{own.band or ''};;{'' if age is None else age}"
        assert not showing.told_apart(line, measure, answers, "en")
        assert showing.told_apart(f"99;{own.band or ''};;{'' if age is None else age}", measure, answers, "en")


@pytest.fixture
def phone(clinic: Clinic) -> Phone:
    """Chantal's telephone, enrolled."""
    return Phone(clinic["chantal"]).enrol()


def _ask(phone: Phone, person: UUID, **more: Any) -> UUID:
    return phone.do(
        "care.record_response", person=person, instrument="phq9", answers=MILD, wave="baseline", on="2026-03-01",
        language="en", **more,
    )  # fmt: skip


def test_old_and_new_telephones_are_both_received(clinic: Clinic, phq9: UUID, phone: Phone) -> None:
    """CA935: the telephone of two versions ago sends no result, the new one does when the server says that it compares;
    nothing of either is held, and the new one gets back what counts of an answer that it showed otherwise."""
    ops = [_ask(phone, phq9), _ask(phone, phq9, shown=TRUE), _ask(phone, phq9, shown="3;minimal;;25")]
    phone.asks_knowledge = True
    phone.sync()
    assert [phone.outcome(op) for op in ops] == ["done"] * 3
    assert not HeldOperation.objects.exists()
    assert phone.knows("care")["compares"] is True
    rows = phone.fields(phq9, Response.KIND)
    assert sorted(one["counts"] or "" for one in rows)[:2] == ["", ""]
    (counts,) = (one["counts"] for one in rows if one["counts"])
    assert counts.startswith('{"total":8,"band":"mild","cutoffs":{')
    assert told(clinic) == {"chantal", "nadia"}


def test_what_was_shown_of_violence_is_sealed_as_its_answers(
    clinic: Clinic, amal: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CA936: what a telephone showed of answers about violence lies in their compartment; a duty without it is not
    told."""
    field = {one.compartment: one for one in (Response._meta.get_field("shown"), Response._meta.get_field("shown_gbv"))}
    assert set(field) == {"clinical", "gbv"}
    assert Response(compartment="gbv").shown_field == "shown_gbv"
    assert Response(compartment="clinical").shown_field == "shown"
    row = Response(compartment="gbv", person_id=amal)
    both = [clinic["chantal"].id, clinic["nadia"].id]
    assert list(showing.who_is_told(clinic["chantal"], row)) == both
    shut = replace(duties.duty("supervisor"), compartments=frozenset({"general", "clinical"}))
    monkeypatch.setattr(duties, "duty", lambda code: shut)
    assert list(showing.who_is_told(clinic["chantal"], row)) == both[:1]


def test_in_her_copy(clinic: Clinic, phq9: UUID) -> None:
    """CA583: her copy tells beside the result what a telephone had shown that day, where it was something else; also of
    a version that was corrected since, and of a line that nobody can read. Neither what is a rule's name nor whoever
    held the telephone stands in it, and of answers that were shown right nothing is said."""
    by, words_of = clinic["chantal"], "A telephone showed that day"

    def rows(name: str = "chantal") -> list[tuple[str, str]]:
        with reading(by=clinic[name], purpose="care", route="tests"):
            sections = copy_of(by=clinic[name], person=phq9, language="en")
        return [(str(label), str(value)) for one in sections for label, value in one.rows if str(label) == words_of]

    record(clinic, phq9, answers=MILD, shown=TRUE)
    assert rows() == []
    wrong = record(clinic, phq9, answers=MILD, shown="3;minimal;self_harm;25")
    assert rows() == [(words_of, "3 · minimal; the result above counts")]
    amend_response(by=by, response=wrong.id, answers=all_answers("not_at_all"), reason="Wrong taps.")
    assert rows() == [(words_of, "3 · minimal; the result above counts")]
    record(clinic, phq9, answers=MILD, shown="x" * 900)
    assert sorted(value for _label, value in rows()) == [
        "3 · minimal; the result above counts",
        "no total; the result above counts",
    ]
