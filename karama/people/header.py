"""This room's entries in the header of every page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from karama.accounts.today import Line
from karama.journal import Actor, clock, registries
from karama.people.access import LIST_PAGES, SEARCH_PAGES
from karama.rules.permission import Duty
from karama.security import rotation
from karama.ui import shell
from karama.ui.dates import day

SOON = timedelta(days=7)
KEEPERS = frozenset({"administrator", "data_protection_officer"})


def install() -> None:
    """Hang the entries into the frame of the pages."""
    shell.navigation.register("people", links)
    registries.today.register("people", today)


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


def today(*, by: Actor) -> list[Line]:
    """For whoever keeps the installation: the keys have to be renewed soon, or should have been."""
    due = rotation.due_on() if by.duty in KEEPERS else None
    now = clock.now().date()
    if due is None or due - SOON > now:
        return []
    url = reverse("people:erasures" if by.duty == "data_protection_officer" else "programme:list")
    words = _("Renew the keys: karama rotate, or a folder for backups")
    return [Line(500, words, url, grade="today" if due < now else "soon", detail=str(day(due)))]


def _open_to(condition: object, duty: str) -> bool:
    return isinstance(condition, Duty) and duty in condition.codes
