"""Who waits at a site, for the front desk: code, day, need, named contact, next day. Nothing clinical.

`register` is called once when Django is ready: it leaves `answer` and `need_of` with the front desk.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from karama.care.access import SEE_EPISODES
from karama.care.models import Episode, Wait
from karama.care.queries.course import waits_shown
from karama.journal import Actor, clock
from karama.people.access import rows_near
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


def open_waits(by: Actor) -> list[Wait]:
    """Waits of people within the actor's reach."""
    rows = rows_near(Wait.objects.filter(until_on__isnull=True, episode__state="waiting"), by=by, policy=SEE_EPISODES)
    return list(rows.select_related("person", "episode__programme").order_by("need", "since_on", "id"))


def answer(by: Actor, site: UUID) -> list[Waiting]:
    """Everybody who waits at a site; the front desk asks only for sites of the actor and hides whom it must hide."""
    rows = Wait.objects.filter(until_on__isnull=True, episode__state="waiting", person__site_id=site)
    rows = rows.exclude(person_id__in=_hiding(by)).select_related("person", "episode__programme")
    if site not in by.sites:
        return []
    shown = waits_shown(list(rows.filter(person__reach="usual").order_by("need", "since_on", "id")))
    alone = Episode.objects.filter(state="waiting", person__site_id=site, person__reach="usual").exclude(
        pk__in=Wait.objects.filter(until_on__isnull=True).values("episode_id")
    )
    alone = alone.exclude(person_id__in=_hiding(by)).select_related("person").order_by("opened_on", "id")
    today = clock.now().date()
    return [
        *(Waiting(one.person_id, one.person.code, one.opened_on, 0, "", today) for one in alone),
        *(
            Waiting(
                one.wait.person_id,
                one.wait.person.code,
                one.wait.since_on,
                one.wait.need,
                one.contact,
                one.recheck.on,
            )
            for one in shown
        ),
    ]


def _hiding(by: Actor) -> list[UUID]:
    from karama.people.models import HiddenFrom

    rows = HiddenFrom.objects.filter(user_id=by.id, lifted_at__isnull=True)
    return list(rows.values_list("person_id", flat=True))


def need_of(person: UUID) -> int | None:
    """The need of a person who waits, as care sees it; None when she does not wait."""
    rows = Wait.objects.filter(person_id=person, until_on__isnull=True).order_by("need")
    return rows.values_list("need", flat=True).first()


def register() -> None:
    """Leave both with the front desk."""
    registries.waiting.register("care", answer)
    registries.need_of.register("care", need_of)
