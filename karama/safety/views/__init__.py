"""The screens of this room: a click becomes one query or one action."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest

from karama.journal import Actor
from karama.security.identifiers import uuid7


def actor_of(request: HttpRequest) -> Actor:
    """Who acts, put there by the gate of every page."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def op_id_of(request: HttpRequest) -> UUID:
    """The operation id the form carries, so that sending it twice does it once; a new one when it carries none."""
    try:
        return UUID(request.POST.get("op_id", ""))
    except ValueError:
        return uuid7()


def id_in(text: str) -> UUID | None:
    """An id as a form sends it; None for anything else."""
    try:
        return UUID(text)
    except ValueError:
        return None
