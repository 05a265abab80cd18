"""What was given out, as the reader may see it, and what of a visit's travel is still to be paid back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from karama.accounts.queries import aliases_of
from karama.journal import Absent, Actor, clock, visible_to
from karama.outreach.access import GIVE, SEE_ISSUE
from karama.outreach.models import Issue, Visit, VisitMember, VisitStep
from karama.outreach.queries.corrections import corrections_of
from karama.outreach.queries.visits import own_sites
from karama.outreach.rulebook import good_name, goods_of
from karama.people.access import purpose_of, rows_near
from karama.people.joined import files_of
from karama.people.queries import person_in_reach
from karama.programme.days import day_at, today_at
from karama.programme.queries import site as site_in_reach

MOST = 500
RECENT = timedelta(days=62)
ATTRIBUTES = {"site": "site_id", "author": "author_id"}


@dataclass(frozen=True)
class IssueLine:
    """One line. `to`: a code or a work alias, empty when nobody is written down or the code is not this reader's."""

    id: UUID
    on: date
    what: Any
    quantity: int
    currency: str
    to: str
    is_code: bool
    named: bool
    count: int
    basis: str
    signed: bool
    amended: bool


@dataclass(frozen=True)
class ToPay:
    """Travel of a visit that is over and was not paid back yet."""

    visit: UUID
    user: UUID
    alias: str
    on: date
    fare: int
    currency: str


def issues(by: Actor, site: UUID, on: date | None = None) -> list[IssueLine]:
    """The newest lines of a site, of one day or of two months. Raises `Absent`."""
    _of_reader(by, site)
    rows = _visible(by).filter(site_id=site, amended_by__isnull=True)
    rows = rows.filter(on=on) if on is not None else rows.filter(on__gte=today_at(site) - RECENT)
    return _lines(by, rows)


@dataclass(frozen=True)
class Version:
    """An older version of a line, and why it was corrected."""

    quantity: int
    currency: str
    count: int
    at: datetime
    who: str
    reason: str


def issue(by: Actor, issue: UUID) -> tuple[IssueLine, UUID, list[Version]]:
    """One newest line with its site and its older versions, the newest first. Raises `Absent`."""
    row = _visible(by).filter(pk=issue, amended_by__isnull=True).first()
    if row is None:
        raise Absent()
    return _lines(by, Issue.objects.filter(pk=row.pk))[0], row.site_id, _versions(row)


def _versions(row: Issue) -> list[Version]:
    found = corrections_of(row)
    names = aliases_of({after.author_id for _before, after in found})
    return [
        Version(
            quantity=before.quantity,
            currency=before.currency,
            count=before.count,
            at=after.recorded_at,
            who=names.get(after.author_id, ""),
            reason=after.text_of("amend_reason"),
        )
        for before, after in found
    ]


def given_to(by: Actor, person: UUID) -> tuple[str, UUID, list[IssueLine]]:
    """Code and site of a person to whom the reader may give something, with what was given. Raises `Absent`."""
    found = person_in_reach(by, person, GIVE)
    rows = Issue.objects.filter(person_id__in=files_of(found.id), amended_by__isnull=True)
    return found.code, found.site_id, _lines(by, rows)


def travel_to_pay(by: Actor, site: UUID) -> list[ToPay]:
    """Visits that came back with a fare for which nothing was written down. Only for the supervisor of the site."""
    if by.duty != "supervisor" or site not in by.sites:
        return []
    paid = Issue.objects.filter(visit=OuterRef("pk"))
    back = VisitStep.objects.filter(visit=OuterRef("pk"), step="back")
    rows = Visit.objects.filter(Exists(back), ~Exists(paid), site_id=site, fare__gt=0)
    rows = rows.filter(leaves_at__gte=clock.now() - RECENT).order_by("leaves_at", "id")[:MOST]
    found = list(rows)
    leads = dict(
        VisitMember.objects.filter(visit__in=[one.id for one in found], part="leads").values_list("visit_id", "user_id")
    )
    names = aliases_of(leads.values())
    return [
        ToPay(
            visit=one.id,
            user=leads[one.id],
            alias=names.get(leads[one.id], ""),
            on=day_at(one.site_id, one.leaves_at),
            fare=one.fare or 0,
            currency=one.currency,
        )
        for one in found
        if leads[one.id] != by.id
    ]


def offered(site: UUID, *, money: bool | None = None) -> list[tuple[str, Any]]:
    """What is given out at a site, for a form."""
    return [(one.code, good_name(site, one.code)) for one in goods_of(site) if money is None or one.money == money]


def _of_reader(by: Actor, site: UUID) -> None:
    """Raises `Absent` for a site that is not the reader's."""
    found = site_in_reach(by, site)
    if found.id not in by.sites:
        raise Absent()


def first_site(by: Actor) -> UUID | None:
    """The site that is shown when none is said."""
    return next((site for site, _name in own_sites(by)), None)


def _visible(by: Actor) -> QuerySet[Issue]:
    return visible_to(
        Issue.objects.all(),
        by=by,
        policy=SEE_ISSUE,
        purpose=purpose_of(by),
        now=clock.now(),
        attributes=ATTRIBUTES,
    )


def _lines(by: Actor, rows: QuerySet[Issue]) -> list[IssueLine]:
    found = list(rows.select_related("person").order_by("-on", "-recorded_at", "-id")[:MOST])
    ids = [one.id for one in found]
    seen = set(rows_near(Issue.objects.filter(pk__in=ids), by=by, policy=GIVE).values_list("id", flat=True))
    names = aliases_of({one.user_id for one in found if one.user_id})
    return [_line(one, names, one.id in seen) for one in found]


def _line(one: Issue, names: dict[UUID, str], seen: bool) -> IssueLine:
    code = one.person.code if one.person is not None and seen else ""
    return IssueLine(
        id=one.id,
        on=one.on,
        what=good_name(one.site_id, one.what),
        quantity=one.quantity,
        currency=one.currency,
        to=code or (names.get(one.user_id, "") if one.user_id else ""),
        is_code=bool(code),
        named=one.person_id is not None or one.user_id is not None,
        count=one.count,
        basis=one.basis,
        signed=one.signed,
        amended=one.amends_id is not None,
    )
