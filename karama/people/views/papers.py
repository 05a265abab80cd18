"""The ordinary forms, while a sheet is typed into them: they carry its id, and say which sheet it is."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest

from karama.journal import Absent, Actor
from karama.people import queries
from karama.people.queries import TypedIn


def typed_in(request: HttpRequest, by: Actor, form: str, person: UUID | None = None) -> TypedIn | None:
    """The sheet that this request types in; None where nothing comes from paper. Raises like `queries.typed_in`."""
    sent = request.POST.get("paper") or request.GET.get("paper")
    if not sent:
        return None
    try:
        paper = UUID(sent)
    except ValueError:
        raise Absent() from None
    return queries.typed_in(by, paper, form, person)
