"""The lists of alerts and the page of one."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from karama.accounts import duties
from karama.journal import clock
from karama.safety import access, queries, words
from karama.safety.forms import ANSWER_WORDS
from karama.safety.queries import AlertLine, AlertPage, Event
from karama.safety.views import actor_of
from karama.ui.labels import said
from karama.ui.rendering import page
from karama.ui.routes import route_policy

QUIET = ("closed", "after_death")
"""States in which nobody is to act at once."""
FORMS_FOR = (
    "first_contact",
    "contact_tried",
    "follow_up",
    "handed_over",
    "closed",
    "not_found",
    "death_confirmed",
    "reopened",
)
AT_ONCE = ("taken", "seen")


@route_policy(access.ANY_DUTY)
@require_safe
def alerts(request: HttpRequest) -> HttpResponse:
    """Every open alert this reader answers for, her own first."""
    return _list(request, queries.open_alerts(actor_of(request)), "safety/list.html")


@route_policy(access.ANY_DUTY)
@require_safe
def review(request: HttpRequest) -> HttpResponse:
    """Alerts found in imported answers."""
    return _list(request, queries.review_list(actor_of(request)), "safety/review.html")


def _clock(line: AlertLine, now: datetime) -> str:
    return "" if line.state in QUIET else words.clock_words(line.due_at, now)


def _list(request: HttpRequest, lines: list[AlertLine], template: str) -> HttpResponse:
    now = clock.now()
    rows = [(one, words.STATES[one.state], _clock(one, now), words.ago_words(one.raised_at, now)) for one in lines]
    return page(request, template, {"rows": rows})


@route_policy(access.SEE)
@require_safe
def alert(request: HttpRequest, alert: UUID) -> HttpResponse:
    """One alert: what it is about, who has it, what was done, and only the steps that may follow now."""
    by, now = actor_of(request), clock.now()
    return page(request, "safety/alert.html", shown_alert(queries.alert_page(by, alert), now))


def shown_alert(found: AlertPage, now: datetime) -> dict[str, Any]:
    """What the page of an alert prints."""
    line = found.line
    return {
        "found": found,
        "line": line,
        "kind": words.kind_words(found.kind) if found.kind else "",
        "first_steps": words.first_steps(found.kind) if line.state not in QUIET else (),
        "state": words.STATES[line.state],
        "death": found.death,
        "death_by": duties.label(found.death.duty) if found.death else "",
        "clock": "" if line.historic else _clock(line, now),
        "ago": words.ago_words(line.raised_at, now),
        "events": [_event(one) for one in found.events],
        "answered": [_answered(one) for one in found.events if one.answers],
        "at_once": [(one, words.BUTTONS[one]) for one in AT_ONCE if one in found.allowed and _useful(one, line)],
        "further": [
            (one, button_of(one, found)) for one in FORMS_FOR if one in found.allowed and _possible(one, found)
        ],
    }


def button_of(step: str, found: AlertPage) -> words.Text:
    """What a step is called on this alert: nobody is asked to speak with somebody who has died."""
    late = words.LATE_BUTTONS if found.line.state == "after_death" else {}
    return ((words.OTHERS_BUTTONS if found.others_left else {}) | late).get(step, words.BUTTONS[step])


def _useful(step: str, line: AlertLine) -> bool:
    """A second "I take it" by its owner, or "seen" once it is taken, would say nothing new."""
    return not (step == "taken" and line.mine and line.state != "raised") and not (
        step == "seen" and line.state != "raised"
    )


def _possible(step: str, found: AlertPage) -> bool:
    return not (step == "handed_over" and not found.colleagues)


def _event(one: Event) -> dict[str, Any]:
    told = [str(part) for part in _parts(one) if part]
    who = f"{one.by} ({duties.label(one.duty)})" if one.by else str(duties.label(one.duty))
    return {
        "title": words.EVENTS.get(one.what, one.what),
        "at": one.at,
        "by": "" if one.what == "reminded" else who,
        "text": " · ".join(told),
        "state": "done",
    }


def _answered(one: Event) -> dict[str, Any]:
    """The answers to follow-up questions, each by its topic and in a word."""
    title = _("What was answered")
    return {
        "title": f"{title}: {one.instrument}" if one.instrument else title,
        "at": one.at,
        "by": one.by,
        "pairs": [(said(topic), ANSWER_WORDS.get(answer, answer)) for topic, answer in one.answers],
    }


def _parts(one: Event) -> list[Any]:
    grade = {"now": _("now"), "today": _("today"), "soon": _("soon")}.get(one.grade, "")
    return [
        words.SOURCES.get(one.source, "") if one.source else "",
        _("to %(alias)s") % {"alias": one.to} if one.to else "",
        words.FOLLOW_UP_STATES.get(one.follow_up, ""),
        words.OUTCOMES.get(one.outcome, words.NOT_FOUND if one.outcome else ""),
        _("answer it: %(grade)s") % {"grade": grade} if grade else "",
        one.note,
    ]
