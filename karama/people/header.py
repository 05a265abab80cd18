"""This room's entries in the header of every page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from karama.accounts.today import Line, Shortcut
from karama.accounts.today import shortcuts as offered
from karama.journal import Actor, clock, registries
from karama.journal.together import Asks, asks, one_list, together
from karama.notices.kinds import name_kind
from karama.people import queries
from karama.people.access import ASSIGNABLE, LIST_PAGES, REGISTERING, SEARCH_PAGES
from karama.people.actions.consenting import SAID_NO
from karama.people.pages import Text
from karama.people.reviewing import LINE as REVIEWERS
from karama.people.reviewing import WITHIN
from karama.rules.permission import Duty
from karama.security import rotation
from karama.ui import shell
from karama.ui.addresses import reverse
from karama.ui.dates import day

SOON = timedelta(days=7)
REVIEW_SOON = timedelta(days=4)
"""After four of the seven days the review is for today."""

KEEPERS = frozenset({"administrator", "data_protection_officer"})

PROTECTING = ("social_worker", "supervisor")
HANDED: tuple[tuple[str, Text, str], ...] = (
    ("people.given", _("You have somebody new to work with"), "people:person"),
    ("people.released", _("Another site takes over: your work with somebody has ended"), ""),
    ("people.transfer_accepted", _("The other site takes over somebody you proposed"), "people:transfer_answer"),
    (
        "people.transfer_declined",
        _("The other site does not take over somebody you proposed"),
        "people:transfer_answer",
    ),
)
"""What colleagues hear when somebody is put on their care, handed over, or was proposed: without the code."""
KINDS: tuple[tuple[str, Text], ...] = (
    ("people.emergency_right", _("Your emergency was looked at: it was right. Thank you")),
    ("people.emergency_talk", _("Your emergency was looked at: somebody would like to talk about it with you")),
    ("people.emergency_asked", _("Your emergency was looked at: somebody will ask you, and hear you first")),
)
"""What whoever opened a record hears of the review: without the code, without the words."""


def install() -> None:
    """Hang the entries into the frame of the pages, and this room's lines into Today."""
    shell.navigation.register("people", links)
    registries.today.register("people", today)
    offered.register("people", shortcuts)
    for code, told in KINDS:
        name_kind(code, told)
    for code, words, route in HANDED:
        name_kind(code, words, route)
    name_kind(SAID_NO, _("Somebody you are responsible for said no to care or to notes"), "people:person")


def shortcuts() -> Sequence[Shortcut]:
    """The buttons of this room on Today."""
    officer = frozenset({"data_protection_officer"})
    return [
        Shortcut(_("Find or register"), reverse_lazy("people:search"), frozenset(REGISTERING), "search", 5),
        Shortcut(_("People"), reverse_lazy("people:caseload"), frozenset(ASSIGNABLE), "people", 6),
        Shortcut(_("Find a person by code"), reverse_lazy("people:search"), officer, "search", 5),
        Shortcut(_("Erased for good"), reverse_lazy("people:erasures"), officer, "lock", 40),
    ]


@asks
def today(*, by: Actor) -> Asks[list[Line]]:
    """What waits for the reader in this room, as counts: nobody is named, no line says what it is about."""
    askings = [_emergencies(by), _own_emergencies(by)]
    if by.duty in ASSIGNABLE:
        askings.append(_decisions(by))
    if by.duty in PROTECTING:
        askings.append(_protection(by))
    if by.duty == "supervisor":
        askings.append(_supervising(by))
    return [*(yield from one_list(*askings)), *_keeping(by)]


def _decisions(by: Actor) -> Asks[list[Line]]:
    due = yield from queries.count_of_decisions_due.asking(by)
    found = []
    if due.nothing:
        told = _("Care rests on nothing now: ask, or let it be decided")
        found.append(_line(31, told, "due", _people(due.nothing), grade="today"))
    if due.asked:
        found.append(_line(40, _("Decisions to ask again"), "due", _people(due.asked)))
    return found


def _protection(by: Actor) -> Asks[list[Line]]:
    number = yield from queries.count_of_waiting_for_protection.asking(by)
    return [_line(30, _("To decide for a child"), "protect", _people(number), grade="today")] if number else []


