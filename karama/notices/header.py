"""This room's entry in the header: how many notices a colleague has not read."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from karama.notices import queries
from karama.notices.actions import NOT_ARRIVED, NOT_SENT
from karama.notices.kinds import name_kind
from karama.ui import shell
from karama.ui.addresses import reverse


def links(request: HttpRequest) -> Sequence[shell.Link]:
    """The own notices, with the number of unread ones."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return []
    count = queries.unread(actor)
    return [shell.Link(_("Notices"), reverse("notices:list"), icon="bell", count=count or None, order=70)]


def install() -> None:
    """Called once, when Django is ready."""
    shell.navigation.register("notices", links)
    shell.ahead.register("notices", queries.unread.asking)
    name_kind(NOT_SENT, _("A reminder did not go out"))
    name_kind(NOT_ARRIVED, _("A reminder did not arrive"))
