"""This room's entry in the header, and its button on Today."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from karama.accounts.today import Shortcut
from karama.accounts.today import shortcuts as offered
from karama.evidence.access import MAKERS, READERS
from karama.people import pages
from karama.ui import shell
from karama.ui.addresses import reverse


def links(request: HttpRequest) -> Sequence[shell.Link]:
    """Outcomes and registers, for the duties that read or make them."""
    actor = getattr(request, "actor", None)
    if actor is None or actor.duty not in READERS:
        return []
    found = [shell.Link(_("Outcomes"), reverse("outcomes_index"), icon="chart", order=60)]
    if actor.duty in MAKERS:
        found.append(shell.Link(_("Registers"), reverse("registers_index"), icon="list", order=61))
    return found


def shortcuts() -> Sequence[Shortcut]:
    """The button on Today."""
    return [Shortcut(_("How people fared"), reverse_lazy("outcomes_index"), frozenset(READERS), "chart", 30)]


def install() -> None:
    """Called once, when Django is ready."""
    shell.navigation.register("evidence", links)
    offered.register("evidence", shortcuts)
    pages.name_route("evidence.register_rows", _("made a list of sessions for a register, without your name"))
