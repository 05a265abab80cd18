"""One sentence after something was done, shown once on the next page. Never with a name, a code or an
answer in it.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.utils.functional import Promise

UNDO = "undo:"


def say(request: HttpRequest, sentence: str | Promise, *, undo: str = "") -> None:
    """It worked. `undo` is an address that takes a POST and takes the step back."""
    messages.success(request, str(sentence), extra_tags=UNDO + undo if undo else "", fail_silently=True)


def warn(request: HttpRequest, sentence: str | Promise) -> None:
    """It worked, and something else needs a look."""
    messages.warning(request, str(sentence), fail_silently=True)
