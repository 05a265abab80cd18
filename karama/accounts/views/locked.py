"""The locked screen: the password opens it again, and what was being sent can be sent."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from karama.accounts import locking, problems
from karama.accounts.forms import UnlockForm
from karama.accounts.routes import SIGNED_IN, route_policy
from karama.accounts.views.saving import safe_next
from karama.ui.addresses import reverse
from karama.ui.rendering import page


@route_policy(SIGNED_IN)
@require_http_methods(["POST"])
def lock(request: HttpRequest) -> HttpResponse:
    """Lock the screen now, and come back to the same page after the password."""
    locking.lock(request)
    came_from = request.headers.get("Referer", "")
    here = url_has_allowed_host_and_scheme(came_from, {request.get_host()})
    parts = urlsplit(came_from if here else "")
    back = parts.path + (f"?{parts.query}" if parts.query else "")
    return redirect(reverse("accounts:locked") + (f"?{urlencode({'next': back})}" if back else ""))


@route_policy(SIGNED_IN)
@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def locked(request: HttpRequest) -> HttpResponse:
    """Ask for the password again. Nothing of the page behind is on this one."""
    if not locking.is_locked(request):
        return redirect(safe_next(request))
    form = UnlockForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            right = get_adapter().reauthenticate(request.user, form.cleaned_data["password"])
        except ValidationError:
            form.take(problems.TooManyTries())
            return page(request, "accounts/locked.html", {"form": form, "next": safe_next(request)}, status=429)
        if right:
            return _opened(request)
        form.add_error("password", _("The password is wrong. Try again."))
    return page(request, "accounts/locked.html", {"form": form, "next": safe_next(request)})


def _opened(request: HttpRequest) -> HttpResponse:
    locking.unlock(request)
    reauthenticate_by_password(request)
    kept = locking.held(request)
    if kept is None:
        return redirect(safe_next(request))
    return page(request, "accounts/held.html", {"held": kept})
