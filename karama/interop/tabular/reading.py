"""Reading a table row by row, whatever it is kept in. Cells come as text, numbers, dates or nothing: never guessed."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from karama.interop.tabular.problems import UnreadableFile, WrongEncoding
from karama.interop.tabular.spreadsheets import first_sheet

Cell = str | int | float | date | None
LARGEST_CELL: Final = 2_000
LARGEST_TEXT: Final = 64 * 1024 * 1024


@dataclass(frozen=True)
class Formula:
    """A cell that is computed when the file is opened: its value here cannot be trusted."""


@dataclass(frozen=True)
class TooLarge:
    """A cell with more text than any answer has."""


@dataclass(frozen=True)
class NotText:
    """A cell with NUL bytes: part of it is lost, or it never was text."""


Marked = Formula | TooLarge | NotText


@dataclass(frozen=True)
class Row:
    """One row: its number as the person who opens the file sees it, and its cells by column."""

    number: int
    cells: dict[str, Cell | Marked]
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
    columns = tuple(_heading(place, value) for place, value in enumerate(first[1], start=1))
    twice = [str(place) for place, one in enumerate(columns, start=1) if one and columns.count(one) > 1]
    if twice:
        raise UnreadableFile(
            what=_("Columns %(places)s have the same name.") % {"places": ", ".join(twice[:20])},
            do=_("Give each column its own name. Nothing was imported."),
        )
    rows = sum(1 for number, values in _records(path, encoding) if number > 1 and any(v is not None for v in values))
    return Table(path, columns, encoding, rows)


def _heading(place: int, value: Cell | Marked) -> str:
    if isinstance(value, NotText):
        raise WrongEncoding()
    if isinstance(value, Formula | TooLarge):
        raise UnreadableFile(
            what=_("The first row names the columns, and in column %(place)s it holds no name.") % {"place": place}
        )
    return "" if value is None else str(value).strip()


def _records(path: Path, encoding: str) -> Iterator[tuple[int, list[Cell | Marked]]]:
    with path.open("rb") as opened:
        start = opened.read(4)
    if start == b"PAR1":
        return _parquet(path)
    if start[:2] == b"PK":
        return _xlsx(path)
    return _csv(path, encoding)


def _csv(path: Path, encoding: str) -> Iterator[tuple[int, list[Cell | Marked]]]:
    csv.field_size_limit(LARGEST_TEXT)
    name = "utf-8-sig" if encoding.lower().replace("_", "-") in ("utf-8", "utf8") else encoding
    with path.open("rb") as opened:
        if opened.read(2) in (b"\xff\xfe", b"\xfe\xff"):
            name = "utf-16"
    number = 0
    try:
        with path.open(encoding=name, newline="") as text:
            sample = text.readline(LARGEST_TEXT)
            text.seek(0)
            delimiter = max((",", ";", "\t", "|"), key=sample.count)
            for number, values in enumerate(csv.reader(text, delimiter=delimiter, strict=True), start=1):
                yield number, [_text(value) for value in values]
    except UnicodeError:
        raise _wrong_encoding(path, name) from None
    except LookupError:
        raise WrongEncoding(what=_("There is no encoding of this name.")) from None
    except csv.Error:
        told = {"row": number + 1}
        raise UnreadableFile(
            what=_("A quotation mark in row %(row)s or after it opens a cell and does not close it.") % told,
            do=_("Close it or take it away, so that no row disappears in it. Nothing was imported."),
        ) from None


def _wrong_encoding(path: Path, encoding: str) -> WrongEncoding:
    """Where the first letter stands that is not in this encoding, if lines can be told apart."""
    if encoding != "utf-8-sig":
        return WrongEncoding(what=_("The letters in this file are not stored in the encoding that was named."))
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                line.decode("utf-8-sig")
            except UnicodeError:
                return WrongEncoding(
                    what=_("The letters in this file are not stored as UTF-8; the first of them is in line %(line)s.")
                    % {"line": number}
                )
    return WrongEncoding()


def _text(value: str) -> Cell | Marked:
    if len(value) > LARGEST_CELL:
        return TooLarge()
    if "\x00" in value:
        return NotText()
    value = value.strip()
    if value.startswith("="):
        return Formula()
    return value or None


def _xlsx(path: Path) -> Iterator[tuple[int, list[Cell | Marked]]]:
    sheet = first_sheet(path)
    for place, values in enumerate(sheet.rows):
        yield (
            place + 1,
            [Formula() if sheet.is_formula(place, column) else _cell(value) for column, value in enumerate(values)],
        )


def _parquet(path: Path) -> Iterator[tuple[int, list[Cell | Marked]]]:
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


def _cell(value: object) -> Cell | Marked:
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
