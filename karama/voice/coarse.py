"""How many people could have written a message there and then, and the place and day that are therefore kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from uuid import UUID

from karama.care.models import Session
from karama.journal import clock
from karama.programme.days import today_at
from karama.programme.models import Site
from karama.reception.models import Arrival
from karama.rules.disclosure import LADDER, Rung, coarsen, day_after, first_day


@dataclass(frozen=True)
class Kept:
    """What may be written down. `moment`: the start of the kept time, in place of the true moment."""

    programme: UUID | None
    site: UUID | None
    on: date
    time: str

    @property
    def moment(self) -> datetime:
        """Midnight (UTC) at the beginning of the kept time: what rows and entries tell."""
        return datetime.combine(self.on, time(), UTC)


def kept_of(programme: UUID | None, site: Site | None) -> Kept:
    """Place and time of a message that is sent now, as finely as nobody can be guessed from them."""
    today = today_at(site.id if site else None)
    today = min(today, clock.day_in_utc())  # nothing is written down as of a moment that is still to come
    seen: dict[Rung, int | None] = {rung: _seen(programme, site, rung, today) for rung in LADDER[:-1]}
    place, span = coarsen(seen)
    on = first_day(today, span)
    return Kept(programme, site.id if site and place == "site" else None, on, span)


def _seen(programme: UUID | None, site: Site | None, rung: Rung, today: date) -> int | None:
    place, span = rung
    first, after = first_day(today, span), day_after(today, span)
    if place == "site" and site is None:
        return None
    where = {"site": site.id} if place == "site" and site else {"site__programme": programme} if programme else {}
    of_person = {f"person__{name}": value for name, value in where.items()}
    days = {"occurred_on__gte": first, "occurred_on__lt": after}
    came = Session.objects.filter(attended="came", **days, **of_person).values_list("person_id", flat=True)
    arrived = Arrival.objects.filter(person__isnull=False, day__gte=first, day__lt=after, **where)
    return len(_different(came) | _different(arrived.values_list("person_id", flat=True)))


def _different(people: Iterable[UUID | None]) -> set[UUID]:
    return {one for one in people if one is not None}
