"""Consents that ended or end soon, for the data protection officer: by code, with whether a withdrawal was executed
everywhere and what is still open of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from karama.journal import Absent, Actor, clock
from karama.journal.readymade import readymade
from karama.journal.together import Asks, NumberOf, asks
from karama.people.access import OFFICER, REVIEWABLE, rows_near
from karama.people.models import Consent, WithdrawalEffect
from karama.people.overseeing import AHEAD
from karama.people.queries.page import fields_of
from karama.rules.permission import All, Policy

ENDED: Final = Policy("people.ended_consents", All(REVIEWABLE, OFFICER))
"""Also of a file that was joined with another: what was open there is still open."""
STATES: Final = ("done", "pending", "cannot")


@dataclass(frozen=True)
class Ended:
    """One yes that ended, or ends. Of a withdrawal: in how many places it was executed, is still to be, or cannot be
    called back and nobody has said that it is settled."""

    consent: UUID
    person: UUID
    code: str
    purpose: str
    at: datetime
    done: int = 0
    pending: int = 0
    cannot: int = 0

    @property
    def is_open(self) -> bool:
        """Whether something is left to do."""
        return bool(self.pending or self.cannot)


@dataclass(frozen=True)
class EffectLine:
    """What a withdrawal did at one place. `settled`: how it was settled, in words, once somebody has said so."""

    id: UUID
    place: str
    state: str
    at: datetime | None
    settled: str


@dataclass(frozen=True)
class WithdrawalPage:
    """One withdrawal with every place that it reached."""

    ended: Ended
    effects: list[EffectLine]


def withdrawn_consents(by: Actor, since: datetime) -> QuerySet[Consent]:
    """What was taken back, and a no that ended something shared: first what is not executed everywhere, of whatever
    age, then what was since a moment; the oldest first in each."""
    ended = Q(decision="withdrawn") | Q(Exists(WithdrawalEffect.objects.filter(consent=OuterRef("pk"))), decision="no")
    rows = _counted(_seen(by, Consent.objects.filter(ended)))
    left: Any = Q(pending__gt=0) | Q(cannot__gt=0)
    first = Case(When(left, then=Value(0)), default=Value(1), output_field=IntegerField())
    found: QuerySet[Consent] = rows.filter(left | Q(recorded_at__gte=since))
    return found.annotate(place=first).order_by("place", "recorded_at", "id")


@asks
def not_executed(by: Actor) -> Asks[int]:
    """How many withdrawals are not executed everywhere, of whatever age."""
    return int((yield NumberOf(_withdrawn.later(by, clock.now() + timedelta(days=1)))))


@readymade
def _withdrawn(by: Actor, since: datetime) -> QuerySet[Consent]:
    return withdrawn_consents(by, since)


def lapsed_consents(by: Actor, since: datetime) -> QuerySet[Consent]:
    """Yeses that lapsed since a moment or will within 30 days, and were not asked again: what ends first on top."""
    newer = Consent.objects.filter(
        person_id=OuterRef("person_id"), purpose=OuterRef("purpose"), sequence__gt=OuterRef("sequence")
    )
    rows = Consent.objects.filter(decision="yes", expires_at__gte=since, expires_at__lte=clock.now() + AHEAD)
    return _seen(by, rows.filter(~Exists(newer))).order_by("expires_at", "id")


def ended_lines(rows: Sequence[Consent]) -> list[Ended]:
    """Rows of either list as they are shown."""
    return [_ended(one) for one in rows]


def withdrawal_page(by: Actor, consent: UUID) -> WithdrawalPage:
    """One withdrawal with what it did where. Raises `Absent`."""
    row = _counted(_seen(by, Consent.objects.filter(pk=consent, decision__in=("withdrawn", "no")))).first()
    if row is None:
        raise Absent()
    rows = list(WithdrawalEffect.objects.filter(consent=row).order_by("recorded_at", "id"))
    newer = {one.amends_id: one for one in rows if one.amends_id is not None}
    return WithdrawalPage(_ended(row), [_effect(by, one, newer.get(one.id)) for one in rows if one.amends_id is None])


def _effect(by: Actor, row: WithdrawalEffect, newer: WithdrawalEffect | None) -> EffectLine:
    place = fields_of(by, row, ("place",)).get("place") or ""
    if newer is None:
        return EffectLine(row.id, place, row.state, row.executed_at, "")
    how = fields_of(by, newer, ("amend_reason",)).get("amend_reason") or ""
    return EffectLine(row.id, place, newer.state, newer.executed_at, how)


def _counted(rows: QuerySet[Consent]) -> QuerySet[Consent]:
    effects = WithdrawalEffect.objects.filter(consent=OuterRef("pk"), amended_by__isnull=True).order_by()
    many = {
        state: Coalesce(
            Subquery(
                effects.filter(state=state).values("consent").annotate(many=Count("pk")).values("many"),
                output_field=IntegerField(),
            ),
            0,
        )
        for state in STATES
    }
    return rows.annotate(**many)


def _seen(by: Actor, rows: QuerySet[Consent]) -> QuerySet[Consent]:
    return rows_near(rows.select_related("person"), by=by, policy=ENDED)


def _ended(row: Consent) -> Ended:
    numbers = {name: int(getattr(row, name, 0)) for name in STATES}
    at = row.expires_at if row.decision == "yes" else row.recorded_at
    return Ended(row.id, row.person_id, row.person.code, row.purpose, at or row.recorded_at, **numbers)
