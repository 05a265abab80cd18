"""Where talks stand at a moment, derived from her order, the steps, leave and who leads whom: no job has to run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet

from karama.accounts.queries.answering import away_on
from karama.journal import clock
from karama.journal.readymade import readymade
from karama.rules.support import Asked, Said, Turn, turn
from karama.staffcare.colleagues import those_who_lead, who_is_gone
from karama.staffcare.models import SupportAsked, SupportRequest, SupportStep

FINAL = ("talked", "withdrawn")


def unfinished(rows: QuerySet[SupportRequest, SupportRequest]) -> QuerySet[SupportRequest, SupportRequest]:
    """Those that were neither held nor withdrawn."""
    over = SupportStep.objects.filter(step__in=FINAL).values("request_id")
    return rows.exclude(pk__in=over)


def turns(requests: Iterable[SupportRequest]) -> dict[UUID, Turn]:
    """Where each of these stands now. As many queries for all of them as for one."""
    found = list(requests)
    if not found:
        return {}
    ids = [one.id for one in found]
    asked: dict[UUID, list[SupportAsked]] = defaultdict(list)
    for row in _asked(ids):
        asked[row.request_id].append(row)
    said: dict[UUID, list[Said]] = defaultdict(list)
    for step in _steps(ids):
        said[step.request_id].append(Said(step.step, step.user_id, step.recorded_at))
    now = clock.now()
    gone = who_is_gone({row.user_id for rows in asked.values() for row in rows})
    leading = those_who_lead({one.author_id for one in found})
    away = away_on(now.date())
    return {
        one.id: turn(
            [Asked(row.user_id, row.recorded_at) for row in asked[one.id]],
            said[one.id],
            began=one.recorded_at,
            wait=timedelta(hours=one.wait_hours),
            until=one.until,
            now=now,
            gone=gone | _over_her(asked[one.id], leading[one.author_id]),
            away=away,
        )
        for one in found
    }


@readymade
def _asked(requests: list[UUID]) -> QuerySet[SupportAsked, SupportAsked]:
    return SupportAsked.objects.filter(request__in=requests).order_by("place")


@readymade
def _steps(requests: list[UUID]) -> QuerySet[SupportStep, SupportStep]:
    return SupportStep.objects.filter(request__in=requests).order_by("place")


def _over_her(asked: Iterable[SupportAsked], leading: frozenset[UUID]) -> frozenset[UUID]:
    """Those who lead her by now and whom she did not choose as such."""
    return frozenset(row.user_id for row in asked if not row.knowingly and row.user_id in leading)


def turn_of(request: SupportRequest) -> Turn:
    """Where one stands."""
    return turns([request])[request.id]


def of_request(*, by: object, support: UUID, **_more: object) -> Mapping[str, object]:
    """The target of an action about a request: who asks, and who is asked now or has taken it."""
    row = SupportRequest.objects.filter(pk=support).first()
    if row is None:
        return {}
    return {"asker": row.author_id, "asked": turn_of(row).holder}
