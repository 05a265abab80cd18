"""IM240-IM259: appointments of a programme's own sheet: history that asks nothing of anybody, and what is to come."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pytest
import time_machine
from pyarrow import parquet

from karama.accounts.models import User
from karama.interop.tabular import bringing, cells, desk
from karama.interop.tabular.bringing import AGAIN, CHANGED, NOBODY, Planned, planned
from karama.interop.tabular.choosing import Said, choose
from karama.interop.tabular.importing import NOT_YOURS
from karama.interop.tabular.planning import BAD_DAY, FORMULA, NO_KEY, Refusal
from karama.interop.tabular.reading import open_table
from karama.journal import Absent, Problem, batches
from karama.journal.integrity import check
from karama.journal.models import Entry
from karama.notices.models import Notice, OutgoingMessage
from karama.people.actions import hide_from
from karama.people.registries import open_work
from karama.reception import queries
from karama.reception.models import Appointment, FollowUp
from karama.reception.problems import KeptAlready, NoSuchChoice, OutcomeNeeded, TimeDoesNotFit, TimeTaken
from tests.interop.tabular.conftest import Clinic
from tests.interop.tabular.sheets import chosen, counted, load, plans, reader, write
from tests.interop.tabular.test_bringing import person

DATABASE = pytest.mark.django_db(transaction=True, databases=["default", "keys"])
NOON = datetime(2026, 11, 2, 17, 0, tzinfo=UTC)
"""A Monday, 12 o'clock in Quibdó."""
TODAY = NOON.date()
PEOPLE = [
    ["key", "name", "contact", "safe_way"],
    ["K1", "Amal Haddad", "+57300000001", "sms_neutral"],
    ["K2", "Nour Aziz", "+57300000002", ""],
]
SHEET = ["key", "day", "at", "worker", "outcome", "reason", "minutes"]
ROWS: list[list[Any]] = [
    SHEET,
    ["K1", "2026-09-07", "10:00", "chantal", "came", "", "45"],
    ["K1", "2026-09-14", "10:00", "Chantal", "absent", "", ""],
    ["K1", "2026-10-30", "10:00", "CHANTAL", "absent", "", ""],
    ["K2", "2026-09-07", "3:30 pm", "chantal", "cancelled", "", ""],
    ["K2", "2026-09-08", "15:30", "chantal", "cancelled", "unsafe", ""],
    ["K2", "2026-09-09", "15:30", "chantal", "staff", "", ""],
    ["K1", "2026-11-09", "10:00", "chantal", "", "", ""],
    ["K2", "2026-11-09", "11:00", "chantal", "", "", "30"],
    ["K9", "2026-11-09", "12:00", "chantal", "", "", ""],
]


@pytest.fixture(autouse=True)
def monday() -> Iterator[Any]:
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def bring(clinic: Clinic, folder: Path, rows: list[list[Any]] = ROWS, **more: Any) -> bringing.Brought:
    return load(clinic, folder, "appointments", rows, **{"today": TODAY, **more})


def words(problem: Problem) -> str:
    """What a refusal says of a problem: what it is and what to do."""
    return f"{problem.what} {problem.do}"


@pytest.fixture
def people(clinic: Clinic, tmp_path: Path) -> Clinic:
    load(clinic, tmp_path, "people", PEOPLE)
    return clinic


@DATABASE
def test_appointments_come_in_once(people: Clinic, tmp_path: Path) -> None:
    """IM240: eight appointments come in, a key nobody knows makes nobody; a second run writes no entry at all."""
    assert counted(bring(people, tmp_path)) == (8, 0, 1)
    entries = Entry.objects.count()
    tally = bring(people, tmp_path)
    assert counted(tally) == (0, 8, 1)
    assert [(one.row, one.column, one.why) for one in tally.refused] == [(10, "key", NOBODY)]
    assert (Entry.objects.count(), Appointment.objects.count()) == (entries, 8)
    assert check() == []


@DATABASE
def test_what_was_is_history(people: Clinic, tmp_path: Path) -> None:
    """IM241: what is over stands as it was, marked as brought in, by the clock of the site: no reminder, no notice, no
    task to ask after anybody, nothing on a list of work, also of a missed one three days ago."""
    bring(people, tmp_path, ROWS[:7])
    stood = Appointment.objects.order_by("starts_at").values_list("state", "reason", "imported")
    assert list(stood) == [
        ("done", "", True), ("cancelled", "unsaid", True), ("cancelled", "unsafe", True), ("cancelled", "staff", True),
        ("missed", "", True), ("missed", "", True),
    ]  # fmt: skip
    first = Appointment.objects.earliest("starts_at")
    assert first.starts_at == datetime(2026, 9, 7, 15, 0, tzinfo=UTC)
    assert first.ends_at - first.starts_at == timedelta(minutes=45)
    assert (OutgoingMessage.objects.count(), Notice.objects.count(), FollowUp.objects.count()) == (0, 0, 0)
    assert queries.not_recorded(people["chantal"]) == []
    assert queries.tasks_of(people["chantal"]) == []
    assert [list(answer(person(people, "K1").id)) for room, answer in open_work if room == "reception"] == [[]]


