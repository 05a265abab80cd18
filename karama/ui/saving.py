"""What every page that writes does with the answer of an action."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from karama.journal import Problem
from karama.ui.notices import say
from karama.ui.rendering import KaramaForm


def saved(form: KaramaForm, save: Callable[[], Any], request: HttpRequest) -> bool:
    """Whether the action was done; a problem stands beside its field otherwise."""
    try:
        save()
    except Problem as problem:
        form.take(problem)
        return False
    say(request, _("Saved."))
    return True
