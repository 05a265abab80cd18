"""Names, numbers and days in two writing directions."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.template import Context, Template
from django.utils.translation import override

from karama.ui import bidi, calendars, dates, numerals
from karama.ui.dates import About
from karama.ui.listing import in_a_row
from karama.ui.messages import LANGUAGES, compile_all
from karama.ui.messages.catalogue import load


@pytest.fixture(autouse=True)
def words() -> None:
    compile_all()


def test_names_are_isolated_and_escaped() -> None:
    """UI001: a name keeps its own direction, is escaped, and loses invisible direction controls."""
    assert bidi.isolate("<نور>\u202e") == "<bdi>&lt;نور&gt;</bdi>"
    assert bidi.isolate_plain("K7\u2067QM") == "\u2068K7QM\u2069"


def test_a_code_is_left_to_right_everywhere() -> None:
    """UI002: a code is printed left to right and not translated, also in an Arabic page."""
    assert bidi.code("K7QM-4T9-C") == '<bdi class="code" dir="ltr" translate="no">K7QM-4T9-C</bdi>'


@pytest.mark.parametrize("typed", ["2025", "٢٠٢٥", "۲۰۲۵", "२०२५"])
def test_digits_of_every_script_are_read(typed: str) -> None:
    """UI003: a number typed in any digits is the same number."""
    assert numerals.to_ascii_digits(typed) == "2025"


def test_arabic_separators_are_read() -> None:
    """UI004: the Arabic decimal and thousands separators are understood."""
    assert numerals.to_ascii_digits("١٬٢٣٤٫٥") == "1234.5"


@pytest.mark.parametrize(("language", "expected"), [("en", "1,234.5"), ("es", "1,234.5"), ("ar", "1,234.5")])
def test_numbers_are_printed_in_0_to_9(language: str, expected: str) -> None:
    """UI005: screens print 0-9 in every language."""
    with override(language):
        assert numerals.number(1234.5) == expected


def test_a_minus_and_names_keep_their_places_in_arabic() -> None:
    """UI079: among right-to-left words a minus stands before its number, and the first of several Latin names right."""
    told = "\u060c ".join(f"\u2068{name}\u2069" for name in ("Chantal", "Diego"))
    assert (numerals.number(-5.25), in_a_row(["Chantal", "Diego"])) == ("-5.25", "Chantal, Diego")
    assert in_a_row(["سارة", "Diego"]) == "\u2068سارة\u2069, Diego"
    with override("ar"):
        assert (numerals.number(-5.25), in_a_row(["Chantal", "Diego"])) == ("\u200e-5.25", told)


@pytest.mark.parametrize(("words", "kept"), json.loads((Path(__file__).parent / "digits_in_groups.json").read_bytes()))
def test_a_telephone_number_in_groups_keeps_their_order(words: str, kept: str) -> None:
    """UI081: among Arabic letters the groups of a number that somebody typed would change places; other digits stay.
    The telephone passes the same list (FD754)."""
    assert bidi.dialled_whole(words) == kept.replace("[", "\u2066").replace("]", "\u2069")


def test_words_of_a_record_are_shown_as_they_were_written() -> None:
    """UI082: lines stay lines, marks stay harmless and a number keeps its order; only words to be copied back into a
    form stay without that."""
    shown = Template("{% load ui %}{{ words|written }}").render(Context({"words": "أختي 0750 445\n<b>"}))
    assert shown == "أختي \u20660750 445\u2069<br>&lt;b&gt;"
    package = Path(bidi.__file__).parents[1]
    bare = [path.name for path in package.rglob("*.html") if "|linebreaksbr" in path.read_text(encoding="utf-8")]
    assert sorted(bare) == ["problem.html", "question.html"]


def test_missing_is_never_zero() -> None:
    """UI006: nothing is printed as a dash, never as 0."""
    nothing = [numerals.number(None), numerals.percent(None), dates.day(None), dates.moment(None), dates.about(None)]
    assert set(nothing) == {numerals.NOTHING}


@pytest.mark.parametrize(
    ("language", "expected"), [("en", "3 March 2026"), ("es", "3 marzo 2026"), ("ar", "3 آذار 2026")]
)
def test_days_have_their_month_in_words(language: str, expected: str) -> None:
    """UI007: a day is printed with its month in words, in the names of the region."""
    with override(language):
        assert dates.day(date(2026, 3, 3)) == expected


def test_habits_of_a_region_can_be_chosen(settings: object) -> None:
    """UI008: an installation in Egypt prints Egyptian month names."""
    settings.KARAMA_HABITS = {"ar": "ar_EG"}  # type: ignore[attr-defined]
    with override("ar"):
        assert dates.day(date(2026, 3, 3)) == "3 مارس 2026"


def test_a_second_calendar_stands_beside_the_day() -> None:
    """UI076: the Hijri day in the reader's language beside the day, for whoever chose it; never in place of it, and
    nothing beside a day that the tables do not know. The first of Ramadan 1447 was the 18th of February 2026."""
    try:
        calendars.choose("hijri")
        assert dates.day(date(2026, 2, 18)) == "18 February 2026 (1 Ramadan 1447)"
        with override("ar"):
            assert dates.day(date(2026, 2, 18)) == "18 شباط 2026 (1 رمضان 1447)"
        assert dates.short_day(date(2026, 2, 18)) == "18 Feb 2026"
        assert dates.day(date(1900, 1, 1)) == "1 January 1900"
        calendars.choose("another")
        assert dates.day(date(2026, 2, 18)) == "18 February 2026"
    finally:
        calendars.choose("")


def test_a_day_is_as_exact_as_it_is_known() -> None:
    """UI009: a month, a year and a guess are never printed as an exact day."""
    known = date(2026, 3, 1)
    assert [str(About(known, precision)) for precision in dates.PRECISIONS] == [
        "1 March 2026",
        "March 2026",
        "2026",
        "about 1 March 2026",
    ]


def test_moments_are_told_in_the_place_of_the_reader(settings: object) -> None:
    """UI010: a moment is printed in the active time zone, 24 hours."""
    from django.utils import timezone

    with timezone.override("Asia/Baghdad"):
        assert dates.moment(datetime(2026, 3, 3, 22, 30, tzinfo=UTC)) == "4 Mar 2026, 01:30"


def test_what_became_of_a_referral_is_told_apart() -> None:
    """UI073: whether a service received a referral, accepted it, or somebody arrived there are three words in every
    language: one taps them on a telephone, and a wrong tap says that somebody arrived who did not."""
    states = (
        "Received", "Accepted", "A day is agreed", "Nobody knows yet", "Arrived", "Did not arrive", "Done",
        "Not accepted", "Not wanted by the person", "Ended",
    )  # fmt: skip
    for language in LANGUAGES:
        plain = [one for one in load(language) if one.msgid in states and not one.msgctxt and not one.obsolete]
        words = [one.msgstr for one in plain if one.msgstr]
        assert len(set(words)) == len(words) == len(states), language
