"""Alerts in lists, by code only: what needs this reader first, and the historic ones to review."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from karama.accounts.queries import aliases_of
from karama.journal import Actor, clock
from karama.journal.readymade import readymade
from karama.journal.together import Asks, answered, asks
from karama.rules.permission import permit
from karama.rules.risk import GRADES
from karama.safety import access
from karama.safety.models import DEATH_CONFIRMED, Alert, AlertStep
from karama.safety.queries.standing_open import open_standings
from karama.safety.standing import Standing, standings

Settled = Callable[[Mapping[UUID, datetime]], Asks[set[UUID]]]
"""Asks which of these alerts (id -> when it was closed) are settled."""


@dataclass(frozen=True)
class AlertLine:
    """An alert in a list, without a name and without its kind.

    `code`: the participant's, empty when she is not known here. `owner`: work alias. `mine`: it is with the reader.
    `asked`: the reader was asked. `told`: how often it was raised. `next_at`: when the next person is asked.
    `due_at`: when the present step is late.
    """

    id: UUID
    code: str
    grade: str
    historic: bool
    site: str
    state: str
    raised_at: datetime
    due_at: datetime
    next_at: datetime | None
    owner: str
    mine: bool
    asked: bool
    exhausted: bool
    told: int = 1


@asks
def open_alerts(by: Actor, now: datetime | None = None) -> Asks[list[AlertLine]]:
    """The open alerts this reader has been asked about or supervises: her own first, the reddest, then the oldest."""
    return (yield from _lines(by, historic=False, now=now))


def review_list(by: Actor, now: datetime | None = None) -> list[AlertLine]:
    """Alerts found in imported answers: open and owned, but nobody was sent for."""
    return answered(_lines(by, historic=True, now=now))


@dataclass(frozen=True)
class ClosedAlert:
    """An alert that was closed, for whoever stands behind it. `who`: work alias of its closer."""

    id: UUID
    code: str
    outcome: str
    at: datetime
    who: str


@asks
def closed_alerts(by: Actor, since: datetime, but: Settled | None = None) -> Asks[list[ClosedAlert]]:
    """Alerts that colleagues closed since then and the reader may answer for, the newest first. `but`: which of them
    are not wanted; where those stand is not looked at."""
    last = {alert: (outcome, at, who) for alert, outcome, at, who in (yield _closings.later(by, since))}
    known = (yield from but({alert: at for alert, (_outcome, at, _who) in last.items()})) if but is not None else set()
    wanted, now = [one for one in last if one not in known], clock.now()
    stand = yield from standings.asking(_these.later(wanted), now)
    found = [one for one in stand if not one.state.is_open and _may_list(by, one, now)]
    names = yield from aliases_of.asking({last[one.alert.id][2] for one in found})
    shown = [_closed(one, *last[one.alert.id], names) for one in found]
    return sorted(shown, key=lambda one: one.at, reverse=True)


@readymade
def _closings(by: Actor, since: datetime) -> QuerySet[Any]:
    steps = AlertStep.objects.filter(step__in=("closed", DEATH_CONFIRMED), recorded_at__gte=since).exclude(
        author_id=by.id
    )
    return steps.order_by("recorded_at").values_list("alert_id", "outcome", "recorded_at", "author_id")


@readymade
def _these(alerts: list[UUID]) -> QuerySet[Alert, Alert]:
    return Alert.objects.filter(pk__in=alerts).select_related("site")


def _closed(one: Standing, outcome: str, at: datetime, who: UUID, names: dict[UUID, str]) -> ClosedAlert:
    person = one.around.person
    code = person.code if person is not None else ""
    return ClosedAlert(one.alert.id, code, outcome, at, names.get(who, ""))


def _lines(by: Actor, *, historic: bool, now: datetime | None) -> Asks[list[AlertLine]]:
    moment = now or clock.now()
    opened = yield from open_standings.asking(historic=historic, now=now)
    found = [one for one in opened if _may_list(by, one, moment)]
    names = yield from aliases_of.asking({one.owner for one in found if one.owner})
    lines = [as_line(by, one, names.get(one.owner, "") if one.owner else "") for one in found]
    return sorted(lines, key=lambda one: (not one.mine, GRADES.index(one.grade), one.raised_at, one.id))


def _may_list(by: Actor, standing: Standing, now: datetime) -> bool:
    return permit(access.ANSWER, by.attributes(), standing.attributes(), "safety", now).allowed


def as_line(by: Actor, standing: Standing, owner: str) -> AlertLine:
    """One standing as a line for this reader."""
    alert, person = standing.alert, standing.around.person
    asked = standing.attributes()["asked"]
    return AlertLine(
        id=alert.id,
        code=person.code if person is not None else "",
        grade="soon" if standing.state.state == "after_death" else standing.grade,
        historic=alert.historic,
        site=person.site.name if person is not None else alert.site.name if alert.site is not None else "",
        state=standing.state.state,
        raised_at=alert.raised_at,
        due_at=standing.escalation.next_at or alert.due_at,
        next_at=standing.escalation.next_at,
        owner=owner,
        mine=standing.owner == by.id,
        asked=isinstance(asked, frozenset) and by.id in asked,
        exhausted=standing.escalation.exhausted,
        told=len(standing.sources),
    )
