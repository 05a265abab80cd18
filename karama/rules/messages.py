"""When a neutral message may be sent to a person, when it waits, and the law of an outgoing message.

Whoever reads the telephone may not be the person. So nothing is sent without a rule that says so, nothing outside the
hours she called safe, and hours that a machine cannot read count as none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final, Literal

MESSAGE_STATES: Final = ("queued", "sent", "delivered", "failed", "stopped")

MESSAGE_LAW: Final[dict[str, tuple[str, ...]]] = {
    "queued": ("sent", "failed", "stopped"),
    "sent": ("delivered", "failed"),
    "delivered": (),
    "failed": (),
    "stopped": (),
}
"""State -> the states that may follow. What the gateway has taken cannot be stopped, and is never sent again."""


def allowed_states(state: str) -> tuple[str, ...]:
    """The states that may follow; none after an unknown one."""
    return MESSAGE_LAW.get(state, ())


def message_diagram() -> str:
    """The law as the text of a Mermaid state diagram."""
    lines = ["stateDiagram-v2", "    [*] --> queued"]
    for state, following in MESSAGE_LAW.items():
        lines += [f"    {state} --> {one}" for one in following] or [f"    {state} --> [*]"]
    return "\n".join([*lines, ""])


FIRST_PAUSE: Final = timedelta(minutes=1)
MOST_TRIES: Final = 5


def next_try(tries: int, failed_at: datetime) -> datetime | None:
    """When to try again after so many tries that never reached the gateway: 1, 2, 4, 8 minutes; None: give up."""
    return None if tries >= MOST_TRIES else failed_at + FIRST_PAUSE * 2 ** max(tries - 1, 0)


@dataclass(frozen=True)
class Hours:
    """A stretch of a day, `ends` not included; past midnight when `ends` is before `starts`.

    `days`: the days of the week on which it begins, 0 is Monday; empty: every day.
    """

    starts: time
    ends: time
    days: frozenset[int] = frozenset()

    def holds(self, moment: time, weekday: int = 0) -> bool:
        """Whether a time of the clock on a day of the week lies in it. After midnight it is still of the day before."""
        begun = weekday
        if self.starts < self.ends:
            inside = self.starts <= moment < self.ends
        else:
            inside = moment >= self.starts or moment < self.ends
            begun = weekday if moment >= self.starts else (weekday - 1) % 7
        return inside and (not self.days or begun in self.days)


DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""Days of the week as they are kept in safe hours: "mon tue 9-12, 14-16; sat 10-11"."""

QUIET: Final = Hours(time(20), time(8))
"""Nothing is sent at night unless the person named hours herself; the house's own choice, a pack may lengthen it."""

_STRETCH = re.compile(r"([a-z-]*)(?:(\d{1,2})(?:[:.](\d{2}))?-(\d{1,2})(?:[:.](\d{2}))?)?")
_DAYS = re.compile(rf"({'|'.join(DAYS)})(?:-({'|'.join(DAYS)}))?")


def safe_hours(text: str) -> tuple[Hours, ...] | None:
    """The hours a person called safe, such as "9-12, 14:30-16" or "mon-fri 9-12; sat 10-11"; digits of any script.

    Days count for the hours behind them, until other days are named. None when they are in words or make no sense:
    then no machine may send. Empty text gives no hours, `()`.
    """
    plain = "".join(_plain(one) for one in text.lower() if not one.isspace())
    if not plain:
        return ()
    found: list[Hours] = []
    days, open_days = frozenset[int](), False
    for part in re.split(r"[,;]", plain):
        match = _STRETCH.fullmatch(part)
        named = _days(match[1]) if match else None
        if match is None or named is None or not part:
            return None
        if named:
            days, open_days = (days | named if open_days else named), match[2] is None
        elif match[2] is None:
            return None
        if match[2] is not None:
            from_hour, from_minute, to_hour, to_minute = (each or "0" for each in match.groups()[1:])
            one = _hours(from_hour, from_minute, to_hour, to_minute, days)
            if one is None:
                return None
            found.append(one)
            open_days = False
    return None if open_days else tuple(found)


def _days(text: str) -> frozenset[int] | None:
    """The days of the week that are named, by themselves or from one to another; None when it says anything else."""
    found: set[int] = set()
    while text:
        match = _DAYS.match(text)
        if match is None:
            return None
        first = DAYS.index(match[1])
        last = DAYS.index(match[2]) if match[2] else first
        found |= {(first + step) % 7 for step in range((last - first) % 7 + 1)}
        text = text[match.end() :]
    return frozenset(found)


def _plain(one: str) -> str:
    if one.isdecimal():
        return str(unicodedata.decimal(one))
    return {"–": "-", "—": "-", "،": ",", "؛": ";"}.get(one, one)


def _hours(from_hour: str, from_minute: str, to_hour: str, to_minute: str, days: frozenset[int]) -> Hours | None:
    try:
        made = Hours(time(int(from_hour), int(from_minute)), time(int(to_hour) % 24, int(to_minute)), days)
    except ValueError:
        return None
    return made if made.starts != made.ends and int(to_hour) <= 24 else None


@dataclass(frozen=True)
class ContactRule:
    """What a person agreed: the channel (`people.ContactRules`), the hours in words, whether there is an address."""

    channel: str
    safe_hours: str = ""
    has_address: bool = True


Why = Literal["", "no_rule", "never", "undecided", "other_way", "no_address", "hours_unclear"]


@dataclass(frozen=True)
class MaySend:
    """Whether a message may be sent, and when. `why`: why not; then the worker is told and nothing leaves the house."""

    allowed: bool
    why: Why = ""
    hours: tuple[Hours, ...] = ()


def may_send(rules: Sequence[ContactRule]) -> MaySend:
    """Whether a neutral text message may go out. `rules`: those of every file of the person, the folded ones too.

    Each of them has to allow it: two files that say different things mean neither. Hours must be safe in all of them.
    """
    if not rules:
        return MaySend(False, "no_rule")
    hours: list[Hours] = []
    for one in rules:
        why, safe = _one_rule(one)
        if why:
            return MaySend(False, why)
        hours += safe
    return MaySend(True, hours=tuple(hours))


def _one_rule(one: ContactRule) -> tuple[Why, tuple[Hours, ...]]:
    if one.channel == "never":
        return "never", ()
    if one.channel == "undecided":
        return "undecided", ()
    if one.channel != "sms_neutral":
        return "other_way", ()
    if not one.has_address:
        return "no_address", ()
    safe = safe_hours(one.safe_hours)
    return ("hours_unclear", ()) if safe is None else ("", safe)


def next_safe_moment(now: datetime, hours: Iterable[Hours], quiet: Hours = QUIET) -> datetime | None:
    """The first moment from `now` on, by the clock of the site, at which a message may leave; None within two days
    (eight where days of the week were named).

    `now` carries the site's time zone. With hours of her own the quiet hours of the house do not count.
    """
    own = tuple(hours)
    minute = now if now.second == now.microsecond == 0 else now.replace(second=0, microsecond=0) + timedelta(minutes=1)
    within = 8 if any(one.days for one in own) else 2
    for offset in range(within * 24 * 60):
        moment = now if offset == 0 else minute + timedelta(minutes=offset - 1)
        clock = moment.timetz().replace(tzinfo=None)
        day = moment.weekday()
        if any(one.holds(clock, day) for one in own) if own else not quiet.holds(clock, day):
            return moment
    return None
