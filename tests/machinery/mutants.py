"""Mutants: delete a check, and the test that guards it must fail. A suite that lets one live has failed.

`tests/attacks/mutants/*.toml` lists them, one table `[[mutant]]` each:

    name = "unknown becomes yes"                      what was broken, in one line
    file = "karama/rules/permission.py"               where
    find = "return answer is Answer.YES"              what stands there, exactly once
    replace = "return answer is not Answer.NO"        what the mutant puts there
    tests = ["tests/rules/test_permission.py"]        what must notice: pytest paths or ids

They run in copies of the tree, two side by side: `python -m tests.machinery.mutants --all`. All of them take more than
an hour, so they also run piece by piece (`--piece 1` to 4): a mutant stays in its piece, whatever else is listed.
"""

from __future__ import annotations

import argparse
import os
import queue
import random
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
import xml.etree.ElementTree as ET
import zlib
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.machinery.quick_folder import quick_folder

ROOT = Path(__file__).resolve().parents[2]
LISTS = ROOT / "tests" / "attacks" / "mutants"
COPIED = ("karama", "tests", "docs", "pyproject.toml", "requirements", "field", "package.json", "tsconfig.json")
PACKAGES = "node_modules"
"""What the telephone's code imports; nothing is ever written there, so a copy points to it."""
PIECES = 4
TESTS_FAILED = 1
"""pytest's exit code when it ran and a test failed; anything above means that it could not run."""


@dataclass(frozen=True)
class Mutant:
    """One deliberate fault and the tests that must notice it."""

    name: str
    file: str
    find: str
    replace: str
    tests: tuple[str, ...]


def listed(folder: Path = LISTS) -> list[Mutant]:
    """Every mutant of every list. Raises `ValueError` when two have the same name."""
    found = [
        Mutant(one["name"], one["file"], one["find"], one["replace"], tuple(one["tests"]))
        for path in sorted(folder.glob("*.toml"))
        for one in tomllib.loads(path.read_text(encoding="utf-8"))["mutant"]
    ]
    names = [mutant.name for mutant in found]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise ValueError(f"two mutants are called {', '.join(sorted(twice))}")
    return found


def piece(mutants: Iterable[Mutant], number: int) -> list[Mutant]:
    """The mutants of a piece (1 to `PIECES`). Those with the same tests share one."""
    return [one for one in mutants if zlib.crc32(" ".join(one.tests).encode()) % PIECES == number - 1]


def write_report(path: Path, mutants: Iterable[Mutant], wrong: Sequence[str]) -> None:
    """Write what became of each mutant as pytest would: `tests.machinery.outcome.read_report` reads it."""
    suite = ET.Element("testsuite", name="mutants")
    for mutant in mutants:
        told = ET.SubElement(suite, "testcase", classname="mutants", name=mutant.name)
        for said in wrong:
            if said.startswith(f"{mutant.name}: "):
                ET.SubElement(told, "failure", message=said)
    ET.ElementTree(suite).write(path, encoding="utf-8")