@DATABASE
def test_what_is_to_come_is_booked(people: Clinic, tmp_path: Path) -> None:
    """IM242: what is to come is planned, its reminder waits only for whom a neutral message was agreed with, and the
    colleague has one notice for all of them."""
    bring(people, tmp_path, [SHEET, *ROWS[7:9]])
    one, two = Appointment.objects.order_by("starts_at")
    assert (one.state, two.state, one.imported) == ("planned", "planned", True)
    said = {each.source_id: (each.state, each.why) for each in OutgoingMessage.objects.all()}
    assert said == {one.id: ("queued", ""), two.id: ("stopped", "undecided")}
    notice = Notice.objects.get()
    assert (notice.kind, notice.user_id, notice.place) == ("reception.brought", people["chantal"].id, None)


@DATABASE
def test_the_same_sheet_after_its_days(people: Clinic, tmp_path: Path, monday: Any) -> None:
    """IM243: the same sheet a month later changes nothing, though what was to come is over; a row that now tells an
    outcome is refused under its key, since the appointment is settled on its page."""
    bring(people, tmp_path)
    entries = Entry.objects.count()
    monday.shift(timedelta(days=30))
    later = TODAY + timedelta(days=30)
    assert counted(bring(people, tmp_path, today=later)) == (0, 8, 1)
    changed = [SHEET, [*ROWS[7][:4], "came", "", ""]]
    tally = bring(people, tmp_path, changed, today=later)
    assert [(one.row, one.column, one.why) for one in tally.refused] == [(2, "key", CHANGED)]
    assert Entry.objects.count() == entries


@DATABASE
def test_rows_that_cannot_be_kept(people: Clinic, tmp_path: Path) -> None:
    """IM244: what is over without an outcome, a time that is taken, a time outside the hours, somebody else's
    colleague and a second row of one moment are refused by row and column; the others come in."""
    rows = [
        SHEET,
        ["K1", "2026-10-01", "10:00", "chantal", "", "", ""],
        ["K1", "2026-11-09", "10:00", "chantal", "", "", ""],
        ["K2", "2026-11-09", "10:30", "chantal", "", "", ""],
        ["K2", "2026-11-10", "03:00", "chantal", "", "", ""],
        ["K2", "2026-11-10", "10:00", "rojin", "", "", ""],
        ["K1", "2026-11-09", "10:00", "nadia", "", "", ""],
    ]
    tally = bring(people, tmp_path, rows)
    told = {one.row: (one.column, one.why) for one in tally.refused}
    assert told == {
        2: ("outcome", words(OutcomeNeeded())),
        4: ("worker", words(TimeTaken("worker"))),
        5: ("day", words(TimeDoesNotFit())),
        6: ("worker", desk.NO_COLLEAGUE),
        7: ("key", AGAIN),
    }
    assert Appointment.objects.count() == 1


@DATABASE
def test_what_the_calendar_has_is_not_doubled(people: Clinic, tmp_path: Path) -> None:
    """IM245: an appointment that somebody booked by hand, or another series brought, does not stand there twice."""
    bring(people, tmp_path)
    numbered = [["number", *SHEET], ["77", *ROWS[1]], ["78", *ROWS[7]]]
    tally = bring(people, tmp_path, numbered)
    assert [(one.row, one.column, one.why) for one in tally.refused] == [
        (2, "day", words(KeptAlready())), (3, "day", words(KeptAlready())),
    ]  # fmt: skip


