"""The versions that came before one, whichever kind of row it is."""

from __future__ import annotations

from typing import Any


def corrections_of(row: Any) -> list[tuple[Any, Any]]:
    """(version before, version that corrected it), from a row back to its first one."""
    found: list[tuple[Any, Any]] = []
    while row.amends_id is not None:
        before = type(row).objects.get(pk=row.amends_id)
        found.append((before, row))
        row = before
    return found
