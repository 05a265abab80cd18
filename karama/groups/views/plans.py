"""How the programme does what a group does: meetings, parts, who may deliver it, and what was changed here and why."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from karama.accounts.routes import route_policy
from karama.groups import curriculum, queries
from karama.groups.access import PAGES
from karama.groups.models import Cycle
from karama.groups.views import actor_of, groups_url
from karama.journal import Absent
from karama.knowledge.intervention_cards import Component, Intervention, Range, Stated
from karama.knowledge.pack_groups import Adaptation
from karama.programme import registries
from karama.rules.scoring.evidence import Evidence
from karama.ui.listing import in_a_row
from karama.ui.rendering import page


@route_policy(PAGES)
@require_GET
def plan(request: HttpRequest, group: UUID) -> HttpResponse:
    """The card of what the open cycle follows, with its marks; absent where it follows nothing. Nobody's name is opened
    for it."""
    row, cycle = queries.cycle_in_reach(actor_of(request), group)
    card = curriculum.card_of(cycle.intervention) if cycle else None
    if cycle is None or card is None:
        raise Absent()
    context = {
        "name": row.text_of("name"),
        "back": groups_url("group", group),
        "title": curriculum.told(card.names),
        "facts": _facts(card, cycle),
        "meetings": [
            (one.number, in_a_row(words for _code, words in curriculum.said(card.activities(one.number))))
            for one in card.plan
        ],
        "parts": [_marked(one) for one in card.components],
        "fidelity": [_marked(one) for one in card.fidelity],
        "changes": [_change(one, cycle.begun_on) for one in changes_of(cycle)],
        "headers": [_("Meeting"), _("What it is about")],
    }
    return page(request, "groups/plan.html", context)


def changes_of(cycle: Cycle) -> tuple[Adaptation, ...]:
    """What this programme changed of what a cycle follows, the newest first."""
    return curriculum.pack_at(cycle.group.site_id).adapted(cycle.intervention)


def _facts(card: Intervention, cycle: Cycle) -> list[tuple[Any, Any]]:
    run = curriculum.run_of(cycle)
    duties = in_a_row(registries.duty_words(one) for one in card.provider.duties)
    told = [
        (_("Who may lead it"), f"{duties}{_mark(card.provider.evidence)}"),
        (_("Meetings"), cycle.planned or _between(card.meetings)),
        (_("Minutes"), _between(card.minutes)),
        (_("People"), _between(card.size)),
        (_("Studied with"), _stated(card.eligibility)),
        (_("Not for"), _stated(card.exclusion)),
        (_("After which meetings everybody is asked"), ", ".join(map(str, run.check_in_after)) if run else ""),
    ]
    return [(label, value) for label, value in told if value]


def _between(told: Range | None) -> str:
    if told is None:
        return ""
    if told.most is None:
        words = gettext("%(least)d and more") % {"least": told.least}
    else:
        words = str(told.least) if told.least == told.most else f"{told.least}\u2013{told.most}"
    return f"{words}{_mark(told.evidence)}"


def _stated(told: Stated | None) -> str:
    return f"{curriculum.told(told.words)}{_mark(told.evidence)}" if told else ""


def _mark(evidence: Evidence) -> str:
    return f" ({gettext('not verified')})" if evidence.draft else ""


def _marked(part: Component) -> str:
    return f"{curriculum.told(part.names)}{_mark(part.evidence)}"


def _change(one: Adaptation, begun_on: date) -> tuple[str, date, bool, list[tuple[Any, str]]]:
    """Version, since when, whether it is younger than the cycle, and what, why, with whom, how it was tried."""
    told = (
        (_("What"), one.what),
        (_("Why"), one.why),
        (_("With whom"), one.with_whom),
        (_("How it was tried"), one.tested),
    )
    return one.version, one.since, one.since > begun_on, [(label, curriculum.told(texts)) for label, texts in told]
