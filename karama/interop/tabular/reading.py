"""Reading a table row by row, whatever it is kept in. Cells come as text, numbers, dates or nothing: never guessed."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from django.utils.translation import gettext as _

from karama.interop.tabular.problems import UnreadableFile, WrongEncoding

Cell = str | int | float | date | None
LARGEST_CELL: Final = 2_000
LARGEST_TEXT: Final = 64 * 1024 * 1024
_SHEET: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


@dataclass(frozen=True)
class Formula:
    """A cell that is computed when the file is opened: its value here cannot be trusted."""


@dataclass(frozen=True)
class TooLarge:
    """A cell with more text than any answer has."""


@dataclass(frozen=True)
class Row:
    """One row: its number as the person who opens the file sees it, and its cells by column."""

    number: int
    cells: dict[str, Cell | Formula | TooLarge]
    overflow: bool = False


@dataclass(frozen=True)
class Table:
    """The columns in their order, and a way to walk the rows (as often as wanted). `rows`: how many, where known."""

    path: Path
    columns: tuple[str, ...]
    encoding: str = "utf-8"
    rows: int | None = None

    def __iter__(self) -> Iterator[Row]:
        for number, values in _records(self.path, self.encoding):
            if number == 1 or not any(value is not None for value in values):
                continue
            cells = dict(zip(self.columns, chain(values, [None] * len(self.columns)), strict=False))
            yield Row(number, cells, overflow=any(value is not None for value in values[len(self.columns) :]))


def open_table(path: Path, encoding: str = "utf-8") -> Table:
    """Look at a file's first row. Raises `UnreadableFile` or `WrongEncoding` with a way out."""
    if not path.is_file():
        raise UnreadableFile(what=_("There is no file of this name."))
    first = next(_records(path, encoding), None)
    if first is None or not any(first[1]):
        raise UnreadableFile(what=_("This file is empty: its first row must name the columns."))
    columns = tuple(str(value).strip() if value is not None else "" for value in first[1])
    named = [column for column in columns if column]
    if len(set(named)) != len(named):
        raise UnreadableFile(what=_("Two columns have the same name."), do=_("Give each column its own name."))
    rows = sum(1 for number, values in _records(path, encoding) if number > 1 and any(v is not None for v in values))
    return Table(path, columns, encoding, rows)


def _records(path: Path, encoding: str) -> Iterator[tuple[int, list[Cell | Formula | TooLarge]]]:
    with path.open("rb") as opened:
        start = opened.read(4)
    if start == b"PAR1":
        return _parquet(path)
    if start[:2] == b"PK":
        return _xlsx(path)
    return _csv(path, encoding)


def _csv(path: Path, encoding: str) -> Iterator[tuple[int, list[Cell | Formula | TooLarge]]]:
    csv.field_size_limit(LARGEST_TEXT)
    name = "utf-8-sig" if encoding.lower().replace("_", "-") in ("utf-8", "utf8") else encoding
    with path.open("rb") as opened:
        if opened.read(2) in (b"\xff\xfe", b"\xfe\xff"):
            name = "utf-16"
    try:
        with path.open(encoding=name, newline="") as text:
            sample = text.readline(LARGEST_TEXT)
            text.seek(0)
            delimiter = max((",", ";", "\t", "|"), key=sample.count)
            for number, values in enumerate(csv.reader(text, delimiter=delimiter), start=1):
                yield number, [_text(value) for value in values]
    except (UnicodeDecodeError, UnicodeError):
        raise WrongEncoding() from None
    except LookupError:
        raise WrongEncoding(what=_("There is no encoding of this name.")) from None
    except csv.Error:
        raise UnreadableFile() from None


def _text(value: str) -> Cell | Formula | TooLarge:
    if len(value) > LARGEST_CELL:
        return TooLarge()
    value = value.replace("\x00", "").strip()
    if value.startswith("="):
        return Formula()
    return value or None


def _xlsx(path: Path) -> Iterator[tuple[int, list[Cell | Formula | TooLarge]]]:
    from python_calamine import CalamineError, load_workbook

    try:
        formulas = _formula_cells(path)
        sheet = load_workbook(str(path)).get_sheet_by_index(0)
        above = sheet.start[0] if sheet.start else 0
        left = sheet.start[1] if sheet.start else 0
        rows = list(sheet.iter_rows())
    except (CalamineError, zipfile.BadZipFile, ElementTree.ParseError, KeyError, OSError, ValueError):
        raise UnreadableFile() from None
    for place, values in enumerate(rows):
        yield (
            place + 1,
            [
                Formula() if (above + place, left + column) in formulas else _cell(value)
                for column, value in enumerate(values)
            ],
        )


def _formula_cells(path: Path) -> frozenset[tuple[int, int]]:
    """The (row, column) places, from zero, of the first sheet's formulas."""
    found: set[tuple[int, int]] = set()
    with zipfile.ZipFile(path) as book, book.open(_first_sheet(book)) as sheet:
        for _event, element in ElementTree.iterparse(sheet):
            if element.tag == f"{_SHEET}c" and element.find(f"{_SHEET}f") is not None:
                found.add(_place(element.get("r", "")))
            if element.tag == f"{_SHEET}row":
                element.clear()
    return frozenset(found)


def _first_sheet(book: zipfile.ZipFile) -> str:
    """The part that holds the first sheet in the order of the tabs."""
    tab = ElementTree.fromstring(book.read("xl/workbook.xml")).find(f"{_SHEET}sheets/{_SHEET}sheet")
    if tab is None:
        raise KeyError("sheet")
    relation = tab.attrib[f"{_RELATION}id"]
    for link in ElementTree.fromstring(book.read("xl/_rels/workbook.xml.rels")):
        if link.get("Id") == relation:
            target = str(link.get("Target"))
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    raise KeyError("sheet")


def _place(reference: str) -> tuple[int, int]:
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(reference[len(letters) :]) - 1, column - 1


def _parquet(path: Path) -> Iterator[tuple[int, list[Cell | Formula | TooLarge]]]:
    import pyarrow
    from pyarrow import parquet

    try:
        with parquet.ParquetFile(path) as file:
            yield 1, list(file.schema_arrow.names)
            number = 1
            for block in file.iter_batches(batch_size=5_000):
                for values in zip(*(column.to_pylist() for column in block.columns), strict=True):
                    number += 1
                    yield number, [_cell(value) for value in values]
    except (pyarrow.ArrowException, OSError):
        raise UnreadableFile() from None


def _cell(value: object) -> Cell | Formula | TooLarge:
    """One typed cell. Truth values become 1 and 0; whole floats become whole numbers; NaN is nothing."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, float):
        if value != value:
            return None
        return int(value) if value.is_integer() else value
    if isinstance(value, int):
        return value
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    return _text(str(value))
