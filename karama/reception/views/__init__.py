"""A click becomes one query or one action."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpRequest

from karama.journal import Absent, Actor
from karama.people.views import actor_of, new_op_id, op_id_of, person_url
from karama.programme.models import Site
from karama.ui.addresses import reverse
from karama.ui.saving import saved

__all__ = [
    "actor_of",
    "day_in",
    "desk_url",
    "new_op_id",
    "op_id_of",
    "person_url",
    "saved",
    "site_of",
    "sites_of",
    "uuid_in",
]


def desk_url(name: str, *places: UUID | str) -> str:
    """The address of a page of this room."""
    return reverse(f"reception:{name}", args=places)


def sites_of(by: Actor) -> list[Site]:
    """The open sites of the reader, by name."""
    return list(Site.objects.filter(pk__in=by.sites, closed_on__isnull=True).order_by("name", "id"))


def site_of(request: HttpRequest, by: Actor) -> Site:
    """The site in the address, or the first of the reader's own. Raises `Absent`."""
    mine = sites_of(by)
    wanted = uuid_in(request, "site")
    found = next((one for one in mine if one.id == wanted), None) if wanted else next(iter(mine), None)
    if found is None:
        raise Absent()
    return found


def uuid_in(request: HttpRequest, name: str) -> UUID | None:
    """An id from the address; None when there is none that can be read."""
    try:
        return UUID(request.GET.get(name, ""))
    except ValueError:
        return None


def day_in(request: HttpRequest, usual: date) -> date:
    """A day from the address; the usual one when there is none that can be read, or one of another age."""
    try:
        found = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return usual
    return found if abs((found - usual).days) < 3700 else usual
