"""A click becomes one query or one action."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from karama.people.views import actor_of, new_op_id, op_id_of, person_url

__all__ = ["actor_of", "care_url", "new_op_id", "op_id_of", "person_url"]


def care_url(name: str, *places: UUID | str) -> str:
    """The address of a page of this room."""
    return reverse(f"care:{name}", args=places)


def number_in(request: HttpRequest, name: str) -> int | None:
    """A whole number from the address; None when there is none."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else None
