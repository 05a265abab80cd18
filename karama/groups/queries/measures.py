"""The measures of a group's members in one view: before the meetings, now, and after them.

Only for whoever may read a member's answers: what a colleague asked her stays with those who work with her.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from karama.care import cards, drawing
from karama.care.access import CLINICAL
from karama.care.queries import results_of_several
from karama.care.queries.scoring import Result, usable
from karama.groups import curriculum
from karama.groups.models import Cycle
from karama.groups.queries.groups import GroupPage, Member, group_page
from karama.journal import Absent, Actor
from karama.people.registries import restricted_among
from karama.rules.before_after import FRESH, Many, how_many, placed
from karama.rules.change import Verdict, verdict_by


@dataclass(frozen=True)
class Moved:
    """One member on one measure. None where nobody asked then. `verdict`: of "before" and what came last."""

    member: Member
    before: Result | None
    now: Result | None
    after: Result | None
    verdict: Verdict

    @property
    def last(self) -> Result | None:
        """What "before" is compared with."""
        return self.now if self.after is None else self.after

    @property
    def both(self) -> bool:
        """Whether a change can be told at all."""
        return self.verdict is not Verdict.UNKNOWN


@dataclass(frozen=True)
class Measure:
    """One measure of the group. `points`: how much a total must move to exceed chance, with its source, or None."""

    code: str
    name: str
    lines: tuple[Moved, ...]
    points: tuple[float, str] | None
    low: float
    high: float
    many: Many | None


@dataclass(frozen=True)
class Measures:
    """The view. `unread`: members whose answers are read only by those who work with them."""

    shown: GroupPage
    begins: date
    ends: date | None
    measures: tuple[Measure, ...]
    unread: tuple[Member, ...]


def measures_page(by: Actor, group: UUID, in_cycle: int | None = None) -> Measures:
    """Of the open cycle, or of another. Raises `Absent`: not her group, no duty that reads answers, no such cycle."""
    shown = group_page(by, group, in_cycle)
    if shown.cycle is None or by.duty not in CLINICAL:
        raise Absent()
    begins, ends = _days(shown, shown.cycle)
    people = [one.person for one in shown.members]
    found = results_of_several(by, people, begins - FRESH)
    run = curriculum.run_of(shown.cycle)
    asked = dict.fromkeys(run.instruments if run else ())
    asked |= dict.fromkeys(sorted({one.card.code for told in found.values() for one in told}))
    mine = [one for one in shown.members if one.person in found]
    resting = restricted_among(people)
    return Measures(
        shown=shown,
        begins=begins,
        ends=ends,
        measures=tuple(_measure(code, mine, found, (begins, ends), resting) for code in asked),
        unread=tuple(one for one in shown.members if one.person not in found),
    )


def _days(shown: GroupPage, cycle: Cycle) -> tuple[date, date | None]:
    """The day of the first meeting, and of the last one: the last planned, once held, or the last before it ended."""
    days = {one.number: one.on for one in shown.meetings}
    first = min(days.values(), default=cycle.begun_on)
    if cycle.ended_on is not None:
        return first, max(days.values(), default=cycle.ended_on)
    return first, days.get(cycle.planned) if cycle.planned else None


def _measure(
    code: str,
    members: Sequence[Member],
    found: dict[UUID, list[Result]],
    days: tuple[date, date | None],
    resting: Collection[UUID],
) -> Measure:
    card = usable(cards.card(code))
    points = drawing.threshold(card)
    lines = [_moved(one, [each for each in found[one.person] if each.card.code == code], days) for one in members]
    counted = [one for one in lines if one.both and one.member.person not in resting and _comparable(one)]
    better = sum(one.verdict is Verdict.IMPROVED for one in counted)
    scale = card.scale(card.total) if card.total else None
    return Measure(
        code=code,
        name=card.name,
        lines=tuple(lines),
        points=points,
        low=float(scale.lowest) if scale else 0.0,
        high=float(scale.highest) if scale else 1.0,
        many=how_many(better, len(counted)),
    )


def _moved(member: Member, told: list[Result], days: tuple[date, date | None]) -> Moved:
    at = placed([one.response.occurred_on for one in told if one.response.occurred_on is not None], *days)
    before, now, after = (None if one is None else told[one] for one in (at.before, at.now, at.after))
    return Moved(member, before, now, after, _verdict(before, now if after is None else after))


def _verdict(before: Result | None, last: Result | None) -> Verdict:
    if before is None or last is None or before.card.version != last.card.version:
        return Verdict.UNKNOWN
    card = usable(last.card)
    if card.total is None:
        return Verdict.UNKNOWN
    points = drawing.threshold(card)
    higher = card.scale(card.total).higher
    return verdict_by(before.scored.total, last.scored.total, points[0] if points else None, higher)


def _comparable(line: Moved) -> bool:
    """Whether it may be counted: both asked in words that somebody validated, and none of them a demonstration's."""
    return all(one is not None and one.response.validated for one in (line.before, line.last))
