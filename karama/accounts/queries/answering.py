"""Who answers at a site now: the rota, the named responders and deputies, leave, and the supervisors behind them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from karama.accounts import reach
from karama.accounts.models import Leave, Posting, Rota
from karama.journal import clock
from karama.journal.asking import once
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks, together
from karama.knowledge.packs import ChainStep
from karama.programme import packs
from karama.programme.days import zone_of
from karama.programme.models import DEPUTY, RESPONDER
from karama.programme.problems import NoPack
from karama.programme.queries import answering, place
from karama.programme.registries import Reach
from karama.rules.classes import CARE_DUTIES
from karama.rules.risk import Responder

WAIT: Final = timedelta(minutes=30)
"""How long each person is waited for when the pack names no time; the house's own choice."""

NEXT_DOOR: Final = timedelta(days=1)
"""So far at most is the day of a site from the day of UTC."""


@dataclass(frozen=True)
class OnDuty:
    """What `rules.risk.escalation` asks for: `chain`, `absent`, `deputies`.

    Only users with a duty of care at the site are in it: nobody else may own an alert. `last_resort`: when nobody of
    the site can answer, whoever looks after the installation (operator, administrator): the owner of imported, historic
    alerts; never a substitute for the emergency instruction.
    """

    chain: tuple[Responder, ...]
    absent: frozenset[UUID]
    deputies: dict[UUID, UUID]
    last_resort: UUID | None = None


def responders_for(site: UUID, now: datetime, grade: str = "today") -> OnDuty:
    """The chain of a site at a moment, in the order and with the waits of the programme's pack for this grade.

    Before the pack's responder come those on call by the rota; behind the pack's last step the supervisors of the
    site. A chain that would be empty holds everybody with a duty of care there.
    """
    able = _able(site, now)
    line: dict[UUID, timedelta] = dict.fromkeys(on_call(site, now), WAIT)
    for step in _steps(site):
        wait = step.waits.get(grade, WAIT)
        for user in _people(step.who, site, able):
            line.setdefault(user, wait)
    for user in (*_people("supervisor", site, able), *(able if not set(line) & set(able) else ())):
        line.setdefault(user, WAIT)
    people = [Responder(user, wait) for user, wait in line.items() if user in able]
    leaves = leaves_on(_local(site, now).date(), now.date())
    return OnDuty(
        chain=tuple(people),
        absent=frozenset(leaves),
        deputies={user: deputy for user, deputy in leaves.items() if deputy is not None and deputy in able},
        last_resort=None if people else _last_resort(now),
    )


def _steps(site: UUID) -> tuple[ChainStep, ...]:
    here = place(site)
    try:
        return packs.find(here.programme.code).safety.chain if here else ()
    except NoPack:
        return (ChainStep(RESPONDER, {}), ChainStep(DEPUTY, {}))


def _people(who: str, site: UUID, able: dict[UUID, str]) -> list[UUID]:
    """Who stands for a step of the pack's chain: the named responders or deputies, or the holders of a duty."""
    if who in (RESPONDER, DEPUTY):
        return [user for user, role in answering(site) if role == who]
    return [user for user, duty in able.items() if duty == who]


def reach_of(user: UUID, site: UUID, now: datetime) -> Reach:
    """Whether a named responder can be reached: she works there and is not away, or her deputy stands in."""
    able = _able(site, now)
    if user not in able:
        return "unknown"
    leaves = leaves_on(_local(site, now).date(), now.date())
    seen: set[UUID] = set()
    person: UUID | None = user
    while person is not None and person not in seen:
        if person in able and person not in leaves:
            return "reachable"
        seen.add(person)
        person = leaves.get(person)
    return "away"


def colleagues_at(site: UUID, now: datetime) -> list[tuple[UUID, str]]:
    """Those who may be named to answer at a site: they hold a duty of care there now. As (user, work alias)."""
    found = {one.user: one.alias for one in _care_postings(site, now)}
    return sorted(found.items(), key=lambda pair: pair[1].casefold())


def on_call(site: UUID, now: datetime) -> list[UUID]:
    """Who is on call at this moment by the site's own clock; a shift on one day goes before the weekly one."""
    local = _local(site, now)
    found = []
    for back in (0, 1):
        day = local.date() - timedelta(days=back)
        found += [one for one in _shifts(now.date()).get(site, ()) if _falls_on(one, day) and _covers(one, day, local)]
    dated_first = sorted(found, key=lambda shift: shift.day is None)
    return list(dict.fromkeys(shift.user_id for shift in dated_first))


