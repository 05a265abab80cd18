"""What happened in a programme in one month, as rows without identity: who counts is a random id, never a code.

Handed to the rooms above for registers. Only people who agreed to be counted are in it; a session or a beginning of
which not even the month is known is in no month.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from karama.care.access import STATISTICS
from karama.care.facts import last_file, survivors
from karama.care.models import Episode, Session
from karama.journal import ERASED, Actor, Refused, clock, reading
from karama.people.deciding import reportable
from karama.people.models import Person
from karama.rules.permission import permit
from karama.security import vault

IN_A_MONTH = ("day", "month")
"""Days known exactly enough to lie in a month."""


@dataclass(frozen=True)
class Deed:
    """One thing that happened. `measure`: a code of `knowledge.pack_registers.MEASURES` that is no count of people.

    `first`: before it this person had no session here that was held.
    """

    measure: str
    person: UUID
    site: UUID
    sex: str
    age_band: str
    place: str = ""
    first: bool = False


def deeds_of_month(*, by: Actor, programme: UUID, first: date, last: date) -> list[Deed]:
    """Sessions held and missed, episodes opened and ended between the two days, both counted. One access row.

    Raises:
        Refused: the duty counts nothing in this programme.
    """
    decision = permit(STATISTICS, by.attributes(), {"programme": programme}, "statistics", clock.now())
    if not decision.allowed:
        raise Refused(decision.reason)
    sessions = list(sessions_between(programme, first, last).values_list("person_id", "attended", "modality"))
    rows = Episode.objects.filter(person__programme_id=programme).exclude(person__status="erased")
    opened = rows.filter(opened_on__range=(first, last), opened_precision__in=IN_A_MONTH)
    ended = rows.filter(ended_on__range=(first, last))
    found = [(who, "sessions_held" if how == "came" else "sessions_missed", place) for who, how, place in sessions]
    found += [(who, "episodes_opened", "") for who in opened.values_list("person_id", flat=True)]
    found += [(who, "episodes_ended", "") for who in ended.values_list("person_id", flat=True)]
    into = survivors(programme)
    found = [(last_file(who, into), measure, place) for who, measure, place in found]
    with reading(by=by, purpose="statistics", route="care.deeds_of_month") as counted:
        people = reportable({who for who, _measure, _place in found}, clock.now())
        counted.count(people)
        profiles = profiles_of(people)
    seen_before = _seen_before(people, programme, first, into)
    return [
        Deed(measure, who, *profiles[who], place, measure == "sessions_held" and who not in seen_before)
        for who, measure, place in found
        if who in profiles
    ]


def sessions_between(programme: UUID, first: date, last: date) -> QuerySet[Session]:
    """The newest version of each session of these days."""
    return Session.objects.filter(
        person__programme_id=programme,
        occurred_on__range=(first, last),
        precision__in=IN_A_MONTH,
        amended_by__isnull=True,
    ).exclude(person__status="erased")


def profiles_of(people: Collection[UUID]) -> dict[UUID, tuple[UUID, str, str]]:
    """Site, sex for reporting and age band of each person whose keys are there. Within a reading that allows it."""
    ids = sorted(people)
    vault.warm(ids, "clinical")
    found: dict[UUID, tuple[UUID, str, str]] = {}
    for start in range(0, len(ids), 500):
        for one in Person.objects.filter(pk__in=ids[start : start + 500]):
            sex, band = one.unseal("sex_for_reporting"), one.unseal("age_band")
            if sex is not ERASED and band is not ERASED:
                said = sex if sex in ("F", "M", "other") else "unknown"
                found[one.id] = (one.site_id, said, str(band or "unknown"))
    return found


def _seen_before(people: Iterable[UUID], programme: UUID, first: date, into: dict[UUID, UUID]) -> set[UUID]:
    wanted = set(people)
    older = Session.objects.filter(
        person__programme_id=programme, attended="came", occurred_on__lt=first, amended_by__isnull=True
    )
    return {last_file(who, into) for who in older.values_list("person_id", flat=True).distinct()} & wanted
