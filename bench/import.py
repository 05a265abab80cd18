"""How fast responses are imported, through the real actions: sealing, scoring, alerts and journal included.

    python bench/import.py                 10^3, 10^4 and 10^5 rows on SQLite and PostgreSQL
    python bench/import.py --all           10^6 as well
    python bench/import.py --rows 10000 --database sqlite --profile
    python bench/import.py --write         keeps the table in docs/explanation/benchmarks.md

Each measurement is a process of its own with a new installation. A row is one person's PHQ-9: about one in fifty
answers is missing, about one person in five says yes to the question about death, which raises an alert. The first
wave registers everybody and records her response; the second wave records a response of people known by their key.
In the same process the same rows go into a bare table with `bulk_create`: no keys, seal, score, alert or journal. What
lies between the two is what the promises cost.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SIZES = (1_000, 10_000, 100_000)
LARGEST = 1_000_000
PROGRAMME = "colombia-community"
HEADING = "## Import"


@dataclass(frozen=True)
class Measured:
    """One measurement. Seconds of each wave by the clock and of this process's own core, and its largest memory in MiB.

    The core's seconds suffer less on a busy machine; the work of a PostgreSQL server is not in them. `bare_core`: for
    the bare table. `held`: milliseconds for which a transaction of the waves was open, the 99th percentile and the
    longest.
    """

    database: str
    rows: int
    first: float
    second: float
    first_core: float
    second_core: float
    bare_core: float
    held: tuple[float, float]
    alerts: int
    memory: float
    disk: float

    @property
    def line(self) -> list[str]:
        """The cells of the table."""
        return [
            self.database,
            f"{self.rows:,}",
            f"{self.rows / self.first:,.0f}",
            f"{self.rows / self.second:,.0f}",
            f"{2 * self.rows / (self.first + self.second):,.0f}",
            f"{self.rows / self.first_core:,.0f}",
            f"{self.rows / self.second_core:,.0f}",
            f"{self.rows / self.bare_core:,.0f}",
            f"{self.held[0]:,.0f} / {self.held[1]:,.0f}",
            f"{self.alerts:,}",
            f"{self.memory:,.0f}",
            f"{self.disk:,.0f}",
        ]


COLUMNS = [
    "database",
    "rows a wave",
    "first wave, rows/s (person + response)",
    "second wave, responses/s",
    "responses/s over both",
    "first wave, rows per second of the core",
    "second wave, responses per second of the core",
    "bare bulk_create, rows per second of the core",
    "write lock held, ms (99 % / longest)",
    "alerts",
    "memory, MiB",
    "database file, MiB",
]


def table(found: list[Measured]) -> str:
    """The measurements as a Markdown table."""
    lines = [COLUMNS, ["---"] * len(COLUMNS), *(one.line for one in found)]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def write_csv(path: Path, rows: int) -> None:
    """Made-up answers, the same for the same number of rows."""
    chance = random.Random(rows)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["key", *(f"P{number}" for number in range(1, 10))])
        for row in range(rows):
            answers = [chance.choice((0, 0, 1, 1, 2, 3)) for _ in range(8)] + [chance.choice((0, 0, 0, 0, 1))]
            writer.writerow([f"K{row}", *("" if chance.random() < 0.02 else answer for answer in answers)])


def measure(database: str, rows: int, profile: str) -> Measured:
    """Make an installation, import both waves, and say what it took. Runs in a process of its own."""
    from karama.cli.founding import found

    found(
        organisation="Benchmark",
        programmes=[PROGRAMME],
        administrator="samir",
        operator="rosa",
        database=os.environ.get("BENCH_MAIN", ""),
        keys_database=os.environ.get("BENCH_KEYS", ""),
    )
    file = Path(os.environ["KARAMA_HOME"]).parent / "rows.csv"
    write_csv(file, rows)
    with _holds() as holds:
        first = _import(file, "baseline", profile and f"{profile}.first")
        second = _import(file, "end", profile and f"{profile}.second")
    from karama.safety.models import Alert

    main = Path(os.environ["KARAMA_HOME"]) / "data" / "karama.db"
    return Measured(
        database=database,
        rows=rows,
        first=first[0],
        second=second[0],
        first_core=first[1],
        second_core=second[1],
        bare_core=_bare(file),
        held=(1000 * sorted(holds)[int(0.99 * (len(holds) - 1))], 1000 * max(holds)),
        alerts=Alert.objects.count(),
        memory=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        disk=main.stat().st_size / 2**20 if main.exists() else _postgres_size(),
    )


def _postgres_size() -> float:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return float(cursor.fetchone()[0]) / 2**20


def _import(file: Path, wave: str, profile: str) -> tuple[float, float]:
    from karama.accounts.queries import actor_by_name
    from karama.interop.tabular.importing import Destination, run
    from karama.interop.tabular.mapping import map_columns
    from karama.interop.tabular.planning import plan
    from karama.interop.tabular.reading import open_table
    from karama.programme.queries import programme_by_code, sites

    by = actor_by_name("rosa")
    place = programme_by_code(by, PROGRAMME)
    site = sites(by, place.id)[0]
    opened = open_table(file)
    mapping = map_columns(opened.columns, series="bench", wave=wave, key="key", on="2026-01-31", chosen=["phq9=P1..P9"])
    to = Destination(place.id, site.id, "made-up answers of a benchmark")
    with _profiled(profile):
        began, core = time.perf_counter(), time.process_time()
        tally = run(plan(opened, mapping, date(2026, 2, 1)), by=by, mapping=mapping, to=to)
        seconds = time.perf_counter() - began, time.process_time() - core
    refused = [f"row {one.row}: {one.why}" for one in tally.refused[:3]]
    if tally.recorded + len(tally.refused) < opened.rows or len(tally.refused) > opened.rows // 100:
        raise SystemExit(f"{tally.recorded} recorded of {opened.rows}: {refused}")
    return seconds


@contextmanager
def _holds() -> Iterator[list[float]]:
    """How long each transaction of a batch is open, in seconds, its commit included."""
    from karama.journal import batches

    found: list[float] = []
    plain = batches.work

    @contextmanager
    def timed(**options: Any) -> Iterator[Any]:
        began = 0.0
        try:
            with plain(**options) as opened:
                began = time.perf_counter()
                yield opened
        finally:
            found.append(time.perf_counter() - began)

    batches.work = timed
    try:
        yield found
    finally:
        batches.work = plain


def _bare(file: Path) -> float:
    """Seconds of the core for the same rows in a table without any promise."""
    from django.db import connection, models

    from karama.journal import guard

    fields = {f"p{number}": models.SmallIntegerField(null=True) for number in range(1, 10)}
    named = {"__module__": __name__, "Meta": type("Meta", (), {"app_label": "bench", "db_table": "bench_bare"})}
    bare = type("Bare", (models.Model,), {**named, "key": models.CharField(max_length=40, unique=True), **fields})
    with guard.suspended("a benchmark without promises"):
        with connection.schema_editor() as schema:
            schema.create_model(bare)
        began = time.process_time()
        with file.open(encoding="utf-8", newline="") as lines:
            rows = csv.DictReader(lines)
            while group := list(islice(rows, 500)):
                bare.objects.bulk_create(
                    bare(key=one["key"], **{name: one[name.upper()] or None for name in fields}) for one in group
                )
        return time.process_time() - began


@contextmanager
def _profiled(path: str) -> Iterator[None]:
    if not path:
        yield
        return
    import cProfile

    profile = cProfile.Profile()
    profile.enable()
    try:
        yield
    finally:
        profile.disable()
        profile.dump_stats(path)


def in_own_process(database: str, rows: int, environment: dict[str, str], profile: str) -> Measured:
    """Measure in a new process, with a new installation in a temporary folder that is removed afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="karama-bench-"))
    own = {**os.environ, **environment, "KARAMA_HOME": str(folder / "home"), "KARAMA_KEYRING": str(folder / "keyring")}
    command = [sys.executable, __file__, "--one", database, "--rows", str(rows)] + (
        ["--profile", profile] if profile else []
    )
    try:
        done = subprocess.run(
            command, env={**own, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True, check=True
        )
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    told = json.loads(done.stdout.splitlines()[-1])
    return Measured(**{**told, "held": tuple(told["held"])})


def measure_all(databases: list[str], sizes: list[int], profile: str) -> Iterator[Measured]:
    """Every database with every size, smallest first."""
    for database in databases:
        if database == "sqlite":
            for rows in sizes:
                yield in_own_process(database, rows, {}, profile)
            continue
        from tests.machinery.postgres import Postgres

        with Postgres() as server:
            for rows in sizes:
                names = {"BENCH_MAIN": server.address(f"main{rows}"), "BENCH_KEYS": server.address(f"keys{rows}")}
                yield in_own_process(database, rows, names, profile)


def keep(found: list[Measured]) -> None:
    """Keep the table, and what an import is."""
    import kept

    told = (
        f"`python bench/import.py --write`, one core used of {kept.machine()}. One PHQ-9 a row, 2 % of\n"
        "answers missing, one person in five raises an alert. An import whole: reading the file,\n"
        "keys and registration of each person, sealing, scoring, alerts, journal with its hash chain. A row of the\n"
        "first wave is two actions (register a person, record a response), of the second one. `bulk_create` puts the\n"
        "same rows into a bare table."
    )
    kept.keep(HEADING, f"{told}\n\n{table(found)}")


def _options() -> Any:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--all", action="store_true", help="10^6 rows as well (about an hour on one core)")
    parser.add_argument("--rows", type=int, action="append", help="only these numbers of rows")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], action="append")
    parser.add_argument("--profile", default="", metavar="FILE", help="keep the profiles in FILE.first and FILE.second")
    parser.add_argument("--write", action="store_true", help="keep the table in docs/explanation/benchmarks.md")
    parser.add_argument("--one", default="", help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> None:
    """Measure and print."""
    options = _options()
    if options.one:
        print(json.dumps(asdict(measure(options.one, options.rows[0], options.profile))))
        return
    sizes = options.rows or [*SIZES, *([LARGEST] if options.all else [])]
    found: list[Measured] = []
    for one in measure_all(options.database or ["sqlite", "postgresql"], sizes, options.profile):
        found.append(one)
        print("  ".join(one.line), file=sys.stderr, flush=True)
        if options.write:
            keep(found)
    print(table(found))


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
