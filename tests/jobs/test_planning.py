"""What the database knows about how its rows are spread."""

from __future__ import annotations

import pytest
from django.db import connection

from karama.jobs import planning, schedule


def _counted() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tbl FROM sqlite_stat1")
        return {row[0] for row in cursor.fetchall()}


@pytest.mark.sqlite
def test_large_tables_are_counted_and_small_ones_are_not(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """JB010: of a table with enough rows SQLite keeps how they are spread, of a smaller one nothing; counts alone."""
    monkeypatch.setattr(planning, "SMALL", 1)
    planning.plan_by_numbers()
    assert "django_migrations" in _counted()
    monkeypatch.setattr(planning, "SMALL", 1_000_000)
    planning.plan_by_numbers()
    assert _counted() == set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM sqlite_master WHERE name = 'sqlite_stat4'")
        assert cursor.fetchone() == (0,)


def test_it_is_done_every_hour() -> None:
    """JB011: the job runner counts again each hour, because an import may have brought a hundred thousand people."""
    assert schedule.JOBS["jobs.plan_by_numbers"].every.total_seconds() == 3600
    assert schedule.JOBS["jobs.plan_by_numbers"].run is planning.plan_by_numbers


def test_postgresql_counts_by_itself(db: None) -> None:
    """JB012: on both databases the job may run, also inside a transaction of somebody else's making."""
    planning.plan_by_numbers()
