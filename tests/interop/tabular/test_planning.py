"""IM120-IM139: what a row would become, or the reason why it is left out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from karama.interop.tabular.mapping import FileMapping, map_columns
from karama.interop.tabular.planning import (
    BAD_ANSWER,
    BAD_DAY,
    EMPTY,
    FORMULA,
    FUTURE_DAY,
    NO_KEY,
    OVERFLOW,
    TOO_LARGE,
    PlannedRow,
    Refusal,
    plan,
)
from karama.interop.tabular.problems import WrongMapping
from karama.interop.tabular.reading import open_table

TODAY = date(2026, 11, 1)
COLUMNS = ["id", "day", *(f"G{n}" for n in range(1, 8))]


def mapping(**changes: object) -> FileMapping:
    options = {"series": "s", "wave": "baseline", "key": "id", "on": "day", "chosen": ["gad7=G1..G7"], **changes}
    return map_columns(COLUMNS, **options)  # type: ignore[arg-type]  # options of several types


def planned(folder: Path, *lines: str, **changes: object) -> list[PlannedRow | Refusal]:
    path = folder / "table.csv"
    path.write_text("\n".join([",".join(COLUMNS), *lines]) + "\n", encoding="utf-8")
    return list(plan(open_table(path), mapping(**changes), TODAY))


def test_a_row_becomes_semantic_answers(tmp_path: Path) -> None:
    """IM120: raw numbers become answer codes, an empty cell becomes not asked, never zero."""
    (row,) = planned(tmp_path, "k1,2026-03-31,0,1,2,3,,0,0")
    assert isinstance(row, PlannedRow)
    answers = row.responses[0].answers
    assert list(answers.values())[:5] == [
        "not_at_all",
        "several_days",
        "more_than_half",
        "nearly_every_day",
        "not_asked",
    ]
    assert (row.key, row.responses[0].on) == ("k1", date(2026, 3, 31))


def test_arabic_digits_are_digits(tmp_path: Path) -> None:
    """IM121: Arabic-Indic and Persian digits are read in answers, days and --missing."""
    (row,) = planned(tmp_path, "k1,٢٠٢٦-٠٣-٣١,٠,١,٢,٣,۳,٩,0", missing="9")
    assert isinstance(row, PlannedRow)
    assert list(row.responses[0].answers.values())[3:6] == ["nearly_every_day", "nearly_every_day", "skipped"]
    assert row.responses[0].on == date(2026, 3, 31)


@pytest.mark.parametrize(
    ("line", "column", "why"),
    [
        ("k,2026-03-31,4,0,0,0,0,0,0", "G1", BAD_ANSWER),
        ("k,2026-03-31,0,yes,0,0,0,0,0", "G2", BAD_ANSWER),
        ("k,2026-03-31,0,0,1.5,0,0,0,0", "G3", BAD_ANSWER),
        ("k,2026-03-31,0,0,-1,0,0,0,0", "G3", BAD_ANSWER),
        ("k,2026-03-31,=2,0,0,0,0,0,0", "G1", FORMULA),
        (",2026-03-31,0,0,0,0,0,0,0", "id", NO_KEY),
        ("k,31.3.26,0,0,0,0,0,0,0", "day", BAD_DAY),
        ("k,2027-01-01,0,0,0,0,0,0,0", "day", FUTURE_DAY),
        ("k,2026-03-31,,,,,,,", "", EMPTY),
        ("k,2026-03-31,0,0,0,0,0,0,0,5", "", OVERFLOW),
        ("k,2026-03-31," + "9" * 5000 + ",0,0,0,0,0,0", "G1", TOO_LARGE),
    ],
)
def test_a_row_that_does_not_fit_is_refused_whole(tmp_path: Path, line: str, column: str, why: object) -> None:
    """IM122: the refusal names row, column and reason, and the next row is planned all the same."""
    refused, good = planned(tmp_path, line, "k2,2026-03-31,0,0,0,0,0,0,0")
    assert refused == Refusal(2, column, why)  # type: ignore[arg-type]  # a lazy sentence
    assert isinstance(good, PlannedRow)


def test_refusals_never_hold_the_value(tmp_path: Path) -> None:
    """IM123: what stood in the cell does not appear in the refusal."""
    (refused,) = planned(tmp_path, "k,2026-03-31,Amal-secret,0,0,0,0,0,0")
    assert "Amal" not in repr(refused)


def test_row_numbers_as_keys_and_unknown_days(tmp_path: Path) -> None:
    """IM124: --key row uses the row number, --on unknown leaves the day open."""
    (row,) = planned(tmp_path, "k1,2026-03-31,0,0,0,0,0,0,0", key="row", on="unknown")
    assert isinstance(row, PlannedRow)
    assert (row.key, row.responses[0].on) == ("2", None)


@pytest.mark.parametrize(
    "changes",
    [
        {"chosen": []},
        {"chosen": ["gad7"]},
        {"chosen": ["nothing=G1..G7"]},
        {"chosen": ["gad7=G1..G6"]},
        {"chosen": ["gad7=G7..G1"]},
        {"chosen": ["gad7=G1..G9"]},
        {"chosen": ["gad7=G1,G1,G2,G3,G4,G5,G6"]},
        {"chosen_codings": ["k6=form"]},
        {"chosen_codings": ["gad7=nonsense"]},
        {"key": "nobody"},
        {"on": "someday"},
    ],
)
def test_a_wrong_mapping_is_refused_before_anything_is_read(changes: dict[str, object]) -> None:
    """IM125: options that do not fit the file or the instrument end with a sentence, and nothing is imported."""
    with pytest.raises(WrongMapping):
        mapping(**changes)
