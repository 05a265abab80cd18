"""Whether a guardian may ask for this in a child's place: when it is written down, and again when it is granted."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from karama.people import deciding
from karama.people.guarding import agreed_with, guardian_now, is_safe
from karama.people.joined import last_file
from karama.people.models import Person
from karama.voice.models import RightsRequest
from karama.voice.problems import AsksAlone, GuardianMayNot, WhichGuardian

COPIES: Final = ("access", "portability")
"""Rights whose answer tells something."""


def check(file: Person, right: str, checked: str, guardian: UUID | None) -> None:
    """Refuse a request through a guardian who may not have it.

    Raises:
        WhichGuardian: none is named, or none of this person's, or one is named where another way was chosen.
        AsksAlone: the person is an adult. GuardianMayNot: not safe, or a copy of which nothing was agreed.
    """
    if checked != "guardian":
        if guardian is not None:
            raise WhichGuardian("checked")
        return
    if deciding.standing_of(file) == "adult":
        raise AsksAlone()
    found = guardian_now(file, guardian)
    if found is None:
        raise WhichGuardian()
    if not is_safe(found) or (right in COPIES and not agreed_with(found)):
        raise GuardianMayNot()


def check_request(row: RightsRequest) -> None:
    """The same of a request that was written down before: guardians end, ages are corrected, children grow up."""
    check(last_file(row.person), row.right, row.checked, row.guardian_id)
