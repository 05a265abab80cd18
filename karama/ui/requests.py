"""Who asks, and under which operation id: read from a request by the pages of every room."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest

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
