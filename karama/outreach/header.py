"""What this room hangs into other pages: lines on Today, entries of the header, a tab of a person's page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from karama.accounts.today import Line, Shortcut, shortcuts
from karama.journal import Actor, registries
from karama.journal.together import Asks, asks, one_list
from karama.notices.kinds import name_kind
from karama.outreach import queries
from karama.outreach.access import ANSWERING, GIVING, GOING
from karama.outreach.rulebook import area_name
from karama.people import pages
from karama.ui import shell
from karama.ui.addresses import reverse
from karama.ui.bidi import isolate_plain
from karama.ui.dates import day, moment

FIRST = -900_000
"""After alerts, before every other line of the same grade."""

ROUTES: dict[str, Any] = {
    "outreach.visit": _("looked at a visit to you"),
    "outreach.visit_sheet": _("printed the sheet of a visit to you"),
    "outreach.signing_sheet": _("printed a list to sign for what you are given"),
    "outreach.visits": _("looked at planned visits"),
    "outreach.plan": _("looked at planned visits"),
    "outreach.plan_visit": _("planned a visit to you"),
    "outreach.security_incident": _("looked at something that happened where you were"),
    "outreach.report_security": _("wrote down something that happened where you were"),
    "outreach.new_security": _("wrote down something that happened where you were"),
    "outreach.give": _("wrote down what you were given"),
    "outreach.give_to_person": _("wrote down what you were given"),
    "outreach.amend_issue": _("corrected what you were given"),
    "outreach.goods": _("looked at what was given out"),
    "outreach.goods_sheet": _("printed a list to sign for what you are given"),
}

KINDS: tuple[tuple[str, Any, str], ...] = (
    ("outreach.called", _("Somebody is not back yet: please call"), "outreach:visit"),
    ("outreach.area_changed", _("The area of your visit was closed or needs care: look now"), "outreach:visit"),
    ("outreach.part_of_visit", _("You are part of a planned visit"), "outreach:visit"),
    ("outreach.with_care", _("A visit with care was planned"), "outreach:visit"),
    ("outreach.security", _("Something happened on the way"), "outreach:security_incident"),
    ("outreach.device_lost", _("A device was lost: end its sessions"), "accounts:colleague"),
)


def links(request: HttpRequest) -> Sequence[shell.Link]:
    """Visits for whoever goes out, from where the rest is one tap away; what is given out for the desk."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return []
    found = []
    if actor.duty in (*GOING, "director"):
        found.append(shell.Link(_("Visits"), reverse("outreach:visits"), icon="calendar", order=25))
    if actor.duty in GIVING and not found:
        found.append(shell.Link(_("Given out"), reverse("outreach:goods"), icon="list", order=60))
    return found


@asks
def today(*, by: Actor) -> Asks[list[Line]]:
    """Who is not back, one's own visits, and what happened on the way: nobody who is visited stands here."""
    return (yield from one_list(_visits(by), _security(by)))


def _visits(by: Actor) -> Asks[list[Line]]:
    found = []
    for place, one in enumerate((yield from queries.open_visits.asking(by))):
        told = _told(by, one)
        if told is not None:
            words, grade, detail = told
            found.append(Line(FIRST + place, words, reverse("outreach:visit", args=[one.id]), grade, detail))
    return found


def _told(by: Actor, one: queries.VisitLine) -> tuple[Any, str, str] | None:
    who, until = isolate_plain(one.who), moment(one.back_at)
    if one.late and one.mine:
        return _("Say that you are well: colleagues are being called"), "now", until
    if one.late and (one.called or by.duty == "supervisor"):
        detail = _now("nobody has answered: follow the instruction") if one.exhausted else who
        return _("Somebody is not back yet"), "now", detail
    if one.recalled:
        words = _("Come back: the area was closed") if one.mine else _("The area of a visit was closed")
        return words, "now", str(area_name(one.site, one.area))
    if not one.mine:
        return None
    if one.state == "out":
        sign = one.next_sign_at
        return (
            (_("You are out: give a sign of life"), "today", moment(sign))
            if sign is not None and sign < one.back_at
            else (_("You are out: say when you are back"), "today", until)
        )
    return _("A visit of yours"), "soon", moment(one.leaves_at)


def _security(by: Actor) -> Asks[list[Line]]:
    if by.duty not in ANSWERING:
        return []
    return [
        Line(
            place,
            _("Something happened on the way"),
            reverse("outreach:security_incident", args=[one.id]),
            detail=f"{isolate_plain(one.site)} · {day(one.at)}",
            grade="today",
        )
        for place, one in enumerate((yield from queries.security_to_follow.asking(by)))
    ]


def tabs(*, by: Actor, person: UUID) -> list[tuple[Any, str]]:
    """What a person was given, for those who give; a visit to her, for those who may go."""
    found = []
    if by.duty in GIVING:
        found.append((_("Given out"), reverse("outreach:give", args=[person])))
    if by.duty in GOING and queries.on_the_list(by, person) is not None:
        found.append((_("Plan a visit"), f"{reverse('outreach:plan')}?person={person}"))
    return found


def buttons() -> Sequence[Shortcut]:
    """Planning a visit from Today."""
    return [
        Shortcut(_("Plan a visit"), reverse_lazy("outreach:plan"), frozenset(GOING), icon="calendar", order=45),
    ]


def install() -> None:
    """Called once, when Django is ready."""
    shell.navigation.register("outreach", links)
    registries.today.register("outreach", today)
    shortcuts.register("outreach", buttons)
    pages.page_tabs.register("outreach", tabs)
    for route, said in ROUTES.items():
        pages.name_route(route, said)
    for code, said, where in KINDS:
        name_kind(code, said, where)
