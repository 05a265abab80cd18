"""Requests through a guardian: who asks, and what of the readable copy may go to her."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from karama.journal import Actor
from karama.people import queries as people
from karama.people.models import Person
from karama.voice.access import SEE
from karama.voice.problems import GuardianMayNot, WhichGuardian


@dataclass(frozen=True)
class GuardianAsks:
    """Who asks in the person's place, as far as the reader's compartments open it.

    `named`: whether it is noted which guardian asks; `still`: whether she may decide today. `topics`: what may be told,
    None where the reader may not know what was agreed.
    """

    named: bool
    still: bool
    called: str = ""
    kin: str = ""
    topics: tuple[str, ...] | None = None


def guardians_to_name(by: Actor, person: UUID) -> list[people.GuardianLine]:
    """The guardians on record who may be named in a request. Raises `Absent`."""
    return people.guardians_of(by, people.person_in_reach(by, person, SEE))


def guardian_of(by: Actor, row: Any, person: Person) -> GuardianAsks | None:
    """Who asks in her place; None when the person asks herself."""
    if row.checked != "guardian":
        return None
    if row.guardian is None:
        return GuardianAsks(named=False, still=False)
    told = people.fields_of(by, row.guardian, ("called", "kin"))
    now = {one.id: one for one in people.guardians_of(by, person)}.get(row.guardian_id)
    knows = "child" in by.compartments and now is not None
    return GuardianAsks(
        named=True,
        still=now is not None,
        called=str(told.get("called") or ""),
        kin=str(told.get("kin") or ""),
        topics=tuple(now.may_know) if knows and now is not None else None,
    )


def topics_of(by: Actor, row: Any, person: Person) -> frozenset[str] | None:
    """What of the copy may go to whoever asked: None is all of it, for the person herself.

    Raises:
        WhichGuardian: a guardian asked and nobody noted which. GuardianMayNot: nothing is agreed with her today.
    """
    if row.checked != "guardian":
        return None
    if row.guardian_id is None:
        raise WhichGuardian()
    topics = people.guardian_may_know(by, person.id).get(row.guardian_id)
    if not topics:
        raise GuardianMayNot()
    return frozenset(topics)
