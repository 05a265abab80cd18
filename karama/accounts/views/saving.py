"""A form and the action behind it, as every screen of this room does it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from karama.journal import Problem, Receipt
from karama.ui.addresses import reverse
from karama.ui.rendering import KaramaForm
from karama.ui.requests import actor_of

__all__ = ["actor_of", "safe_next", "saved"]


def saved(request: HttpRequest, form: KaramaForm, act: Callable[..., Receipt], **arguments: Any) -> Receipt | None:
    """Do the action with the form's values; None when there is nothing to do or something does not fit."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return act(by=actor_of(request), **{**form.cleaned_data, **arguments})
    except Problem as problem:
        form.take(problem)
        return None


def safe_next(request: HttpRequest, default: str = "today") -> str:
    """The page to go back to, when it is one of this server's; else the default."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, {request.get_host()}):
        return wanted
    return reverse(default)
