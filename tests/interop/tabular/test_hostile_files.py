"""IM140-IM159: files that are broken, strange or made to do harm. Each is refused with a place and a way out."""

from __future__ import annotations

import time
import tracemalloc
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import python_calamine
from openpyxl.worksheet.formula import ArrayFormula

from karama.interop.tabular import spreadsheets
from karama.interop.tabular.mapping import map_columns
from karama.interop.tabular.planning import NOT_TEXT, Refusal, plan
from karama.interop.tabular.problems import UnreadableFile, WrongEncoding, WrongMapping
from karama.interop.tabular.reading import Formula, NotText, open_table


def written(folder: Path, content: bytes) -> Path:
    path = folder / "table.csv"
    path.write_bytes(content)
    return path


def book(folder: Path) -> Path:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.append(["a", "b"])
    sheet.append([1, 2])
    path = folder / "book.xlsx"
    made.save(path)
    return path


def with_part(path: Path, name: str, content: bytes) -> Path:
    """The book with one part replaced by other content."""
    with zipfile.ZipFile(path) as old:
        parts = {one.filename: old.read(one) for one in old.infolist()}
    parts[name] = content
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for part, data in parts.items():
            new.writestr(part, data)
    return path


SHEET = "xl/worksheets/sheet1.xml"
NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def sheet_of(cells: str) -> bytes:
    return f'<worksheet xmlns="{NAMESPACE}"><sheetData>{cells}</sheetData></worksheet>'.encode()


def test_the_first_wrong_letter_is_located(tmp_path: Path) -> None:
    """IM140: of a file that is not UTF-8 the line of the first wrong letter is told, never the letter."""
    lines = b"id,G1\nk1,0\nk2,1\n" + "José,2\n".encode("latin-1")
    with pytest.raises(WrongEncoding) as refusal:
        open_table(written(tmp_path, lines))
    assert "line 4" in str(refusal.value.what)
    assert "Jos" not in f"{refusal.value.what} {refusal.value.do}"


def test_a_late_wrong_letter_stops_everything_before_the_first_row(tmp_path: Path) -> None:
    """IM141: a wrong letter far down refuses the file before anything could be imported."""
    lines = b"id,G1\n" + b"k,0\n" * 50_000 + b"\xe9,0\n"
    with pytest.raises(WrongEncoding) as refusal:
        open_table(written(tmp_path, lines))
    assert "line 50002" in str(refusal.value.what)


def test_sixteen_bits_without_a_mark_are_not_taken_for_text(tmp_path: Path) -> None:
    """IM142: UTF-16 without its mark is refused, and read once it is named."""
    path = written(tmp_path, "id,G1\nk1,0\n".encode("utf-16-le"))
    with pytest.raises(WrongEncoding):
        open_table(path)
    assert open_table(path, "utf-16-le").columns == ("id", "G1")


def test_nul_bytes_spoil_their_row_only(tmp_path: Path) -> None:
    """IM143: a cell with NUL bytes refuses its row by row and column; the next row is read."""
    table = open_table(
        written(tmp_path, b"id,G1,G2,G3,G4,G5,G6,G7\nk\x001,0,0,0,0,0,0,0\nk2,0,0,0,0,0,0,\x003\nk3" + b",0" * 7)
    )
    assert [isinstance(row.cells["id"], NotText) for row in table] == [True, False, False]
    mapping = map_columns(table.columns, series="s", wave="baseline", key="id", on="unknown", chosen=["gad7=G1..G7"])
    first, second, third = plan(table, mapping, date(2026, 1, 1))
    assert (first, second) == (Refusal(2, "id", NOT_TEXT), Refusal(3, "G7", NOT_TEXT))
    assert not isinstance(third, Refusal)


def test_an_open_quotation_mark_swallows_no_rows(tmp_path: Path) -> None:
    """IM144: a quotation mark that nobody closes would take the rest of the file into one cell: refused."""
    content = b'id,G1,remark\nk1,0,"fine"\nk2,0,"open\n' + b"k3,0,\n" * 20
    with pytest.raises(UnreadableFile) as refusal:
        open_table(written(tmp_path, content))
    assert "row 3" in str(refusal.value.what)


