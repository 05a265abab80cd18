"""What this room leaves on the data protection officer's page: emergencies, withdrawals, yeses that end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from karama.journal import Actor, clock
from karama.people import queries
from karama.people.overseeing import LOOKED_BACK, OfficerList, Row
from karama.people.queries.lapsing import ended_lines, lapsed_consents, not_executed, withdrawn_consents
from karama.people.wordings import PURPOSES
from karama.ui.addresses import reverse
from karama.ui.dates import day


def lists() -> Sequence[OfficerList]:
    """For `people.overseeing.officer_lists`."""
    return [
        OfficerList(
            "emergencies",
            _("Opened in an emergency, not looked at yet"),
            _("Each one is to be looked at within seven days."),
            _("Nothing to review"),
            found=queries.to_review,
            rows=lambda by, part: [],
            order=10,
            grade="today",
            href=reverse_lazy("people:emergencies"),
        ),
        OfficerList(
            "withdrawn",
            _("Taken back"),
            _("Not executed everywhere comes first; then what was taken back in the last 90 days."),
            _("No yes was taken back"),
            found=lambda by: withdrawn_consents(by, clock.now() - LOOKED_BACK),
            rows=_withdrawn,
            order=20,
            grade="today",
            pressing=not_executed,
        ),
        OfficerList(
            "lapsing",
            _("Yeses that end or have lapsed"),
            _("Lapsed in the last 90 days or ending within 30, and not asked again. The worker asks."),
            _("No yes ends soon"),
            found=lambda by: lapsed_consents(by, clock.now() - LOOKED_BACK),
            rows=_lapsing,
            order=30,
        ),
    ]


def _withdrawn(by: Actor, part: Sequence[Any]) -> list[Row]:
    found = []
    for one in ended_lines(part):
        badge, state = (
            ("today", _("Not executed everywhere yet")) if one.is_open else ("done", _("Executed everywhere"))
        )
        if not one.pending and one.cannot:
            state = _("Somebody still holds what was read")
        href = reverse("people:withdrawal", args=[one.consent])
        found.append(Row(PURPOSES.get(one.purpose, one.purpose), one.code, href, badge, state, day(one.at)))
    return found


def _lapsing(by: Actor, part: Sequence[Any]) -> list[Row]:
    now = clock.now()
    return [
        Row(
            PURPOSES.get(one.purpose, one.purpose),
            one.code,
            reverse("people:consents", args=[one.person]),
            badge="waiting" if one.at <= now else "soon",
            state=_("has lapsed") if one.at <= now else _("ends soon"),
            meta=day(one.at),
        )
        for one in ended_lines(part)
    ]
