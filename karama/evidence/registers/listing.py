"""Registers that are lists: a line for each session, without identity, of people within the supervisor's own reach.

Who agreed to be counted is in it, nobody else. Sex and age group are told only where at least five people of the
list share them at that site, so that a line does not point at one person. Codes only where the pack says so.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from karama.care.activity import profiles_of, sessions_between
from karama.care.facts import last_file, survivors
from karama.evidence.access import LIST
from karama.journal import Actor, Refused, clock, reading, visible_to
from karama.journal.access_log import opening_all
from karama.knowledge.pack_registers import Register
from karama.people.access import ATTRIBUTES, purpose_of
from karama.people.access import LIST as LIST_PEOPLE
from karama.people.deciding import reportable
from karama.people.models import Person
from karama.programme.models import CountryProgramme, Site
from karama.rules.permission import permit

ALIKE: Final = 5
NOT_TOLD: Final = "*"


@dataclass(frozen=True)
class Line:
    """One session as a list may tell it."""

    code: str
    on: date
    precision: str
    site: str
    sex: str
    age_band: str
    attended: str
    place: str

    def cell(self, holds: str) -> str:
        """One cell; a day of which only the month is known is told as the month."""
        if holds == "day" and self.precision == "day":
            return self.on.isoformat()
        if holds in ("day", "month"):
            return f"{self.on.year:04d}-{self.on.month:02d}"
        return str(getattr(self, holds))


def listed(by: Actor, programme: CountryProgramme, register: Register, first: date, last: date) -> list[list[str]]:
    """The lines of a register of rows. Everybody in it can see who made the list.

    Raises:
        Refused: this duty makes no lists.
    """
    decision = permit(LIST, by.attributes(), {"programme": programme.id}, purpose_of(by), clock.now())
    if not decision.allowed:
        raise Refused(decision.reason)
    here = visible_to(
        Person.objects.filter(programme_id=programme.id),
        by=by, policy=LIST_PEOPLE, purpose=purpose_of(by), now=clock.now(), attributes=ATTRIBUTES,
    )  # fmt: skip
    within, into = set(here.values_list("pk", flat=True)), survivors(programme.id)
    rows = list(sessions_between(programme.id, first, last).order_by("occurred_on", "id"))
    sessions = [(last_file(one.person_id, into), one) for one in rows]
    with reading(by=by, purpose=purpose_of(by), route="evidence.register_rows"):
        people = reportable({who for who, _one in sessions if who in within}, clock.now())
        opening_all(sorted(people))
        profiles = profiles_of(people)
    shown, codes = _shown(profiles), dict(here.filter(pk__in=people).values_list("pk", "code"))
    names = dict(Site.objects.filter(programme_id=programme.id).values_list("id", "code"))
    lines = [
        Line(
            codes[who], one.occurred_on, one.precision, names[profiles[who][0]],
            *shown[who], one.attended, one.modality,
        )
        for who, one in sessions
        if who in profiles
    ]  # fmt: skip
    return sorted([line.cell(column.holds) for column in register.columns] for line in lines)


def _shown(profiles: dict[UUID, tuple[UUID, str, str]]) -> dict[UUID, tuple[str, str]]:
    """Sex and age band of each person, where enough people of the list at that site share both."""
    alike: dict[tuple[UUID, str, str], set[UUID]] = defaultdict(set)
    for person, profile in profiles.items():
        alike[profile].add(person)
    return {
        person: (sex, band) if len(alike[site, sex, band]) >= ALIKE else (NOT_TOLD, NOT_TOLD)
        for person, (site, sex, band) in profiles.items()
    }
