"""GR150-GR152: which answers stand before, within and after a cycle, and what is said of all together."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from karama.rules.before_after import FRESH, Placed, how_many, placed

FIRST, LAST = date(2026, 3, 2), date(2026, 4, 20)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("days", "ends", "expected"),
    [
        ([], None, Placed()),
        ([FIRST], None, Placed(before=0)),
        ([FIRST - FRESH - DAY], None, Placed()),
        ([FIRST - FRESH, FIRST - DAY], None, Placed(before=1)),
        ([FIRST - DAY, FIRST + DAY, LAST - DAY], None, Placed(0, 2)),
        ([FIRST, FIRST + DAY, LAST, LAST + DAY], LAST, Placed(0, 1, 2)),
        ([FIRST, LAST + FRESH + DAY], LAST, Placed(before=0)),
        ([FIRST, FIRST + DAY], FIRST, Placed(0, None, 1)),
        ([FIRST + DAY], None, Placed(now=0)),
    ],
)
def test_where_answers_stand(days: list[date], ends: date | None, expected: Placed) -> None:
    """GR150: before is up to the first meeting and not old, after is from the last one on; nothing is made up."""
    assert placed(days, FIRST, ends) == expected


def test_what_before_is_compared_with() -> None:
    """GR151: what came last: after the meetings where somebody asked then, else the newest within them."""
    assert Placed(0, 1, 2).last == 2
    assert Placed(0, 1).last == 1
    assert Placed(0).last is None


@pytest.mark.parametrize(
    ("better", "both", "expected"),
    [(4, 4, None), (0, 0, None), (4, 5, "most"), (3, 5, "half"), (2, 5, "half"), (1, 5, "few"), (4, 6, "most")],
)
def test_all_together(better: int, both: int, expected: str | None) -> None:
    """GR152: of fewer than five with both measures nothing is said together; of more only coarsely."""
    assert how_many(better, both) == expected
