"""What the pack of a person's programme says about contact by code, groups and services that are offered."""

from __future__ import annotations

from karama.knowledge.pack_contact import USUAL, ContactRules, Way, contact_rules
from karama.knowledge.packs import PackError
from karama.programme import packs
from karama.programme.problems import NoPack


def of_programme(code: str) -> ContactRules:
    """The rules of a programme; the usual ones, which ask about no group, when there are none that can be read."""
    try:
        return contact_rules(code)
    except PackError:
        return USUAL


def ways(code: str) -> list[tuple[str, str]]:
    """(code, words in the reader's language) of the services that may be offered."""
    return [(one.code, packs.words(one.names)) for one in of_programme(code).ways]


def groups(code: str) -> list[tuple[str, str]]:
    """(code, words in the reader's language) of the groups; empty where nobody is asked."""
    return [(one.code, packs.words(one.names)) for one in of_programme(code).groups]


def way_of(code: str, way: str) -> Way | None:
    """A service that may be offered; None for one that is not on the list."""
    return next((one for one in of_programme(code).ways if one.code == way), None)


def questions_on(code: str) -> frozenset[str]:
    """The safety topics that a programme's pack switches on; none without a pack."""
    try:
        asked = packs.find(code).safety.questions
    except NoPack:
        return frozenset()
    return frozenset(topic for topic, on in asked.items() if on)
