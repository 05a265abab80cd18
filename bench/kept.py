"""Where the tables of the benchmarks are kept: one page, each table under a heading of its own."""

from __future__ import annotations

import os
import platform
import timeit
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
    """What it was measured on, how busy that was, and how fast: the same machine is not equally fast on every day, so
    that tables of two days are compared by the loop."""
    load = f"load {os.getloadavg()[0]:.1f}, ten million additions in {_loop():.2f} s"
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, {load}"


def _loop() -> float:
    """Seconds for ten million additions: the best of three."""
    return min(timeit.repeat("total += 1", "total = 0", number=10_000_000, repeat=3))
