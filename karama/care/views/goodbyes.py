"""The goodbyes that are the reader's to say, those that come first on top."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from karama.accounts.routes import route_policy
from karama.care import queries
from karama.care.access import SESSION_PAGES
from karama.care.todayheader import WRITING, farewell_url, goodbye_words
from karama.care.views import actor_of
from karama.ui.rendering import page


@route_policy(SESSION_PAGES)
@require_GET
def goodbyes(request: HttpRequest) -> HttpResponse:
    """Everybody to whom the reader says goodbye soon, by code."""
    by = actor_of(request)
    found = queries.goodbyes_to_say(by) if by.duty in WRITING else []
    told = sorted(found, key=lambda one: (one.until, one.code))
    people = [(one, goodbye_words(one.closing), farewell_url(one.person, one.closing)) for one in told]
    return page(request, "care/goodbyes.html", {"people": people})
