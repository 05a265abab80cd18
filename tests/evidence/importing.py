"""Files for the tests of numbers, imported through the same path as a partner's file."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from karama.interop.tabular.importing import Destination, Tally, run
from karama.interop.tabular.mapping import map_columns
from karama.interop.tabular.planning import plan
from karama.interop.tabular.reading import open_table
from tests.people.conftest import Clinic

Answers = Sequence[int | str]


def write(path: Path, columns: Sequence[str], rows: Sequence[Answers]) -> Path:
    """A CSV file with a key for each row."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["key", *columns])
        writer.writerows([f"K{place}", *row] for place, row in enumerate(rows))
    return path


def load(
    clinic: Clinic,
    file: Path,
    chosen: Sequence[str],
    *,
    wave: str = "baseline",
    key: str = "key",
    series: str = "series",
    codings: Sequence[str] = (),
    missing: str = "",
    amend: bool = False,
    on: str = "unknown",
) -> Tally:
    """Import a file as the data import operator does."""
    table = open_table(file)
    mapping = map_columns(
        table.columns,
        series=series,
        wave=wave,
        key=key,
        on=on,
        chosen=chosen,
        chosen_codings=codings,
        missing=missing,
    )
    to = Destination(clinic.programme.id, clinic.here.id, "agreed with the partner", amend)
    return run(plan(table, mapping, date(2026, 1, 31)), by=clinic["importer"], mapping=mapping, to=to)
