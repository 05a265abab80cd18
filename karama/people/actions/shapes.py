"""What an argument may look like, shared by the actions of this room. Pydantic checks it before any lock is taken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from karama.journal import Actor
from karama.people.attributes import person_attributes
from karama.people.models import Person

Name = Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Code = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)]
Language = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=20)]
BirthYear = Annotated[int, Field(ge=1890, le=2100)]
Names = Annotated[list[Name], Field(max_length=8)]
Languages = Annotated[list[Language], Field(max_length=8)]
Mode = Literal["named", "alias", "coded", "anonymous"]
AgeBand = Literal["0-4", "5-9", "10-14", "15-17", "18-24", "25-34", "35-49", "50-59", "60+", "unknown"]
Gender = Literal["woman", "man", "own_words", "not_said"]
Sex = Literal["F", "M", "other", "unknown", "not_said"]
Displacement = Literal["host", "idp", "returnee", "refugee", "asylum_seeker", "migrant", "stateless", "unknown"]
Precision = Literal["year", "approx"]


def of_person(*, by: Actor, person: UUID, **_arguments: Any) -> Mapping[str, object]:
    """The target of an action about one person."""
    return person_attributes(person)


def locked(person: UUID) -> Person:
    """The person's row, held until the transaction ends, so that what follows is in one order."""
    return Person.objects.select_for_update(of=("self",)).get(pk=person)