@DATABASE
def test_with_whom(people: Clinic, tmp_path: Path) -> None:
    """IM246: what is over may be with a colleague who has left, what is to come may not; a colleague from whom the
    person is hidden is none for her; two colleagues of one alias are asked for by user name."""
    people.hire("lina", "psychologist", people.here)
    left = User.objects.get(username="lina")
    from karama.accounts.actions.posting import end_duty
    from karama.accounts.models import Posting

    end_duty(by=people["samir"], posting=Posting.objects.get(user=left).id)
    tally = bring(people, tmp_path, [
        SHEET,
        ["K1", "2026-09-07", "10:00", "lina", "came", "", ""],
        ["K1", "2026-11-09", "10:00", "lina", "", "", ""],
    ])  # fmt: skip
    assert (tally.made, [(one.row, one.column, one.why) for one in tally.refused]) == (
        1, [(3, "worker", words(NoSuchChoice("worker")))],
    )  # fmt: skip
    hide_from(by=people["nadia"], person=person(people, "K2").id, user=people["chantal"].id, reason="related")
    tally = bring(people, tmp_path, [SHEET, ROWS[8]])
    assert [(one.row, one.column) for one in tally.refused] == [(2, "worker")]


@DATABASE
@pytest.mark.parametrize("name", ["chantal", "nadia", "rojin", "samir", "leila"])
def test_nobody_else_brings_appointments(people: Clinic, tmp_path: Path, name: str) -> None:
    """IM247: only the duty of data import brings appointments in, and only she is told the names of colleagues."""
    tally = bring(people, tmp_path, ROWS[:9], by=name)
    assert (tally.made, {one.why for one in tally.refused}) == (0, {NOT_YOURS})
    with pytest.raises(Absent):
        queries.colleagues_by_name(people[name], people.programme.id)


