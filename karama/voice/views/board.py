"""The board as colleagues keep it: writing a line, putting up what somebody else wrote, taking down, printing."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from karama.accounts.routes import route_policy
from karama.journal import Absent, Actor, Problem, Refused
from karama.programme.models import CountryProgramme
from karama.ui.notices import say, warn
from karama.ui.rendering import page
from karama.voice import queries
from karama.voice.access import BOARD_PAGES
from karama.voice.actions import put_up, take_down, write_line
from karama.voice.forms import BoardForm
from karama.voice.views import actor_of, new_op_id, op_id_of, voice_url


@route_policy(BOARD_PAGES)
@require_http_methods(["GET", "POST"])
def board(request: HttpRequest) -> HttpResponse:
    """What hangs, what waits for a second person, and a new line."""
    by = actor_of(request)
    programmes = _programmes(by)
    only = programmes[0][0] if len(programmes) == 1 else None
    form = BoardForm(request.POST or None, programmes=programmes, initial={"programme": only})
    if request.method == "POST" and form.is_valid():
        try:
            write_line(by=by, op_id=op_id_of(request), **form.cleaned_data)
        except Problem as problem:
            form.take(problem)
        else:
            say(request, _("Written. Somebody else reads it and puts it up."))
            return HttpResponseRedirect(voice_url("board"))
    context = {
        "form": form,
        "hanging": queries.board_of(by),
        "waiting": queries.board_waiting(by),
        "op_id": request.POST.get("op_id") or new_op_id(),
    }
    return page(request, "voice/board.html", context)


@route_policy(BOARD_PAGES)
@require_POST
def board_step(request: HttpRequest, line: UUID) -> HttpResponse:
    """Put a line up, or take it down."""
    by, does = actor_of(request), put_up if request.POST.get("do") == "put_up" else take_down
    try:
        does(by=by, line=line, op_id=op_id_of(request))
    except Refused:
        if line not in {one.id for one in queries.board_waiting(by)}:
            raise Absent() from None
        warn(request, _("You wrote this line: somebody else puts it up."))
    else:
        say(request, _("Saved."))
    return HttpResponseRedirect(voice_url("board"))


def _programmes(by: Actor) -> list[tuple[str, str]]:
    rows = CountryProgramme.objects.filter(pk__in=by.programmes, closed_on__isnull=True).order_by("code")
    return [(str(one.id), one.title) for one in rows]
