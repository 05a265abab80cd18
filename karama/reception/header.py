"""What this room hangs into other pages: entries of the header, lines on Today, a block and a tab about a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from karama.accounts.today import Line
from karama.journal import Absent, Actor, clock, registries
from karama.journal.together import Asks, asks, one_list, together
from karama.notices.actions import NOT_ARRIVED, NOT_SENT
from karama.notices.kinds import name_kind
from karama.people import pages
from karama.programme.days import today_at, zone_of
from karama.reception import queries, words
from karama.reception.access import DESK
from karama.rules.classes import CARE_DUTIES
from karama.ui import shell
from karama.ui.addresses import reverse
from karama.ui.dates import clock as clock_words
from karama.ui.dates import moment

assert set(DESK) > CARE_DUTIES
RANK = 400
ROUTES: dict[str, Any] = {
    "reception.of_person": _("looked at your appointments"),
    "reception.book": _("looked for an appointment for you"),
    "reception.appointment": _("looked at an appointment of yours"),
    "reception.card": _("made a card of your appointment"),
    "reception.move": _("looked for another time for you"),
    "reception.bring_appointment": _("brought in an appointment of yours from a sheet"),
    "reception.book_appointment": _("made an appointment for you"),
    "reception.move_appointment": _("moved an appointment of yours"),
    "reception.cancel_appointment": _("cancelled an appointment of yours"),
    "reception.step_appointment": _("wrote down that you came"),
    "reception.note_missed": _("wrote down that you did not come"),
    "reception.number_walk_in": _("gave you a number"),
    "reception.follow_up": _("looked how to ask after you"),
    "reception.record_try": _("asked after you, or tried to"),
    "reception.give_up_following": _("asked after you, or tried to"),
    "reception.wish": _("looked at whom you want as interpreter"),
    "reception.set_interpreter_wish": _("wrote down whom you want as interpreter"),
    "reception.find_interpreter": _("looked for an interpreter for you"),
    "reception.give_interpreter": _("looked for an interpreter for you"),
    "reception.decline_interpreting": _("said that somebody else has to interpret for you"),
    "reception.veto_interpreter": _("wrote down whom you want as interpreter"),
    "notices.begin": _("sent you a neutral message, by machine; nobody read it"),
    "notices.take_report": _("was told by the network whether a neutral message arrived, by machine"),
}
REMINDERS: tuple[tuple[str, Any], ...] = (
    (NOT_SENT, _("A reminder did not go out")),
    (NOT_ARRIVED, _("A reminder did not arrive")),
)
"""Named by `notices`, which has no page for them: what they are about is an appointment."""
KINDS: tuple[tuple[str, Any, str], ...] = (
    ("reception.booked", _("An appointment was made with you"), "reception:appointment"),
    ("reception.brought", _("Appointments with you were brought in from a sheet: look at your calendar"), ""),
    ("reception.moved", _("An appointment with you was moved"), "reception:appointment"),
    ("reception.cancelled", _("An appointment with you was cancelled"), "reception:appointment"),
    ("reception.arrived", _("Somebody is here for you"), "reception:appointment"),
    ("reception.walk_in", _("Somebody without an appointment was sent to you"), ""),
    ("reception.handed_over", _("An appointment was handed over to you: look at its time"), "reception:appointment"),
    ("reception.missed", _("Somebody did not come: please ask after this person"), "reception:follow_up"),
    ("reception.not_reached", _("Somebody who did not come could not be reached"), "reception:follow_up"),
    ("reception.support", _("An interpreter wants support"), ""),
    ("reception.to_interpret", _("You are asked to interpret"), "reception:interpret"),
    ("reception.interpreting_moved", _("What you interpret was moved"), "reception:interpret"),
    ("reception.interpreting_changed", _("You interpret for another colleague now"), "reception:interpret"),
    ("reception.interpreting_cancelled", _("What you were to interpret was called off"), "reception:interpret"),
    ("reception.interpreter_needed", _("An interpreter cannot come: find somebody else"), "reception:appointment"),
)


def links(request: HttpRequest) -> Sequence[shell.Link]:
    """The calendar, and for the front desk the arrivals."""
    actor = getattr(request, "actor", None)
    if actor is not None and actor.duty == "interpreter":
        return [shell.Link(_("Interpreting"), reverse("reception:to_interpret"), icon="calendar", order=20)]
    if actor is None or actor.duty not in DESK:
        return []
    found = [shell.Link(_("Calendar"), reverse("reception:calendar"), icon="calendar", order=20)]
    if actor.duty == "reception":
        found.append(shell.Link(_("Arrivals"), reverse("reception:arrivals"), icon="list", order=15))
    return found


@asks
def today(*, by: Actor) -> Asks[list[Line]]:
    """Who comes today, who is to be asked after, of whom nobody has said whether they came: by code."""
    if by.duty == "reception":
        return (yield from one_list(_desk(by), _sought(by), _interpreting(by)))
    if by.duty not in DESK:
        return (yield from _interpreting(by))
    mine = (_tasks(by), _not_recorded(by), _not_reminded(by), _mine(by))
    return (yield from one_list(*mine, _supervising(by), _sought(by), _interpreting(by)))


def _interpreting(by: Actor) -> Asks[list[Line]]:
    """What the reader herself interprets today: time, place and colleague, never whose it is; and how much is later."""
    lines: list[Line] = []
    later = 0
    for one in (yield from queries.to_interpret.asking(by)):
        at = one.starts_at.astimezone(zone_of(one.site))
        if at.date() > today_at(one.site):
            later += 1
            continue
        words_ = _now("You interpret at %(clock)s") % {"clock": clock_words(at)}
        detail = f"{one.where} · {one.colleague}"
        url, badge = reverse("reception:interpret", args=[one.id]), words.STATE_BADGES[one.state]
        lines.append(Line(RANK + len(lines), words_, url, detail=detail, badge=badge))
    if later:
        told = ngettext("%(count)d later time to interpret", "%(count)d later times to interpret", later)
        url = reverse("reception:to_interpret")
        lines.append(Line(RANK + 50, told % {"count": later}, url, badge="open"))
    return lines


def _sought(by: Actor) -> Asks[list[Line]]:
    return [
        Line(
            RANK - 60 + place,
            _("Find another interpreter"),
            reverse("reception:appointment", args=[one]),
            grade=_grade(at),
            detail=moment(at),
            code=code,
        )
        for place, (one, code, at) in enumerate((yield from queries.interpreters_sought.asking(by)))
    ]


def _desk(by: Actor) -> Asks[list[Line]]:
    found, sites = [], sorted(by.sites)
    days, numbers = yield from together(
        together(*(queries.entries_of_day.asking(by, one, today_at(one)) for one in sites)),
        together(*(queries.arrivals.asking(by, one) for one in sites)),
    )
    for place, (site, entries, arrived) in enumerate(zip(sites, days, numbers, strict=True)):
        expected = sum(one.state == "planned" for one in entries)
        here = sum(one.state != "left" for one in arrived)
        detail = ngettext("%(count)d still comes", "%(count)d still come", expected) % {"count": expected}
        url = f"{reverse('reception:arrivals')}?site={site}"
        label = ngettext("%(count)d person is here", "%(count)d people are here", here) % {"count": here}
        found.append(Line(RANK + place, label, url, detail=detail, badge="waiting" if here else "open"))
    return found


def _mine(by: Actor) -> Asks[list[Line]]:
    lines: list[Line] = []
    sites = sorted(by.sites)
    days = yield from together(*(queries.entries_of_day.asking(by, one, today_at(one), worker=by.id) for one in sites))
    for site, entries in zip(sites, days, strict=True):
        for one in entries:
            if one.id is None:
                continue
            at = clock_words(one.starts_at.astimezone(zone_of(site)))
            words_ = _now("Appointment at %(clock)s") % {"clock": at}
            url = reverse("reception:appointment", args=[one.id])
            badge = words.STATE_BADGES[one.state]
            lines.append(
                Line(RANK + len(lines), words_, url, detail=one.room, badge=badge, code=one.code, person=one.person)
            )
    return lines


def _tasks(by: Actor) -> Asks[list[Line]]:
    return [
        Line(
            RANK - 100 + place,
            _("Ask after somebody who did not come"),
            reverse("reception:follow_up", args=[one.id]),
            grade=_grade(one.due_at),
            detail=moment(one.due_at),
            code=one.code,
        )
        for place, one in enumerate((yield from queries.tasks_of.asking(by)))
    ]


def _grade(due: datetime) -> str:
    left = due - clock.now()
    return "today" if left.days < 1 else "soon"


def _not_recorded(by: Actor) -> Asks[list[Line]]:
    return [
        Line(
            RANK - 50 + place,
            _("Did this person come? Nobody has said so"),
            reverse("reception:appointment", args=[one]),
            detail=moment(at),
            badge="unknown",
            code=code,
        )
        for place, (one, code, at) in enumerate((yield from queries.not_recorded.asking(by)))
    ]


def _not_reminded(by: Actor) -> Asks[list[Line]]:
    return [
        Line(
            RANK - 40 + place,
            _("The reminder did not arrive") if sent else _("A reminder did not go out"),
            reverse("reception:appointment", args=[one]),
            detail=moment(at),
            badge="open",
            code=code,
        )
        for place, (one, code, at, sent) in enumerate((yield from queries.not_reminded.asking(by)))
    ]


def _supervising(by: Actor) -> Asks[list[Line]]:
    if by.duty != "supervisor":
        return []
    late, alone, supports = yield from together(
        queries.late_tasks.asking(by), queries.without_colleague.asking(by), queries.supports.asking(by)
    )
    found = [
        Line(
            RANK - 200 + place,
            _("Nobody has asked after this person yet"),
            reverse("reception:follow_up", args=[one.id]),
            grade="today",
            detail=one.worker,
            code=one.code,
        )
        for place, one in enumerate(late)
    ]
    now = clock.now()
    for one, code, at in alone:
        over, url = at < now, reverse("reception:appointment", args=[one])
        told = (
            _("Did this person come? Nobody has said so")
            if over
            else _("An appointment without its colleague or interpreter")
        )
        found.append(
            Line(RANK + len(found), told, url, detail=moment(at), badge="unknown" if over else "open", code=code)
        )
    for support in supports:
        told = _("An interpreter wants support")
        found.append(Line(RANK + len(found), told, reverse("reception:roster"), detail=support.alias, badge="open"))
    return found


@asks
def parts(*, by: Actor, person: UUID) -> Asks[Sequence[pages.Part]]:
    """What is planned next."""
    if by.duty not in DESK:
        return []
    try:
        _found, entries = yield from queries.appointments_of.asking(by, person, coming=True)
    except Absent:
        return []
    rows = [
        (one, words.STATES[one.state], words.STATE_BADGES[one.state], reverse("reception:appointment", args=[one.id]))
        for one in entries[:3]
    ]
    context = {"rows": rows, "book_url": reverse("reception:book", args=[person])}
    body = render_to_string("reception/part.html", context)
    href = reverse("reception:of_person", args=[person])
    return [pages.Part(_("Appointments"), body, order=15, href=href, link=_("All appointments"))]


def tabs(*, by: Actor, person: UUID) -> list[tuple[Any, str]]:
    """The appointments, for those who see them."""
    if by.duty not in DESK:
        return []
    return [(_("Appointments"), reverse("reception:of_person", args=[person]))]


def install() -> None:
    """Called once, when Django is ready."""
    shell.navigation.register("reception", links)
    registries.today.register("reception", today)
    pages.page_parts.register("reception", parts)
    pages.page_tabs.register("reception", tabs)
    for route, said in ROUTES.items():
        pages.name_route(route, said)
    for code, said in REMINDERS:
        name_kind(code, said, "reception:appointment")
    for code, said, where in KINDS:
        name_kind(code, said, where)
