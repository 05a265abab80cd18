"""What a row would become, before anything is written: responses with semantic answers, or a reason why not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from karama.interop.tabular.mapping import ROW_KEY, UNKNOWN_DAY, Columns, FileMapping
from karama.interop.tabular.reading import Cell, Formula, NotText, Row, Table, TooLarge
from karama.rules.scoring import CodingError, decode

LARGEST_KEY = 200


@dataclass(frozen=True)
class Refusal:
    """Why a row was left out. Names the row and the column, never the value."""

    row: int
    column: str
    why: str | Promise


@dataclass(frozen=True)
class PlannedResponse:
    """One instrument of one row: item -> answer code, missing ones included as `not_asked`."""

    instrument: str
    version: str
    answers: dict[str, str]
    on: date | None


@dataclass(frozen=True)
class PlannedRow:
    """One row that can be imported. `key` identifies the person within the series."""

    row: int
    key: str
    responses: tuple[PlannedResponse, ...]


FORMULA = _("this cell is a formula: copy its value into the cell")
TOO_LARGE = _("this cell holds far more text than an answer")
NOT_TEXT = _("this cell holds bytes that are no text: write it again")
OVERFLOW = _("this row has more cells than there are columns")
NO_KEY = _("the key is empty: nobody could be recognised by it")
LONG_KEY = _("the key is too long")
BAD_DAY = _("this is not a day: write it as 2026-03-31, or leave it empty if it is not known")
FUTURE_DAY = _("this day lies in the future")
BAD_ANSWER = _("this value is none of the answers of the form: check the coding and the --missing values")
EMPTY = _("no answer in the whole row")


def plan(table: Table, mapping: FileMapping, today: date) -> Iterator[PlannedRow | Refusal]:
    """Walk the file once. Every row becomes exactly one plan or one refusal."""
    for row in table:
        yield plan_row(row, mapping, today)


def plan_row(row: Row, mapping: FileMapping, today: date) -> PlannedRow | Refusal:
    """Plan one row; the first thing that does not fit refuses the whole row: never half a row."""
    if row.overflow:
        return Refusal(row.number, "", OVERFLOW)
    key = _key(row, mapping.key)
    if isinstance(key, Refusal):
        return key
    on = _day(row, mapping.on, today)
    if isinstance(on, Refusal):
        return on
    responses: list[PlannedResponse] = []
    for columns in mapping.columns:
        answers = _answers(row, columns, mapping.missing)
        if isinstance(answers, Refusal):
            return answers
        if any(code != "not_asked" for code in answers.values()):
            responses.append(PlannedResponse(columns.card.code, columns.card.version, answers, on))
    if not responses:
        return Refusal(row.number, "", EMPTY)
    return PlannedRow(row.number, key, tuple(responses))


def _key(row: Row, column: str) -> str | Refusal:
    if column == ROW_KEY:
        return str(row.number)
    cell = _plain(row, column)
    if isinstance(cell, Refusal):
        return cell
    key = "" if cell is None else str(cell).strip()
    if not key:
        return Refusal(row.number, column, NO_KEY)
    return key if len(key) <= LARGEST_KEY else Refusal(row.number, column, LONG_KEY)


def _day(row: Row, on: str | date, today: date) -> date | None | Refusal:
    if isinstance(on, date):
        return on
    if on == UNKNOWN_DAY:
        return None
    cell = _plain(row, on)
    if cell is None or isinstance(cell, Refusal):
        return cell
    day = cell if isinstance(cell, date) else _written_day(str(cell))
    if day is None or day.year < 1900:
        return Refusal(row.number, on, BAD_DAY)
    return day if day <= today else Refusal(row.number, on, FUTURE_DAY)


def _written_day(text: str) -> date | None:
    try:
        return datetime.fromisoformat("".join(_western(letter) for letter in text.strip())).date()
    except ValueError:
        return None


def _western(letter: str) -> str:
    return str(int(letter)) if letter.isdecimal() else letter


def _answers(row: Row, columns: Columns, missing: frozenset[str]) -> dict[str, str] | Refusal:
    answers: dict[str, str] = {}
    for item, column in columns.pairs:
        cell = _plain(row, column)
        if isinstance(cell, Refusal):
            return cell
        if isinstance(cell, date):
            return Refusal(row.number, column, BAD_ANSWER)
        if cell is not None and "".join(_western(letter) for letter in str(cell)) in missing:
            answers[item] = "skipped"
            continue
        try:
            answers[item] = decode(columns.card, columns.coding, item, cell)
        except CodingError:
            return Refusal(row.number, column, BAD_ANSWER)
    return answers


def _plain(row: Row, column: str) -> Cell | Refusal:
    cell = row.cells.get(column)
    if isinstance(cell, Formula):
        return Refusal(row.number, column, FORMULA)
    if isinstance(cell, TooLarge):
        return Refusal(row.number, column, TOO_LARGE)
    if isinstance(cell, NotText):
        return Refusal(row.number, column, NOT_TEXT)
    return cell
