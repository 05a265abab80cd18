"""This room's entries in the header of every page."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from karama.people.access import LIST_PAGES, SEARCH_PAGES
from karama.rules.permission import Duty
from karama.ui import shell


def install() -> None:
    """Hang the entries into the frame of the pages."""
    shell.navigation.register("people", links)


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


def _open_to(condition: object, duty: str) -> bool:
    return isinstance(condition, Duty) and duty in condition.codes