def _emergencies(by: Actor) -> Asks[list[Line]]:
    """What somebody opened in an emergency: the officer reviews it, the supervisor of the site is told; the director
    reviews what no officer may look at, and is told of what an officer left lying. The line leads to the oldest one."""
    found: list[Line] = []
    rows = yield from queries.to_review.asking(by)
    if rows:
        age = clock.now() - rows[0].recorded_at
        grade = "now" if age > WITHIN else "today" if age > REVIEW_SOON else "soon"
        told, url = _("A record of your site was opened in an emergency"), reverse("people:caseload")
        if by.duty in REVIEWERS:
            told, url = _("Opened in an emergency: look at it"), reverse("people:review_emergency", args=[rows[0].id])
        found.append(Line(20, told, url, grade=grade, detail=_people(len(rows))))
    late, nobody = yield from together(queries.overdue.asking(by), queries.without_reviewer.asking(by, rows))
    if late:
        told = _("Emergencies nobody has looked at for seven days")
        found.append(Line(21, told, reverse("people:emergencies"), grade="today", detail=str(late)))
    if nobody:
        told = _("Nobody may look at an emergency: name a second officer")
        url = reverse("accounts:staff")
        found.append(Line(22, told, url, grade="today", detail=str(nobody)))
    return found


def _own_emergencies(by: Actor) -> Asks[list[Line]]:
    """What the reader opened herself, by code, until it ends: found again without opening it anew."""
    return [
        Line(
            18,
            _("You opened it in an emergency: still open"),
            reverse("people:opened", args=[one.id]),
            grade="today",
            detail=_left(one.until - clock.now()),
            code=one.person.code,
        )
        for one in (yield from queries.own_open.asking(by))
    ]


def _left(span: timedelta) -> str:
    minutes = max(1, int(span.total_seconds() // 60))
    if minutes < 120:
        return ngettext("%(count)d minute left", "%(count)d minutes left", minutes) % {"count": minutes}
    return ngettext("%(count)d hour left", "%(count)d hours left", minutes // 60) % {"count": minutes // 60}


def _supervising(by: Actor) -> Asks[list[Line]]:
    found: list[Line] = []
    asked, locked, pairs, new_files = yield from together(
        queries.count_of_transfers_asked.asking(by),
        queries.locked_ways.asking(by),
        queries.count_of_pairs.asking(by),
        queries.count_of_new_files.asking(by),
    )
    if asked:
        found.append(_line(35, _("Proposed to your site"), "transfers", _people(asked), grade="today"))
    if locked:
        found.append(_line(36, _("Finding without a card is locked"), "duplicates", "", grade="today"))
    if pairs + new_files:
        found.append(_line(60, _("Possible duplicates"), "duplicates", str(pairs + new_files)))
    return found


def _line(rank: int, label: Text, route: str, detail: str, grade: str | None = None) -> Line:
    return Line(rank, label, reverse(f"people:{route}"), detail=detail, badge="waiting", grade=grade)


def _people(number: int) -> str:
    return ngettext("%(count)d person", "%(count)d people", number) % {"count": number}


def links(request: HttpRequest) -> Sequence[shell.Link]:
    """People and search, for the duties that have them."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return []
    found = []
    if _open_to(LIST_PAGES.condition, actor.duty):
        found.append(shell.Link(_("People"), reverse("people:caseload"), icon="people", order=20))
    if _open_to(SEARCH_PAGES.condition, actor.duty):
        found.append(shell.Link(_("Find or register"), reverse("people:search"), icon="search", order=30))
    return found


def _keeping(by: Actor) -> list[Line]:
    """For whoever keeps the installation: the keys have to be renewed soon, or should have been."""
    due = rotation.due_on() if by.duty in KEEPERS else None
    now = clock.day_in_utc()
    if due is None or due - SOON > now:
        return []
    url = reverse("people:erasures" if by.duty == "data_protection_officer" else "programme:list")
    words = _("Renew the keys: karama rotate, or a folder for backups")
    return [Line(500, words, url, grade="today" if due < now else "soon", detail=str(day(due)))]


def _open_to(condition: object, duty: str) -> bool:
    return isinstance(condition, Duty) and duty in condition.codes
