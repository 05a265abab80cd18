"""Pure rules of the first contact: hours left, who is in the room, eleven questions, results in free words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from karama.rules import alone, first_contact
from karama.rules.classes import COMPARTMENTS
from karama.rules.free_text import names_a_result
from karama.rules.risk import GRADES
from karama.rules.urgent_care import AGO, TimedCare, hours_left

NOW = datetime(2026, 5, 1, 9, tzinfo=UTC)
PEP, PILL, WOUNDS = TimedCare("hiv_pep", 72), TimedCare("emergency_contraception", 120), TimedCare("wounds", None)


@pytest.mark.parametrize(
    ("ago", "pep", "pill"),
    [("6", 66, 114), ("24", 48, 96), ("48", 24, 72), ("72", 0, 48), ("120", 0, 0), ("longer", 0, 0)],
)
def test_hours_left(ago: str, pep: int, pill: int) -> None:
    """KP020: the hours left are counted from the most that was said, so that nobody is promised an hour too many."""
    found = {one.code: one for one in hours_left([WOUNDS, PEP, PILL], ago)}
    assert (found["hiv_pep"].hours, found["emergency_contraception"].hours) == (pep, pill)
    assert found["hiv_pep"].over is (pep == 0)
    assert (found["wounds"].hours, found["wounds"].over) == (None, False)


@given(st.text(max_size=8))
def test_hours_that_nobody_knows(said: str) -> None:
    """KP021: whatever else is said counts as not known: the care stands there with its limit, never as over."""
    for one in hours_left([PEP, PILL, WOUNDS], said):
        if said not in {str(hours) for hours in AGO} | {"longer"}:
            assert one.hours is None
            assert not one.over


def test_who_is_in_the_room() -> None:
    """KP022: only three answers open, each other one hides, a lapsed, future or unknown one does neither more."""
    for said in alone.COMPANY:
        found = alone.company(said, NOW, NOW)
        assert found.may_ask is (said in alone.ALONE)
        assert found.hide is not found.may_ask
        assert alone.company(said, NOW, NOW + alone.HOLDS) == alone.UNSAID
        assert alone.company(said, NOW + timedelta(seconds=1), NOW) == alone.UNSAID
    assert alone.company("alone", None, NOW) == alone.UNSAID
    assert alone.company("invented", NOW, NOW) == alone.Company(may_ask=False, hide=True)
    assert {"partner", "child", "relative", "relative_interprets"} <= set(alone.ACCOMPANIED)


def test_eleven_questions() -> None:
    """KP023: five about distress, two about substances, three about safety, one about hope; each may be skipped, and
    those that may not be asked now are left out without a trace."""
    assert len(first_contact.ITEMS) == 11
    assert first_contact.to_ask(False, safety=True, hope=True) == first_contact.ITEMS
    assert not set(first_contact.to_ask(False, safety=False, hope=True)) & set(first_contact.SAFETY)
    assert "hope" not in first_contact.to_ask(True, safety=True, hope=False)
    for item in (*first_contact.ITEMS, *first_contact.AGAIN):
        assert first_contact.fits(item, "skipped")
        assert not first_contact.fits(item, "perhaps")
    assert not first_contact.fits("invented", "yes")
    assert first_contact.unasked(True, ["hope"]) == {"change": "not_asked", "afraid": "not_asked"}


def test_what_an_answer_raises() -> None:
    """KP024: a yes to hope or safety raises something, also when all else is calm; no, skipped and absent raise
    nothing, and no combination of answers gives a number. Of a child, violence reaches child protection too."""
    for item in first_contact.ITEMS:
        raised = first_contact.raised_by(item, "yes", child=False)
        assert len(raised) == (item in (*first_contact.HOPE, *first_contact.SAFETY))
        assert all(one.grade in GRADES for one in raised)
        of_child = first_contact.raised_by(item, "yes", child=True)
        assert of_child == raised + ((first_contact.CHILD_TOO,) if item in first_contact.SAFETY else ())
        for answer in ("skipped", "no"):
            assert first_contact.raised_by(item, answer, child=True) == ()
    assert first_contact.raised_by("forced", "yes", child=False) == (
        first_contact.Raised("recent_sexual_violence", "now"),
    )
    assert first_contact.themes({"worry": "skipped", "drugs": "no"}) == ()
    assert first_contact.themes({"sleep": "often", "alcohol": "sometimes", "hope": "yes"}) == (
        "distress", "substance", "hope",
    )  # fmt: skip


def test_what_is_suggested() -> None:
    """KP025: danger comes first, then substances, then distress; without anything, explaining."""
    assert first_contact.suggested(["distress", "substance", "hope"]) == "pfa"
    assert first_contact.suggested(["distress", "safety"]) == "pfa"
    assert first_contact.suggested(["distress", "substance"]) == "motivational"
    assert first_contact.suggested(["distress"]) == "coping"
    assert first_contact.suggested([]) == "psychoeducation"
    assert set(first_contact.FOUR_WS) == set(first_contact.BRIEF)


def test_answers_about_violence_lie_apart() -> None:
    """KP026: what was asked about violence is parted from the rest before anything is kept."""
    plain, violence = first_contact.apart({"worry": "no", "hurt": "yes", "hope": "skipped"})
    assert (plain, violence) == ({"worry": "no", "hope": "skipped"}, {"hurt": "yes"})
    assert "gbv" in COMPARTMENTS


TOLD = [
    "She is HIV positive.", "HIV+", "Tested positive last week for HIV", "hiv neg", "on ARVs since May",
    "es VIH positiva", "salió positivo en la prueba de VIH", "carga viral alta", "tiene VIH",
    "il est séropositif", "charge virale indétectable", "statut VIH connu",
    "هو مصاب بالإيدز", "نتيجة فحص نقص المناعة إيجابية", "فيروس نقص المناعة: سلبي",
    "ana VVU", "VVU chanya", "yana da HIV", "tana dauke da kanjamau", "li VIH pozitif", "sewopozitif",
    "ئێچ ئای ڤی پۆزەتیڤ",
]  # fmt: skip
NOT_TOLD = [
    "She came to the HIV clinic.", "The HIV clinic has moved", "She is positive about the plan.",
    "Mama ana watoto watatu", "charla sobre prevención de VIH en el barrio", "mai gida ya zo",
    "was negative about the group", "Llegó tarde", "جاءت مع ابنتها", "has a cough", "", "نتيجة جيدة",
]  # fmt: skip


@pytest.mark.parametrize("words", TOLD)
def test_a_result_in_free_words_is_seen(words: str) -> None:
    """KP027: a result of an HIV test, good or bad, is seen in each language of the interface, however it is written."""
    assert names_a_result(words)
    assert names_a_result(f"Came early.\n{words.upper()}\nNext Monday.")


@pytest.mark.parametrize("words", NOT_TOLD)
def test_other_words_are_left_alone(words: str) -> None:
    """KP028: a clinic, a talk in the quarter and ordinary words raise no hint."""
    assert not names_a_result(words)


@given(st.text(max_size=2000))
def test_any_words_can_be_looked_at(words: str) -> None:
    """KP029: whatever somebody types, looking at it ends and raises nothing."""
    assert names_a_result(words) in (True, False)
