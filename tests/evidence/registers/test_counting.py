"""AN500-AN509: cells of a register, protected, in files that compute and hide nothing."""

from __future__ import annotations

import csv
import io
import random
import zipfile
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from karama.analytics.publish import SMALL, told
from karama.care.activity import Deed
from karama.evidence.problems import MonthNotOver, NoSuchMonth
from karama.evidence.registers.counting import count, lines_of
from karama.evidence.registers.months import month_of, months_before
from karama.evidence.registers.sheets import written
from karama.interop.tabular.reading import open_table
from karama.knowledge.pack_registers import Column, Register

HERE, THERE = UUID(int=1), UUID(int=2)
SITES = [(HERE, "here"), (THERE, "there")]


def column(measure: str, **whom: frozenset[str]) -> Column:
    return Column(measure, {"en": measure}, measure, **whom)  # type: ignore[arg-type]  # sets of codes


def register(*columns: Column, **more: object) -> Register:
    return Register("r", "counts", "donor", {"en": "R"}, columns, **more)  # type: ignore[arg-type]  # as it comes


def held(person: int, site: UUID = HERE, sex: str = "F", band: str = "18-24", first: bool = False) -> Deed:
    return Deed("sessions_held", UUID(int=100 + person), site, sex, band, "home", first)


def test_small_counts_are_one_band() -> None:
    """AN500: nobody and up to seven are told alike, everything above to the nearest five; a pack may only widen it."""
    assert {told(number) for number in range(SMALL + 1)} == {"<8"}
    assert [told(number) for number in (8, 12, 13, 100, 102, 103)] == ["10", "10", "15", "100", "100", "105"]
    assert [told(number, 10) for number in (10, 11, 17, 18)] == ["<11", "15", "15", "20"]
    for wrong in ((3, 6), (-1, 7)):
        with pytest.raises(ValueError, match="band"):
            told(*wrong)


def test_no_cell_gives_a_person_back() -> None:
    """AN501: subtracting told cells of 300 random tables from their told totals finds no small count exactly, while
    the same subtraction on a table that only hides small counts finds many."""
    shaken = random.Random(7)
    found = naive = small = 0
    for _table in range(300):
        cells = [shaken.choice((0, 1, 2, 3, 5, 9, 14, 40)) for _site in range(3)]
        total = sum(cells)
        for place, cell in enumerate(cells):
            if not 0 < cell <= SMALL:
                continue
            small += 1
            others = [other for number, other in enumerate(cells) if number != place]
            if all(other > SMALL for other in others):
                naive += 1
                least, most = _between(told(total)), [_between(told(other)) for other in others]
                lowest = max(0, least[0] - sum(high for _low, high in most))
                highest = min(SMALL, least[1] - sum(low for low, _high in most))
                found += highest - lowest < 2
    assert naive > 50
    assert found == 0
    assert small > naive


def _between(cell: str) -> tuple[int, int]:
    return (0, SMALL) if cell.startswith("<") else (int(cell) - 2, int(cell) + 2)


def test_people_are_counted_once_and_sessions_each_time() -> None:
    """AN502: who came three times is one person and as many sessions; only a first session counts as first."""
    deeds = [held(1, first=True), held(1), held(1), held(2), Deed("sessions_missed", UUID(int=103), HERE, "M", "60+")]
    assert count(column("people_seen"), deeds) == 2
    assert count(column("sessions_held"), deeds) == 4
    assert count(column("people_first_seen"), deeds) == 1
    assert count(column("sessions_missed"), deeds) == 1
    assert count(column("people_seen", sex=frozenset({"M"})), deeds) == 0
    assert count(column("people_seen", ages=frozenset({"18-24"}), places=frozenset({"home"})), deeds) == 2
    assert count(column("people_seen", places=frozenset({"phone"})), deeds) == 0


def test_totals_come_from_the_truth() -> None:
    """AN503: a total is no sum of rounded cells, a site without anybody is there like any other, and a register that
    wants no sites has none."""
    deeds = [held(person) for person in range(12)] + [held(person + 50, THERE) for person in range(6)]
    lines = lines_of(register(column("people_seen")), deeds, [*SITES, (UUID(int=3), "empty")])
    assert lines == [["here", "10"], ["there", "<8"], ["empty", "<8"], ["", "20"]]
    assert lines_of(register(column("people_seen"), by_site=False, small=10), deeds, SITES) == [["", "20"]]


def test_a_month_that_is_over() -> None:
    """AN504: only a month that is over is told; what is none is refused."""
    today = date(2026, 11, 30)
    assert month_of("2026-10", today) == (date(2026, 10, 1), date(2026, 10, 31))
    assert month_of("2024-02", today) == (date(2024, 2, 1), date(2024, 2, 29))
    for later in ("2026-11", "2027-01"):
        with pytest.raises(MonthNotOver):
            month_of(later, today)
    for wrong in ("2026-13", "2026", "11-2026", "", "2026-1", "²026-01"):
        with pytest.raises(NoSuchMonth):
            month_of(wrong, today)
    assert months_before(date(2026, 2, 15), 3) == ["2026-01", "2025-12", "2025-11"]


HOSTILE = [["Site", "=1+1"], ["+cmd|' /C calc'!A0", "<8"], ["@SUM(A1)", "-3"], ["القاهرة & <b>", "10"]]


def test_no_cell_is_computed(tmp_path: Path) -> None:
    """AN505: what a spreadsheet would compute is written as words, in CSV and in XLSX, and reads back as it was."""
    rows = list(csv.reader(io.StringIO(written("csv", HOSTILE).decode("utf-8-sig"))))
    assert rows == [[f"'{cell}" if cell[0] in "=+-@" else cell for cell in line] for line in HOSTILE]
    path = tmp_path / "register.xlsx"
    path.write_bytes(written("xlsx", HOSTILE[2:]))
    table = open_table(path)
    assert table.columns == ("@SUM(A1)", "-3")
    assert [list(row.cells.values()) for row in table] == [["القاهرة & <b>", "10"]]
    assert b"<f>" not in zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml")


def test_a_file_holds_nothing_but_its_table() -> None:
    """AN506: no author, no time, no hidden sheet: the same table is the same bytes, at any moment, in both forms."""
    for form in ("csv", "xlsx"):
        assert written(form, HOSTILE) == written(form, HOSTILE)
    with zipfile.ZipFile(io.BytesIO(written("xlsx", HOSTILE))) as book:
        assert not [name for name in book.namelist() if "docProps" in name or "sheet2" in name or "Cache" in name]
        assert {one.date_time for one in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