@once
@asks
def _shifts(day: date) -> Asks[dict[UUID, list[Rota]]]:
    """What may be on a day of UTC, by the clock of any site, and the day before it: of the whole week, and of days."""
    found: dict[UUID, list[Rota]] = {}
    for shift in (yield _rota.later(day - NEXT_DOOR - NEXT_DOOR, day + NEXT_DOOR)):
        found.setdefault(shift.site_id, []).append(shift)
    return found


@readymade
def _rota(first: date, last: date) -> QuerySet[Rota, Rota]:
    rota = Rota.objects.filter(Q(day__range=(first, last)) | Q(weekday__isnull=False))
    return rota.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=first)).order_by("weekday", "starts", "id")


def _falls_on(shift: Rota, day: date) -> bool:
    if shift.ended_on is not None and shift.ended_on <= day:
        return False
    return shift.day == day or shift.weekday == day.weekday()


def _covers(shift: Rota, day: date, local: datetime) -> bool:
    begins = datetime.combine(day, shift.starts, local.tzinfo)
    last = day if shift.ends > shift.starts else day + timedelta(days=1)
    return begins <= local < datetime.combine(last, shift.ends, local.tzinfo)


def _local(site: UUID, now: datetime) -> datetime:
    return now.astimezone(zone_of(site))


class Held(NamedTuple):
    """A duty that somebody holds at a site, at every site of a programme, or everywhere."""

    user: UUID
    site: UUID | None
    programme: UUID | None
    duty: str
    alias: str


@once
@asks
def all_held(day: date) -> Asks[list[Held]]:
    """Every duty that somebody who is not locked out holds on a day of UTC, in the order in which they were given."""
    return [Held(*row) for row in (yield _held_on.later(day))]


@readymade
def _held_on(day: date) -> QuerySet[Any, Any]:
    rows = Posting.objects.filter(reach.on(day), user__is_active=True).order_by("from_on", "id")
    return rows.values_list("user_id", "site_id", "programme_id", "duty", "work_alias")


def held_at(site: UUID, now: datetime) -> list[Held]:
    """The duties that somebody holds now at a site or at every site of its programme."""
    here = place(site)
    programme = here.programme_id if here else None
    return [
        one
        for one in all_held(now.date())
        if one.site == site or (one.site is None and programme is not None and one.programme == programme)
    ]


def _care_postings(site: UUID, now: datetime) -> list[Held]:
    return [one for one in held_at(site, now) if one.duty in CARE_DUTIES]


def _able(site: UUID, now: datetime) -> dict[UUID, str]:
    """Users with a duty of care at the site now, with the duty; a supervisor counts as one whatever else she holds."""
    found: dict[UUID, str] = {}
    for one in _care_postings(site, now):
        if found.get(one.user) != "supervisor":
            found[one.user] = one.duty
    return found


def away_on(day: date) -> frozenset[UUID]:
    """Who is away on a day."""
    return frozenset(leaves_on(day))


def leaves_on(day: date, near: date | None = None) -> dict[UUID, UUID | None]:
    """Who is away on a day, with the deputy; a leave that names a deputy goes before one that names none.

    `near`: the day of UTC, for a day by the clock of a site.
    """
    found: dict[UUID, UUID | None] = {}
    for user, deputy, from_on, until_on in _leaves_near(near or day):
        if from_on <= day <= until_on:
            found[user] = deputy or found.get(user)
    return found


@once
@asks
def _leaves_near(day: date) -> Asks[list[tuple[UUID, UUID | None, date, date]]]:
    """Leaves on a day of UTC by the clock of any site."""
    return list((yield _leaves_between.later(day - NEXT_DOOR, day + NEXT_DOOR)))


@readymade
def _leaves_between(first: date, last: date) -> QuerySet[Any, Any]:
    rows = Leave.objects.filter(from_on__lte=last, until_on__gte=first).order_by("id")
    return rows.values_list("user_id", "deputy_id", "from_on", "until_on")


def asking_answers() -> Asks[None]:
    """What pages ask about who answers now: duties, rota and leaves."""
    day = clock.day_in_utc()
    yield from together(all_held.asking(day), _shifts.asking(day), _leaves_near.asking(day))


def _last_resort(now: datetime) -> UUID | None:
    for duty in ("data_import", "administrator"):
        found: UUID | None = _first_in.first(duty, now.date())
        if found is not None:
            return found
    return None


@readymade
def _first_in(duty: str, day: date) -> QuerySet[Any, Any]:
    rows = Posting.objects.filter(reach.on(day), user__is_active=True, duty=duty).order_by("from_on", "id")
    return rows.values_list("user_id", flat=True)[:1]
