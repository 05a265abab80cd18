"""A month as registers name it, and when it may be told: once it is over."""

from __future__ import annotations

import re
from datetime import date, timedelta

from karama.evidence.problems import MonthNotOver, NoSuchMonth


def month_of(text: str, today: date) -> tuple[date, date]:
    """The first and last day of a month written `2026-11`. Raises `NoSuchMonth`, `MonthNotOver`."""
    found = re.fullmatch(r"(\d{4})-(\d{2})", text.strip())
    try:
        first = date(int(found[1]), int(found[2]), 1) if found else None
    except ValueError:
        first = None
    if first is None or not 1990 <= first.year <= 2200:
        raise NoSuchMonth()
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    if last >= today:
        raise MonthNotOver()
    return first, last


def months_before(today: date, count: int = 12) -> list[str]:
    """The months that are over, the newest first."""
    found, one = [], today.replace(day=1)
    for _number in range(count):
        one = (one - timedelta(days=1)).replace(day=1)
        found.append(f"{one.year:04d}-{one.month:02d}")
    return found
