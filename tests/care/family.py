"""A family for the tests: Amal and her sister Salma, with what they did together."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from karama.care.actions import record_family_session
from karama.care.queries.family import FamilyShown, family_shown
from karama.people.actions import add_family_member, begin_family
from tests.care.conftest import Clinic

HERE: dict[str, Any] = {"modality": "in_person"}


def sister_of(clinic: Clinic, amal: UUID, agrees: str = "yes", **more: Any) -> UUID:
    """Salma, registered by Chantal, in one family with Amal; Amal has said yes."""
    sister = clinic.register(first="Salma", birth_year=1995)
    begin_family(by=clinic["chantal"], person=amal, agrees="yes")
    add_family_member(by=clinic["chantal"], person=amal, member=sister, agrees=agrees, **more)
    return sister


def met(clinic: Clinic, person: UUID, *people: UUID, by: str = "chantal", **more: Any) -> UUID:
    """A session to which these came, told through `person`."""
    told = {"attendance": dict.fromkeys(people, "asked")} | HERE | more
    found: UUID = record_family_session(by=clinic[by], person=person, **told).value.id
    return found


def seen(clinic: Clinic, reading_as: Any, name: str, person: UUID) -> FamilyShown:
    """The family as this colleague sees it through this person."""
    with reading_as(clinic[name]):
        return family_shown(clinic[name], person)
