"""What a run of tests came to: read from the reports that pytest writes, told as a table."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

PASSED, FAILED, SKIPPED = "passed", "failed", "skipped"


@dataclass
class PartOutcome:
    """One part of the run: its seconds, the outcome of each test, and the checks that were not tests."""

    title: str
    seconds: float = 0.0
    tests: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    checks: dict[str, bool] = field(default_factory=dict)

    def count(self, outcome: str) -> int:
        """How many tests and checks ended so."""
        checks = [PASSED if good else FAILED for good in self.checks.values()]
        return [*self.tests.values(), *checks].count(outcome)

    @property
    def fell_short(self) -> str:
        """Why this part counts as failed; empty when it does not."""
        if self.count(FAILED):
            return f"{self.count(FAILED)} failed"
        if PASSED not in self.tests.values():
            return "no test ran"
        return ""


def read_report(path: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Outcomes and reasons of skips by test name, from a JUnit report. No report is no test."""
    outcomes: dict[str, str] = {}
    reasons: dict[str, str] = {}
    if not path.exists():
        return outcomes, reasons
    for case in ET.parse(path).iter("testcase"):
        name = f"{case.get('classname')}::{case.get('name')}"
        skipped = case.find("skipped")
        if case.find("failure") is not None or case.find("error") is not None:
            outcomes[name] = FAILED
        elif skipped is not None:
            outcomes.setdefault(name, SKIPPED)
            reasons[name] = str(skipped.get("message"))
        else:
            outcomes.setdefault(name, PASSED)
    return outcomes, reasons


def never_run(parts: Iterable[PartOutcome]) -> dict[str, str]:
    """Tests that every part skipped, with the reason: a promise that nobody checked."""
    ran: set[str] = set()
    skipped: dict[str, str] = {}
    for part in parts:
        ran.update(name for name, outcome in part.tests.items() if outcome != SKIPPED)
        skipped.update(part.reasons)
    return {name: reason for name, reason in sorted(skipped.items()) if name not in ran}


def table(parts: Iterable[PartOutcome]) -> str:
    """The parts with their seconds and counts, one a line."""
    rows = [("part", "seconds", "passed", "failed", "skipped", "")]
    rows += [
        (
            part.title,
            f"{part.seconds:.0f}",
            str(part.count(PASSED)),
            str(part.count(FAILED)),
            str(part.count(SKIPPED)),
            part.fell_short or "ok",
        )
        for part in parts
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column in (0, 5) else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )
