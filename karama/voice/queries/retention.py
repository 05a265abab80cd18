"""Whose record has been kept for all its years, by a rule that somebody has confirmed; and which rules stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from karama.journal import Absent, Actor, clock
from karama.journal.models import Change, Entry
from karama.journal.moments import first_since
from karama.people.access import rows_near
from karama.people.joined import files_of
from karama.people.models import Consent, Person
from karama.people.queries import fields_of, person_in_reach
from karama.people.registries import OpenWork, untold_to, work_open_for
from karama.programme.days import today_at, today_for
from karama.programme.models import CountryProgramme
from karama.voice import packs
from karama.voice.access import DECIDE
from karama.voice.counting import Count, counted
from karama.voice.models import KeptLonger


@dataclass(frozen=True)
class ProgrammeRules:
    """The rules of one programme: of records, and of what rooms keep. `years`: None where nothing is said."""

    programme: str
    years: int | None
    confirmed: bool
    others: list[packs.KeepingRule]


@dataclass(frozen=True)
class DuePreview:
    """What would go and what would stay, before anybody decides. `open`: what of hers is still open. `kept`: until when
    it was kept before, and why."""

    person: UUID
    code: str
    years: int
    last_on: date
    goes: list[Count]
    decisions: int
    open: list[OpenWork]
    kept: list[tuple[date, str]]


def rules_of_programmes(by: Actor) -> list[ProgrammeRules]:
    """What each of the officer's open programmes says about keeping."""
    found = []
    rows = CountryProgramme.objects.filter(pk__in=by.programmes, closed_on__isnull=True)
    for one in rows.order_by("code"):
        rule = packs.keeping_by_code(one.code)
        years, confirmed = (rule.years, rule.confirmed) if rule is not None else (None, False)
        found.append(ProgrammeRules(one.title, years, confirmed, packs.kept_by_itself(one.code)))
    return found


def records_due(by: Actor) -> QuerySet[Person]:
    """Closed records in which nothing was written for all the years of a confirmed rule, and which nobody decided to
    keep longer: the oldest first, each with `last` (a place in the journal). None where no rule stands."""
    now = clock.now()
    due = [_over(code_of, now) for code_of in _confirmed(by)]
    rows = _closed()
    if not due:
        return Person.objects.none()
    seen: Any = rows_near(rows.filter(reduce(or_, due)), by=by, policy=DECIDE, path="")
    kept = KeptLonger.objects.filter(person_id=OuterRef("pk"), until__gt=today_for(by))
    found: QuerySet[Person] = seen.filter(~Exists(kept)).order_by("last", "id")
    return found


def is_due(person: Person) -> bool:
    """Whether the days of this record are over by a confirmed rule, and nobody has decided to keep it."""
    now = clock.now()
    rule = packs.keeping_by_code(person.programme.code)
    if rule is None or not rule.confirmed or person.status != "closed":
        return False
    if KeptLonger.objects.filter(person_id__in=files_of(person.id), until__gt=today_at(person.site_id)).exists():
        return False
    rows = Change.objects.filter(subject__in=files_of(person.id)).exclude(kind=KeptLonger.KIND)
    last = rows.order_by("-seq").values_list("seq", flat=True).first()
    return last is not None and last < first_since(now - rule.lasts)


def due_page(by: Actor, person: UUID) -> DuePreview:
    """One record that is due, counted and not opened. Raises `Absent`."""
    found = person_in_reach(by, person, DECIDE)
    rule = packs.keeping_by_code(found.programme.code)
    if rule is None or not is_due(found):
        raise Absent()
    files = files_of(found.id)
    return DuePreview(
        person=found.id,
        code=found.code,
        years=rule.years,
        last_on=written_on([found.id]).get(found.id, found.registered_on),
        goes=counted(found, untold_to(by.id, files).records),
        decisions=Consent.objects.filter(person_id__in=files).count(),
        open=work_open_for(found.id, by),
        kept=[
            (one.until, str(fields_of(by, one, ("reason",)).get("reason") or ""))
            for one in KeptLonger.objects.filter(person_id__in=files).order_by("until", "recorded_at")
        ],
    )


def written_on(people: list[UUID]) -> dict[UUID, date]:
    """On which day something was last written about each of them."""
    rows = dict(_closed().filter(pk__in=people).values_list("pk", "last"))
    moments = dict(Entry.objects.filter(seq__in=[one for one in rows.values() if one]).values_list("seq", "server_at"))
    return {person: moments[last].date() for person, last in rows.items() if last in moments}


def _closed() -> Any:
    """Closed files, each with the place of what was last written about the person: that it is kept longer is no news
    of her, and does not begin the years anew."""
    rows = Change.objects.filter(subject=OuterRef("pk")).exclude(kind=KeptLonger.KIND)
    newest = rows.order_by("-seq").values("seq")[:1]
    return Person.objects.filter(status="closed").annotate(last=Subquery(newest))


def _confirmed(by: Actor) -> list[tuple[UUID, Any]]:
    rows = CountryProgramme.objects.filter(pk__in=by.programmes).values_list("id", "code")
    rules = [(programme, packs.keeping_by_code(code)) for programme, code in rows]
    return [(programme, rule) for programme, rule in rules if rule is not None and rule.confirmed]


def _over(confirmed: tuple[UUID, Any], now: datetime) -> Q:
    programme, rule = confirmed
    return Q(programme_id=programme, last__lt=first_since(now - rule.lasts))
