"""IM160-IM179: importing through the actions: again, in part, corrected, and with alerts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from karama.care.models import Response
from karama.interop.tabular import importing
from karama.interop.tabular.importing import ANOTHER_DAY, CHANGED, Tally
from karama.interop.tabular.planning import BAD_ANSWER
from karama.journal import batches
from karama.journal.integrity import check
from karama.people.models import Consent, Person
from karama.safety.models import Alert, AlertSource
from karama.safety.standing import standing_of
from tests.evidence.importing import Answers, load, write
from tests.interop.tabular.conftest import Clinic

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])
PHQ = [f"P{number}" for number in range(1, 10)]
CALM, DANGER = [1] * 8 + [0], [1] * 8 + [2]
GROWING = tuple(f"SCAN {room}_" for room in ("people", "care", "safety", "journal"))


def bring(clinic: Clinic, folder: Path, rows: Sequence[Answers], wave: str = "baseline", amend: bool = False) -> Tally:
    return load(clinic, write(folder / "rows.csv", PHQ, rows), ["phq9=P1..P9"], wave=wave, amend=amend)


def counted(tally: Tally) -> tuple[int, int, int, int]:
    return tally.recorded, tally.unchanged, tally.amended, len(tally.refused)


def test_the_same_file_twice_changes_nothing(clinic: Clinic, tmp_path: Path) -> None:
    """IM160: a second run finds every person and every response, and writes nothing."""
    rows = [CALM, DANGER] * 20
    assert counted(bring(clinic, tmp_path, rows)) == (40, 0, 0, 0)
    assert counted(bring(clinic, tmp_path, rows)) == (0, 40, 0, 0)
    assert (Person.objects.filter(identity_mode="coded").count(), Response.objects.count()) == (40, 40)
    assert (Alert.objects.count(), AlertSource.objects.count(), Consent.objects.count()) == (20, 20, 80)
    assert check() == []


@pytest.mark.sqlite
def test_no_batch_reads_everybody(clinic: Clinic, tmp_path: Path) -> None:
    """IM261: no statement of an import reads a table that grows with it from end to end: of a million people each
    batch would read a million rows.
    """
    asked: dict[str, tuple[str, Any]] = {}

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(("SELECT", "UPDATE", "DELETE")):
            asked.setdefault(sql.partition("IN (")[0], (sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        bring(clinic, tmp_path, [CALM, DANGER] * 5)
        bring(clinic, tmp_path, [DANGER] * 10, wave="end")
    with connection.cursor() as cursor:
        for sql, params in asked.values():
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
            read = [step[-1] for step in cursor.fetchall() if step[-1].startswith("SCAN")]
            assert not [one for one in read if one.startswith(GROWING)], sql
    assert any(one.startswith('SELECT "people_series_key"') for one in asked)


def test_a_bad_row_spoils_only_itself(clinic: Clinic, tmp_path: Path) -> None:
    """IM161: of a file with a bad row every other row is imported, and once mended the rest follows."""
    rows: list[Answers] = [CALM] * 30
    tally = bring(clinic, tmp_path, [*rows[:7], [9] * 9, *rows[8:]])
    assert counted(tally) == (29, 0, 0, 1)
    assert (tally.refused[0].row, tally.refused[0].column, tally.refused[0].why) == (9, "P1", BAD_ANSWER)
    assert counted(bring(clinic, tmp_path, rows)) == (1, 29, 0, 0)


def test_a_key_twice_in_one_file(clinic: Clinic, tmp_path: Path) -> None:
    """IM162: equal rows with one key are one response; a second one that differs is refused by its own row."""
    path = tmp_path / "twice.csv"
    lines = ["key," + ",".join(PHQ)] + [f"{key}," + ",".join(map(str, row)) for key, row in
             (("a", CALM), ("a", CALM), ("b", CALM), ("b", DANGER))]  # fmt: skip
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    tally = load(clinic, path, ["phq9=P1..P9"])
    assert counted(tally) == (2, 1, 0, 1)
    assert [(one.row, one.why) for one in tally.refused] == [(5, CHANGED)]
    assert Person.objects.filter(identity_mode="coded").count() == 2
    assert Alert.objects.count() == 0


def test_corrections_there_and_back(clinic: Clinic, tmp_path: Path) -> None:
    """IM163: a changed value is refused unless it amends; the newest version is what a file is compared with."""
    first, second = [CALM] * 3, [CALM, [2] * 8 + [0], CALM]
    bring(clinic, tmp_path, first)
    refused = bring(clinic, tmp_path, second)
    assert counted(refused) == (0, 2, 0, 1)
    assert (refused.refused[0].row, refused.refused[0].why) == (3, CHANGED)
    assert counted(bring(clinic, tmp_path, second, amend=True)) == (0, 2, 1, 0)
    assert counted(bring(clinic, tmp_path, second)) == (0, 3, 0, 0)
    assert counted(bring(clinic, tmp_path, second, amend=True)) == (0, 3, 0, 0)
    assert counted(bring(clinic, tmp_path, first)) == (0, 2, 0, 1)
    assert counted(bring(clinic, tmp_path, first, amend=True)) == (0, 2, 1, 0)
    assert counted(bring(clinic, tmp_path, first)) == (0, 3, 0, 0)
    assert counted(bring(clinic, tmp_path, second, amend=True)) == (0, 2, 1, 0)
    assert Response.objects.count() == 6
    assert check() == []


def test_a_correction_that_becomes_dangerous_raises_its_alert(clinic: Clinic, tmp_path: Path) -> None:
    """IM164: an amended answer that is now positive raises a historic alert; one that is no longer keeps it."""
    bring(clinic, tmp_path, [CALM])
    bring(clinic, tmp_path, [DANGER], amend=True)
    bring(clinic, tmp_path, [CALM], amend=True)
    (alert,) = Alert.objects.all()
    assert alert.historic
    assert standing_of(alert).state.is_open


def test_another_day_is_refused(clinic: Clinic, tmp_path: Path) -> None:
    """IM165: a file that differs in the day only is refused by row also with --amend: a day is never corrected so."""
    path = tmp_path / "days.csv"
    line = "k," + ",".join(map(str, CALM))
    for day, expected in (("2026-01-02", (1, 0, 0, 0)), ("2026-01-03", (0, 0, 0, 1))):
        path.write_text(f"key,{','.join(PHQ)},day\n{line},{day}\n", encoding="utf-8")
        tally = load(clinic, path, ["phq9=P1..P9"], amend=True, on="day")
        assert counted(tally) == expected
    assert [one.why for one in tally.refused] == [ANOTHER_DAY]


def test_two_waves_join_one_open_alert_of_a_kind(clinic: Clinic, tmp_path: Path) -> None:
    """IM166: danger at both waves is one historic alert with two sources for each person, and each has an owner."""
    bring(clinic, tmp_path, [DANGER] * 12)
    bring(clinic, tmp_path, [DANGER] * 12, wave="end")
    assert (Alert.objects.count(), AlertSource.objects.count()) == (12, 24)
    assert all(one.historic and standing_of(one).owner is not None for one in Alert.objects.all())


def test_danger_twice_in_one_batch_is_one_alert(clinic: Clinic, tmp_path: Path) -> None:
    """IM167: two instruments of one row that ask about the same danger join in one alert, though looked up at once."""
    columns = [*PHQ, *(f"D{number}" for number in range(1, 10))]
    path = write(tmp_path / "both.csv", columns, [[*DANGER, *DANGER]] * 8)
    load(clinic, path, ["phq9=P1..P9"])
    load(clinic, path, ["phq9=D1..D9"], wave="end")
    assert (Alert.objects.count(), AlertSource.objects.count()) == (8, 16)


def test_stopped_between_any_two_commits_and_run_again(
    clinic: Clinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """IM168: wherever an import stops, what is kept is whole, and the same command brings the rest, nothing twice."""
    monkeypatch.setattr(importing, "GROUP", 10)
    monkeypatch.setattr(batches, "FIRST_GROUP", 3)
    rows = [CALM, DANGER] * 12
    together = batches._together
    stop_at = 0

    class Stopped(BaseException):
        """As a signal would arrive."""

    def stopping(*arguments: object) -> int:
        nonlocal left
        if left == 0:
            raise Stopped
        left -= 1
        return together(*arguments)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr(batches, "_together", stopping)
    while True:
        stop_at += 2
        left = stop_at
        try:
            bring(clinic, tmp_path, rows, wave=f"w{stop_at}")
        except Stopped:
            assert check() == []
            left = 10_000
            again = bring(clinic, tmp_path, rows, wave=f"w{stop_at}")
            assert again.refused == []
            assert Response.objects.filter(wave=f"w{stop_at}").count() == len(rows)
        else:
            break
    assert stop_at > 4
    assert Person.objects.filter(identity_mode="coded").count() == len(rows)
    assert Alert.objects.count() == len(rows) // 2
    assert check() == []
