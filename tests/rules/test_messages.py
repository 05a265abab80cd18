"""When a neutral message may leave, and the law of an outgoing message."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from karama.rules.messages import (
    MESSAGE_LAW,
    MESSAGE_STATES,
    ContactRule,
    Hours,
    allowed_states,
    may_send,
    message_diagram,
    next_safe_moment,
    next_try,
    safe_hours,
)

BAGHDAD = ZoneInfo("Asia/Baghdad")
MINUTES = st.integers(0, 24 * 60 - 1)


def test_the_law_names_every_state() -> None:
    """NT001: every state of a message has its row; what left the house is neither stopped nor sent again."""
    assert set(MESSAGE_LAW) == set(MESSAGE_STATES)
    for state, following in MESSAGE_LAW.items():
        assert set(following) <= set(MESSAGE_STATES) - {state}
    assert [state for state in MESSAGE_STATES if "sent" in allowed_states(state)] == ["queued"]
    assert [state for state in MESSAGE_STATES if "stopped" in allowed_states(state)] == ["queued"]
    assert allowed_states("nowhere") == ()
    assert "sent --> delivered" in message_diagram()


@pytest.mark.parametrize(
    ("channel", "why"),
    [
        ("never", "never"),
        ("undecided", "undecided"),
        ("call", "other_way"),
        ("via_person", "other_way"),
        ("", "other_way"),
    ],
)
def test_nothing_is_sent_without_a_rule_that_says_so(channel: str, why: str) -> None:
    """NT002: no rule, never, undecided, or another way: no message leaves, and the reason is there for the worker."""
    told = may_send([ContactRule(channel)])
    assert (told.allowed, told.why) == (False, why)
    assert (may_send([]).allowed, may_send([]).why) == (False, "no_rule")
    assert may_send([ContactRule("sms_neutral", has_address=False)]).why == "no_address"
    assert may_send([ContactRule("sms_neutral")]).allowed


def test_the_more_careful_of_two_files_counts() -> None:
    """NT003: of two joined files each has to allow the message, in either order."""
    yes = ContactRule("sms_neutral")
    for other in (ContactRule("never"), ContactRule("call"), ContactRule("sms_neutral", "when he is out")):
        assert not may_send([yes, other]).allowed
        assert not may_send([other, yes]).allowed


def test_hours_in_words_stop_the_machine() -> None:
    """NT004: safe hours that cannot be read exactly mean that no machine sends; digits of any script are read."""
    assert safe_hours(" ") == ()
    assert safe_hours("9-12, 14:30–16") == (Hours(time(9), time(12)), Hours(time(14, 30), time(16)))
    assert safe_hours("٩-١٢، ٢٢-٢") == (Hours(time(9), time(12)), Hours(time(22), time(2)))
    for unclear in ("mornings", "9-12 not on Friday", "9", "25-26", "9-9", "9:75-10", "9-12-14", "-", "9-25"):
        assert safe_hours(unclear) is None, unclear
        assert may_send([ContactRule("sms_neutral", unclear)]).why == "hours_unclear"


def test_a_message_waits_for_a_safe_hour() -> None:
    """NT005: by the clock of the site it leaves in a safe hour, else waits for one; without any, never at night."""
    hours = safe_hours("9-12")
    assert hours is not None
    early = datetime(2026, 3, 2, 7, 59, 30, tzinfo=BAGHDAD)
    assert next_safe_moment(early, hours) == datetime(2026, 3, 2, 9, tzinfo=BAGHDAD)
    inside = datetime(2026, 3, 2, 11, 59, 59, tzinfo=BAGHDAD)
    assert next_safe_moment(inside, hours) == inside
    noon = datetime(2026, 3, 2, 12, tzinfo=BAGHDAD)
    assert next_safe_moment(noon, hours) == datetime(2026, 3, 3, 9, tzinfo=BAGHDAD)
    night = datetime(2026, 3, 2, 22, tzinfo=BAGHDAD)
    assert next_safe_moment(night, ()) == datetime(2026, 3, 3, 8, tzinfo=BAGHDAD)
    assert next_safe_moment(night, safe_hours("22-2") or ()) == night
    # the same moment told in UTC is another time of the clock: the caller has to bring the site's own
    assert next_safe_moment(night.astimezone(UTC), ()) == night.astimezone(UTC)


@settings(max_examples=40)
@given(MINUTES, MINUTES, st.integers(0, 2 * 24 * 3600))
def test_nothing_leaves_outside_the_safe_hours(starts: int, ends: int, seconds: int) -> None:
    """NT006: whatever the hours and the moment, the moment that is found lies within them and never in the past."""
    hours = Hours(time(*divmod(starts, 60)), time(*divmod(ends, 60)))
    now = datetime(2026, 3, 2, tzinfo=BAGHDAD) + timedelta(seconds=seconds)
    found = next_safe_moment(now, [hours])
    assert found is not None
    assert found >= now
    assert hours.holds(found.timetz().replace(tzinfo=None))


def test_tries_end() -> None:
    """NT007: what never reached the gateway is tried again after 1, 2, 4 and 8 minutes, then given up."""
    at = datetime(2026, 3, 2, tzinfo=UTC)
    assert [next_try(tries, at) for tries in range(1, 6)] == [
        *(at + timedelta(minutes=pause) for pause in (1, 2, 4, 8)), None,
    ]  # fmt: skip


def test_days_of_the_week_are_understood() -> None:
    """NT110: days stand before their hours and count until others are named; a stretch past midnight is of the day on
    which it began; what is in words, or days without hours, lets nothing out."""
    (morning,) = safe_hours("mon tue 9-12") or ()
    assert morning.days == {0, 1}
    assert safe_hours("Mon,Tue 9-12") == safe_hours("mon tue 9-12") == safe_hours("mon-tue 9-12")
    week = safe_hours("mon-fri 9-12, 14-16; sat 10-11") or ()
    assert [(sorted(one.days), one.starts.hour) for one in week] == [
        ([0, 1, 2, 3, 4], 9), ([0, 1, 2, 3, 4], 14), ([5], 10),
    ]  # fmt: skip
    assert [sorted(one.days) for one in safe_hours("sat-mon ٩-١٢") or ()] == [[0, 5, 6]]
    for unclear in ("mon", "mon tue", "9-12, mon", "monday 9-12", "mon to fri 9-12", "mon 9-12,", "mon-9-12"):
        assert safe_hours(unclear) is None, unclear
    (night,) = safe_hours("fri 22-2") or ()
    assert night.holds(time(23), 4)
    assert night.holds(time(1), 5)
    assert not night.holds(time(1), 4)
    assert not night.holds(time(23), 5)


def test_the_next_safe_day_is_found_within_a_week() -> None:
    """NT111: with days of the week a message waits for the next of them, by the clock of the site."""
    monday = datetime(2026, 3, 2, 12, 30, tzinfo=BAGHDAD)
    assert next_safe_moment(monday, safe_hours("mon 9-12") or ()) == datetime(2026, 3, 9, 9, tzinfo=BAGHDAD)
    assert next_safe_moment(monday, safe_hours("thu 9-12; wed 15-16") or ()) == datetime(2026, 3, 4, 15, tzinfo=BAGHDAD)
    assert next_safe_moment(monday, safe_hours("mon 12-13") or ()) == monday
