"""docs/proofs.md: what full runs proved, each part at which commit, with figures that do not depend on the machine.

A full run takes hours and may be done part by part (`--full --only sqlite`): what other parts proved before stays, with
the commit at which they did.
"""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.machinery.outcome import FAILED, PASSED, SKIPPED, PartOutcome

ROOT = Path(__file__).resolve().parents[2]
PROOFS = ROOT / "docs" / "proofs.md"
FIGURES_FOLDER = "KARAMA_PROOFS"
"""Where tests of a full run leave figures: a folder named by this variable, one JSON object a file."""
HEAD = """# Proofs

Written by `python3 run.py test --full`; not edited by hand. Each part and figure says at which commit it was proved.

| part | passed | failed | skipped | seed | commit |
|---|---:|---:|---:|---:|---|
"""
FIGURE = "\n## "


def note(name: str, figures: dict[str, object]) -> None:
    """Keep a figure for docs/proofs.md, from a test of a full run; nothing happens in an everyday run."""
    folder = os.environ.get(FIGURES_FOLDER)
    if folder:
        (Path(folder) / f"{name}.json").write_text(json.dumps(figures), encoding="utf-8")


def add(name: str, figures: dict[str, int]) -> None:
    """The same of a part of a figure: what parts note under one name is added up, also by processes side by side."""
    folder = os.environ.get(FIGURES_FOLDER)
    if not folder:
        return
    with (Path(folder) / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        kept = Path(folder) / f"{name}.json"
        before = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
        note(name, {one: before.get(one, 0) + many for one, many in figures.items()})


def write(parts: Sequence[PartOutcome], *, seed: int, figures: Path | None = None) -> Path:
    """Write what these parts proved beside what others proved before, and return the path of the page."""
    commit = f"`{_git('rev-parse', '--short=12', 'HEAD')}`{_unclean()}, {datetime.now(UTC):%d %B %Y}"
    rows, sections = _written()
    for part in parts:
        counts = " | ".join(str(part.count(kind)) for kind in (PASSED, FAILED, SKIPPED))
        rows[part.title] = f"| {part.title} | {counts} | {seed} | {commit} |"
    for path in sorted(figures.glob("*.json")) if figures else []:
        sections[path.stem] = _section(json.loads(path.read_text(encoding="utf-8")), commit)
    told = HEAD + "\n".join(rows.values()) + "\n"
    told += "".join(f"{FIGURE}{name}\n\n{section.strip()}\n" for name, section in sorted(sections.items()))
    PROOFS.parent.mkdir(exist_ok=True)
    PROOFS.write_text(told, encoding="utf-8")
    return PROOFS


def _written() -> tuple[dict[str, str], dict[str, str]]:
    """The rows of the page by part, and its sections by figure, as they stand."""
    if not PROOFS.exists():
        return {}, {}
    head, *sections = PROOFS.read_text(encoding="utf-8").split(FIGURE)
    rows = [line for line in head.splitlines() if line.startswith("| ") and not line.startswith("| part |")]
    figures = dict(section.split("\n", 1) for section in sections)
    return {row.split(" | ")[0].removeprefix("| "): row for row in rows}, figures


def _section(found: dict[str, object], commit: str) -> str:
    table = "\n".join(f"| {name} | {value} |" for name, value in found.items())
    return f"At {commit}.\n\n| figure | value |\n|---|---:|\n{table}"


def _unclean() -> str:
    """Whether anything but the page itself was changed since that commit."""
    changed = _git("status", "--porcelain", "--", ".", ":!docs/proofs.md")
    return " with changes not yet committed" if changed else ""


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True)
    return done.stdout.strip() if done.returncode == 0 else "unknown"
