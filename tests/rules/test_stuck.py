"""CA840-CA842: whoever was looked at stands on the list again when something is new, worse, or the day has come."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from karama.rules.stuck import Looked, stands_again

TODAY = date(2027, 3, 1)
SILENT = TODAY - timedelta(days=40)
LOOKED = Looked(TODAY + timedelta(days=14), {"silent": SILENT, "worse": None}, {"phq9": 17, "who5": 20, "odd": None})


@pytest.mark.parametrize(
    ("since", "totals", "again"),
    [
        ({"silent": SILENT}, {}, False),
        ({"silent": SILENT, "worse": None}, {"phq9": 17, "who5": 20}, False),
        ({"silent": SILENT, "worse": None}, {"phq9": 16, "who5": 24}, False),
        ({"silent": SILENT, "worse": None}, {"phq9": 18, "who5": 20}, True),
        ({"silent": SILENT, "worse": None}, {"phq9": 17, "who5": 16}, True),
        ({"silent": SILENT, "worse": None}, {"phq9": 17, "gad7": 12}, True),
        ({"silent": SILENT, "waiting": SILENT}, {}, True),
        ({"silent": SILENT + timedelta(days=1)}, {}, True),
        ({"worse": None}, {"odd": None}, False),
        ({"worse": None}, {"odd": 3}, True),
        ({"worse": None}, {"phq9": None}, True),
    ],
)
def test_what_brings_a_line_back(since: dict[str, date | None], totals: dict[str, float | None], again: bool) -> None:
    """CA840: the same stays off the list; a new reason, a new stretch of silence, a further measure or a harder total
    brings it back, also where a lower total is the harder one, and where nobody can say which is harder."""
    assert stands_again(LOOKED, since, totals, {"who5": -1}, TODAY) is again


def test_the_day_to_look_again() -> None:
    """CA841: on the day to look again everything stands there again, whatever it is."""
    assert not stands_again(LOOKED, {"silent": SILENT}, {}, {}, LOOKED.again_on - timedelta(days=1))
    assert stands_again(LOOKED, {"silent": SILENT}, {}, {}, LOOKED.again_on)
