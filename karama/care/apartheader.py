"""What is said alone, and the conversation by code, in other rooms' pages. No word here tells what it is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from karama.accounts.today import Line, Shortcut
from karama.accounts.today import shortcuts as offered
from karama.care import contacts
from karama.care.access import CLINICAL, FOCAL_PAGES, OFFER
from karama.care.queries import apart
from karama.care.queries.company import focal_points_now
from karama.care.views.apart import offer_rows
from karama.journal import Absent, Actor, registries
from karama.journal.together import Asks, asks
from karama.people import pages
from karama.people.queries import person_in_reach
from karama.programme.queries import programme_code
from karama.rules.classes import CARE_DUTIES
from karama.rules.permission import Duty
from karama.ui import shell
from karama.ui.addresses import reverse

RANK = 600
ROUTES = {
    "care.company": _("wrote down who was with you"),
    "care.say_company": _("wrote down who was with you"),
    "care.alone": _("looked at what you said alone"),
    "care.incident": _("looked at what you said alone"),
    "care.record_incident": _("wrote down what you said alone, because you wanted it passed on"),
    "care.offer": _("offered you a service"),
    "care.offer_service": _("offered you a service"),
    "care.slip": _("looked at a service that you were offered"),
    "care.group": _("asked what you would like to say about yourself"),
    "care.answer_group": _("wrote down what you said about yourself"),
    "care.agree": _("asked what you agree to"),
    "care.talk": _("had a short conversation with you"),
    "care.begin_talk": _("had a short conversation with you"),
    "care.answer_talk": _("had a short conversation with you"),
    "care.finish_talk": _("had a short conversation with you"),
    "care.talk_result": _("had a short conversation with you"),
    "care.wanted": _("asked which service you want"),
    "care.exploited": _("asked colleagues to look after you"),
    "care.brief": _("wrote down a brief intervention with you"),
    "care.give_brief_intervention": _("wrote down a brief intervention with you"),
    "care.talks": _("looked at short conversations with you"),
}
"""Routes and actions in plain words, for a participant who asks who saw her record."""


@asks
def parts(*, by: Actor, person: UUID) -> Asks[Sequence[pages.Part]]:
    """Short conversations and offered services, and the one question that stands on everybody's page."""
    if by.duty not in CARE_DUTIES:
        return []
    try:
        found = yield from person_in_reach.asking(by, person, OFFER)
        offers = [one for one in (yield from apart.offers_of.asking(by, person, most=5)) if one.row.way is not None]
    except Absent:
        return []
    context: dict[str, Any] = {
        "offers": offer_rows(found, offers),
        "company_url": reverse("care:company", args=[person]),
        "offer_url": reverse("care:offer", args=[person]),
        "talks_url": reverse("care:talks", args=[person]) if by.duty in CLINICAL else "",
    }
    return [pages.Part(_("Talk and services"), render_to_string("care/apart_part.html", context), order=22)]


def today(*, by: Actor) -> list[Line]:
    """For whoever may name somebody: sites where nobody is named, though the programme asks such questions."""
    if not _names(by):
        return []
    asking = {one for one in by.programmes if "gbv" in contacts.questions_on(programme_code(one) or "")}
    if not asking:
        return []
    return [
        Line(
            RANK + place,
            _("Nobody is named for what is told alone"),
            reverse("care:focal_points", args=[one.id]),
            detail=one.name,
            badge="missing",
        )
        for place, one in enumerate(apart.focal_sites(by))
        if one.programme_id in asking and not focal_points_now(one.id)
    ]


def _names(by: Actor) -> bool:
    return isinstance(FOCAL_PAGES.condition, Duty) and by.duty in FOCAL_PAGES.condition.codes


def shortcuts() -> Sequence[Shortcut]:
    """The way in by code, where a programme works so."""
    first = reverse_lazy("care:first_contact")
    return [Shortcut(_("By code"), first, frozenset(CLINICAL), "people", 4, "primary", fits=_by_code)]


def _by_code(by: Actor) -> bool:
    return any(contacts.of_programme(programme_code(one) or "").by_code for one in by.programmes)


def links(request: HttpRequest) -> Sequence[shell.Link]:
    """Who is named at a site, for those who name."""
    actor = getattr(request, "actor", None)
    if actor is None or not _names(actor):
        return []
    place = next(iter(apart.focal_sites(actor)), None)
    if place is None:
        return []
    return [shell.Link(_("Named colleagues"), reverse("care:focal_points", args=[place.id]), icon="people", order=79)]


def _ahead(by: Actor) -> Asks[object]:
    return (yield from apart.focal_sites.asking(by)) if _names(by) else None


def install() -> None:
    """Hang the entries in. Called once, when Django is ready."""
    registries.today.register("care_apart", today)
    shell.navigation.register("care_apart", links)
    shell.ahead.register("care_apart", _ahead)
    offered.register("care_apart", shortcuts)
    pages.page_parts.register("care_apart", parts)
    for route, told in ROUTES.items():
        pages.name_route(route, told)
