"""IM101-IM119: reading tables of every kind, and refusing what cannot be trusted, row by row."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pyarrow as pa
import pytest
from pyarrow import parquet

from karama.interop.tabular.problems import UnreadableFile, WrongEncoding
from karama.interop.tabular.reading import Formula, Row, TooLarge, open_table


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "table.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_rows_keep_the_number_that_the_file_shows(tmp_path: Path) -> None:
    """IM101: a row is named by its number in the file, and an empty line is no row."""
    table = open_table(written(tmp_path, "a,b\n1,2\n\n3,\n"))
    assert list(table) == [Row(2, {"a": "1", "b": "2"}), Row(4, {"a": "3", "b": None})]
    assert table.rows == 2


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters(tmp_path: Path, delimiter: str) -> None:
    """IM102: comma, semicolon, tab and bar are recognised from the first line."""
    table = open_table(written(tmp_path, f"a{delimiter}b\n1{delimiter}2\n"))
    assert table.columns == ("a", "b")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_that_say_what_they_are(tmp_path: Path, encoding: str) -> None:
    """IM103: UTF-8 with or without its mark and UTF-16 are read without being named."""
    assert open_table(written(tmp_path, "الاسم,q\nأمل,1\n", encoding)).columns == ("الاسم", "q")


def test_wrong_encoding_is_refused_whole(tmp_path: Path) -> None:
    """IM104: a file in another encoding is refused with the way out, and read once the encoding is named."""
    path = written(tmp_path, "الاسم,q\nأمل,1\n", "windows-1256")
    with pytest.raises(WrongEncoding) as refusal:
        open_table(path)
    assert "windows-1256" in str(refusal.value.do)
    assert open_table(path, "windows-1256").columns == ("الاسم", "q")
    with pytest.raises(WrongEncoding):
        open_table(path, "no-such-encoding")


def test_a_huge_cell_spoils_its_row_only(tmp_path: Path) -> None:
    """IM105: a cell of 1 MB is marked, and the rows around it are read."""
    rows = list(open_table(written(tmp_path, "a,b\n1,2\n" + "x" * 1_000_000 + ",2\n3,4\n")))
    assert [isinstance(row.cells["a"], TooLarge) for row in rows] == [False, True, False]


def test_formulas_are_marked_in_every_format(tmp_path: Path) -> None:
    """IM106: a formula is never taken for its value, neither in CSV nor in a spreadsheet."""
    (row,) = open_table(written(tmp_path, "a,b\n=1+1,2\n"))
    assert isinstance(row.cells["a"], Formula)
    book = openpyxl.Workbook()
    book.create_sheet("first", 0).append(["a", "b"])
    book.worksheets[0].append([1, "=A2+1"])
    book.worksheets[0].append([2, 3])
    book.save(tmp_path / "book.xlsx")
    first, second = open_table(tmp_path / "book.xlsx")
    assert isinstance(first.cells["b"], Formula)
    assert second.cells == {"a": 2, "b": 3}


def test_typed_cells(tmp_path: Path) -> None:
    """IM107: numbers, days and gaps of spreadsheets and Parquet files keep their kind."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["a", "on", "c"])
    sheet.append([1.0, date(2026, 3, 31), None])
    book.save(tmp_path / "book.xlsx")
    (row,) = open_table(tmp_path / "book.xlsx")
    assert row.cells == {"a": 1, "on": date(2026, 3, 31), "c": None}
    parquet.write_table(pa.table({"a": [1, None], "b": [2.5, float("nan")]}), tmp_path / "table.parquet")
    assert [r.cells for r in open_table(tmp_path / "table.parquet")] == [{"a": 1, "b": 2.5}]


def test_too_many_cells_are_seen(tmp_path: Path) -> None:
    """IM108: a row with more cells than columns says so: its cells may have slipped."""
    assert [row.overflow for row in open_table(written(tmp_path, "a,b\n1,2,3\n1,2\n"))] == [True, False]


@pytest.mark.parametrize("content", [b"", b"\n", b"PK\x03\x04 not a book", b"PAR1 not a table", b"a,a\n1,2\n"])
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes) -> None:
    """IM109: an empty, broken or ambiguous file is refused as a whole with a sentence."""
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile):
        list(open_table(path))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    """IM110: a file that is not there is said to be not there."""
    with pytest.raises(UnreadableFile):
        open_table(tmp_path / "nothing.csv")
