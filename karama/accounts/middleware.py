"""Who acts in this request: the gate of every page.

In this order: is the route declared, is somebody signed in, is the screen locked, is the password her own, is the
second factor set up, which duty, does the duty exclude the route. Whatever is not answered lets nobody in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import tzinfo
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import ResolverMatch
from django.utils import timezone, translation

from karama.accounts import duties, locking
from karama.accounts.backends import held_by
from karama.accounts.models import Posting, User
from karama.accounts.queries import actor_of, has_second_factor
from karama.accounts.routes import (
    FACTOR_FIRST,
    PASSWORD_FIRST,
    PUBLIC,
    SIGNED_IN,
    WHILE_LOCKED,
    WITHOUT_ACCOUNT,
    match_of,
    policy_of_route,
)
from karama.journal import Absent, Actor, reading
from karama.journal.access_log import note_refusal
from karama.journal.clock import now
from karama.programme.days import zone_named, zone_of
from karama.rules.permission import CONDITION, Policy, standing, target_attributes
from karama.ui import calendars
from karama.ui.addresses import reverse
from karama.ui.rendering import render_problem

POSTING = "posting"
Handler = Callable[[HttpRequest], HttpResponse]


class ActingAs:
    """Puts `request.actor` (an `Actor` or None), `request.posting` and `request.postings`, and opens the reading."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        _put(request, None, None, ())
        calendars.choose("")
        match = match_of(request)
        if match is None:
            return self.get_response(request)
        policy = policy_of_route(match)
        if policy is None:
            return render_problem(request, Absent())
        if policy is PUBLIC and match.view_name in WITHOUT_ACCOUNT:
            return self.get_response(request)
        if not request.user.is_authenticated:
            return self.get_response(request) if policy is PUBLIC else _to(request, settings.LOGIN_URL)
        turned = _gates(request, request.user, match.view_name, policy)
        return turned if turned is not None else self._within(request, match, policy)

    def _within(self, request: HttpRequest, match: ResolverMatch, policy: Policy) -> HttpResponse:
        actor: Actor | None = request.actor  # type: ignore[attr-defined]
        if policy in (PUBLIC, SIGNED_IN) and actor is None:
            return self.get_response(request)
        if actor is None:
            return _to(request, "accounts:duty")
        purpose = duties.duty(actor.duty).purpose
        reason = refusal(policy, actor, purpose)
        if reason:
            note_refusal(actor, purpose, match.view_name, reason)
            return render_problem(request, Absent())
        posting: Posting = request.posting  # type: ignore[attr-defined]
        told = reading(by=actor, purpose=purpose, route=match.view_name[:120])
        with told as current, timezone.override(_zone(posting, actor)):
            response = self.get_response(request)
            if response.status_code == Absent.status:
                current.absent()
            return response


def _zone(posting: Posting, actor: Actor) -> tzinfo:
    """The clock by which a page is written: that of the duty's site, for a whole programme that of its first site."""
    return zone_named(posting.site.time_zone) if posting.site else zone_of(next(iter(sorted(actor.sites)), None))


def refusal(policy: Policy, actor: Actor, purpose: str) -> str:
    """Why this duty is kept out before any record is looked at; empty when the view may decide.

    A condition that is False while nothing is known of the target stays False for every target.
    """
    if policy in (PUBLIC, SIGNED_IN):
        return ""
    attributes = actor.attributes()
    reason = standing(policy, attributes, purpose, now())
    if reason is not None:
        return reason
    truth = policy.condition.holds(attributes, {})
    asks_target = bool(target_attributes(policy.condition))
    return CONDITION if truth is False or (truth is None and not asks_target) else ""


def _gates(request: HttpRequest, user: User, route: str, policy: Policy) -> HttpResponse | None:
    """Where to go first; None when the way is free. Fills in the actor."""
    if route in WHILE_LOCKED:
        return None
    handed = locking.handed_to(request)
    if handed and not request.path.startswith(handed):
        return HttpResponseRedirect(handed)
    if locking.is_locked(request):
        if request.method == "POST":
            locking.hold(request)
        return _to(request, "accounts:locked")
    locking.touch(request)
    _speak(request, user)
    if user.must_change_password and route not in PASSWORD_FIRST:
        return _to(request, "account_change_password")
    held = held_by(user)
    needs_factor = any(duties.needs_second_factor(one.duty) for one in held)
    if needs_factor and route not in FACTOR_FIRST and not has_second_factor(user.id):
        return _to(request, "mfa_activate_totp")
    chosen = _chosen(request, held)
    if handed and chosen is None:
        return _taken_back(request)
    _put(request, actor_of(chosen) if chosen is not None else None, chosen, held)
    return None


def _taken_back(request: HttpRequest) -> HttpResponse:
    """The duty in which the screen was handed over has ended: it locks, and what was being sent is kept."""
    if request.method == "POST":
        locking.hold(request)
    locking.lock(request)
    return _to(request, "accounts:locked")


def _chosen(request: HttpRequest, held: Sequence[Posting]) -> Posting | None:
    wanted = request.session.get(POSTING)
    found = next((one for one in held if str(one.id) == wanted), None)
    return found or (held[0] if len(held) == 1 else None)


def _put(request: HttpRequest, actor: Actor | None, posting: Posting | None, held: Sequence[Posting]) -> None:
    request.actor = actor  # type: ignore[attr-defined]
    request.posting = posting  # type: ignore[attr-defined]
    request.postings = held  # type: ignore[attr-defined]


def _speak(request: HttpRequest, user: User) -> None:
    """Use the language of her account when this browser has not chosen one, and her second calendar."""
    calendars.choose(user.calendar)
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and user.language in dict(settings.LANGUAGES):
        translation.activate(user.language)
        request.LANGUAGE_CODE = translation.get_language()


def _to(request: HttpRequest, name: str) -> HttpResponse:
    """Send somebody where she has to go first, and let her come back to the page she asked for."""
    back = request.get_full_path() if request.method in ("GET", "HEAD") else ""
    url = reverse(name) + (f"?{urlencode({'next': back})}" if back and back != "/" else "")
    if getattr(request, "htmx", False):
        response = HttpResponse(status=200)
        response["HX-Redirect"] = url
        return response
    return HttpResponseRedirect(url)
