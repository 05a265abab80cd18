"""The clinic of people's tests, with a request of Amal's and the ways of two people to delete."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from karama.journal import Actor, reading
from karama.voice.actions import decide_request, prepare_deletion, record_request
from tests.people.conftest import Clinic, amal, clinic

__all__ = ["Clinic", "amal", "as_officer", "asked", "clinic", "granted", "prepared"]


def asked(clinic: Clinic, person: UUID, right: str = "access", by: str = "chantal", **more: Any) -> UUID:
    """A request written down by this colleague."""
    made = record_request(by=clinic[by], person=person, right=right, checked="known", **more).record
    assert made is not None
    return made


def granted(clinic: Clinic, person: UUID, right: str = "access", **more: Any) -> UUID:
    """The same, granted by the officer."""
    made = asked(clinic, person, right, **more)
    decide_request(by=clinic["leila"], rights=made, decision="granted")
    return made


def prepared(clinic: Clinic, person: UUID, **more: Any) -> UUID:
    """A deletion that waits for its second person."""
    made = asked(clinic, person, "delete", **more)
    prepare_deletion(by=clinic["leila"], rights=made, reason="asked to be forgotten")
    return made


def as_officer(by: Actor) -> Any:
    """A reading for the rights of a person."""
    return reading(by=by, purpose="rights", route="tests.voice")
