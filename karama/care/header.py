"""What this room hangs into other pages: a block and a tab about a person; `todayheader` has its lines on Today."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from karama.care import queries, words
from karama.care.access import CLINICAL
from karama.care.actions.living import NOTICE as TAKEN_BACK
from karama.care.routewords import ROUTES
from karama.care.showing import NOTICE
from karama.care.todayheader import WRITING, today
from karama.journal import Absent, Actor, registries
from karama.journal.together import Asks, asks, together
from karama.notices.kinds import name_kind
from karama.people import pages
from karama.rules.classes import CARE_DUTIES
from karama.rules.episodes import OPEN_STATES
from karama.ui import shell
from karama.ui.addresses import reverse
from karama.ui.dates import about
from karama.ui.dates import day as day_words

SESSION_BADGES = {"came": "done", "cancelled": "paused", "absent": "missing", "staff": "paused"}
"""Routes and actions in plain words, for a participant who asks who saw her record."""


@asks
def parts(*, by: Actor, person: UUID) -> Asks[Sequence[pages.Part]]:
    """Where her care stands, and the last sessions; what was answered stands in `lookheader`."""
    if by.duty not in CARE_DUTIES:
        return []
    try:
        episodes, sessions, death, family_days = yield from together(
            queries.episodes_of.asking(by, person),
            queries.sessions_of.asking(by, person, most=3),
            queries.death_of.asking(by, person),
            queries.family_days_of.asking(by, person, most=3),
        )
    except Absent:
        return []
    stands = death is not None and death.stands
    context = {
        "death": death,
        "death_url": reverse("care:death", args=[death.id]) if death is not None and by.duty in CLINICAL else "",
        "episodes": [
            (
                about(one.opened_on, one.opened_precision),
                words.STATES[one.state],
                words.STATE_BADGES[one.state],
                reverse("care:episode", args=[one.id]),
            )
            for one in episodes
        ],
        "sessions": [
            (
                one.session.get_attended_display(),
                SESSION_BADGES[one.session.attended],
                about(one.session.occurred_on, one.session.precision),
                one.who,
                reverse("care:session", args=[one.session.id]) if by.duty in WRITING else "",
                one.session.amends_id is not None,
            )
            for one in sessions
        ],
        "family_days": [day_words(on) for on in family_days],
        "session_url": reverse("care:new_session", args=[person]) if by.duty in WRITING else "",
        "notes_url": reverse("care:notes", args=[person]) if by.duty in CLINICAL else "",
        "may_open": not stands and not any(one.state in OPEN_STATES for one in episodes),
        "may_ask": by.duty in CLINICAL,
        "open_url": reverse("care:new_episode", args=[person]),
        "ask_url": reverse("care:choose", args=[person]),
    }
    body = render_to_string("care/part.html", context)
    order = 1 if stands else 20  # a death is read before anybody makes a plan or an appointment
    return [pages.Part(_("Care"), body, order=order)]


def tabs(*, by: Actor, person: UUID) -> list[tuple[Any, str]]:
    """The answers, for the duties that read them."""
    if by.duty not in CLINICAL:
        return []
    return [(_("Answers"), reverse("care:answers", args=[person])), (_("Notes"), reverse("care:notes", args=[person]))]


def links(request: HttpRequest) -> Sequence[shell.Link]:
    """Meetings for the duties of care; the supervisor's page for supervisors."""
    actor = getattr(request, "actor", None)
    if actor is not None and actor.duty == "director":
        return [_closing_link()]
    if actor is None or actor.duty not in CARE_DUTIES:
        return []
    found = [shell.Link(_("Meetings"), reverse("care:meetings"), icon="list", order=35)]
    if actor.duty == "supervisor":
        found.append(shell.Link(_("Supervision"), reverse("care:supervision"), icon="shield", order=30))
        found.append(_closing_link())
    return found


def _closing_link() -> shell.Link:
    return shell.Link(_("Sites that close"), reverse("care:closing_sites"), icon="out", order=78)


def install() -> None:
    """Hang the entries in. Called once, when Django is ready."""
    registries.today.register("care", today)
    shell.navigation.register("care", links)
    pages.page_parts.register("care", parts)
    pages.page_tabs.register("care", tabs)
    for route, said in ROUTES.items():
        pages.name_route(route, said)
    name_kind(NOTICE, _("A telephone showed another result than the one that counts"), "care:response")
    name_kind(TAKEN_BACK, _("A death was written down by mistake: the person lives"), "people:person")
    name_kind("care.session_corrected", _("A session that you wrote down was corrected"), "care:session")
