"""Fields for a day that is known roughly, and for numbers."""

from __future__ import annotations

from datetime import date

import pytest

from karama.journal.problems import Absent, BadArguments, Problem
from karama.ui.dates import About
from karama.ui.fields import AboutDay, WholeNumber
from karama.ui.rendering import KaramaForm


class Example(KaramaForm):
    on = AboutDay(label="On", required=False)
    people = WholeNumber(label="People", required=False, min_value=0)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"on_day": "3", "on_month": "3", "on_year": "2026"}, About(date(2026, 3, 3))),
        ({"on_day": "٣", "on_month": "3", "on_year": "٢٠٢٦"}, About(date(2026, 3, 3))),
        ({"on_month": "3", "on_year": "2026"}, About(date(2026, 3, 1), "month")),
        ({"on_year": "2026"}, About(date(2026, 1, 1), "year")),
        ({"on_day": "3", "on_month": "3", "on_year": "2026", "on_approx": "on"}, About(date(2026, 3, 3), "approx")),
        ({}, None),
    ],
)
def test_a_day_keeps_its_precision(typed: dict[str, str], expected: About | None) -> None:
    """UI011: what was left empty lowers the precision; it is never filled in."""
    form = Example(typed)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["on"] == expected


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ({"on_year": "26"}, "four digits"),
        ({"on_year": "20x6"}, "four digits"),
        ({"on_year": "0026"}, "four digits"),
        ({"on_day": "3", "on_year": "2026"}, "needs its month"),
        ({"on_day": "31", "on_month": "2", "on_year": "2026"}, "does not exist"),
        ({"on_day": "3", "on_month": "x", "on_year": "2026"}, "does not exist"),
        ({"on_day": "²", "on_month": "2", "on_year": "2026"}, "does not exist"),
    ],
)
def test_a_wrong_day_says_which_box(typed: dict[str, str], word: str) -> None:
    """UI012: a day that cannot be is answered with a sentence that says what to do, never an exception."""
    form = Example(typed)
    assert not form.is_valid()
    assert word in str(form.errors["on"])


def test_a_day_is_shown_again_as_typed() -> None:
    """UI013: a refused form shows what was typed."""
    html = str(Example({"on_day": "31", "on_month": "2", "on_year": "2026"})["on"])
    assert 'value="31"' in html
    assert '<option value="2" selected>' in html


def test_numbers_in_any_digits() -> None:
    """UI014: a whole number typed in Arabic-Indic digits is accepted."""
    form = Example({"people": "١٢"})
    assert form.is_valid()
    assert form.cleaned_data["people"] == 12


def test_an_action_problem_stands_beside_its_field() -> None:
    """UI015: a problem of an action becomes an error of the field it names, else of the form."""
    form = Example({})
    form.take(Problem("x.y", "Wrong.", "Do this.", field="on"))
    form.take(BadArguments(["people"]))
    form.take(Problem("x.z", "Also wrong.", "Do that.", field="unknown"))
    assert "Wrong. Do this." in form.errors["on"]
    assert form.errors["people"]
    assert "Also wrong. Do that." in form.non_field_errors()


def test_absent_is_never_a_field_error() -> None:
    """UI016: "not there" and "not yours" have their own page, not a hint in a form."""
    with pytest.raises(Absent):
        Example({}).take(Absent())
