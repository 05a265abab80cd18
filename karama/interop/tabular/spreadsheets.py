"""XLSX files, looked through before they are opened: formulas are found, and a book that would fill the memory refused.

A file of a few kilobytes can unpack to gigabytes, and one cell in the last corner of a sheet stands for 17 thousand
million empty ones. Both are counted from the compressed parts, in little memory, before the sheet is read as a whole.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree

from django.utils.translation import gettext as _

from karama.interop.tabular.problems import UnreadableFile

LARGEST_BOOK: Final = 512 * 1024 * 1024
"""Bytes of all parts of a book, unpacked: ten million answers fit."""
LARGEST_SHEET: Final = 20_000_000
"""Cells between the first and the last one that is used."""
MOST_PARTS: Final = 5_000
_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_REFERENCE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")

BROKEN: Final = (zipfile.BadZipFile, zlib.error, ElementTree.ParseError, KeyError, OSError, ValueError, EOFError)
"""What a file that is no spreadsheet makes its readers raise; an encrypted or unknown packing as well."""


@dataclass
class Sheet:
    """The first sheet: its rows as they are, and where the formulas stand, counted from its first used cell."""

    rows: list[list[Any]]
    formulas: frozenset[tuple[int, int]]
    above: int
    left: int

    def is_formula(self, row: int, column: int) -> bool:
        """Whether the cell at this place of `rows` is computed."""
        return (self.above + row, self.left + column) in self.formulas


@dataclass
class _Seen:
    formulas: set[tuple[int, int]] = field(default_factory=set)
    first_row: int = 10**7
    last_row: int = 0
    last_column: int = 0


def first_sheet(path: Path) -> Sheet:
    """Read the first sheet. Raises `UnreadableFile`, before anything large is held in memory."""
    from python_calamine import CalamineError, load_workbook

    try:
        formulas = _looked_through(path)
        sheet = load_workbook(str(path)).get_sheet_by_index(0)
        above, left = sheet.start or (0, 0)
        return Sheet(list(sheet.iter_rows()), formulas, above, left)
    except (CalamineError, RuntimeError, *BROKEN):
        raise UnreadableFile() from None


def _looked_through(path: Path) -> frozenset[tuple[int, int]]:
    with zipfile.ZipFile(path) as book:
        parts = book.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_BOOK:
            raise _too_large()
        if book.testzip() is not None:
            raise UnreadableFile()
        with book.open(_first_part(book)) as sheet:
            return _formulas(sheet)


def _too_large() -> UnreadableFile:
    return UnreadableFile(
        what=_("This spreadsheet unpacks to far more than a table of answers needs."),
        do=_("Copy the rows and columns that are needed into a new file, or save it as CSV. Nothing was imported."),
    )


def _formulas(sheet: Any) -> frozenset[tuple[int, int]]:
    """The (row, column) places, from zero, of all formulas, arrays included. Raises `UnreadableFile` when too wide."""
    seen = _Seen()
    holder: Any = None
    for event, element in ElementTree.iterparse(sheet, events=("start", "end")):
        if event == "start":
            holder = element if element.tag == f"{_MAIN}sheetData" else holder
            continue
        if element.tag == f"{_MAIN}c":
            _note(element, seen)
        if element.tag == f"{_MAIN}row" and holder is not None:
            holder.clear()
    return frozenset(seen.formulas)


def _note(cell: Any, seen: _Seen) -> None:
    place = _place(cell.get("r", ""))
    if place is not None:
        seen.first_row, seen.last_row = min(seen.first_row, place[0]), max(seen.last_row, place[0])
        seen.last_column = max(seen.last_column, place[1])
        if (seen.last_row - seen.first_row + 1) * (seen.last_column + 1) > LARGEST_SHEET:
            raise _too_large()
    formula = cell.find(f"{_MAIN}f")
    if formula is None:
        return
    seen.formulas.update(_covered(formula.get("ref", "") if formula.get("t") == "array" else "", place))
    if len(seen.formulas) > LARGEST_SHEET:
        raise _too_large()


def _covered(reference: str, place: tuple[int, int] | None) -> Iterator[tuple[int, int]]:
    """The cells that a formula fills: its own, or the whole range of an array."""
    first, _colon, last = reference.partition(":")
    start, stop = _place(first), _place(last or first)
    if start is not None and stop is not None:
        if (stop[0] - start[0] + 1) * (stop[1] - start[1] + 1) > LARGEST_SHEET:
            raise _too_large()
        yield from ((row, column) for row in range(start[0], stop[0] + 1) for column in range(start[1], stop[1] + 1))
    elif place is not None:
        yield place


def _place(reference: str) -> tuple[int, int] | None:
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


def _first_part(book: zipfile.ZipFile) -> str:
    """The part that holds the first sheet in the order of the tabs."""
    tab = ElementTree.fromstring(book.read("xl/workbook.xml")).find(f"{_MAIN}sheets/{_MAIN}sheet")
    if tab is None:
        raise KeyError("sheet")
    relation = tab.attrib[f"{_RELATION}id"]
    for link in ElementTree.fromstring(book.read("xl/_rels/workbook.xml.rels")):
        if link.get("Id") == relation:
            target = str(link.get("Target"))
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    raise KeyError("sheet")
