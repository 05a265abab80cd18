"""What a site misses before violence or children may be asked about, in a programme manager's words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from karama.care.queries.company import CHILDREN, VIOLENCE, topics_nobody_answers
from karama.care.queries.paying import unpaid_in
from karama.programme.grants import any_grant
from karama.programme.registries import Missing
from karama.rules.grants import SOON

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


PAID_BY_NONE = Missing(
    "care.paid_by_none",
    _("People in care are paid for by no grant."),
    _("Write down what pays for them on the page “Grants”, or plan with them what comes after."),
)
PAID_FOR_SHORT = Missing(
    "care.paid_for_short",
    _("People in care are paid for only by a grant that ends within 90 days."),
    _("Find out what comes after, or plan the closing of the grant with everybody’s goodbye."),
)


def missing_in(programme: UUID) -> Sequence[Missing]:
    """Whether people in care are paid for by no grant, or by none for long. A programme without grants lacks none."""
    if not any_grant(programme):
        return []
    nobody, soon = unpaid_in(programme, SOON)
    return [one for one, there in ((PAID_BY_NONE, nobody), (PAID_FOR_SHORT, soon)) if there]
