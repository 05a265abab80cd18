"""This room's entries in the header."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from karama.programme import access
from karama.ui import shell
from karama.ui.addresses import reverse


def links(request: HttpRequest) -> Sequence[shell.Link]:
    """The lists of programmes and grants, for the duties that look after them."""
    actor = getattr(request, "actor", None)
    if actor is None or access.PAGES.condition.holds(actor.attributes(), {}) is not True:
        return []
    found = [shell.Link(_("Programmes"), reverse("programme:list"), icon="globe", order=70)]
    if access.GRANT_PAGES.condition.holds(actor.attributes(), {}) is True:
        found.append(shell.Link(_("Grants"), reverse("programme:grants"), icon="calendar", order=79))
    return found


def install() -> None:
    """Called once, when Django is ready."""
    shell.navigation.register("programme", links)
