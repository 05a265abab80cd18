"""Where forms on paper are found: on Today and on the page of a person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from karama.accounts.today import Shortcut
from karama.accounts.today import shortcuts as offered
from karama.care.paperkinds import KINDS
from karama.care.papers import offered_to, show_marks
from karama.journal import Actor
from karama.people import pages
from karama.people.access import ASSIGNABLE, REGISTERING
from karama.ui.addresses import reverse

ROUTES = {
    "care.papers": _("looked at what was typed in from paper about you"),
    "care.print_for": _("printed a form for you"),
    "care.type_in": _("began to type in a paper about you"),
    "care.begin_paper": _("began to type in a paper about you"),
    "care.paper_known": _("searched, and you were among the names found"),
    "care.keep_printed": _("printed a form for you"),
    "care.printed": _("printed a form for you"),
    "care.settle_paper": _("typed in a paper about you"),
}
"""Routes and actions in plain words, for a participant who asks who saw her record."""


def tabs(*, by: Actor, person: UUID) -> list[tuple[Any, str]]:
    """Forms for this person, for those who may be put on her care."""
    if by.duty not in ASSIGNABLE or not offered_to(by.duty):
        return []
    return [(_("On paper"), reverse("care:papers", args=[person]))]


def print_address(*, by: Actor, person: UUID, kind: str) -> str:
    """Where a form is printed for this person."""
    found = KINDS.get(kind)
    return reverse("care:print_for", args=[person, kind]) if found is not None and by.duty in found.duties else ""


def shortcuts() -> Sequence[Shortcut]:
    """The button on Today."""
    return [Shortcut(_("On paper"), reverse_lazy("care:type_in"), frozenset(REGISTERING), "document", 45)]


def install() -> None:
    """Hang the entries in. Called once, when Django is ready."""
    pages.page_tabs.register("care_paper", tabs)
    pages.print_addresses.register("care_paper", print_address)
    pages.paper_marks.register("care_paper", show_marks)
    pages.known_paper.register("care_paper", lambda: reverse("care:paper_known"))
    offered.register("care_paper", shortcuts)
    for route, told in ROUTES.items():
        pages.name_route(route, told)
