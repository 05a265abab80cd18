"""What this room hangs into other pages: lines on Today, entries of the header, a tab of a person's page, notices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from karama.accounts.today import Line, Shortcut
from karama.accounts.today import shortcuts as offered
from karama.care.registries import arrivals_for, preparing
from karama.journal import Actor, registries
from karama.journal.together import Asks, asks
from karama.notices.kinds import name_kind
from karama.people import pages
from karama.people.access import WITH_PEOPLE
from karama.referrals import queries
from karama.referrals.access import READERS
from karama.referrals.offered import referral_of
from karama.ui import shell
from karama.ui.addresses import reverse

RANK = 45
OFFICER = "data_protection_officer"
LOOKED = _("looked at which help you were referred to")
OPENINGS = ("of_person", "new", "referral", "send", "code", "receive", "accept", "feedback")
"""Pages whose opening is told in one way: which of them it was would tell that there is a referral."""

TELLING = ("referrals.hand_on", "referrals.take_up", "referrals.followed", "referrals.packet")
"""Pages whose opening tells that there is a referral, and which nobody opens for another reason."""

ROUTES: dict[str, Any] = {
    **{f"referrals.{one}": LOOKED for one in OPENINGS},
    "referrals.take_in_slip": _("wrote down that you came with a slip"),
    "referrals.prepare_referral": _("prepared to refer you"),
    "referrals.send_referral": _("referred you, with what you agreed to share"),
    "referrals.renew_slip": _("made a new slip for you"),
    "referrals.record_step": _("wrote down what became of a referral of yours"),
    "referrals.emergency": _("looked for help because your life was in danger"),
    "referrals.refer_in_emergency": _("shared the minimum because your life was in danger"),
    "referrals.receive_referral": _("wrote down who referred you to us"),
    "referrals.accept_incoming": _("accepted that you were referred to us"),
    "referrals.give_feedback": _("wrote down what was told back about a referral of yours"),
    "referrals.hand_on": _("gave a referral of yours to another colleague"),
    "referrals.take_up": _("took up a referral of yours"),
    "referrals.followed": _("looked at a referral of yours"),
    "referrals.packet": _("opened, as the service that received it, what you agreed to share"),
    "referrals.try_packet": _("tried a code of your slip"),
    "referrals.open_packet": _("opened, as the service that received it, what you agreed to share"),
    "referrals.lock_packet": _("closed a slip of yours after too many wrong codes"),
    "referrals.answer_packet": _("answered, as the service that received it, a referral of yours"),
}
KINDS: tuple[tuple[str, Any, str], ...] = (
    ("referrals.answered", _("A service has answered a referral"), "referrals:referral"),
    ("referrals.moved", _("A colleague wrote down what became of a referral"), "referrals:referral"),
    ("referrals.codes", _("Too many wrong codes: make a new slip"), "referrals:referral"),
    ("referrals.stopped", _("Sharing has stopped: a referral needs you"), "referrals:referral"),
    ("referrals.handed_on", _("A referral was given to you"), "referrals:referral"),
    ("referrals.followed", _("There is news of a referral that you took up"), "referrals:followed"),
    ("referrals.wanted", _("Somebody at your site asks for what you do: ask your colleagues"), ""),
    ("referrals.emergency", _("Something was shared in an emergency: look at it"), ""),
)


def install() -> None:
    """Called once, when Django is ready."""
    shell.navigation.register("referrals", links)
    registries.today.register("referrals", today)
    offered.register("referrals", shortcuts)
    pages.page_tabs.register("referrals", tabs)
    pages.ways_on.register("referrals", after_an_offer)
    preparing.register("referrals", new_url)
    arrivals_for.register("referrals", queries.arrivals_of)
    for route, told in ROUTES.items():
        pages.name_route(route, told)
    for code, told, route in KINDS:
        name_kind(code, told, route)


def links(request: HttpRequest) -> Sequence[shell.Link]:
    """The directory for whoever reads it; the agreements for the officer."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return []
    if actor.duty == OFFICER:
        return [shell.Link(_("Agreements"), reverse("referrals:agreements"), icon="document", order=45)]
    if actor.duty in READERS:
        return [shell.Link(_("Services"), reverse("referrals:services"), icon="list", order=60)]
    return []


def shortcuts() -> Sequence[Shortcut]:
    """The lists of this room."""
    return [Shortcut(_("Referrals"), reverse_lazy("referrals:lists"), frozenset(WITH_PEOPLE), "forward", 30)]


@asks
def today(*, by: Actor) -> Asks[list[Line]]:
    """The weekly list and what waits, as counts; no line says what it is about."""
    if by.duty == OFFICER:
        return _without_anybody(by)
    if by.duty not in WITH_PEOPLE:
        return []
    found = yield from queries.counts.asking(by)
    grade = "today" if found.pressing else "soon"
    url = reverse("referrals:lists")
    lost = _("Referrals whose colleague has gone")
    told = (
        (found.unknown, _("Referrals: nobody knows whether they arrived")),
        (found.waiting, _("Referrals that wait for you")),
        (found.inbox, _("Referred to us, without an answer")),
        (found.followed, _("Referrals that you took up")),
        (found.lost, lost),
    )
    return [
        Line(RANK + place, words, url, grade="today" if words is lost else grade, detail=str(count))
        for place, (count, words) in enumerate(told)
        if count
    ]


def _without_anybody(by: Actor) -> list[Line]:
    """Where somebody is missing who may look after a referral; a number or a person would tell of whom."""
    words = _("Nobody at a site may look after a referral that was left: ask the administrator for a colleague")
    return [Line(RANK, words, reverse("today"), grade="today", detail=one) for one in queries.without_anybody(by)]


def new_url(*, by: Actor, person: UUID) -> str:
    """Where somebody in care prepares a referral, for a person of whom a session says so."""
    return reverse("referrals:new", args=[person]) if by.duty in WITH_PEOPLE else ""


def tabs(*, by: Actor, person: UUID) -> list[tuple[Any, str]]:
    """All kinds of help, on every page about her."""
    if by.duty not in WITH_PEOPLE:
        return []
    return [(_("Referrals"), reverse("referrals:of_person", args=[person]))]


def after_an_offer(*, by: Actor, person: UUID, offer: UUID) -> list[tuple[Any, str]]:
    """What may follow a slip: looking what became of it, and a slip with a picture that a partner can answer."""
    found = referral_of(offer)
    if found is None:
        return []
    follow = (_("What became of it"), reverse("referrals:referral", args=[found]))
    return [follow, (_("A slip with a picture to scan"), reverse("referrals:send", args=[found]))]
