"""A death and what followed it; and whom it is told to, gently."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from karama.accounts.models import Posting
from karama.accounts.reach import current
from karama.care.access import CLOSE, SEE, SEE_EPISODES
from karama.care.models import Death, DeathStep
from karama.care.queries.files import with_owner
from karama.journal import ERASED, Absent, Actor, clock
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks
from karama.people.access import rows_near
from karama.people.models import Person
from karama.people.queries import person_in_reach
from karama.rules.classes import CARE_DUTIES

TOLD_FOR = timedelta(days=14)
NEEDS_REVIEW = frozenset({"suicide", "homicide", "unknown"})


@dataclass(frozen=True)
class DeathShown:
    """A death. `review`: whether one without blame is to be held. `steps`: step -> words."""

    person: UUID
    code: str
    on: date | None
    suspected: str
    words: str
    review: bool
    steps: dict[str, str]


def closing_person(by: Actor, person: UUID) -> Person:
    """A person whose care this actor may close. Raises `Absent`."""
    return person_in_reach(by, person, CLOSE)


def death_page(by: Actor, death: UUID) -> DeathShown:
    """A death with what followed. Raises `Absent`."""
    row = Death.objects.filter(pk=death).select_related("person").first()
    row, found = with_owner(by, row, death, SEE)
    suspected = row.unseal("suspected")
    steps = DeathStep.objects.filter(death=row).order_by("recorded_at")
    return DeathShown(
        person=found.id,
        code=found.code,
        on=row.on,
        suspected="" if suspected is ERASED else str(suspected),
        words=str(row.unseal("words") or ""),
        review=suspected in NEEDS_REVIEW,
        steps={one.step: str(one.unseal("words") or "") for one in steps},
    )


@asks
def deaths_near(by: Actor) -> Asks[list[tuple[UUID, UUID, str]]]:
    """(death, person, code) of people this actor works with, for two weeks."""
    found = yield _near.later(by, clock.now() - TOLD_FOR)
    return [(one.id, one.person_id, one.person.code) for one in found]


@readymade
def _near(by: Actor, since: datetime) -> QuerySet[Death, Death]:
    rows = rows_near(
        Death.objects.filter(
            recorded_at__gte=since,
            person__assignments__user_id=by.id,
            person__assignments__until__isnull=True,
        ).exclude(author_id=by.id),
        by=by,
        policy=SEE_EPISODES,
    )
    return rows.select_related("person").distinct()


def site_of_supervisee(by: Actor, user: UUID, site: str = "") -> UUID:
    """A site of this supervisor where the colleague is in care now: the one that is asked for, if one is. Raises
    `Absent`.
    """
    rows = Posting.objects.filter(current(clock.now()), user_id=user, site__in=by.sites, duty__in=CARE_DUTIES)
    sites = sorted(set(rows.values_list("site_id", flat=True)))
    found = next((one for one in sites if not site or str(one) == site), None)
    if found is None:
        raise Absent()
    return found
