"""A programme's own sheets, written and brought in through the same path as the command line."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from karama.care.actions import bring_episode, bring_session
from karama.interop.tabular import care, desk, people
from karama.interop.tabular.bringing import Brought, Into, Planned, bring, planned
from karama.interop.tabular.choosing import Chosen, Said, choose
from karama.interop.tabular.planning import Refusal
from karama.interop.tabular.reading import open_table
from karama.reception.actions import bring_appointment
from karama.reception.queries import colleagues_by_name
from tests.people.conftest import Clinic

TODAY = date(2026, 11, 1)
FIELDS = {
    "people": people.FIELDS,
    "episodes": care.EPISODE_FIELDS,
    "sessions": care.SESSION_FIELDS,
    "appointments": desk.APPOINTMENT_FIELDS,
}
TECHNIQUES = frozenset({"psychoeducation"})
MODES = ("named", "alias", "coded")


def write(folder: Path, rows: Sequence[Sequence[Any]]) -> Path:
    """A CSV file; its first row names the columns."""
    path = folder / "sheet.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return path


def chosen(kind: str, columns: Sequence[str], **more: Any) -> Chosen:
    """Every column named like its field, unless said otherwise."""
    told = {"columns": [f"{one}={one}" for one in columns], "series": "files", **more}
    return choose(kind, FIELDS[kind], columns, Said(**told))


def plans(kind: str, folder: Path, rows: Sequence[Sequence[Any]], **more: Any) -> list[Planned | Refusal]:
    """What each row would become."""
    table = open_table(write(folder, rows))
    return list(
        planned(table, reader(kind, more.pop("sites", {"here": 1})), chosen(kind, table.columns, **more), TODAY)
    )


def reader(kind: str, sites: dict[str, Any]) -> Any:
    """The reader of rows of this kind, as the command makes it."""

    def read(row: Any) -> tuple[tuple[str, ...], dict[str, Any]]:
        if kind == "people":
            usual = next(iter(sites.values()))
            return (), {**people.plan_person(row, MODES), "site": people.site_of(row, sites, usual)}
        if kind == "appointments":
            own, told = desk.plan_appointment(row, sites)
            return tuple(own), told
        own, told = care.plan_episode(row) if kind == "episodes" else care.plan_session(row, TECHNIQUES)
        return tuple(own), told

    return read


ACTIONS = {"people": None, "episodes": bring_episode, "sessions": bring_session, "appointments": bring_appointment}


def load(
    clinic: Clinic, folder: Path, kind: str, rows: Sequence[Sequence[Any]], by: str = "importer", **more: Any
) -> Brought:
    """Bring a sheet in as the data import operator does."""
    sites: Any = {"quibdo": clinic.here.id, "buenaventura": clinic.elsewhere.id}
    today = more.pop("today", TODAY)
    table = open_table(write(folder, rows))
    said = chosen(kind, table.columns, **more)
    if kind == "appointments":
        sites = colleagues_by_name(clinic["importer"], clinic.programme.id)
    into = Into(clinic.programme.id, said, ACTIONS[kind], "intake forms of 2026" if kind == "people" else "")
    return bring(planned(table, reader(kind, sites), said, today), by=clinic[by], into=into)


def counted(tally: Brought) -> tuple[int, int, int]:
    """Made, unchanged, refused."""
    return tally.made, tally.unchanged, len(tally.refused)
