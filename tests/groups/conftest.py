"""The clinic of people's tests, with a group of twelve and two who facilitate it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest

from karama.groups.actions import add_member, name_facilitator, open_group, record_meeting
from karama.groups.models import Cycle, GroupMeeting, MeetingRecord
from karama.journal import Actor, reading
from karama.people.actions import assign
from karama.security import vault
from tests.machinery.remembered import remembered
from tests.people.conftest import Clinic, _clinic, amal, clinic

__all__ = ["Circle", "Clinic", "amal", "as_reader_of", "circle", "clinic", "tapped"]


@dataclass
class Circle:
    """A group at the first site: Chantal and Diego facilitate it, twelve people are on its list."""

    clinic: Clinic
    group: UUID
    people: list[UUID] = field(default_factory=list)

    @property
    def cycle(self) -> Cycle:
        """Its open cycle."""
        return Cycle.objects.select_related("group").get(group_id=self.group, ended_on__isnull=True)

    def record(self, who: str = "chantal", states: dict[int, str] | None = None, **more: Any) -> MeetingRecord:
        """A meeting written down; everybody was there unless `states` (place in `people` -> state) says otherwise."""
        told = dict.fromkeys(range(len(self.people)), "present") if states is None else states
        usual: dict[str, Any] = {"modality": "in_person", "attendance": {self.people[n]: s for n, s in told.items()}}
        made = record_meeting(by=self.clinic[who], group=self.group, **(usual | more)).value
        assert isinstance(made, MeetingRecord)
        return made

    def meeting(self, number: int = 1) -> GroupMeeting:
        """One of its meetings."""
        return GroupMeeting.objects.select_related("cycle__group").get(cycle=self.cycle, number=number)


def tapped(circle: Circle, number: int = 1) -> dict[UUID, str]:
    """Who stands with which state in the meeting as it is put together."""
    from karama.groups.merging import held_of

    return dict(held_of([circle.meeting(number)])[0].result.attendance)


def opened(clinic: Clinic, by: str = "chantal", **more: Any) -> UUID:
    """A closed group of eight meetings, as the pack of the clinic runs it."""
    usual: dict[str, Any] = {"name": "Río", "kind": "intervention", "intervention": "problem_expression"}
    made = open_group(by=clinic[by], site=clinic.here.id, **(usual | more)).record
    assert made is not None
    return made


@pytest.fixture
def circle(db: None, installation: Any) -> Iterator[Circle]:
    """The clinic and the group with its twelve."""
    vault.forget()
    yield remembered("tests.groups.circle", _circle)
    vault.forget()


def _circle() -> Circle:
    clinic = _clinic()
    group = opened(clinic, capacity=14)
    name_facilitator(by=clinic["nadia"], group=group, user=clinic["diego"].id)
    people = []
    for number in range(12):
        person = clinic.register(called=f"Ana{number}", first=f"Ana{number}", last="Palacios", birth_year=1980 + number)
        add_member(by=clinic["chantal"], group=group, person=person)
        people.append(person)
    assign(by=clinic["nadia"], person=people[0], user=clinic["diego"].id, role="member")
    return Circle(clinic, group, people)


def as_reader_of(by: Actor) -> Any:
    """A reading for the care of people in a group."""
    return reading(by=by, purpose="care", route="tests.groups")
