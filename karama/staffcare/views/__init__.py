"""A click becomes one query or one action."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from karama.journal import Absent, Actor
from karama.security.identifiers import uuid7


def actor_of(request: HttpRequest) -> Actor:
    """Who is signed in, in one duty. Raises `Absent` when nobody is."""
    actor = getattr(request, "actor", None)
    if not isinstance(actor, Actor):
        raise Absent()
    return actor


def op_id_of(request: HttpRequest) -> UUID | None:
    """The operation id the form carried, so that sending it twice does it once."""
    try:
        return UUID(request.POST.get("op_id", ""))
    except ValueError:
        return None


def new_op_id() -> str:
    """A fresh operation id for a form."""
    return str(uuid7())


def own_url(name: str, *places: UUID) -> str:
    """The address of a page of this room."""
    return reverse(f"staffcare:{name}", args=places)
