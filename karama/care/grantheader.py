"""Reminders of grants that end, on Today of whoever directs and supervises; and people whom nobody else sees."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from karama.accounts.today import Line
from karama.care import queries
from karama.care.actions.leaving import GRANT_ENDS
from karama.journal import Actor, registries
from karama.journal.together import Asks, asks
from karama.notices.kinds import name_kind
from karama.programme.grants import open_grants, shown
from karama.ui.addresses import reverse
from karama.ui.dates import day

RANK: Final = 1500
GRADES: Final = {90: None, 60: "soon", 30: "today", 0: "today"}
"""How loud each reminder is."""


def closing_page(grant: UUID) -> str:
    """Where the closing of a grant is planned."""
    return reverse("care:closing_grant", args=[grant])


@asks
def today(*, by: Actor) -> Asks[Sequence[Line]]:
    """Grants that end within 90 days; for the data protection officer people without a goodbye whom nobody sees."""
    if by.duty in ("director", "supervisor"):
        return (yield from _ending(by))
    if by.duty == "data_protection_officer":
        return [
            Line(
                RANK + place,
                _("No colleague can see this person: without a goodbye"),
                reverse("people:person", args=[person]),
                grade="today",
                detail=day(until),
                code=code,
            )
            for place, (person, code, until) in enumerate((yield from queries.heard_by_nobody.asking(by)))
        ]
    return []


def _ending(by: Actor) -> Asks[list[Line]]:
    found = yield from shown.asking((yield open_grants.later(by)))
    near = [one for one in found if one.due is not None and (by.duty == "director" or by.sites & set(one.sites))]
    return [
        Line(
            RANK + place,
            _("A grant ends") if one.due else _("A grant has ended and is not closed"),
            closing_page(one.grant.id),
            grade=GRADES[one.due or 0],
            detail=_left(one.days_left) if one.due else "",
            badge="waiting",
        )
        for place, one in enumerate(near)
    ]


def _left(days: int) -> str:
    if days == 0:
        return _now("today")
    return ngettext("%(count)d day left", "%(count)d days left", days) % {"count": days}


def install() -> None:
    """Called once, when Django is ready."""
    registries.today.register("care_grants", today)
    name_kind(GRANT_ENDS, _("The closing of a grant is planned"), "care:closing_grant")
