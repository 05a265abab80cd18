"""A click becomes one query or one action."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from karama.journal import Absent, Actor, Problem, Receipt
from karama.outreach import queries
from karama.outreach.problems import NoSite
from karama.people.views import actor_of, new_op_id, op_id_of, person_url
from karama.ui.addresses import reverse
from karama.ui.notices import say
from karama.ui.rendering import KaramaForm

__all__ = ["actor_of", "new_op_id", "op_id_of", "out_url", "person_url", "saved", "site_in", "uuid_in"]


def out_url(name: str, *places: UUID | str) -> str:
    """The address of a page of this room."""
    return reverse(f"outreach:{name}", args=places)


def saved(form: KaramaForm, save: Callable[[], Receipt], request: HttpRequest) -> Receipt | None:
    """The receipt of the action; a problem stands beside its field otherwise."""
    try:
        receipt = save()
    except Problem as problem:
        form.take(problem)
        return None
    say(request, _("Saved."))
    return receipt


def uuid_in(text: str) -> UUID | None:
    """An id as an address or a form sends it; None for anything else."""
    try:
        return UUID(text)
    except ValueError:
        return None


def site_in(request: HttpRequest, by: Actor) -> tuple[UUID, list[tuple[UUID, str]]]:
    """The site that is asked for, else the first of the reader's, and all of hers.

    Raises:
        NoSite: her duty reaches none. Absent: the one in the address is not hers.
    """
    mine = queries.own_sites(by)
    if not mine:
        raise NoSite()
    said = request.POST.get("site") or request.GET.get("site", "")
    if not said:
        return mine[0][0], mine
    wanted = uuid_in(said)
    if wanted is None or wanted not in dict(mine):
        raise Absent()
    return wanted, mine


def context_of(form: Any, back: str, **more: Any) -> dict[str, Any]:
    """What every page with one form needs."""
    return {"form": form, "back": back, "op_id": new_op_id(), **more}
