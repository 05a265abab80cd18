"""What this room hangs into other pages: its entry, the lines of Today, a block of a person's page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from karama.accounts.today import Line
from karama.groups import queries
from karama.groups.access import FACILITATING
from karama.groups.queries import GroupLine
from karama.journal import Actor, registries
from karama.journal.together import Asks, asks, one_list
from karama.people import pages
from karama.programme.days import today_at, today_for
from karama.ui import shell
from karama.ui.addresses import reverse
from karama.ui.bidi import isolate_plain
from karama.ui.dates import day

RANK = 45
SHOWN = 8

ROUTES: dict[str, Any] = {
    "groups.group": _("looked at the list of a group on which you stand"),
    "groups.measures": _("looked at answers of people in a group in which you are"),
    "groups.record": _("wrote down who came to a meeting"),
    "groups.record_meeting": _("wrote down who came to a meeting"),
    "groups.correct_record": _("corrected who came to a meeting"),
    "groups.meeting": _("looked at who came to a meeting"),
    "groups.settle_difference": _("settled who came to a meeting"),
    "groups.seat": _("looked at your place in a group"),
    "groups.add": _("looked for somebody to put on the list of a group"),
    "groups.add_member": _("put you on the list of a group"),
    "groups.end_membership": _("took you off the list of a group"),
    "groups.check_in": _("looked at whether somebody asked how you are"),
    "groups.check_ins": _("looked at whether somebody asked how you are"),
    "groups.settle_check_in": _("wrote down that somebody asked how you are"),
    "groups.signing": _("printed a list to sign"),
    "groups.worry": _("asked colleagues to look after you"),
    "groups.attendance_rows": _("counted who came to meetings, by machine; nobody read it"),
    "groups.begin_cycle": _("put you on the list of a group"),
    "groups.end_cycle": _("ended the meetings of a group"),
    "groups.end_group": _("ended the meetings of a group"),
}


def install() -> None:
    """Called once, when Django is ready."""
    shell.navigation.register("groups", links)
    registries.today.register("groups", today)
    pages.page_parts.register("groups", parts)
    for route, told in ROUTES.items():
        pages.name_route(route, told)


def links(request: HttpRequest) -> Sequence[shell.Link]:
    """Groups and activities, for whoever may facilitate one."""
    actor = getattr(request, "actor", None)
    if actor is None or actor.duty not in FACILITATING:
        return []
    return [shell.Link(_("Groups"), reverse("groups:mine"), icon="people", order=30)]


@asks
def today(*, by: Actor) -> Asks[list[Line]]:
    """Groups that meet today, people to ask, and what two colleagues wrote down differently."""
    if by.duty not in FACILITATING:
        return []
    known = yield from queries.groups_of.asking(by)
    if not known:
        return []
    told = yield from one_list(_asking(by), _differing(by))
    return [*_meeting(known), *told, *_without(known)]


def _meeting(known: list[GroupLine]) -> list[Line]:
    days: dict[UUID, date] = {}
    lines: list[Line] = []
    for one in known:
        if not one.mine or not one.going_on or one.weekday is None:
            continue
        here = days.setdefault(one.site_id, today_at(one.site_id))
        if here.weekday() == one.weekday:
            lines.append(
                Line(
                    RANK + len(lines), _("Group today"), reverse("groups:group", args=[one.id]),
                    detail=" · ".join(part for part in (isolate_plain(one.name), _time(one), of_so_many(one)) if part),
                )
            )  # fmt: skip
    return lines[:SHOWN]


def _without(known: list[GroupLine]) -> list[Line]:
    """Groups that go on and have nobody; only a supervisor is told of them, as they are nobody's own."""
    return [
        Line(
            RANK + 40 + place,
            _("A group has nobody who facilitates it"),
            reverse("groups:facilitators", args=[one.id]),
            detail=isolate_plain(one.name),
            grade="soon",
        )
        for place, one in enumerate([each for each in known if each.going_on and not each.led][:SHOWN])
    ]


def _time(one: GroupLine) -> str:
    return f"{one.starts:%H:%M}" if one.starts else ""


def of_so_many(one: GroupLine) -> str:
    """Meeting n, of m where that is known."""
    if one.planned is None:
        return _now("meeting %(number)d") % {"number": one.next_number}
    return _now("meeting %(number)d of %(planned)d") % {"number": one.next_number, "planned": one.planned}


def _asking(by: Actor) -> Asks[list[Line]]:
    many, due = yield from queries.check_ins_waiting.asking(by)
    if due is None:
        return []
    told = ngettext("%(count)d person", "%(count)d people", many) % {"count": many}
    grade = "today" if due < today_for(by) else "soon"
    url = reverse("groups:check_ins")
    return [Line(RANK + 20, _("Ask how they are"), url, detail=f"{told} · {day(due)}", grade=grade)]


def _differing(by: Actor) -> Asks[list[Line]]:
    told = yield from queries.differences_to_settle.asking(by)
    return [
        Line(
            RANK + 30 + place,
            _("Two colleagues wrote down something different"),
            reverse("groups:meeting", args=[held]),
            detail=f"{isolate_plain(name)} · " + _now("meeting %(number)d") % {"number": number},
            grade="soon",
        )
        for place, (held, name, number) in enumerate(told[:SHOWN])
    ]


@asks
def parts(*, by: Actor, person: UUID) -> Asks[Sequence[pages.Part]]:
    """The person's groups, for those who know the group anyway; nobody else is told that she is in one."""
    if by.duty not in FACILITATING:
        return []
    places = yield from queries.places_of.asking(by, person)
    rows = [(name, reverse("groups:seat", args=[seat])) for seat, _group, name in places]
    if not rows:
        return []
    return [pages.Part(_("Groups"), render_to_string("groups/part.html", {"rows": rows}), order=60)]
