"""This room's entry in the header of every page, its lines on Today, and its part of a person's page."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from karama.accounts.today import Line
from karama.journal import Absent, Actor, clock, registries
from karama.journal.together import Asks, asks, one_list, together
from karama.notices.kinds import name_kind
from karama.people import pages
from karama.safety import queries, words
from karama.safety.access import PLANNERS
from karama.safety.actions.settling import NOTICE
from karama.safety.queries.standing_open import open_standings
from karama.safety.routewords import ALERT_ROUTES, INCIDENT_ROUTES, PLAN_ROUTES
from karama.ui import shell
from karama.ui.addresses import reverse
from karama.ui.bidi import isolate_plain
from karama.ui.dates import day as day_words

FIRST = -1_000_000
"""Before every other line of the same grade."""


def links(request: HttpRequest) -> Sequence[shell.Link]:
    """A worry can be raised from every page, in every duty, and an incident written down."""
    if getattr(request, "actor", None) is None:
        return []
    return [
        shell.Link(_("Raise a worry"), reverse("safety:worry"), icon="alert", urgent=True, order=90),
        shell.Link(_("Incidents"), reverse("safety:incidents"), icon="document", order=80),
    ]


@asks
def today(*, by: Actor) -> Asks[list[Line]]:
    """Alerts that wait for the reader, what she raised, and how many historic ones are to be reviewed.

    No line says what it is about: somebody may be looking over the reader's shoulder.
    """
    return (yield from one_list(_alert_lines(by), _review_line(by), _incident_lines(by)))


def _alert_lines(by: Actor) -> Asks[list[Line]]:
    yield from open_standings.asking(historic=False)  # both of the following are told from these
    alerts, told = yield from together(queries.open_alerts.asking(by), queries.raised_by.asking(by))
    found = [one for one in alerts if one.asked or one.exhausted]
    lines = [_alert_line(place, one) for place, one in enumerate(found)]
    shown = {one.id for one in found}
    raised = [one for one in told if one.alert not in shown]
    return lines + [_raised_line(place, one) for place, one in enumerate(raised)]


def _incident_lines(by: Actor) -> Asks[list[Line]]:
    """Open critical incidents that the reader answers for; the line does not say what happened."""
    return [
        Line(
            place,
            _("A critical incident is open"),
            reverse("safety:incident", args=[one.id]),
            detail=f"{isolate_plain(one.site)} · {day_words(one.on)}",
            grade="today",
        )
        for place, one in enumerate((yield from queries.incidents_to_follow.asking(by)))
    ]


def _alert_line(place: int, one: queries.AlertLine) -> Line:
    now = clock.now()
    if one.state == "after_death":
        url = reverse("safety:alert", args=[one.id])
        return Line(FIRST + place, _("To look at: told after a death"), url, badge="historic", code=one.code)
    told = [*([] if one.exhausted else [words.STATES[one.state]]), words.clock_words(one.due_at, now)]
    if one.told > 1 and not one.code:
        told.append(ngettext("%(count)d danger told", "%(count)d dangers told", one.told) % {"count": one.told})
    label = _("Needs you") if one.mine else _("Needs somebody: you were asked too")
    if one.exhausted:
        label = _("Nobody has answered: follow the emergency instruction")
    return Line(
        FIRST + place,
        label,
        reverse("safety:alert", args=[one.id]),
        grade=one.grade,
        detail=" · ".join(str(part) for part in told if part),
        code=one.code,
    )


def _raised_line(place: int, one: queries.WhoHasIt) -> Line:
    if one.exhausted or not one.owner:
        detail = _now("nobody has answered yet: follow the emergency instruction")
    else:
        detail = _now("%(alias)s has it now") % {"alias": one.owner}
    url = reverse("safety:raised", args=[one.source])
    return Line(
        FIRST + place, _("You raised this"), url, detail=detail, badge=words.STATE_BADGES[one.state], code=one.code
    )


def _review_line(by: Actor) -> Asks[list[Line]]:
    mine = yield from queries.to_review.asking(by)
    if not mine:
        return []
    detail = ngettext("%(count)d to look at", "%(count)d to look at", mine) % {"count": mine}
    return [Line(FIRST, _("From before: answers to review"), reverse("safety:review"), detail=detail, badge="historic")]


@asks
def parts(*, by: Actor, person: UUID) -> Asks[Sequence[pages.Part]]:
    """The open alerts about the person before everything else, and the safety plan."""
    lines, plan = yield from together(queries.alerts_about.asking(by, person), _plan_part(by, person))
    now = clock.now()
    rows = [(one, words.STATES[one.state], words.clock_words(one.due_at, now)) for one in lines]
    body = render_to_string("safety/part.html", {"rows": rows})
    return [*([pages.Part(_("Needs an answer"), body, order=0)] if lines else []), *plan]


def _plan_part(by: Actor, person: UUID) -> Asks[list[pages.Part]]:
    if by.duty not in PLANNERS:
        return []
    try:
        known = yield from queries.plan_known.asking(by, person)
    except Absent:
        return []
    incident_url = reverse("safety:incident_about", args=[person])
    plan_url = reverse("safety:plan" if known else "safety:renew_plan", args=[person])
    told = {"known": known, "plan_url": plan_url, "incident_url": incident_url}
    body = render_to_string("safety/plan_part.html", told)
    return [pages.Part(_("Safety plan"), body, order=8)]


def install() -> None:
    """Called once, when Django is ready."""
    shell.navigation.register("safety", links)
    registries.today.register("safety", today)
    name_kind(NOTICE, _("An alert does not wait for you any more. Look at it when you can."), "safety:alert")
    pages.page_parts.register("safety", parts)
    for routes in (INCIDENT_ROUTES, ALERT_ROUTES, PLAN_ROUTES):
        for route, said in routes.items():
            pages.name_route(route, said)
