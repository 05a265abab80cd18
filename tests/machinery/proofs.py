"""docs/proofs.md: what a full run proved, at which commit, with figures that do not depend on the machine."""

from __future__ import annotations

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


def note(name: str, figures: dict[str, object]) -> None:
    """Keep a figure for docs/proofs.md, from a test of a full run; nothing happens in an everyday run."""
    folder = os.environ.get(FIGURES_FOLDER)
    if folder:
        (Path(folder) / f"{name}.json").write_text(json.dumps(figures), encoding="utf-8")


def write(parts: Sequence[PartOutcome], *, seed: int, figures: Path | None = None) -> Path:
    """Write the page and return its path."""
    lines = [
        "# Proofs",
        "",
        "Written by `python3 run.py test --full`; not edited by hand.",
        "",
        f"Commit `{_git('rev-parse', 'HEAD')}`{_unclean()}, {datetime.now(UTC):%d %B %Y}, seed {seed}.",
        "",
        "| part | passed | failed | skipped |",
        "|---|---:|---:|---:|",
        *(f"| {part.title} | {part.count(PASSED)} | {part.count(FAILED)} | {part.count(SKIPPED)} |" for part in parts),
        "",
        *_figures(figures),
    ]
    PROOFS.parent.mkdir(exist_ok=True)
    PROOFS.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")
    return PROOFS.relative_to(ROOT)


def _figures(folder: Path | None) -> list[str]:
    lines: list[str] = []
    for path in sorted(folder.glob("*.json")) if folder else []:
        found = json.loads(path.read_text(encoding="utf-8"))
        lines += [f"## {path.stem}", "", "| figure | value |", "|---|---:|"]
        lines += [f"| {name} | {value} |" for name, value in found.items()] + [""]
    return lines


def _unclean() -> str:
    return " with changes not yet committed" if _git("status", "--porcelain") else ""


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True)
    return done.stdout.strip() if done.returncode == 0 else "unknown"
