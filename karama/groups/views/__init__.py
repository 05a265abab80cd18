"""A click becomes one query or one action."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from karama.journal import Problem
from karama.people.views import actor_of, new_op_id, op_id_of, person_url
from karama.ui.notices import say
from karama.ui.rendering import KaramaForm

__all__ = ["actor_of", "groups_url", "new_op_id", "op_id_of", "person_url", "saved"]


def groups_url(name: str, *places: UUID | str | int) -> str:
    """The address of a page of this room."""
    return reverse(f"groups:{name}", args=places)


def saved(form: KaramaForm, save: Callable[[], Any], request: HttpRequest) -> bool:
    """Whether the action was done; a problem stands beside its field otherwise."""
    try:
        save()
    except Problem as problem:
        form.take(problem)
        return False
    say(request, _("Saved."))
    return True
