"""Where the tables of the benchmarks are kept: one page, each table under a heading of its own."""

from __future__ import annotations

import os
import platform
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "explanation" / "benchmarks.md"


def keep(heading: str, body: str) -> None:
    """Put this under its heading (`## ...`), in place of what stood there; what stands under others stays."""
    text = PAGE.read_text(encoding="utf-8")
    before, _heading, rest = f"{text.rstrip()}\n".partition(f"{heading}\n")
    after = rest.partition("\n## ")
    tail = f"\n## {after[2]}" if after[1] else ""
    PAGE.write_text(f"{before.rstrip()}\n\n{heading}\n\n{body.strip()}\n{tail}", encoding="utf-8")


def machine() -> str:
    """What it was measured on, and how busy that was: a figure is worth most on a quiet machine."""
    load = f"load {os.getloadavg()[0]:.1f}"
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, {load}"
