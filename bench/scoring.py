"""How fast PHQ-9 and GAD-7 are scored: row by row in Python, and over columns. Informs; no test waits for it.

    python bench/scoring.py                  5,000,000 records
    python bench/scoring.py --rows 20000000
    python bench/scoring.py --write          keeps the table in docs/explanation/benchmarks.md

A record is one PHQ-9 and one GAD-7: sixteen columns of one byte. One thread. Every way of scoring is checked against
the others in the same run before its speed is printed. The two plain ways score the first rows only.
"""

from __future__ import annotations

import os

os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1", POLARS_MAX_THREADS="1")

import argparse
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from karama.analytics.scoring import MISSING, BulkScored, bulk_score  # noqa: E402
from karama.knowledge.loader import instrument  # noqa: E402
from karama.rules.scoring import score  # noqa: E402

HEADING = "## Scoring"
CARDS = {"phq9": instrument("phq9"), "gad7": instrument("gad7")}
WORDS = ("not_at_all", "several_days", "more_than_half", "nearly_every_day", *[""] * 124, *MISSING)
CUT = 10
ROW_SCORED, PLAIN = 20_000, 200_000

Columns = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Measured:
    """One way of scoring: records, and the best of some runs in seconds by the clock and of this process's core."""

    way: str
    gives: str
    rows: int
    seconds: float
    core: float

    @property
    def rate(self) -> float:
        return self.rows / self.seconds

    @property
    def core_rate(self) -> float:
        return self.rows / self.core


def answers(rows: int, gaps: float) -> Columns:
    """Random answers of every item, the same on every run; ``gaps`` is the share that is refused."""
    chance = np.random.default_rng(20)
    found: Columns = {}
    for code, card in CARDS.items():
        found[code] = {}
        for item in card.scale("total").items:
            column = chance.integers(0, 4, rows, dtype=np.uint8)
            if gaps:
                column[chance.random(rows, dtype=np.float32) < gaps] = MISSING["refused"]
            found[code][item] = column
    return found


def timed(work: Callable[[], Any], runs: int) -> tuple[Any, float, float]:
    """What the work gives, and the shortest of some runs by the clock and of the core, after one to warm up."""
    result = work()
    clock = core = float("inf")
    for _ in range(runs):
        began, began_core = time.perf_counter(), time.process_time()
        result = work()
        clock, core = min(clock, time.perf_counter() - began), min(core, time.process_time() - began_core)
    return result, clock, core


def bulk(columns: Columns) -> dict[str, BulkScored]:
    return {code: bulk_score(card, columns[code]) for code, card in CARDS.items()}


def row_by_row(rows: list[dict[str, dict[str, str]]]) -> list[Any]:
    return [[score(card, row[code]) for code, card in CARDS.items()] for row in rows]


def plain(rows: list[tuple[tuple[int, ...], tuple[int, ...]]]) -> list[tuple[int | None, bool, int | None, bool]]:
    """The least that Python can do: two sums, two cut-offs, and none where an answer is missing."""
    found: list[tuple[int | None, bool, int | None, bool]] = []
    for phq9, gad7 in rows:
        one = None if max(phq9) > 3 else sum(phq9)
        two = None if max(gad7) > 3 else sum(gad7)
        found.append((one, one is not None and one >= CUT, two, two is not None and two >= CUT))
    return found


def polars_expressions(frame: pl.DataFrame) -> pl.DataFrame:
    """Totals, bands, cut-offs and the safety answer as one lazy query."""
    return frame.lazy().select(_scores_in_polars()).collect()


