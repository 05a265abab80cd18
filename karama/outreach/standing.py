"""Where visits stand at a moment: state, until when somebody waits, and who is called. Derived anew at each reading.

Nothing here is kept, and no visit depends on a job: with the job stopped the pages show the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from karama.journal import clock
from karama.journal.readymade import Later, readymade
from karama.journal.together import Asks, asks, one_list, together
from karama.outreach.areas import AreaNow, areas_now
from karama.outreach.lines import Lines
from karama.outreach.models import REMINDED, WARNED, Visit, VisitMember, VisitStep
from karama.outreach.rulebook import clocks_of
from karama.rules.risk import Escalation, Waits
from karama.rules.visits import VisitState, calling, next_sign_at, overdue_at, visit_state
from karama.rules.visits import VisitStep as RuleStep

PART: Final = 400
TAKEN: Final = Waits(first_contact=timedelta(minutes=30))
"""Whoever looks after a silent visit is heard of within this time, or the line is called again."""


@dataclass(frozen=True)
class Standing:
    """A visit at a moment. `call`: who is called and who next; None while nothing is overdue.

    `recalled`: its area was closed, and whoever is there has to come back.
    """

    visit: Visit
    members: tuple[VisitMember, ...]
    steps: tuple[VisitStep, ...]
    state: VisitState
    area: AreaNow
    overdue_at: datetime | None
    next_sign_at: datetime | None
    call: Escalation | None

    @property
    def leader(self) -> UUID:
        """Who leads it."""
        return next(one.user_id for one in self.members if one.part == "leads")

    @property
    def goers(self) -> tuple[UUID, ...]:
        """Everybody who is outside."""
        return tuple(one.user_id for one in self.members if one.part in ("leads", "goes"))

    @property
    def alone(self) -> bool:
        """Whether only one colleague goes."""
        return len(self.goers) == 1

    @property
    def recalled(self) -> bool:
        """Whether its area is closed while it is open."""
        return self.state.is_open and self.area.state == "no_go"

    @property
    def owner(self) -> UUID | None:
        """Who is called now."""
        return self.call.owner if self.call is not None and isinstance(self.call.owner, UUID) else None

    @property
    def asked(self) -> frozenset[UUID]:
        """Whoever was called so far, was told, or did something about it."""
        called = {one for one in self.call.asked if isinstance(one, UUID)} if self.call is not None else set()
        told = {one.to_id for one in self.steps if one.step in (REMINDED, WARNED) and one.to_id is not None}
        return frozenset({*called, *told, *(one.author_id for one in self.steps if one.step not in (REMINDED, WARNED))})

    def attributes(self) -> dict[str, object]:
        """What a policy may ask about it."""
        members = frozenset({self.visit.author_id, *(one.user_id for one in self.members)})
        return {"site": self.visit.site_id, "members": members, "asked": self.asked}


@asks
def standings(visits: Iterable[Visit] | Later, now: datetime | None = None) -> Asks[list[Standing]]:
    """Where these visits stand, with a fixed number of queries."""
    found = list((yield visits) if isinstance(visits, QuerySet | Later) else visits)
    moment = now or clock.now()
    lines = Lines(moment) if found else None
    parts = (found[start : start + PART] for start in range(0, len(found), PART))
    return (yield from one_list(*(_part(one, lines, moment) for one in parts)))


def standing_of(visit: Visit, now: datetime | None = None) -> Standing:
    """Where one visit stands."""
    return standings([visit], now)[0]


def not_over() -> QuerySet[Visit]:
    """Visits that are planned or out."""
    last = VisitStep.objects.filter(visit=OuterRef("pk"), step__in=("out", "back", "called_off"))
    word = Subquery(last.order_by("-recorded_at", "-id").values("step")[:1])
    rows = Visit.objects.annotate(last_word=word).select_related("site")
    return rows.filter(Q(last_word__isnull=True) | Q(last_word="out")).order_by("back_at", "id")


def _part(found: list[Visit], lines: Lines | None, now: datetime) -> Asks[list[Standing]]:
    told, areas = yield from together(
        _told_of([one.id for one in found]), areas_now.asking({(one.site_id, one.area) for one in found}, now)
    )
    members, steps = map(_grouped, told)
    assert lines is not None
    return [_standing(one, members[one.id], steps[one.id], areas[(one.site_id, one.area)], lines, now) for one in found]


def _told_of(visits: list[UUID]) -> Asks[tuple[list[VisitMember], list[VisitStep]]]:
    found: tuple[list[VisitMember], list[VisitStep]] = yield _members.later(visits), _steps.later(visits)
    return found


@readymade
def _members(visits: list[UUID]) -> QuerySet[VisitMember, VisitMember]:
    return VisitMember.objects.filter(visit__in=visits).order_by("recorded_at", "id")


@readymade
def _steps(visits: list[UUID]) -> QuerySet[VisitStep, VisitStep]:
    return VisitStep.objects.filter(visit__in=visits).order_by("recorded_at", "id")


def _standing(
    visit: Visit, members: list[Any], steps: list[Any], area: AreaNow, lines: Lines, now: datetime
) -> Standing:
    state = visit_state(
        [RuleStep(one.step, one.recorded_at, one.author_id, one.back_at) for one in steps], visit.back_at
    )
    clocks = clocks_of(visit.site_id, visit.area)
    leader = [one.user_id for one in members if one.part == "leads"]
    goes = [one.user_id for one in members if one.part == "goes"]
    closed = area.state == "no_go"
    recalled_at = max(area.since or visit.recorded_at, visit.recorded_at) if closed else None
    late = overdue_at(state, clocks, leaves_at=visit.leaves_at, alone=not goes, recalled_at=recalled_at)
    call = None
    if late is not None and late <= now:
        waits = [one.user_id for one in members if one.part == "waits"]
        line = lines.line_for(visit.site_id, waits, goes, leader[0])
        call = calling(
            state, late, now, line.people, absent=line.absent, deputies=line.deputies, away=leader, waits=TAKEN
        )
    return Standing(
        visit=visit,
        members=tuple(members),
        steps=tuple(steps),
        state=state,
        area=area,
        overdue_at=late,
        next_sign_at=next_sign_at(state, clocks, alone=not goes),
        call=call,
    )


def _grouped(rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.visit_id].append(row)
    return found
