"""Who waits at a site, for the front desk: code, day, need, named contact, next day. Nothing clinical.

`register` is called once when Django is ready: it leaves `answer` and `need_of` with the front desk.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from karama.care.access import SEE_EPISODES
from karama.care.models import Episode, Wait
from karama.care.queries.course import waits_shown
from karama.care.queries.files import deepest, living_rows
from karama.journal import Actor
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks
from karama.people.joined import files_of, last_file
from karama.people.models import HiddenFrom, Person
from karama.programme.days import today_at
from karama.reception import registries


@dataclass(frozen=True)
class Waiting:
    """One person who waits. `need`: 1 is the most pressing; 0: nobody has said. `contact_alias`: empty while nobody is
    named to stay in touch: then today is the day to ask."""

    person: UUID
    code: str
    since: date
    need: int
    contact_alias: str
    recheck_on: date


@asks
def open_waits(by: Actor) -> Asks[list[Wait]]:
    """Waits of people within the actor's reach, also those that lie in a file that was joined with hers."""
    deep = yield from deepest.asking()
    return list((yield _open.later(by, deep)))


@readymade
def _open(by: Actor, deep: int) -> QuerySet[Wait, Wait]:
    waits = Wait.objects.filter(until_on__isnull=True, episode__state="waiting")
    rows = living_rows(waits, by=by, policy=SEE_EPISODES, deep=deep)
    return rows.select_related("person", "episode__programme").order_by("need", "since_on", "id")


def answer(by: Actor, site: UUID) -> list[Waiting]:
    """Everybody who waits at a site; the front desk asks only for sites of the actor and hides whom it must hide."""
    if site not in by.sites:
        return []
    hiding = set(_hiding(by))

    def here(person: Person) -> bool:
        file = last_file(person)
        return file.site_id == site and file.reach == "usual" and not {person.id, file.id} & hiding

    at = Q(person__site_id=site) | Q(person__merged_into__isnull=False)
    waits = Wait.objects.filter(at, until_on__isnull=True, episode__state="waiting")
    rows = waits.select_related("person", "episode__programme").order_by("need", "since_on", "id")
    shown = waits_shown([one for one in rows if here(one.person)])
    alone = Episode.objects.filter(at, state="waiting").exclude(
        pk__in=Wait.objects.filter(until_on__isnull=True).values("episode_id")
    )
    unnamed = [one for one in alone.select_related("person").order_by("opened_on", "id") if here(one.person)]
    today = today_at(site)
    return [
        *(_waiting(one.person, one.opened_on, 0, "", today) for one in unnamed),
        *(_waiting(one.wait.person, one.wait.since_on, one.wait.need, one.contact, one.recheck.on) for one in shown),
    ]


def _waiting(person: Person, since: date, need: int, contact: str, recheck_on: date) -> Waiting:
    file = last_file(person)
    return Waiting(file.id, file.code, since, need, contact, recheck_on)


def _hiding(by: Actor) -> list[UUID]:
    rows = HiddenFrom.objects.filter(user_id=by.id, lifted_at__isnull=True)
    return list(rows.values_list("person_id", flat=True))


def need_of(person: UUID) -> int | None:
    """The need of a person who waits, as care sees it; None when she does not wait."""
    rows = Wait.objects.filter(person_id__in=files_of(person), until_on__isnull=True).order_by("need")
    return rows.values_list("need", flat=True).first()


def register() -> None:
    """Leave both with the front desk."""
    registries.waiting.register("care", answer)
    registries.need_of.register("care", need_of)
