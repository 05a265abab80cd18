"""Every route says who may come in. A route that says nothing lets nobody in, and fails the route inventory test."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Final

from django.http import HttpResponseBase

from karama.rules.permission import Always, Policy

View = Callable[..., HttpResponseBase]

PUBLIC: Final = Policy("route.public", Always())
"""Open to whoever is not signed in: the sign-in itself, the language switch, the neutral page. Shows no record."""

SIGNED_IN: Final = Policy("route.signed_in", Always())
"""Open to whoever is signed in, also before a duty is chosen: her own account and nothing of a participant."""

ANY_DUTY: Final = Policy("route.any_duty", Always())
"""Open to every duty: the page itself shows only what its queries let this actor see."""


def route_policy(policy: Policy) -> Callable[[View], View]:
    """Declare the policy of a view as its attribute `policy`. The view still asks its queries and actions."""

    def declare(view: View) -> View:
        @functools.wraps(view)
        def declared(*args: Any, **kwargs: Any) -> HttpResponseBase:
            return view(*args, **kwargs)

        declared.policy = policy  # type: ignore[attr-defined]
        return declared

    return declare


def policy_of(view: Any) -> Policy | None:
    """The declared policy of a resolved view; None when it declares none."""
    found = getattr(view, "policy", None)
    return found if isinstance(found, Policy) else None
