"""What left this house in a month: who, what kind, when, about how many people. Never whose name, never a code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from karama.accounts.models import Posting
from karama.journal import Actor, clock
from karama.journal.models import Access, AccessPerson, Change, Entry
from karama.journal.moments import first_since
from karama.people.models import Person
from karama.people.overseeing import Leaving, every_leaving
from karama.people.workers import aliases
from karama.voice.queries.keeping import backups

SHOWN: Final = ("opened", "counted", "listed")
"""Outcomes of a request in which something was shown."""

BACKUP: Final = "backup"
EARLIEST: Final = date(2000, 1, 1)


@dataclass(frozen=True)
class Left:
    """One time. `what`: in words, or `backup`; `people`: None where it is about everybody, or about nobody."""

    at: datetime
    what: Any
    who: str
    duty: str
    people: int | None


def month_of(told: str) -> tuple[date, date]:
    """The first day of a month that is asked for, and of the one after; of this month where nothing fits."""
    today = clock.day_in_utc()  # a month of the journal, which is of no place
    try:
        first = datetime.strptime(told, "%Y-%m").date()  # noqa: DTZ007 - a month has no zone
    except ValueError:
        first = today
    first = (today if first < EARLIEST else min(first, today)).replace(day=1)
    return first, (first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1))


def month_before(first: date) -> date:
    """The first day of the month before."""
    return (first - timedelta(days=1)).replace(day=1)


def left_in(by: Actor, first: date, after: date) -> list[Left]:
    """Everything that left between two days, the oldest first, as far as the officer's programmes go."""
    begins, ends = (datetime(one.year, one.month, one.day, tzinfo=UTC) for one in (first, after))
    ways = every_leaving()
    found = [*_written(by, ways, begins, ends), *_read(by, ways, begins, ends), *_backups(begins, ends)]
    named = aliases({one[3] for one in found if one[3] is not None})
    told = [Left(at, what, named.get(user, "") if user else "", duty, people) for at, what, duty, user, people in found]
    return sorted(told, key=lambda one: one.at)


Found = tuple[datetime, Any, str, UUID | None, int | None]


def _written(by: Actor, ways: Sequence[Leaving], begins: datetime, ends: datetime) -> list[Found]:
    words = {action: one.words for one in ways for action in one.actions}
    low, high = first_since(begins), first_since(ends) if ends <= clock.now() else None
    many = Change.objects.filter(seq=OuterRef("seq")).order_by().values("seq")
    subjects = many.annotate(many=Count("subject", distinct=True)).values("many")
    rows = Entry.objects.filter(seq__gte=low, action__in=words).filter(_colleagues(by))
    if high is not None:
        rows = rows.filter(seq__lt=high)
    told = rows.annotate(many=Coalesce(Subquery(subjects), 0)).values_list(
        "server_at", "action", "actor_duty", "actor_id", "many"
    )
    return [(at, words[action], duty, user, people or None) for at, action, duty, user, people in told]


def _read(by: Actor, ways: Sequence[Leaving], begins: datetime, ends: datetime) -> list[Found]:
    words = {route: one.words for one in ways for route in one.routes}
    hers = Person.objects.filter(programme_id__in=by.programmes).values("pk")
    about = AccessPerson.objects.filter(person_id__in=hers).values("access_id")
    rows = Access.objects.filter(at__gte=begins, at__lt=ends, route__in=words, outcome__in=SHOWN)
    told = rows.filter(_colleagues(by) | Q(pk__in=about)).values_list("at", "route", "actor_duty", "actor_id", "people")
    return [(at, words[route], duty, user, people or None) for at, route, duty, user, people in told]


def _backups(begins: datetime, ends: datetime) -> list[Found]:
    return [(at, BACKUP, "", None, None) for at in backups(settings.KARAMA_BACKUPS) if begins <= at < ends]


def _colleagues(by: Actor) -> Q:
    """Whoever holds or held a duty in the officer's programmes, or in the whole organisation."""
    posts = Posting.objects.filter(Q(programme_id__in=by.programmes) | Q(programme__isnull=True))
    return Q(actor_id__in=posts.values("user_id"))
