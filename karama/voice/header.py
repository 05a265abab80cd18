"""What this room hangs into other pages: the officer's lines and entry, a tab and a block of a person's page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from karama.accounts.queries.watching import handed_passwords
from karama.accounts.today import Line
from karama.journal import Actor, registries
from karama.journal.together import Asks, asks, together
from karama.notices.kinds import name_kind
from karama.people import pages
from karama.people.access import ASSIGNABLE
from karama.people.queries.lapsing import not_executed
from karama.rules.complaints import ANSWERERS
from karama.ui import shell
from karama.ui.addresses import reverse
from karama.ui.dates import day
from karama.voice import passwords, queries, words
from karama.voice.around import around_now

OFFICER = "data_protection_officer"
RANK = 10
LATER = 20
SHOWN = 5
"""Requests that have a line of their own; the others are behind the last line."""

ROUTES: dict[str, Any] = {
    "voice.papers": _("looked at your papers, with you"),
    "voice.of_person": _("looked at what you asked about your record"),
    "voice.request": _("looked at what you asked about your record"),
    "voice.record_request": _("wrote down what you asked about your record"),
    "voice.decide_request": _("answered what you asked about your record"),
    "voice.finish_request": _("wrote down that what you asked is done"),
    "voice.done": _("wrote down that what you asked is done"),
    "voice.copy": _("opened the copy of your record that you asked for"),
    "voice.file": _("made the file of your record that you asked for"),
    "voice.make_file": _("made the file of your record that you asked for"),
    "voice.download": _("took the file of your record that you asked for"),
    "voice.deletion": _("looked at deleting your record, as you asked"),
    "voice.prepare_deletion": _("looked at deleting your record, as you asked"),
    "voice.send_back": _("looked at deleting your record, as you asked"),
    "voice.send_back_deletion": _("looked at deleting your record, as you asked"),
    "voice.lift": _("ended the rest of your record"),
    "voice.lift_restriction": _("ended the rest of your record"),
    "voice.list": _("looked at what people asked about their records"),
    "voice.keeping": _("looked whether your record is still to be kept"),
    "voice.due": _("looked whether your record is still to be kept"),
    "voice.keep_longer": _("wrote down why your record is kept longer"),
    "voice.begin_by_rule": _("began to delete your record, because its days of keeping are over"),
    "people.withdrawal": _("looked at what a yes that you took back did"),
    "people.settle_effect": _("wrote down what became of a yes that you took back"),
    "voice.officer": _("looked at what people asked about their records"),
}


def install() -> None:
    """Called once, when Django is ready."""
    shell.navigation.register("voice", links)
    registries.today.register("voice", today)
    pages.page_tabs.register("voice", tabs)
    pages.page_parts.register("voice", parts)
    for route, told in ROUTES.items():
        pages.name_route(route, told)
    name_kind(passwords.KIND, passwords.WORDS)


def links(request: HttpRequest) -> Sequence[shell.Link]:
    """The officer's own page, and messages: there whether or not something waits, so that it tells nobody anything."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return []
    answers = actor.duty in ANSWERERS
    found = [
        shell.Link(_("Messages"), reverse("voice:inbox"), icon="document", order=85)
        if answers
        else shell.Link(_("From paper"), reverse("voice:paper"), icon="document", order=95)
    ]
    if actor.duty == OFFICER:
        found.append(shell.Link(_("Rights"), reverse("voice:officer"), icon="lock", order=40))
    return found


@asks
def today(*, by: Actor) -> Asks[list[Line]]:
    """For the officer: requests by code, the oldest first; nobody is named. Messages for whoever is asked."""
    return [*_requests(by), *_looked_after(by), *(yield from _messages(by))]


def _looked_after(by: Actor) -> list[Line]:
    """What the officer should know of today; everything else waits on her page."""
    if by.duty != OFFICER:
        return []
    lines = (
        (handed_passwords(by).count(), _("Passwords that somebody else knows"), _list("passwords")),
        (not_executed(by), _("A yes was taken back, and not executed everywhere"), _list("withdrawn")),
        (
            len([one for one in queries.assessments(by) if one.state != "in_force"]),
            _("Impact assessments that are missing or overdue"),
            reverse("voice:assessments"),
        ),
    )
    return [
        Line(RANK + LATER + place, told, url, grade="today", detail=str(count))
        for place, (count, told, url) in enumerate(lines)
        if count
    ]


def _list(code: str) -> str:
    return reverse("voice:list", args=[code])


def _messages(by: Actor) -> Asks[list[Line]]:
    """What waits for the reader. No line tells what it is, nor about whom."""
    if by.duty not in ANSWERERS:
        return []
    around = yield from around_now.asking()
    lines, held, pressing, newcomers = yield from together(
        queries.feedback_waiting.asking(by, around),
        queries.any_held.asking(by, around),
        queries.feedback_pressing.asking(by, around),
        queries.newcomers.asking(by, around),
    )
    found = [
        Line(
            RANK + place,
            _("Somebody wrote to us"),
            reverse("voice:message", args=[one.id]),
            grade=one.grade,
            detail=words.hours(one.left),
        )
        for place, one in enumerate((*pressing, *lines[:SHOWN]))
    ]
    inbox, rest, after = reverse("voice:inbox"), len(lines[SHOWN:]), RANK + SHOWN + len(pressing)
    if rest:
        found.append(Line(after, _("More messages from people"), inbox, grade="today", detail=str(rest)))
    if held:
        found.append(Line(after + 1, _("Many messages came at once"), f"{inbox}#held", grade="today"))
    if any(one.later for one in newcomers):
        found.append(Line(after + 2, _("A new colleague answers messages"), f"{inbox}#newcomers", grade="soon"))
    return found


def _requests(by: Actor) -> list[Line]:
    if by.duty != OFFICER:
        return []
    lines = queries.open_requests(by)
    found = [
        Line(
            RANK + place,
            words.RIGHTS[one.right],
            reverse("voice:request", args=[one.id]),
            grade=one.grade,
            detail=words.clock(one.left),
            code=one.code,
        )
        for place, one in enumerate(lines[:SHOWN])
    ]
    if len(lines) > SHOWN:
        more = _("More requests about own records")
        found.append(Line(RANK + SHOWN, more, reverse("voice:officer"), grade="soon", detail=str(len(lines) - SHOWN)))
    return found


def tabs(*, by: Actor, person: UUID) -> list[tuple[Any, str]]:
    """Her rights, on every page about her."""
    if by.duty not in (*ASSIGNABLE, OFFICER):
        return []
    return [
        (_("My papers"), reverse("voice:papers", args=[person])),
        (_("Rights"), reverse("voice:of_person", args=[person])),
    ]


@asks
def parts(*, by: Actor, person: UUID) -> Asks[list[pages.Part]]:
    """That the record rests, before care."""
    since = yield from queries.resting_since.asking(by, person)
    if since is None:
        return []
    told = _("Since %(day)s this record is kept and not used: no reminder, no report. Safety and wanted care go on.")
    body = format_html("<p>{}</p>", told % {"day": day(since)})
    return [pages.Part(_("At rest"), body, order=9, href=reverse("voice:of_person", args=[person]), link=_("Rights"))]
