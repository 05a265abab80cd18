"""How coarsely place and time of a message are kept."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from karama.rules.disclosure import LADDER, LEAST, coarsen, day_after, first_day

COUNTS = st.dictionaries(st.sampled_from(LADDER), st.one_of(st.none(), st.integers(0, 40)))


def test_one_person_that_day_is_never_kept_with_site_or_day() -> None:
    """VO300: with one client at the site that day (J2) neither the site nor the day is kept; with enough both are."""
    assert coarsen({("site", "day"): 1, ("programme", "day"): 1, ("programme", "week"): 4}) == ("programme", "month")
    assert coarsen({("site", "day"): 1, ("programme", "day"): 1, ("programme", "week"): 12}) == ("programme", "week")
    assert coarsen({("site", "day"): 1, ("programme", "day"): LEAST}) == ("programme", "day")
    assert coarsen({("site", "day"): LEAST}) == ("site", "day")


@given(COUNTS, st.integers(-5, 30))
def test_what_is_kept_hides_among_enough(seen: dict[tuple[str, str], int | None], least: int) -> None:
    """VO301: whatever the counts, the rung that is kept hides somebody among enough people, or is the coarsest;
    a count that is not known is too few, and nobody can ask for less than the house's least."""
    rung = coarsen(seen, least)
    assert rung == LADDER[-1] or (seen[rung] or 0) >= max(least, LEAST)
    assert LADDER.index(coarsen(seen, 30)) >= LADDER.index(rung) or least > 30


@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)), st.sampled_from(["day", "week", "month"]))
def test_the_first_day_tells_nothing_of_the_day(day: date, time: str) -> None:
    """VO302: every day of a kept stretch gives the same first day, and the stretch ends where the next begins."""
    first, after = first_day(day, time), day_after(day, time)
    assert first <= day < after
    assert first_day(first, time) == first
    assert first_day(after, time) == after
    with pytest.raises(ValueError, match="a day"):
        first_day(day, "hour")
