"""Headers that keep pages out of caches and other sites, and pages for every problem that was raised."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from karama.journal.problems import Absent, Problem
from karama.rules.free_text import names_a_result
from karama.security.redaction import Code
from karama.ui.notices import warn
from karama.ui.rendering import database_busy, render_problem

HEADERS = {
    "Cache-Control": "no-store",
    "Vary": "Cookie, Accept-Language, HX-Request",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Permissions-Policy": (
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), midi=(), "
        "browsing-topics=(), publickey-credentials-get=(self), publickey-credentials-create=(self)"
    ),
}
"""`Referrer-Policy` is `same-origin`: under `no-referrer` a browser sends `Origin: null` with forms and the
forgery check
refuses them (decision record 0030)."""

MICROPHONE = HEADERS["Permissions-Policy"].replace("microphone=()", "microphone=(self)")
"""For the one page on which something may be said aloud: the app of the telephone."""

BUSY_SIGNS = ("locked", "busy", "timeout", "too many clients", "could not connect", "deadlock", "connection")
log = logging.getLogger(__name__)

HINT = _(
    "It is saved. A test result seems to stand in your words. Results belong to the record of the health service only: "
    "please correct it, and write for example that the person is linked to care."
)
"""Names no test: somebody may look over the writer's shoulder."""

Handler = Callable[[HttpRequest], HttpResponse]


class PrivacyHeaders:
    """Sets `HEADERS` on every dynamic answer. Stands below whitenoise: styles and icons may be cached."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        own = response.headers.get("Permissions-Policy") == MICROPHONE
        for name, value in HEADERS.items():
            response[name] = value
        if own:
            response["Permissions-Policy"] = MICROPHONE
        response.headers.setdefault("Content-Language", get_language() or "en")
        return response


class Problems:
    """Turns what an action or query raised into a page that says what happened and what to do now."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A page for a known problem; None lets Django answer 500."""
        if isinstance(exception, PermissionDenied | Http404 | Absent):
            return render_problem(request, Absent())
        if isinstance(exception, Problem):
            if exception.status >= 500:
                log.error("problem %s", Code(exception.code))
            return render_problem(request, exception)
        if isinstance(exception, OperationalError) and any(sign in str(exception).lower() for sign in BUSY_SIGNS):
            log.warning("the database did not answer in time")
            return database_busy(request)
        return None


class ResultInWords:
    """Says after saving that a test result seems to stand in somebody's words; nothing is ever refused for it.

    Looks at what was typed in any room and keeps none of it. Stands below the middleware of notices.
    """

    SHORTEST = 4
    NOT_WORDS = frozenset({"csrfmiddlewaretoken", "password", "login", "code", "op_id", "token", "searched"})

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST" and response.status_code in (302, 303) and self._told(request):
            warn(request, HINT)
        return response

    def _told(self, request: HttpRequest) -> bool:
        return any(
            names_a_result(value)
            for name, values in request.POST.lists()
            if name not in self.NOT_WORDS and "password" not in name
            for value in values
            if len(value) >= self.SHORTEST
        )