class Copy:
    """A copy of the tree in which mutants live. `with Copy() as tree: tree.survives(mutant)`."""

    def __enter__(self) -> Copy:
        self.folder = Path(tempfile.mkdtemp(prefix="karama-mutants-", dir=quick_folder()))
        for name in COPIED:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, self.folder / name, ignore=shutil.ignore_patterns("__pycache__"))
            elif source.exists():
                shutil.copy2(source, self.folder / name)
        if (ROOT / PACKAGES).is_dir():
            (self.folder / PACKAGES).symlink_to(ROOT / PACKAGES, target_is_directory=True)
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def verdict(self, mutant: Mutant) -> str:
        """Empty when the mutant is noticed; else the sentence that says what is wrong."""
        path = self.folder / mutant.file
        original = path.read_text(encoding="utf-8") if path.exists() else ""
        if original.count(mutant.find) != 1:
            return f"its text stands {original.count(mutant.find)} times in {mutant.file}: mend the list"
        stood = path.stat()
        path.write_text(original.replace(mutant.find, mutant.replace), encoding="utf-8")
        try:
            code = self.run(mutant.tests)
        finally:
            path.write_text(original, encoding="utf-8")
            os.utime(path, ns=(stood.st_atime_ns, stood.st_mtime_ns))  # what was compiled of it is good again
        if code == 0:
            return f"LIVES: {' '.join(mutant.tests)} did not notice"
        return "" if code == TESTS_FAILED else f"could not run (pytest said {code}): the fault breaks the file itself"

    def healthy(self, tests: Iterable[str]) -> bool:
        """Whether they pass with no fault in the copy; what Python compiles is kept for the runs with one."""
        return self.run(tests, keep_compiled=True) == 0

    def run(self, tests: Iterable[str], *, keep_compiled: bool = False) -> int:
        """pytest's exit code for these tests in the copy."""
        command = [sys.executable, "-m", "pytest", "-x", "-q", "--no-header", "-p", "no:randomly", *tests]
        environment = os.environ | {
            "PYTHONPATH": str(self.folder),
            "PYTHONDONTWRITEBYTECODE": "" if keep_compiled else "1",
        }
        return subprocess.run(command, cwd=self.folder, env=environment, capture_output=True).returncode


def hunt(mutants: Sequence[Mutant], *, side_by_side: int = 1) -> list[str]:
    """Run the mutants and say which were not noticed. Their tests must pass before anything is broken.

    Mutants with the same tests run one after the other in one copy, so that their tests are proved healthy once.
    """
    groups: dict[tuple[str, ...], list[tuple[int, Mutant]]] = {}
    for number, mutant in enumerate(mutants, start=1):
        groups.setdefault(mutant.tests, []).append((number, mutant))
    waiting: queue.SimpleQueue[list[tuple[int, Mutant]]] = queue.SimpleQueue()
    for group in sorted(groups.values(), key=len, reverse=True):
        waiting.put(group)
    with ThreadPoolExecutor(side_by_side) as pool:
        hunters = [pool.submit(_hunt, waiting, len(mutants)) for _ in range(side_by_side)]
        return [said for hunter in hunters for said in hunter.result()]


def _hunt(waiting: queue.SimpleQueue[list[tuple[int, Mutant]]], whole: int) -> list[str]:
    """Take groups of mutants until none waits, in a copy of the tree of this thread's own."""
    wrong: list[str] = []
    with Copy() as tree:
        while True:
            try:
                group = waiting.get_nowait()
            except queue.Empty:
                return wrong
            healthy = tree.healthy(group[0][1].tests)
            for number, mutant in group:
                started = time.monotonic()
                said = tree.verdict(mutant) if healthy else "its tests fail even without it"
                seconds = time.monotonic() - started
                print(f"  {number}/{whole} {mutant.name}: {said or 'noticed'} ({seconds:.0f} s)", flush=True)
                if said:
                    wrong.append(f"{mutant.name}: {said}")


def main(arguments: list[str]) -> int:
    """0 when every chosen mutant was noticed."""
    parser = argparse.ArgumentParser(prog="python -m tests.machinery.mutants", description=__doc__)
    parser.add_argument("--all", action="store_true", help="every mutant")
    parser.add_argument("--sample", type=int, default=5, help="how many, when not all")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--named", help="those whose name holds these words")
    parser.add_argument("--piece", type=int, choices=range(1, PIECES + 1), help="one piece of all")
    parser.add_argument("--report", type=Path, help="write a JUnit report here")
    chosen = parser.parse_args(arguments)
    mutants = [mutant for mutant in listed() if not chosen.named or chosen.named in mutant.name]
    picked = mutants
    if chosen.piece:
        picked = piece(mutants, chosen.piece)
    elif not chosen.all and not chosen.named:
        picked = random.Random(chosen.seed).sample(mutants, min(chosen.sample, len(mutants)))
    wrong = hunt(picked, side_by_side=min(2, os.cpu_count() or 1))
    if chosen.report:
        write_report(chosen.report, picked, wrong)
    print(f"mutants noticed: {len(picked) - len(wrong)} of {len(picked)} run, {len(mutants)} listed")
    return 1 if wrong or not picked else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
