"""Reading colleagues: the staff list, one colleague, aliases, rota, leave, and one's own signed-in browsers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet

from karama.accounts import access, duties, reach
from karama.accounts.models import Leave, Posting, Rota, SignedIn, User
from karama.journal import Absent, Actor
from karama.journal.clock import day_in_utc, now
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks
from karama.rules.permission import permit

PURPOSE = "administration"
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True)
class StaffRow:
    """A colleague in the staff list: never her real name."""

    user: User
    alias: str
    postings: tuple[Posting, ...]
    locked: bool
    second_factor: bool
    away: bool

    @property
    def lacks_second_factor(self) -> bool:
        """She holds a duty that needs one and has none yet."""
        return not self.second_factor and any(duties.needs_second_factor(one.duty) for one in self.postings)


def staff(by: Actor) -> list[StaffRow]:
    """The colleagues within reach, by alias; for an administrator also users who hold no duty yet."""
    if by.duty not in _watching():
        return []
    day = day_in_utc()
    grouped: dict[UUID, list[Posting]] = {}
    for one in _held_everywhere(day) if reach.reaches_all(by) else _held_within(by, day):
        grouped.setdefault(one.user_id, []).append(one)
    users = {one.id: one for one in _users(list(grouped))}
    if by.duty == "administrator":
        users |= {one.id: one for one in _without_duty(day)}
    rows = _rows(list(users.values()), grouped)
    return sorted(rows, key=lambda row: row.alias.casefold())


def _watching() -> frozenset[str]:
    return frozenset({"administrator", "supervisor", "director", "data_protection_officer"})


@readymade
def _held_everywhere(day: date) -> QuerySet[Posting, Posting]:
    rows = Posting.objects.filter(reach.on(day)).select_related("user", "programme", "site", "team")
    return rows.order_by("from_on", "id")


@readymade
def _held_within(by: Actor, day: date) -> QuerySet[Posting, Posting]:
    here = Q(site__in=by.sites) | Q(site__isnull=True, programme__in=by.programmes)
    return _held_everywhere.make(day).filter(here)


@readymade
def _users(users: list[UUID]) -> QuerySet[User, User]:
    return User.objects.filter(id__in=users)


@readymade
def _without_duty(day: date) -> QuerySet[User, User]:
    return User.objects.exclude(postings__in=Posting.objects.filter(reach.not_over_on(day)))


def _rows(users: Sequence[User], grouped: dict[UUID, list[Posting]]) -> list[StaffRow]:
    ids = [one.id for one in users]
    factors = set(_with_factor(ids))
    away = set(_away(ids, day_in_utc()))
    names = aliases_of(ids)
    return [
        StaffRow(
            user=one,
            alias=names.get(one.id, one.username),
            postings=tuple(grouped.get(one.id, ())),
            locked=not one.is_active,
            second_factor=one.id in factors,
            away=one.id in away,
        )
        for one in users
    ]


@readymade
def _with_factor(users: list[UUID]) -> QuerySet[Any, Any]:
    rows: QuerySet[Any, Any] = Authenticator.objects.filter(user__in=users, type__in=FACTORS)
    return rows.values_list("user_id", flat=True)


@readymade
def _away(users: list[UUID], day: date) -> QuerySet[Any, Any]:
    return Leave.objects.filter(reach.away(day), user__in=users).values_list("user_id", flat=True)


def staff_member(by: Actor, user: UUID) -> StaffRow:
    """One colleague. Raises `Absent` when there is none or she is not within reach."""
    found = next((row for row in staff(by) if row.user.id == user), None)
    if found is None:
        raise Absent()
    return found


def staff_at(by: Actor, site: UUID, only: Iterable[str] | None = None) -> list[tuple[UUID, str, str]]:
    """Colleagues at a site now as (user, work alias, duty), for choosing whom to assign. `only`: these duties."""
    return _posted(by, site, _at(site) if only is None else _at(site) & Q(duty__in=list(only)))


def everybody_at(by: Actor, site: UUID) -> list[tuple[UUID, str, str]]:
    """The same with those posted for the whole organisation, whose duty reaches every site."""
    return _posted(by, site, _at(site) | Q(site__isnull=True, programme__isnull=True))


def _at(site: UUID) -> Q:
    return Q(site_id=site) | Q(site__isnull=True, programme__sites=site)


def _posted(by: Actor, site: UUID, where: Q) -> list[tuple[UUID, str, str]]:
    if site not in by.sites:
        return []
    rows = Posting.objects.filter(reach.current(now()), where, user__is_active=True).distinct()
    return [(one.user_id, one.work_alias, one.duty) for one in rows.order_by("work_alias", "id")]


@asks
def aliases_of(users: Iterable[UUID]) -> Asks[dict[UUID, str]]:
    """The work alias of each user: of her newest posting that began."""
    asked = list(users)
    if not asked:
        return {}
    return dict((yield _called.later(asked)))


@readymade
def _called(users: list[UUID]) -> QuerySet[Any, Any]:
    return Posting.objects.filter(user__in=users).order_by("from_on", "id").values_list("user_id", "work_alias")


def alias_of(user: UUID | None) -> str:
    """The work alias of one user; empty when there is none."""
    return aliases_of([user]).get(user, "") if user is not None else ""


def has_second_factor(user: UUID) -> bool:
    """Whether a one-time-code app or a passkey is set up. Recovery codes alone do not count."""
    return bool(_with_factor([user]))


def leaves(by: Actor, user: UUID) -> list[Leave]:
    """The present and coming leaves of a user: one's own, or of a colleague within reach."""
    target = reach.of_user(by=by, user=user)
    if not permit(access.LEAVE, by.attributes(), target, PURPOSE, now()).allowed:
        return []
    rows = Leave.objects.filter(user_id=user, until_on__gte=day_in_utc()).order_by("from_on")
    return list(rows)


def rota_week(by: Actor, site: UUID, monday: date) -> list[tuple[date, list[tuple[Rota, str]]]]:
    """A week of a site: for each day the shifts with the alias of who is on call. Raises `Absent`."""
    if not permit(access.ROTA_PAGES, by.attributes(), {"site": site}, PURPOSE, now()).allowed or site not in by.sites:
        raise Absent()
    days = [monday + timedelta(days=offset) for offset in range(7)]
    shifts = list(Rota.objects.filter(site_id=site).order_by("starts", "id"))
    names = aliases_of({one.user_id for one in shifts})
    return [(day, [(one, names.get(one.user_id, "–")) for one in shifts if _falls_on(one, day)]) for day in days]


def _falls_on(shift: Rota, day: date) -> bool:
    if shift.ended_on is not None and day >= shift.ended_on:
        return False
    return shift.day == day or shift.weekday == day.weekday()


def sessions_of(user: UUID) -> list[SignedIn]:
    """The browsers in which a user is signed in now, last seen first."""
    rows = list(SignedIn.objects.filter(user_id=user).order_by("-seen_at"))
    live = Session.objects.filter(session_key__in=[one.session_key for one in rows], expire_date__gt=now())
    keys = set(live.values_list("session_key", flat=True))
    return [one for one in rows if one.session_key in keys]
