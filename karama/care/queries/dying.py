"""A death and what followed it, also that it was a mistake; and whom it is told to, gently."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from karama.accounts.models import Posting
from karama.accounts.queries import alias_of
from karama.care.access import CLOSE, SEE, SEE_EPISODES
from karama.care.deaths import has_died, standing
from karama.care.models import Death, DeathStep, DeathTakenBack
from karama.care.queries.files import files_of, living_rows, with_owner
from karama.care.stopped import stopped_by
from karama.journal import ERASED, Absent, Actor, clock
from karama.people.access import rows_near
from karama.people.joined import last_file
from karama.people.models import Person
from karama.people.queries import person_in_reach
from karama.people.registries import Stopped

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


def death_of(by: Actor, person: UUID) -> DeathOf | None:
    """Of a person in reach. Raises `Absent`."""
    files = files_of(by, person_in_reach(by, person, SEE_EPISODES))
    rows = Death.objects.filter(person_id__in=files).order_by("taken_back__recorded_at", "-recorded_at", "-id")
    found = list(rows.values_list("id", "taken_back__recorded_at"))
    if not found:
        return None
    death, back_at = next((one for one in found if one[1] is None), found[-1])
    return DeathOf(death, back_at is None, back_at)


def deaths_near(by: Actor) -> list[tuple[UUID, UUID, str]]:
    """(death, person, code) of people this actor works with, for two weeks."""
    rows = rows_near(
        standing()
        .filter(
            recorded_at__gte=clock.now() - TOLD_FOR,
            person__assignments__user_id=by.id,
            person__assignments__until__isnull=True,
        )
        .exclude(author_id=by.id),
        by=by,
        policy=SEE_EPISODES,
    )
    return [(one.id, one.person_id, one.person.code) for one in rows.select_related("person").distinct()]


def mistakes_near(by: Actor) -> list[tuple[UUID, UUID, str]]:
    """(death, person, code) of people this actor works with, or supervises, whose death was taken back in the last two
    weeks by somebody else; each person once, and nobody whose death was written down again since."""
    rows = DeathTakenBack.objects.filter(recorded_at__gte=clock.now() - TOLD_FOR).exclude(author_id=by.id)
    near = living_rows(rows, by=by, policy=SEE_EPISODES).select_related("person").order_by("recorded_at", "id")
    found = {file.id: (one.death_id, file.id, file.code) for one in near if (file := last_file(one.person))}
    return [told for file, told in found.items() if not has_died(file)]


def site_of_supervisee(by: Actor, user: UUID) -> UUID:
    """A site of this supervisor where the colleague holds a duty. Raises `Absent`."""
    site = Posting.objects.filter(user_id=user, site__in=by.sites).values_list("site_id", flat=True).first()
    if site is None:
        raise Absent()
    return site
