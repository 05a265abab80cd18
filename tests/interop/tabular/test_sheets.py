"""IM200-IM219: what a row of a programme's own sheet would become, or the reason why it is left out."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pytest
from pyarrow import parquet

from karama.interop.tabular import care, cells, people
from karama.interop.tabular.bringing import Planned, planned
from karama.interop.tabular.cells import About, about
from karama.interop.tabular.choosing import Said, choose
from karama.interop.tabular.planning import BAD_DAY, FORMULA, FUTURE_DAY, NO_KEY, NOT_TEXT, OVERFLOW, TOO_LARGE, Refusal
from karama.interop.tabular.problems import WrongMapping
from karama.interop.tabular.reading import open_table
from karama.rules.minors import BANDS, band_of_year
from tests.interop.tabular.sheets import TODAY, chosen, plans, reader

PEOPLE = ["key", "name", "born", "sex", "contact", "safe_way", "agreed_report"]


def person(folder: Path, *row: Any, **more: Any) -> Planned | Refusal:
    (found,) = plans("people", folder, [PEOPLE, row], **more)
    return found


def test_a_row_becomes_a_person(tmp_path: Path) -> None:
    """IM200: name, year of birth, sex, agreed way and decision of a row are taken as they are said."""
    found = person(tmp_path, "K1", "Amal Haddad", "1991-05-03", "f", "+57 300 111 2233", "call", "no")
    assert isinstance(found, Planned)
    told = found.arguments
    assert (told["first"], told["last"], told["birth_year"], told["birth_precision"]) == (
        "Amal",
        "Haddad",
        1991,
        "year",
    )
    assert (told["contact"], told["contact_address"], told["sex_for_reporting"]) == ("call", "+57 300 111 2233", "F")
    assert (told["basis_purposes"], told["basis_refused"]) == ([], ["report"])


def test_a_number_without_a_safe_way_is_not_kept(tmp_path: Path) -> None:
    """IM201: a telephone for which no safe way is stated is undecided and not kept; a way without a number is refused,
    and no option may state a way for everybody."""
    found = person(tmp_path, "K1", "Amal Haddad", "", "", "+57 300 4412", "", "")
    assert isinstance(found, Planned)
    assert found.arguments["contact"] == "undecided"
    assert "4412" not in repr(found.arguments)
    assert person(tmp_path, "K1", "Amal", "", "", "", "call", "") == Refusal(2, "contact", people.WAY_WITHOUT_ADDRESS)
    with pytest.raises(WrongMapping):
        choose("people", people.FIELDS, ["key"], Said("s", ["key=key"], always=["safe_way=call"]))


def test_what_is_no_number_is_refused_where_one_is_needed(tmp_path: Path) -> None:
    """IM262: a call or a message needs one number; two of them, or words, are refused, and never said again."""
    for typed in ("0770 123 4567 / 0771 123 4567", "Um Ali", "12"):
        answer = person(tmp_path, "K1", "Amal Haddad", "", "", typed, "call", "")
        assert answer == Refusal(2, "contact", people.NO_NUMBER)
        assert typed not in repr(answer)
    assert isinstance(person(tmp_path, "K1", "Amal Haddad", "", "", "Um Ali", "via_person", ""), Planned)


def test_silence_is_no_decision(tmp_path: Path) -> None:
    """IM202: an empty cell of a decision, a sex or an age becomes nothing: no yes, no no, no guess."""
    found = person(tmp_path, "K1", "Amal", "", "", "", "", "")
    assert isinstance(found, Planned)
    told = found.arguments
    assert (told["basis_purposes"], told["basis_refused"]) == ([], [])
    assert told["sex_for_reporting"] is told["age_band"] is None
    assert "birth_year" not in told
    assert "contact" not in told


@pytest.mark.parametrize(
    ("row", "column", "why"),
    [
        (("", "Amal", "", "", "", "", ""), "key", NO_KEY),
        (("K", "", "", "", "", "", ""), "name", people.NO_NAME),
        (("K", "Amal", "31/12", "", "", "", ""), "born", BAD_DAY),
        (("K", "Amal", "03/04/1991", "", "", "", ""), "born", BAD_DAY),
        (("K", "Amal", "2031", "", "", "", ""), "born", FUTURE_DAY),
        (("K", "Amal", "1791", "", "", "", ""), "born", BAD_DAY),
        (("K", "Amal", "", "girl", "", "", ""), "sex", cells.UNKNOWN_CODE),
        (("K", "Amal", "", "", "", "", "perhaps"), "agreed_report", cells.UNKNOWN_CODE),
        (("K", "=1+1", "", "", "", "", ""), "name", FORMULA),
        (("K", "A" * 300, "", "", "", "", ""), "name", cells.LONG_TEXT),
        (("K", "A" * 3000, "", "", "", "", ""), "name", TOO_LARGE),
        (("K", "Amal\u202egnp", "", "", "", "", ""), "name", NOT_TEXT),
        (("K", "Amal\x07", "", "", "", "", ""), "name", NOT_TEXT),
        (("K\n1", "Amal", "", "", "", "", ""), "key", NOT_TEXT),
        (("K", "Amal", "", "", "", "", "", "slipped"), "", OVERFLOW),
    ],
)
def test_a_row_that_does_not_fit_is_refused_whole(tmp_path: Path, row: Any, column: str, why: Any) -> None:
    """IM203: the refusal names row, column and reason, never the value, and the next row is planned all the same."""
    good = ["K2", "Nour", "", "", "", "", ""]
    refused, kept = plans("people", tmp_path, [PEOPLE, row, good])
    assert refused == Refusal(2, column, why)
    assert isinstance(kept, Planned)


def test_identity_modes_keep_what_they_promise(tmp_path: Path) -> None:
    """IM204: a coded person with a name, a year or a place is refused, not registered without it; a mode the pack does
    not know is refused as well."""
    for row, column in ((("K", "coded", "Amal", ""), "name"), (("K", "coded", "", "1991"), "born")):
        (refused,) = plans("people", tmp_path, [["key", "mode", "name", "born"], row])
        assert refused == Refusal(2, column, people.NAME_NOT_KEPT)
    (coded,) = plans("people", tmp_path, [["key", "mode", "name", "born"], ("K", "coded", "", "")])
    assert isinstance(coded, Planned)
    (closed,) = plans("people", tmp_path, [["key", "mode"], ("K", "anonymous")])
    assert closed == Refusal(2, "mode", people.CLOSED_MODE)


def test_an_age_needs_its_day(tmp_path: Path) -> None:
    """IM205: an age becomes about a year of birth, counted from the day it was noted; without that day, nothing."""
    columns = ["key", "name", "age", "age_on"]
    (found,) = plans("people", tmp_path, [columns, ("K", "Amal", "٣٤", "2020-06")])
    assert isinstance(found, Planned)
    assert (found.arguments["birth_year"], found.arguments["birth_precision"]) == (1986, "approx")
    (refused,) = plans("people", tmp_path, [columns, ("K", "Amal", "34", "")])
    assert refused == Refusal(2, "age_on", people.AGE_WITHOUT_DAY)


@pytest.mark.parametrize(
    ("text", "order", "day", "precision"),
    [
        ("2026-03-31", "ymd", date(2026, 3, 31), "day"),
        ("2026/3/1", "dmy", date(2026, 3, 1), "day"),
        ("03/04/2026", "dmy", date(2026, 4, 3), "day"),
        ("03/04/2026", "mdy", date(2026, 3, 4), "day"),
        ("2026-03", "ymd", date(2026, 3, 1), "month"),
        ("3/2026", "ymd", date(2026, 3, 1), "month"),
        ("2026", "ymd", date(2026, 1, 1), "year"),
        ("~1970", "ymd", date(1970, 1, 1), "approx"),
        ("hacia 2024-05", "ymd", date(2024, 5, 1), "approx"),
        ("حوالي 1970", "ymd", date(1970, 1, 1), "approx"),
        ("1970?", "ymd", date(1970, 1, 1), "approx"),
    ],
)
def test_days_are_as_exact_as_they_are_written(text: str, order: Any, day: date, precision: str) -> None:
    """IM206: a month stays a month and "about" stays about: no day is invented."""
    assert about(text, order) == About(day, precision)


@pytest.mark.parametrize("text", ["03/04/2026", "31.3.26", "45012", "30/02/2026", "2026-13", "yesterday", "", "-"])
def test_days_that_would_have_to_be_guessed(text: str) -> None:
    """IM207: a day of which the order was not said, or that is none, is not read at all."""
    assert about(text, "ymd") is None


EPISODES = ["key", "opened", "ended", "state", "reason", "outcome"]


@pytest.mark.parametrize(
    ("row", "column", "why"),
    [
        (("K", "", "", "", "", ""), "opened", cells.UNSAID),
        (("K", "2026-02-01", "2026-01-01", "", "", ""), "ended", care.END_UNLIKELY),
        (("K", "2026-02-01", "2026-03", "", "", ""), "ended", care.END_ROUGH),
        (("K", "2026-02-01", "", "closed", "", ""), "state", care.ENDED_OR_NOT),
        (("K", "2026-02-01", "2026-03-01", "active", "", ""), "state", care.ENDED_OR_NOT),
        (("K", "2026-02-01", "", "", "completed", ""), "reason", care.ONLY_CLOSED),
        (("K", "2026-02-01", "2026-03-01", "", "died", ""), "reason", care.DEATH),
        (("K", "2026-02-01", "2026-03-01", "", "", "improved"), "reason", cells.UNSAID),
        (("K", "2027-02-01", "", "", "", ""), "opened", FUTURE_DAY),
    ],
)
def test_an_episode_that_does_not_fit(tmp_path: Path, row: Any, column: str, why: Any) -> None:
    """IM208: an episode without a beginning, with an end before it, or with a death as a reason is refused by row."""
    assert plans("episodes", tmp_path, [EPISODES, row]) == [Refusal(2, column, why)]


SESSIONS = ["key", "day", "attended", "kind", "place", "minutes", "techniques"]


@pytest.mark.parametrize(
    ("row", "column", "why"),
    [
        (("K", "2026-02-01", "", "", "home", "", ""), "attended", cells.UNSAID),
        (("K", "2026-02-01", "came", "", "", "", ""), "place", cells.UNSAID),
        (("K", "2026-02-01", "came", "group", "home", "", ""), "kind", care.GROUP),
        (("K", "", "came", "", "home", "", ""), "day", cells.UNSAID),
        (("K", "2026-02-01", "came", "", "home", "0", ""), "minutes", cells.NO_NUMBER),
        (("K", "2026-02-01", "came", "", "home", "1.5", ""), "minutes", cells.NO_NUMBER),
        (("K", "2026-02-01", "came", "", "home", "", "magic"), "techniques", care.TECHNIQUE),
    ],
)
def test_a_session_that_does_not_fit(tmp_path: Path, row: Any, column: str, why: Any) -> None:
    """IM209: attendance nobody wrote down is not absence, a place nobody wrote down is not here: refused by row."""
    assert plans("sessions", tmp_path, [SESSIONS, row]) == [Refusal(2, column, why)]


def test_words_of_the_sheet_are_translated(tmp_path: Path) -> None:
    """IM210: words mean what --value or the mapping file says, whatever their case and digits; an option wins."""
    mapping = tmp_path / "map.toml"
    mapping.write_text(
        '[columns]\nkey = "No"\nday = "Fecha"\n[values.attended]\n"SÍ" = "absent"\n[always]\nplace = "home"\n',
        encoding="utf-8",
    )
    said = Said("s", ["attended=Vino"], ["attended:sí=came"], file=mapping, days="dmy")
    table = open_table(_csv(tmp_path, "No,Fecha,Vino\nK1,03/04/2026,Sí\nK2,٠٤/٠٤/٢٠٢٦,sí\n"))
    found = list(
        planned(table, reader("sessions", {}), choose("sessions", care.SESSION_FIELDS, table.columns, said), TODAY)
    )
    assert [(one.arguments["attended"], one.arguments["on"].day) for one in found if isinstance(one, Planned)] == [
        ("came", 3), ("came", 4),
    ]  # fmt: skip


def _csv(folder: Path, text: str) -> Path:
    path = folder / "table.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "said",
    [
        {"columns": []},
        {"columns": ["key"]},
        {"columns": ["key=nowhere"]},
        {"columns": ["key=No", "shoe=No"]},
        {"columns": ["key=No"], "values": ["sex=F"]},
        {"columns": ["key=No"], "values": ["sex:x=female"]},
        {"columns": ["key=No"], "always": ["key=1"]},
        {"columns": ["key=No"], "always": ["name=Amal"]},
        {"columns": ["key=No"], "always": ["sex=female"]},
        {"columns": ["key=No", "sex=Sex"], "always": ["sex=F"]},
        {"columns": ["key=No"], "days": "ydm"},
        {"columns": ["key=No"], "file": Path("/nonexistent.toml")},
    ],
)
def test_what_was_said_must_fit_the_file(said: dict[str, Any]) -> None:
    """IM211: options that do not fit end with a sentence before a row is read."""
    with pytest.raises(WrongMapping):
        choose("people", people.FIELDS, ["No", "Sex"], Said("s", **said))


@pytest.mark.parametrize(
    "text", ["[columns", "columns = 3", "[columns]\nkey = 3", "[values]\nsex = 'F'", "[other]\na = 'b'", "values = 'x'"]
)
def test_a_broken_mapping_file(tmp_path: Path, text: str) -> None:
    """IM212: a mapping file that is none, or says something that means nothing, is refused with a sentence."""
    path = tmp_path / "map.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(WrongMapping):
        choose("people", people.FIELDS, ["No"], Said("s", ["key=No"], file=path))


def test_spreadsheets_and_parquet_say_the_same(tmp_path: Path) -> None:
    """IM213: the same sheet as CSV, XLSX and Parquet is planned alike; a formula refuses its row."""
    rows = [["K1", date(2026, 2, 3), "came", 45], ["K2", date(2026, 2, 4), "absent", None]]
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [["key", "day", "attended", "minutes"], *rows, ["K3", "=TODAY()", "absent", None]]:
        sheet.append(row)
    book.save(tmp_path / "book.xlsx")
    columns = {name: [row[place] for row in rows] for place, name in enumerate(("key", "day", "attended", "minutes"))}
    parquet.write_table(pa.table(columns), tmp_path / "table.parquet")
    told = [["key", "day", "attended", "minutes"], *([str(cell or "") for cell in row] for row in rows)]
    expected = plans("sessions", tmp_path, told, always=["place=home"])
    for name in ("book.xlsx", "table.parquet"):
        table = open_table(tmp_path / name)
        said = chosen("sessions", table.columns, always=["place=home"])
        found = list(planned(table, reader("sessions", {}), said, TODAY))
        assert found[:2] == expected
        assert found[2:] in ([], [Refusal(4, "day", FORMULA)])


def test_no_cell_breaks_the_reader(tmp_path: Path) -> None:
    """IM214: whatever stands in the cells, a row becomes one plan or one refusal, and no refusal holds a value."""
    shaken = random.Random(20261101)
    odd = [
        "",
        "=1",
        "\u202e",
        "²",
        "½",
        "٣",
        "1e9",
        "-1",
        "0",
        "NaN",
        "2026-02-30",
        "9" * 500,
        "Zebra-41",
        "🙂",
        "\u0000x",
    ]
    rows = [[shaken.choice(odd) for _column in SESSIONS] for _row in range(400)]
    found = plans("sessions", tmp_path, [SESSIONS, *rows])
    assert len(found) == sum(1 for row in rows if any(cell.strip() for cell in row))
    assert not any("Zebra" in repr(one) for one in found if isinstance(one, Refusal))


def test_a_band_follows_from_a_year_only_where_it_is_sure() -> None:
    """IM215: of a year of birth both possible ages must lie in one band, else none is noted."""
    assert band_of_year(1996, date(2026, 11, 1)) == "25-34"
    assert band_of_year(1991, date(2026, 11, 1)) is None
    assert band_of_year(2008, date(2026, 11, 1)) is None
    assert band_of_year(2026, date(2026, 11, 1)) == "0-4"
    assert {band_of_year(year, date(2026, 11, 1)) for year in range(1910, 2027)} == {*BANDS, None}
