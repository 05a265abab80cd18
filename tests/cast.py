"""The cast of every test: the same few people, so that an access test reads like a sentence.

Amal takes part: a survivor, Arabic-speaking, at the first site. Everyone else works here. Rooms add fixtures that
make these people through real actions; who they are, and what they may see, is said once, here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Member:
    """Somebody who works here: sign-in name, duty code, site (`here` or `elsewhere`), and what she may see of Amal."""

    name: str
    duty: str
    site: str
    sees: str


CHANTAL: Final = Member("chantal", "community_agent", "here", "everything of her caseload, and Amal is on it")
DIEGO: Final = Member("diego", "psychologist", "here", "clinical records once assigned; same site")
NADIA: Final = Member("nadia", "supervisor", "here", "alerts and records of the team she supervises")
TUNDE: Final = Member("tunde", "community_agent", "elsewhere", "nothing: for him Amal does not exist")
ROJIN: Final = Member("rojin", "mel_officer", "here", "counts only")
SAMIR: Final = Member("samir", "administrator", "here", "settings and users, never notes")
LEILA: Final = Member("leila", "data_protection_officer", "here", "who opened what, consent, erasure; never notes")
STAFF: Final = (CHANTAL, DIEGO, NADIA, TUNDE, ROJIN, SAMIR, LEILA)
PARTICIPANT: Final = "Amal"