@DATABASE
def test_stopped_and_run_again(people: Clinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """IM248: wherever the import stops, each appointment is whole with its reminder, and the same command goes on."""
    monkeypatch.setattr(bringing, "GROUP", 6)
    monkeypatch.setattr(batches, "FIRST_GROUP", 2)
    rows = [SHEET, *(["K1", f"2026-11-{day:02}", "10:00", "chantal", "", "", ""] for day in range(5, 25))]
    together = batches._together

    class Stopped(BaseException):
        """As a signal would arrive."""

    def stopping(*arguments: Any) -> int:
        nonlocal left
        if left == 0:
            raise Stopped
        left -= 1
        return together(*arguments)

    monkeypatch.setattr(batches, "_together", stopping)
    for more in (1, 2, 3):
        left = more
        with pytest.raises(Stopped):
            bring(people, tmp_path, rows)
        assert OutgoingMessage.objects.count() == Appointment.objects.count()
        assert check() == []
    left = 10_000
    bring(people, tmp_path, rows)
    assert (Appointment.objects.count(), OutgoingMessage.objects.count()) == (20, 20)


@pytest.mark.parametrize(
    ("row", "column", "why"),
    [
        (("", "2026-09-07", "10:00", "c", "came", "", ""), "key", NO_KEY),
        (("K", "", "10:00", "c", "came", "", ""), "day", cells.UNSAID),
        (("K", "2026-09", "10:00", "c", "came", "", ""), "day", desk.DAY_ROUGH),
        (("K", "03/04/2026", "10:00", "c", "came", "", ""), "day", BAD_DAY),
        (("K", "2028-09-07", "10:00", "c", "", "", ""), "day", cells.FAR_DAY),
        (("K", "2026-09-07", "", "c", "came", "", ""), "at", cells.UNSAID),
        (("K", "2026-09-07", "25:00", "c", "came", "", ""), "at", cells.NO_CLOCK),
        (("K", "2026-09-07", "13:00 pm", "c", "came", "", ""), "at", cells.NO_CLOCK),
        (("K", "2026-09-07", "morning", "c", "came", "", ""), "at", cells.NO_CLOCK),
        (("K", "2026-09-07", "10:00", "", "came", "", ""), "worker", cells.UNSAID),
        (("K", "2026-09-07", "10:00", "somebody", "came", "", ""), "worker", desk.NO_COLLEAGUE),
        (("K", "2026-09-07", "10:00", "two", "came", "", ""), "worker", desk.TWO_COLLEAGUES),
        (("K", "2026-12-07", "10:00", "c", "came", "", ""), "outcome", desk.NOT_YET),
        (("K", "2026-09-07", "10:00", "c", "perhaps", "", ""), "outcome", cells.UNKNOWN_CODE),
        (("K", "2026-09-07", "10:00", "c", "came", "staff", ""), "reason", desk.ONLY_CANCELLED),
        (("K", "2026-09-07", "10:00", "c", "came", "", "2"), "minutes", cells.NO_NUMBER),
        (("K", "=TODAY()", "10:00", "c", "came", "", ""), "day", FORMULA),
    ],
)
def test_a_row_that_does_not_fit(tmp_path: Path, row: Any, column: str, why: Any) -> None:
    """IM249: the first thing of a row that does not fit refuses it whole, with row, column and reason: no value."""
    assert plans("appointments", tmp_path, [SHEET, row], sites=COLLEAGUES) == [Refusal(2, column, why)]


COLLEAGUES: dict[str, Any] = {"c": 7, "two": None}


def test_words_of_the_sheet(tmp_path: Path) -> None:
    """IM250: a colleague and an outcome are said with --value; the time may stand in the cell of the day, in Arabic
    digits, and may be one of twelve hours."""
    rows = [["key", "when", "who", "came"], ["K", "٢٠٢٦-٠٩-٠٧ ٠٩:٠٥", "Dr. C", "Sí"]]
    table = open_table(write(tmp_path, rows))
    said = Said(
        "s", ["key=key", "day=when", "at=when", "worker=who", "outcome=came"], ["worker:Dr. C=c", "outcome:sí=came"]
    )
    told = choose("appointments", desk.APPOINTMENT_FIELDS, table.columns, said)
    (found,) = planned(table, reader("appointments", COLLEAGUES), told, TODAY)
    assert isinstance(found, Planned)
    assert (found.arguments["at"], found.arguments["worker"], found.arguments["outcome"]) == ("09:05", 7, "came")
    for text, at in (("9:05 PM", "21:05"), ("12:00 a.m.", "00:00"), ("12:30 pm", "12:30"), ("08:15:00", "08:15")):
        (found,) = plans("appointments", tmp_path, [SHEET, ["K", "2026-09-07", text, "c", "came"]], sites=COLLEAGUES)
        assert isinstance(found, Planned)
        assert found.arguments["at"] == at


@pytest.mark.parametrize(
    "text",
    [
        "14:30 - 15:00", "14:30-15:00", "not 9:00", "after 9:00", "9 or 10:00", "2026-09-07 - 10:00", "2026-09 10:00",
        "2026-09-07 09:00 10:00", "32/13/2026 10:00", "no 2026-09-07 10:00", "- 10:00", "t 10:00",
    ],
)  # fmt: skip
def test_what_turns_a_time_is_refused(tmp_path: Path, text: str) -> None:
    """IM260: before a time only a day may stand: of a span neither end is taken, and no word is read past."""
    row = ["K", "2026-09-07", text, "c", "came"]
    assert plans("appointments", tmp_path, [SHEET, row], sites=COLLEAGUES) == [Refusal(2, "at", cells.NO_CLOCK)]
    for day in ("2026-09-07", "07/09/2026", "7.9.2026"):
        row = ["K", "2026-09-07", f"{day} 10:00", "c", "came"]
        (found,) = plans("appointments", tmp_path, [SHEET, row], sites=COLLEAGUES)
        assert isinstance(found, Planned)
        assert found.arguments["at"] == "10:00"


def test_spreadsheets_and_parquet(tmp_path: Path) -> None:
    """IM251: the same appointments as CSV, XLSX (with cells that are days and times) and Parquet are planned alike."""
    from datetime import time

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["key", "day", "at", "worker"], ["K1", date(2026, 12, 3), time(10, 30), "c"]):
        sheet.append(row)
    book.save(tmp_path / "book.xlsx")
    columns = {"key": ["K1"], "day": [date(2026, 12, 3)], "at": ["10:30"], "worker": ["c"]}
    parquet.write_table(pa.table(columns), tmp_path / "table.parquet")
    told = [["key", "day", "at", "worker"], ["K1", "2026-12-03", "10:30", "c"]]
    expected = plans("appointments", tmp_path, told, sites=COLLEAGUES)
    assert isinstance(expected[0], Planned)
    for name in ("book.xlsx", "table.parquet"):
        table = open_table(tmp_path / name)
        said = chosen("appointments", table.columns)
        assert list(planned(table, reader("appointments", COLLEAGUES), said, TODAY)) == expected


def test_no_cell_breaks_the_reader(tmp_path: Path) -> None:
    """IM252: whatever stands in the cells, a row becomes one plan or one refusal, and no refusal holds a value."""
    shaken = random.Random(20261102)
    odd = ["", "=1", "\u202e", "²", "½:30", "9:99", "1e9", "-1", "2026-11-31", "9" * 500, "Zebra-41", "🙂", "12:00 am"]
    rows = [[shaken.choice(odd) for _column in SHEET] for _row in range(400)]
    found = plans("appointments", tmp_path, [SHEET, *rows], sites=COLLEAGUES)
    assert len(found) == sum(1 for row in rows if any(cell.strip() for cell in row))
    assert not any("Zebra" in repr(one) for one in found if isinstance(one, Refusal))
