"""What everybody sees of herself: Today, her duty, her account, her browsers."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from karama.accounts import actions, duties, forms, queries
from karama.accounts.locking import user_of
from karama.accounts.models import SignedIn
from karama.accounts.queries.devices import devices_of
from karama.accounts.queries.staff import aliases_of
from karama.accounts.routes import ANY_DUTY, SIGNED_IN, route_policy
from karama.accounts.today import INSTEAD, lines_for, shortcuts_for
from karama.accounts.views.saving import actor_of, safe_next, saved
from karama.journal import Absent
from karama.journal.clock import now
from karama.programme.registries import colleagues
from karama.ui.calendars import CALENDARS
from karama.ui.notices import say
from karama.ui.rendering import page

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@route_policy(ANY_DUTY)
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """What needs this duty today, the reddest first, and what it can do."""
    by = actor_of(request)
    context = {
        "duty": duties.duty(by.duty),
        "lines": lines_for(by),
        "shortcuts": shortcuts_for(by),
        "instead": INSTEAD.get(by.duty, ""),
        "posting": request.posting,  # type: ignore[attr-defined]
    }
    return page(request, "accounts/today.html", context)


@route_policy(SIGNED_IN)
@get_or_post
def choose_duty(request: HttpRequest) -> HttpResponse:
    """In which duty somebody acts now, when she holds several; or the page of somebody who holds none."""
    held = request.postings  # type: ignore[attr-defined]
    if request.method == "POST":
        chosen = next((one for one in held if str(one.id) == request.POST.get("posting")), None)
        if chosen is None:
            raise Absent()
        request.session["posting"] = str(chosen.id)
        return redirect(safe_next(request))
    found = [(one, duties.duty(one.duty)) for one in held]
    return page(request, "accounts/duty.html", {"postings": found, "next": safe_next(request)})


@route_policy(SIGNED_IN)
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """One's own account: aliases, language, leave, second factor, browsers."""
    by = getattr(request, "actor", None)
    user = user_of(request)
    leaves = queries.leaves(by, user.id) if by else []
    held = request.postings  # type: ignore[attr-defined]
    context = {
        "postings": [(one, duties.label(one.duty)) for one in held],
        "language_name": dict(settings.LANGUAGES).get(user.language, user.language),
        "calendar_name": CALENDARS.get(user.calendar, ""),
        "second_factor": queries.has_second_factor(user.id),
        "needs_factor": any(duties.needs_second_factor(one.duty) for one in held),
        "browsers": queries.sessions_of(user.id),
        "this_browser": request.session.session_key,
        "leaves": leaves,
        "deputies": aliases_of([one.deputy_id for one in leaves if one.deputy_id]),
        "devices": devices_of(by, user.id) if by else [],
        "acting": by is not None,
    }
    return page(request, "accounts/me.html", context)


@route_policy(ANY_DUTY)
@get_or_post
def language(request: HttpRequest) -> HttpResponse:
    """Choose the language of one's pages."""
    own = user_of(request)
    form = forms.LanguageForm(request.POST or None, initial={"language": own.language, "calendar": own.calendar})
    if saved(request, form, actions.change_language, user=user_of(request).id):
        say(request, _("Saved."))
        response = redirect("accounts:me")
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            form.cleaned_data["language"],
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Lax",
        )
        return response
    return page(
        request, "accounts/form.html", {"form": form, "title": _("Language and calendar"), "back": "accounts:me"}
    )


@route_policy(ANY_DUTY)
@get_or_post
def alias(request: HttpRequest, posting: UUID) -> HttpResponse:
    """Choose what colleagues see."""
    held = next((one for one in request.postings if one.id == posting), None)  # type: ignore[attr-defined]
    if held is None:
        raise Absent()
    form = forms.AliasForm(request.POST or None, initial={"work_alias": held.work_alias})
    if saved(request, form, actions.change_alias, posting=posting):
        say(request, _("Saved."))
        return redirect("accounts:me")
    return page(request, "accounts/form.html", {"form": form, "title": _("Work alias"), "back": "accounts:me"})


@route_policy(ANY_DUTY)
@get_or_post
def own_leave(request: HttpRequest) -> HttpResponse:
    """Enter one's own leave and who stands in."""
    by = actor_of(request)
    moment = now()
    known = {user: name for site in sorted(by.sites) for user, name in colleagues(site, moment) if user != by.id}
    form = forms.LeaveForm(request.POST or None, colleagues=known.items())
    if saved(request, form, actions.set_leave, user=by.id):
        say(request, _("Saved."))
        return redirect("accounts:me")
    return page(request, "accounts/form.html", {"form": form, "title": _("Leave"), "back": "accounts:me"})


@route_policy(SIGNED_IN)
@require_POST
def end_browser(request: HttpRequest, browser: UUID) -> HttpResponse:
    """Sign out one of one's own browsers."""
    found = SignedIn.objects.filter(id=browser, user_id=user_of(request).id).first()
    if found is None:
        raise Absent()
    _end([found])
    say(request, _("That browser is signed out."))
    return redirect("accounts:me")


@route_policy(SIGNED_IN)
@require_POST
def end_other_browsers(request: HttpRequest) -> HttpResponse:
    """Sign out every other browser of one's own."""
    rows = SignedIn.objects.filter(user_id=user_of(request).id).exclude(session_key=request.session.session_key)
    _end(list(rows))
    say(request, _("Every other browser is signed out."))
    return redirect("accounts:me")


def _end(rows: list[SignedIn]) -> None:
    Session.objects.filter(session_key__in=[one.session_key for one in rows]).delete()
    SignedIn.objects.filter(id__in=[one.id for one in rows]).delete()