def polars_everything(frame: pl.DataFrame) -> pl.DataFrame:
    """The same, with the subscales, the depression algorithm and the number answered."""
    wanted = _scores_in_polars()
    for code, short in (("phq9", "phq2"), ("gad7", "gad2")):
        items = [pl.col(f"{code}.{item}") for item in CARDS[code].scale("total").items]
        wanted.append(pl.when(pl.max_horizontal(items[:2]) < 4).then(_sum(items[:2])).alias(short))
        wanted.append(_sum([(item < 4).cast(pl.UInt8) for item in items]).alias(f"{code}.answered"))
    limits = {f"phq9.q{n}": 1 if n == 9 else 2 for n in range(1, 10)}
    core = _reached(dict(list(limits.items())[:2]), 1)
    major, other = core & _reached(limits, 5), core & _reached(limits, 2)
    place = pl.when(major).then(0).when(major.is_null()).then(3).when(other).then(1).when(other.is_null()).then(3)
    wanted.append(place.otherwise(2).cast(pl.Int8).alias("depression"))
    return frame.lazy().select(wanted).collect()


def _reached(limits: dict[str, int], least: int) -> pl.Expr:
    """Whether so many items reach their limit; null while a missing answer could still decide it."""
    items = [(pl.col(name), limit) for name, limit in limits.items()]
    true = _sum([((item >= limit) & (item < 4)).cast(pl.UInt8) for item, limit in items])
    unknown = _sum([(item >= 4).cast(pl.UInt8) for item, _limit in items])
    return pl.when(true >= least).then(True).when(true + unknown < least).then(False)


def _scores_in_polars() -> list[pl.Expr]:
    wanted: list[pl.Expr] = []
    for code, card in CARDS.items():
        items = [pl.col(f"{code}.{item}") for item in card.scale("total").items]
        complete = pl.max_horizontal(items) < 4
        total = pl.when(complete).then(_sum(items))
        wanted.append(total.alias(code))
        lows = [band.low for band in card.bandings[0].bands[1:]]
        places = _sum([(_sum(items) >= low).cast(pl.UInt8) for low in lows])
        wanted.append(pl.when(complete).then(places).alias(f"{code}.band"))
        wanted.append((total >= CUT).alias(f"{code}.cut"))
    nine = pl.col("phq9.q9")
    wanted.append(pl.when(nine < 4).then(nine >= 1).alias("harm"))
    return wanted


def _sum(parts: list[pl.Expr]) -> pl.Expr:
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    return total


def same_as_rows(scored: Mapping[str, BulkScored], rows: list[Any]) -> None:
    for place, row in enumerate(rows):
        for one, found in zip(row, scored.values(), strict=True):
            if repr(found.row(place)) != repr(one):
                raise SystemExit(f"Row {place} differs between the row scorer and the bulk scorer.")


def same_as_plain(scored: Mapping[str, BulkScored], rows: list[tuple[int | None, bool, int | None, bool]]) -> None:
    for place, row in enumerate(rows):
        totals = [found.total.at(place) for found in scored.values() if found.total]
        if totals != [row[0], row[2]] or [total is not None and total >= CUT for total in totals] != [row[1], row[3]]:
            raise SystemExit(f"Row {place} differs between plain Python and the bulk scorer.")


def same_as_polars(scored: Mapping[str, BulkScored], frame: pl.DataFrame) -> None:
    cuts = {"phq9": "depression_general", "gad7": "anxiety_general"}
    states = {"harm": scored["phq9"].safety["self_harm"]}
    states |= {f"{code}.cut": scored[code].cutoffs[cut] for code, cut in cuts.items()}
    states |= {f"{code}.band": scored[code].bands["severity"].places for code in cuts}
    if "depression" in frame.columns:
        states |= {"depression": scored["phq9"].algorithms["depression"].places}
        states |= {f"{code}.answered": found_of.n_answered for code, found_of in scored.items()}
    for name, found in states.items():
        if not np.array_equal(frame[name].cast(pl.Int8).fill_null(-1).to_numpy(), found):
            raise SystemExit(f"The column {name} differs between polars and the bulk scorer.")
    scales = {code: found_of.total for code, found_of in scored.items()}
    shorts = {short: scale for found_of in scored.values() for short, scale in found_of.subscales.items()}
    scales |= {short: scale for short, scale in shorts.items() if short in frame.columns}
    for name, scale in scales.items():
        if scale is None or not np.array_equal(frame[name].fill_null(255).to_numpy(), scale.values):
            raise SystemExit(f"The scores {name} differ between polars and the bulk scorer.")


