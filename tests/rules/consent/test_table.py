"""The fourteen rules of consent against an independent table, over every combination."""

from __future__ import annotations

import itertools
import tomllib
from dataclasses import replace
from pathlib import Path

from karama.rules.classes import (
    CAPACITIES,
    CONSENT_PURPOSES,
    CONSENT_STATES,
    DATA_CLASSES,
    OVERRIDES,
    RECIPIENTS,
)
from karama.rules.consent import Consent, Context, Request, decide
from tests.rules.consent.situations import NOW, OPEN, organisation

DIMENSIONS = {
    "purpose": CONSENT_PURPOSES,
    "recipient": RECIPIENTS,
    "data_class": DATA_CLASSES,
    "state": CONSENT_STATES,
    "capacity": CAPACITIES,
    "override": OVERRIDES,
}
ROWS = tomllib.loads((Path(__file__).parent / "consent_table.toml").read_text())["row"]


def world(cell: dict[str, str]) -> tuple[Request, list[Consent], Context]:
    """The situation that one row of the table is about."""
    guarded = cell["capacity"] in ("minor", "limited", "guardian_unsafe")
    record = Consent(
        1,
        1,
        cell["purpose"],
        cell["state"],
        frozenset({cell["data_class"]}),
        cell["recipient"],
        organisation(cell["recipient"]),
        given_by="guardian" if guarded else "self",
        assent=guarded,
    )
    request = Request(
        cell["purpose"],
        cell["data_class"],
        cell["recipient"],
        organisation(cell["recipient"]),
        cell["override"],
        "child",
    )
    return request, [record], replace(OPEN, capacity=cell["capacity"])


def expected(cell: dict[str, str]) -> tuple[bool, int]:
    """What the independent table says: its first row that fits."""
    for row in ROWS:
        if all(cell[name] in row[name] for name in DIMENSIONS if name in row):
            return row["allowed"], row["rule"]
    raise AssertionError(f"the table has no row for {cell}")


def test_every_combination() -> None:
    """CO001: every combination of the six lists decides as the independent table."""
    count = 1
    for values in DIMENSIONS.values():
        count *= len(values)
    wrong, seen = [], 0
    for values in itertools.product(*DIMENSIONS.values()):
        cell = dict(zip(DIMENSIONS, values, strict=True))
        decision = decide(*world(cell), NOW)
        seen += 1
        if (decision.allowed, decision.rule) != expected(cell):
            wrong.append((cell, decision))
    assert seen == count >= 17_280
    assert not wrong, f"{len(wrong)} of {count} differ, the first: {wrong[0]}"


def test_every_row_of_the_table_is_used() -> None:
    """CO002: the table has no dead row, so each of its sentences is tested."""
    used = set()
    for values in itertools.product(*DIMENSIONS.values()):
        cell = dict(zip(DIMENSIONS, values, strict=True))
        for number, row in enumerate(ROWS):
            if all(cell[name] in row[name] for name in DIMENSIONS if name in row):
                used.add(number)
                break
    assert used == set(range(len(ROWS)))
