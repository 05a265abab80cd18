"""A death and what followed it, also that it was a mistake; and whom it is told to, gently."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from karama.accounts.models import Posting
from karama.accounts.queries import alias_of
from karama.accounts.reach import current
from karama.care.access import CLOSE, SEE, SEE_EPISODES
from karama.care.deaths import standing
from karama.care.models import Death, DeathStep, DeathTakenBack
from karama.care.queries.files import deepest, files_of, living_rows, with_owner
from karama.care.stopped import stopped_by
from karama.journal import ERASED, Absent, Actor, clock
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks
from karama.people.access import rows_near
from karama.people.joined import last_file
from karama.people.models import Person
from karama.people.queries import person_in_reach
from karama.people.registries import Stopped
from karama.rules.classes import CARE_DUTIES

TOLD_FOR = timedelta(days=14)
NEEDS_REVIEW = frozenset({"suicide", "homicide", "unknown"})


@dataclass(frozen=True)
class TakenBack:
    """That a death was a mistake: why, who said so and when, and what it had called off."""

    reason: str
    who: str
    at: datetime
    stopped: list[Stopped]


@dataclass(frozen=True)
class DeathShown:
    """A death. `review`: whether one without blame is to be held. `steps`: step -> words. `others`: the other deaths
    that were written down for this person, as (id, when). `joined`: the person has several files."""

    id: UUID
    person: UUID
    code: str
    on: date | None
    suspected: str
    words: str
    who: str
    at: datetime
    review: bool
    steps: dict[str, str]
    back: TakenBack | None
    others: list[tuple[UUID, datetime]]
    joined: bool


def closing_person(by: Actor, person: UUID) -> Person:
    """A person whose care this actor may close. Raises `Absent`."""
    return person_in_reach(by, person, CLOSE)


def death_page(by: Actor, death: UUID) -> DeathShown:
    """A death with what followed. Raises `Absent`."""
    row = Death.objects.filter(pk=death).select_related("person").first()
    row, found = with_owner(by, row, death, SEE)
    files = files_of(by, found)
    back = DeathTakenBack.objects.filter(death=row).first()
    suspected = row.unseal("suspected")
    steps = DeathStep.objects.filter(death=row).order_by("recorded_at")
    others = Death.objects.filter(person_id__in=files).exclude(pk=row.pk).order_by("recorded_at")
    return DeathShown(
        id=row.id,
        person=found.id,
        code=found.code,
        on=row.on,
        suspected="" if suspected is ERASED else str(suspected),
        words=row.text_of("words"),
        who=alias_of(row.author_id),
        at=row.recorded_at,
        review=suspected in NEEDS_REVIEW and back is None,
        steps={one.step: one.text_of("words") for one in steps},
        back=_taken_back(by, files, back) if back is not None else None,
        others=list(others.values_list("id", "recorded_at")),
        joined=len(files) > 1,
    )


def _taken_back(by: Actor, files: list[UUID], row: DeathTakenBack) -> TakenBack:
    return TakenBack(row.text_of("reason"), alias_of(row.author_id), row.recorded_at, stopped_by(by, files, row))


@dataclass(frozen=True)
class DeathOf:
    """The newest death that was written down for a person. `stands`: it was not taken back; `back_at`: since when."""

    id: UUID
    stands: bool
    back_at: datetime | None


@asks
def death_of(by: Actor, person: UUID) -> Asks[DeathOf | None]:
    """Of a person in reach. Raises `Absent`."""
    file = yield from person_in_reach.asking(by, person, SEE_EPISODES)
    found = yield _deaths.later((yield from files_of.asking(by, file)))
    if not found:
        return None
    death, back_at = next((one for one in found if one[1] is None), found[-1])
    return DeathOf(death, back_at is None, back_at)


@readymade
def _deaths(files: list[UUID]) -> QuerySet[Any]:
    rows = Death.objects.filter(person_id__in=files).order_by("taken_back__recorded_at", "-recorded_at", "-id")
    return rows.values_list("id", "taken_back__recorded_at")


@asks
def deaths_near(by: Actor) -> Asks[list[tuple[UUID, UUID, str]]]:
    """(death, person, code) of people this actor works with, for two weeks."""
    found = yield _near.later(by, clock.now() - TOLD_FOR)
    return [(one.id, one.person_id, one.person.code) for one in found]


@readymade
def _near(by: Actor, since: datetime) -> QuerySet[Death, Death]:
    rows = rows_near(
        standing()
        .filter(
            recorded_at__gte=since,
            person__assignments__user_id=by.id,
            person__assignments__until__isnull=True,
        )
        .exclude(author_id=by.id),
        by=by,
        policy=SEE_EPISODES,
    )
    return rows.select_related("person").distinct()


@asks
def mistakes_near(by: Actor) -> Asks[list[tuple[UUID, UUID, str]]]:
    """(death, person, code) of people this actor works with, or supervises, whose death was taken back in the last two
    weeks by somebody else; each person once, and nobody whose death was written down again since."""
    deep = yield from deepest.asking()
    near = yield _mistakes.later(by, clock.now() - TOLD_FOR, deep)
    found = {file.id: (one.death_id, file.id, file.code) for one in near if (file := last_file(one.person))}
    dead = {last_file(one.person).id for one in (yield _dead_among.later(list(found), deep))} if found else set()
    return [told for file, told in found.items() if file not in dead]


@readymade
def _dead_among(files: list[UUID], deep: int) -> QuerySet[Death, Death]:
    """The deaths that stand of people whose files remain, also in those that were joined with these."""
    paths = ["person", *("__".join(["person"] + ["merged_into"] * times) for times in range(1, deep + 1))]
    return standing().filter(reduce(or_, (Q(**{f"{path}__in": files}) for path in paths))).select_related("person")


@readymade
def _mistakes(by: Actor, since: datetime, deep: int) -> QuerySet[DeathTakenBack, DeathTakenBack]:
    rows = DeathTakenBack.objects.filter(recorded_at__gte=since).exclude(author_id=by.id)
    near = living_rows(rows, by=by, policy=SEE_EPISODES, deep=deep)
    return near.select_related("person").order_by("recorded_at", "id")


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