def measure(rows: int, gaps: float, runs: int) -> list[Measured]:
    """Score the same answers in every way, and check that all agree."""
    columns = answers(rows, gaps)
    found: list[Measured] = []
    scored, clock, core = timed(lambda: bulk(columns), runs)
    over_columns = Measured("Karama, columns", "everything", rows, clock, core)

    few = [
        {code: {item: WORDS[column[place]] for item, column in items.items()} for code, items in columns.items()}
        for place in range(min(rows, ROW_SCORED))
    ]
    one_by_one, clock, core = timed(lambda: row_by_row(few), 2)
    found.append(Measured("Karama, row by row", "everything", len(few), clock, core))
    same_as_rows(scored, one_by_one)

    some = _tuples(columns, min(rows, PLAIN))
    sums, clock, core = timed(lambda: plain(some), 2)
    found.append(Measured("plain Python", "totals, cut-offs", len(some), clock, core))
    same_as_plain(scored, sums)

    frame = pl.DataFrame({f"{code}.{item}": c for code, items in columns.items() for item, c in items.items()})
    for way, gives in ((polars_expressions, "totals, bands, cut-offs, safety"), (polars_everything, "everything")):
        result, clock, core = timed(lambda way=way: way(frame), runs)  # type: ignore[misc]
        found.append(Measured("polars", gives, rows, clock, core))
        same_as_polars(scored, result)
    return [*found, over_columns]


def _tuples(columns: Columns, rows: int) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    by_card = [np.column_stack([c[:rows] for c in items.values()]).tolist() for items in columns.values()]
    return [(tuple(one), tuple(two)) for one, two in zip(*by_card, strict=True)]


def table(found: dict[float, list[Measured]]) -> str:
    lines = [
        "| missing | scored by | gives | records | records a second | per second of the core | × row by row (core) |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for gaps, ways in found.items():
        slowest = ways[0].core_rate
        for way in ways:
            lines.append(
                f"| {gaps:.0%} | {way.way} | {way.gives} | {way.rows:,} | {_short(way.rate)} | "
                f"{_short(way.core_rate)} | {way.core_rate / slowest:,.1f} |"
            )
    return "\n".join(lines) + "\n"


def _short(rate: float) -> str:
    return f"{rate / 1e6:,.1f} million" if rate >= 1e6 else f"{rate / 1e3:,.0f} thousand"


def keep(found: dict[float, list[Measured]]) -> None:
    """Keep the table, and what was asked of each way."""
    import kept

    told = (
        f"`python bench/scoring.py --write`, one core used of {kept.machine()},\nNumPy {np.__version__}, polars "
        f"{pl.__version__} (one thread as well). "
        'A record is one PHQ-9 and one GAD-7, sixteen columns of one byte.\n"Everything" is totals, subscales, bands, '
        "cut-offs, the depression algorithm, safety states and the number answered. All\nways gave the same results in "
        "this run; the best of some runs counts. The\npolars queries are written as one would write them, not tuned."
    )
    kept.keep(HEADING, f"{told}\n\n{table(found)}")


def main() -> None:
    """Measure, check, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=5_000_000, help="records (5,000,000)")
    parser.add_argument("--runs", type=int, default=5, help="the best of so many runs counts (5)")
    parser.add_argument("--write", action="store_true", help="keep the table in docs/explanation/benchmarks.md")
    options = parser.parse_args()
    if options.rows < 1 or options.runs < 1:
        parser.error("--rows and --runs are 1 or more")
    print(f"threads: NumPy 1, polars {pl.thread_pool_size()}", file=sys.stderr)
    found = {gaps: measure(options.rows, gaps, options.runs) for gaps in (0.0, 0.03)}
    print(table(found))
    if options.write:
        keep(found)


if __name__ == "__main__":
    main()
