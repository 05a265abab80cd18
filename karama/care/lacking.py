"""What a site misses before violence or children may be asked about, in a programme manager's words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from karama.care.queries.company import CHILDREN, VIOLENCE, topics_nobody_answers
from karama.programme.registries import Missing

MISSING: Final = {
    VIOLENCE: Missing(
        "care.nobody_named",
        _("Questions about violence are on, and nobody is named who records what is told alone: they stay hidden."),
        _("Name a colleague under “Named colleagues”, who has been trained for it."),
    ),
    CHILDREN: Missing(
        "care.nobody_for_children",
        _("Questions about children in danger are on, and nobody here has the duty that answers: they stay hidden."),
        _("Give a social worker a duty at this site, or switch the questions off."),
    ),
}


def missing_for(site: UUID, topics: frozenset[str]) -> Sequence[Missing]:
    """For the topics that a pack switches on, those that nobody at this site could answer."""
    wanted = topics & MISSING.keys()
    return [MISSING[topic] for topic in sorted(wanted & topics_nobody_answers(site))] if wanted else []