def test_headings_that_are_none_are_named_by_their_place(tmp_path: Path) -> None:
    """IM145: two equal headings, a huge one and a formula are refused by column number: a file without headings has
    answers in its first row, and they appear in no message."""
    for content, told in (
        (b"secret,b,secret\n1,2,3\n", "1, 3"),
        (b"a," + b"x" * 3_000 + b"\n1,2\n", "column 2"),
        (b"a,=1+1\n1,2\n", "column 2"),
    ):
        with pytest.raises(UnreadableFile) as refusal:
            open_table(written(tmp_path, content))
        assert told in str(refusal.value.what)
        assert "secret" not in f"{refusal.value.what} {refusal.value.do}"


def test_a_zip_bomb_is_refused_unopened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """IM146: a book of some kilobytes that unpacks to far more is refused without unpacking it into memory."""
    monkeypatch.setattr(spreadsheets, "LARGEST_BOOK", 8 * 1024 * 1024)
    path = with_part(book(tmp_path), SHEET, sheet_of("<row><c><v>1</v></c></row>" + " " * 64 * 1024 * 1024))
    assert path.stat().st_size < 200_000
    tracemalloc.start()
    began = time.monotonic()
    with pytest.raises(UnreadableFile) as refusal:
        open_table(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "unpacks" in str(refusal.value.what)
    assert peak < 4 * 1024 * 1024
    assert time.monotonic() - began < 5


def test_a_bomb_that_lies_about_its_size_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """IM147: a part that is larger than the book's own list says, whichever it is, is refused before it is opened."""
    part = "xl/sharedStrings.xml"
    path = with_part(book(tmp_path), part, f'<sst xmlns="{NAMESPACE}">{" " * 5_000_000}</sst>'.encode())
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as whole:
        size = whole.getinfo(part).file_size.to_bytes(4, "little")
    assert content.count(size) >= 2
    path.write_bytes(bytes(content).replace(size, (500).to_bytes(4, "little")))
    monkeypatch.setattr(python_calamine, "load_workbook", lambda _path: pytest.fail("the book was opened"))
    with pytest.raises(UnreadableFile):
        open_table(path)


def test_a_cell_in_the_last_corner_does_not_fill_the_memory(tmp_path: Path) -> None:
    """IM148: two used cells in opposite corners are 17 thousand million places: refused before the sheet is read."""
    corners = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    with pytest.raises(UnreadableFile) as refusal:
        open_table(with_part(book(tmp_path), SHEET, sheet_of(corners)))
    assert "unpacks" in str(refusal.value.what)


def test_entities_that_multiply_are_refused(tmp_path: Path) -> None:
    """IM149: a sheet whose letters are entities of entities is refused at once."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE w [<!ENTITY e0 "ha">{entities}]><worksheet xmlns="{NAMESPACE}">&e11;</worksheet>'
    began = time.monotonic()
    with pytest.raises(UnreadableFile):
        open_table(with_part(book(tmp_path), SHEET, bomb.encode()))
    assert time.monotonic() - began < 10


def test_every_cell_of_an_array_formula_is_a_formula(tmp_path: Path) -> None:
    """IM150: an array formula fills cells that hold a value only: they are computed all the same."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.append(["a", "b"])
    for row in range(3):
        sheet.append([row, row])
    sheet["B2"] = ArrayFormula("B2:B3", "=A2:A3*2")
    made.save(tmp_path / "book.xlsx")
    rows = list(open_table(tmp_path / "book.xlsx"))
    assert [isinstance(row.cells["b"], Formula) for row in rows] == [True, True, False]


def test_an_instrument_printed_in_two_ways_needs_its_coding() -> None:
    """IM151: K6 forms count up or down: without a coding the import is refused, and the sentence names them."""
    columns = [f"k{n}" for n in range(6)]
    told = {"series": "s", "wave": "w", "key": "row", "on": "unknown", "chosen": ["k6=k0..k5"]}
    with pytest.raises(WrongMapping) as refusal:
        map_columns(columns, **told)  # type: ignore[arg-type]  # options of several types
    assert "--coding k6=1_all_to_5_none" in str(refusal.value.what)
    assert map_columns(columns, **told, chosen_codings=["k6=values"]).columns[0].coding == "values"  # type: ignore[arg-type]
