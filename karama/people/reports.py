"""Sex where a report must say it: when it is asked, with which answers, and what the answers mean."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from karama.knowledge.loader import KnowledgeError
from karama.knowledge.pack_contact import contact_rules
from karama.knowledge.packs import PackError
from karama.people.actions.identity import NAMELESS
from karama.people.models.person import SexForReports
from karama.programme.queries import programme_code

SAME: Final = "same"
OF_GENDER: Final = {"woman": "F", "man": "M"}
ANSWERS: Final[tuple[tuple[str, Any], ...]] = ((SAME, _("The same as the gender")), *SexForReports.choices)
"""`same` is the worker's own confirmation; without it nothing is taken over from the gender."""


def asked_of(programmes: Iterable[UUID], mode: str) -> bool:
    """Whether it is asked. Where people are met by code, nobody without a name is asked; nor when that is not sure."""
    return mode not in NAMELESS or not any(_by_code(one) for one in programmes)


def meant(answer: str, gender: str) -> str | None:
    """What is kept. The same as a gender that is neither woman nor man says nothing."""
    return OF_GENDER.get(gender) if answer == SAME else answer if answer in SexForReports.values else None


def _by_code(programme: UUID) -> bool:
    code = programme_code(programme)
    try:
        return code is None or contact_rules(code).by_code
    except (PackError, KnowledgeError, OSError):
        return True
