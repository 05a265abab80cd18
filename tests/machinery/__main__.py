"""`python3 run.py test`: everything the tests need, then every part once, then the account.

Parts: the house and the pure rules; the database tests on SQLite; the same on a PostgreSQL started here; the
stories in a browser; a sample of mutants. `--full` takes whole figures and every mutant, adds `long` (thousands of
days of telephones, of orders and answers: hours) and writes docs/proofs.md; with `--only` it does so for some parts
and leaves there what others proved before; `--piece` does one piece of the mutants or of `long`.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.machinery import proofs, real_data
from tests.machinery.mutants import PIECES
from tests.machinery.outcome import FAILED, PASSED, SKIPPED, PartOutcome, never_run, read_report, table
from tests.machinery.packages import Missing, install_what_is_missing
from tests.machinery.postgres import Postgres

ROOT = Path(__file__).resolve().parents[2]
PURE = ("tests/house", "tests/rules", "tests/knowledge")
BUDGET_SECONDS = 12 * 60
PARTS = ("pure", "sqlite", "postgresql", "browser", "mutants", "long")
SAMPLED_MUTANTS = 3
LONG_PIECES = 16
"""Of `long`, so that it can be proved over several days: each piece takes about a quarter of an hour."""

HUNG_SECONDS, HUNG_SECONDS_FULL = 400, 1_800
"""After so long a story hangs: its process ends, it is named as failed and the others go on."""

PIECES_OF = {"mutants": PIECES, "long": LONG_PIECES}


class Run:
    """One run of all parts with one seed. `outcomes` grows part by part."""

    def __init__(self, *, seed: int, full: bool, processes: int, piece: int | None) -> None:
        self.seed, self.full, self.processes, self.piece = seed, full, processes, piece
        self.outcomes: list[PartOutcome] = []
        self.reports = Path(tempfile.mkdtemp(prefix="karama-reports-"))
        self.figures = self.reports / "figures"
        self.figures.mkdir()

    def pure(self) -> None:
        part = self._part("house and pure rules")
        self._check(part, "style", program("ruff"), "check", ".")
        self._check(part, "formatting", program("ruff"), "format", "--check", ".")
        self._check(part, "stairs", program("lint-imports"))
        self._check(part, "types", program("mypy"))
        self._pytest(part, *PURE, marks=self._marks("not browser"))

    def sqlite(self) -> None:
        part = self._part("database tests on SQLite")
        self._pytest(part, *self._not_pure(), marks=self._marks("not browser"))

    def postgresql(self) -> None:
        part = self._part("database tests on PostgreSQL")
        with Postgres() as server:
            addresses = {
                "KARAMA_DATABASE": server.address("karama"),
                "KARAMA_KEYS_DATABASE": server.address("karama_keys"),
            }
            self._pytest(part, *self._not_pure(), marks=self._marks("database and not browser"), more=addresses)

    def browser(self) -> None:
        part = self._part("stories in a browser")
        stuck = HUNG_SECONDS_FULL if self.full else HUNG_SECONDS
        self._pytest(part, "tests", f"--timeout={stuck}", "--timeout-method=thread", marks=self._marks("browser"))

    def mutants(self) -> None:
        if not self.full:
            self._mutants("mutants", f"--sample={SAMPLED_MUTANTS}", f"--seed={self.seed}")
        for piece in self._pieces(PIECES) if self.full else ():
            self._mutants(f"mutants, {piece} of {PIECES}", f"--piece={piece}")

    def _mutants(self, title: str, *which: str) -> None:
        part = self._part(title)
        report = self.reports / f"{len(self.outcomes)}.xml"
        command = [sys.executable, "-m", "tests.machinery.mutants", *which, f"--report={report}"]
        self._check(part, "each is noticed", *command)
        part.tests, part.reasons = read_report(report)

    def long(self) -> None:
        for piece in self._pieces(LONG_PIECES):
            part = self._part(f"thousands of days, orders and answers, {piece} of {LONG_PIECES}")
            self._pytest(part, *self._not_pure(), f"--karama-piece={piece}/{LONG_PIECES}", marks="long")

    def _pieces(self, number: int) -> Sequence[int]:
        """All pieces, or the one that was asked for."""
        return range(1, number + 1) if self.piece is None else [self.piece]

    def _part(self, title: str) -> PartOutcome:
        part = PartOutcome(title)
        self.outcomes.append(part)
        print(f"\n=== {title}", flush=True)
        return part

    def _marks(self, marks: str) -> str:
        return f"{marks} and not long" if self.full else f"{marks} and not full and not long"

    @staticmethod
    def _not_pure() -> list[str]:
        return ["tests", *(f"--ignore={folder}" for folder in PURE)]

    def _check(self, part: PartOutcome, name: str, *command: str) -> None:
        started = time.monotonic()
        part.checks[name] = subprocess.run(command, cwd=ROOT).returncode == 0
        part.seconds += time.monotonic() - started
        print(
            f"--- {name}: {'ok' if part.checks[name] else 'FAILED'} ({time.monotonic() - started:.0f} s)",
            flush=True,
        )

    def _pytest(self, part: PartOutcome, *where: str, marks: str, more: dict[str, str] | None = None) -> None:
        started = time.monotonic()
        report = self.reports / f"{len(self.outcomes)}.xml"
        command = [sys.executable, "-m", "pytest", *where, "-m", marks, "-q", f"--karama-seed={self.seed}"]
        command += [f"--junitxml={report}", "-n", str(self.processes), f"--durations={25 if self.full else 5}"]
        # The long attacks of a full run would otherwise wait for each other in one file.
        command += ["--dist", "worksteal" if self.full else "loadfile"]
        environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("KARAMA_") or name == real_data.VARIABLE
        }
        command.append("--karama-full" if self.full else "--karama-sample")
        if self.full:
            environment[proofs.FIGURES_FOLDER] = str(self.figures)
        finished = subprocess.run(command, cwd=ROOT, env=environment | (more or {})).returncode
        part.tests, part.reasons = read_report(report)
        if finished and not part.count(FAILED):
            part.checks["pytest ended well"] = False
        part.seconds += time.monotonic() - started


def program(name: str) -> str:
    """A command of this environment."""
    return str(Path(sys.executable).with_name(name))


def main(arguments: list[str]) -> int:
    """Run the parts and tell the account. 0 when every promise was checked and held."""
    chosen = _options(arguments)
    started = time.monotonic()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # each part, and each program a test starts, would compile anew
    seed = chosen.seed if chosen.seed is not None else random.SystemRandom().randrange(2**31)
    print(f"Seed {seed}. The same run again: python3 run.py test --seed {seed}", flush=True)
    try:
        install_what_is_missing()
    except Missing as missing:
        print(f"\n{missing}", file=sys.stderr)
        return 1
    run = Run(seed=seed, full=chosen.full, processes=min(2, os.cpu_count() or 1), piece=chosen.piece)
    wanted = chosen.only or [name for name in PARTS if chosen.full or name != "long"]
    for name in wanted:
        _carry_out(getattr(run, name), run)
    return _account(run, time.monotonic() - started)


def _carry_out(part: Callable[[], None], run: Run) -> None:
    try:
        part()
    except Missing as missing:
        print(f"\n{missing}", file=sys.stderr)
        run.outcomes[-1].checks["could start"] = False


def _account(run: Run, seconds: float) -> int:
    unchecked = never_run(run.outcomes)
    excused = {} if run.full else {name: why for name, why in unchecked.items() if real_data.NOT_HERE in why}
    print(f"\n{table(run.outcomes)}")
    for name, reason in unchecked.items():
        print(f"Nobody checked {name}: {reason}")
    print(
        f"\n{seconds:.0f} s of {BUDGET_SECONDS} s, seed {run.seed}.",
        "" if seconds <= BUDGET_SECONDS else "OVER THE BUDGET.",
    )
    counts = {kind: sum(part.count(kind) for part in run.outcomes) for kind in (PASSED, FAILED, SKIPPED)}
    failed = unchecked.keys() - excused.keys()
    held = not failed and not any(part.fell_short for part in run.outcomes)
    proved = [part for part in run.outcomes if not part.fell_short and not failed & part.tests.keys()]
    if run.full and proved:
        print(f"Written: {proofs.write(proved, seed=run.seed, figures=run.figures)}")
    print(f"{counts[PASSED]} passed, {counts[FAILED] + len(failed)} failed, {counts[SKIPPED]} skipped")
    return 0 if held else 1


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python3 run.py test", description=__doc__)
    parser.add_argument("--full", action="store_true", help="whole figures, every mutant; writes docs/proofs.md")
    parser.add_argument("--seed", type=int, help="repeat the samples of an earlier run")
    parser.add_argument("--only", nargs="+", choices=PARTS, help="some parts only, while working")
    parser.add_argument(
        "--piece", type=int, choices=range(1, LONG_PIECES + 1), metavar="N", help="one piece of the mutants or of long"
    )
    found = parser.parse_args(arguments)
    if found.piece and (len(found.only or ()) != 1 or found.piece > PIECES_OF.get(found.only[0], 0)):
        parser.error(f"--piece is one of {PIECES_OF}, with --only of that part alone.")
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
