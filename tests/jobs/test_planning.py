"""What the database knows about how its rows are spread."""

from __future__ import annotations

import pytest
from django.db import connection

from karama.jobs import planning, schedule


def _counted(table: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = %s", [table])
        return {row[0] for row in cursor.fetchall()}


@pytest.mark.sqlite
def test_large_tables_are_counted_and_small_ones_are_of_one_size(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """JB010: of a table with enough rows SQLite keeps how they are spread; a smaller or empty one counts as large
    as that. Counts alone are kept.
    """
    monkeypatch.setattr(planning, "SMALL", 1)
    planning.plan_by_numbers()
    (counted,) = _counted("django_migrations")
    assert int(counted.split()[0]) > 50
    assert _counted("care_death") == {"1"}, "an empty table"
    monkeypatch.setattr(planning, "SMALL", 1_000_000)
    planning.plan_by_numbers()
    assert _counted("django_migrations") == _counted("care_death") == {"1000000"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM sqlite_master WHERE name = 'sqlite_stat4'")
        assert cursor.fetchone() == (0,)


@pytest.mark.sqlite
def test_whoever_is_connected_already_plans_by_it_too(db: None) -> None:
    """JB013: each time the shape of the database counts as changed, else pages that stay connected would never know."""
    versions = []
    for _time in range(3):
        planning.plan_by_numbers()
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA schema_version")
            versions.append(cursor.fetchone()[0])
    assert versions[0] < versions[1] < versions[2]


def test_it_is_done_every_hour() -> None:
    """JB011: the job runner counts again each hour, because an import may have brought a hundred thousand people."""
    assert schedule.JOBS["jobs.plan_by_numbers"].every.total_seconds() == 3600
    assert schedule.JOBS["jobs.plan_by_numbers"].run is planning.plan_by_numbers


def test_postgresql_counts_by_itself(db: None) -> None:
    """JB012: on both databases the job may run, also inside a transaction of somebody else's making."""
    planning.plan_by_numbers()
