"""The pages of this room: the neutral page, the form-expired page, and the living style page."""

from __future__ import annotations

from calendar import Calendar

from babel.dates import format_date, get_day_names
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import require_GET

from karama.ui import problems, shell
from karama.ui.locales import current
from karama.ui.rendering import render_problem
from karama.ui.routes import PUBLIC, route_policy
from karama.ui.style import example


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """`CSRF_FAILURE_VIEW`."""
    return render_problem(request, problems.FormExpired())


@route_policy(PUBLIC)
@require_GET
def hide(request: HttpRequest) -> HttpResponse:
    """Quick-hide: lock, then show a plain calendar, or the neutral address this installation chose.

    Nothing on the page names Karama. `Clear-Site-Data` makes the browser forget the pages behind its back
    button.
    """
    for _room, answer in shell.on_hide:
        answer(request)
    chosen = getattr(settings, "KARAMA_HIDE_URL", "")
    response = redirect(chosen) if chosen else HttpResponse(_calendar())
    response["Clear-Site-Data"] = '"cache"'
    return response


def _calendar() -> str:
    today, locale = timezone.localdate(), current()
    names = get_day_names("abbreviated", context="stand-alone", locale=locale)
    return render_to_string(
        "ui/neutral.html",
        {
            "month": format_date(today, format="LLLL y", locale=locale),
            "names": [names[(locale.first_week_day + offset) % 7] for offset in range(7)],
            "weeks": Calendar(locale.first_week_day).monthdayscalendar(today.year, today.month),
            "today": today.day,
        },
    )


@route_policy(PUBLIC)
@require_GET
def style(request: HttpRequest) -> HttpResponse:
    """Every component, in the language asked for by `?in=`. Only in the demonstration or while developing."""
    if not (getattr(settings, "KARAMA_DEMO", False) or settings.DEBUG):
        raise Http404
    wanted = request.GET.get("in", "")
    if wanted not in dict(settings.LANGUAGES):
        return render(request, "ui/style.html", example())
    with override(wanted):
        return render(request, "ui/style.html", example())
