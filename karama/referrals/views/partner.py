"""The page of whoever receives: no account, a token in the address and a code told separately.

Opening the address asks nothing and looks nothing up. Whatever is wrong gets one answer: a token that nobody gave out,
a wrong code, too many of them, one that has expired, was taken back or never was. The code travels in the form, never
in the address; nothing of it is kept.

Nothing of the page names the house, and no cookie stays on a telephone that is not ours. A form here has no forgery
token: the code that it carries is its authority, and without the code it does nothing.
"""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from karama.accounts.routes import PUBLIC, route_policy
from karama.journal import Absent, Problem, reading
from karama.referrals import queries, words
from karama.referrals.actions import answer_packet
from karama.referrals.door import PARTNER, enter
from karama.referrals.forms import AnswerForm, CodeForm
from karama.ui.dates import moment
from karama.ui.rendering import page
from karama.ui.requests import NOT_KEPT, new_op_id, op_id_of

ROUTE: Final = "referrals.packet"
STEPS: Final = ("accepted", "declined", "scheduled", "arrived", "not_arrived")
TYPED_IN: Final = "typed"
"""The form of the page: what chooses a language sends it along."""

LANGUAGE: Final = "language"
OPENED: Final = "op_id"
"""What only the page carries that was opened already."""

WRONG: Final = _("This cannot be opened. Look at the code again, or ask whoever gave it to you for a new one.")


@csrf_exempt
@route_policy(PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def partner(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for the code; with the right one, show what may be shown and take an answer. A choice of another language
    alone answers nothing and drops nothing of what was typed.
    """
    language = language_of(request)
    with translation.override(language):
        response = _answer(request, token)
    response["Content-Language"] = language
    return response


def language_of(request: HttpRequest) -> str:
    """The language that was chosen on the page, else that of the browser."""
    found = (one for one in (request.POST.get(LANGUAGE), request.GET.get("l")) if one in dict(settings.LANGUAGES))
    return next(found, None) or translation.get_language() or "en"


def _answer(request: HttpRequest, token: str) -> HttpResponse:
    if request.method != "POST" or (LANGUAGE in request.POST and OPENED not in request.POST):
        return _asking(request, CodeForm(initial={"code": request.POST.get("code", "")[:40]}))
    form = CodeForm(request.POST)
    code = form.cleaned_data["code"] if form.is_valid() else ""
    opened = enter(token, code)
    if opened is None:
        return _wrong(request)
    packet, unlocked = opened
    answer: AnswerForm | None = None
    with reading(by=PARTNER, purpose="care", route=ROUTE), timezone.override(queries.zone_of_packet(packet)):
        try:
            if _says(request):
                answer = _answered(request, packet, queries.look(PARTNER, packet, unlocked))
            shown = queries.look(PARTNER, packet, unlocked)
        except Absent:
            return _wrong(request)
        return _shown(request, shown, code, answer)


def _wrong(request: HttpRequest) -> HttpResponse:
    form = CodeForm({"code": ""})
    form.is_valid()
    form.errors.clear()
    form.add_error(None, WRONG)
    return _asking(request, form)


def _asking(request: HttpRequest, form: CodeForm) -> HttpResponse:
    status = None if request.method == "POST" else NOT_KEPT
    return page(request, "referrals/partner.html", {"form": form, **frame(request)}, status=status)


def frame(request: HttpRequest) -> dict[str, Any]:
    """What the bare frame needs: its form, and its own address in its language."""
    return {"typed_in": TYPED_IN, "here": f"?{urlencode({'l': translation.get_language() or 'en'})}"}


def _says(request: HttpRequest) -> bool:
    """Whether an answer was sent, and not only another language chosen."""
    return "do" in request.POST and LANGUAGE not in request.POST


def _answered(request: HttpRequest, packet: Any, shown: queries.Look) -> AnswerForm | None:
    """Take the answer; None when it was taken, the form with what is wrong otherwise. Raises `Absent`."""
    form = AnswerForm(request.POST, steps=_steps(shown))
    if not form.is_valid():
        return form
    try:
        answer_packet(by=PARTNER, op_id=op_id_of(request), packet=packet, **form.arguments())
    except Absent:
        raise
    except Problem as problem:
        form.take(problem)
        return form
    return None


def _steps(shown: queries.Look) -> list[str]:
    return [one for one in STEPS if one in shown.following]


def _shown(request: HttpRequest, shown: queries.Look, code: str, answer: AnswerForm | None) -> HttpResponse:
    over = shown.state in ("declined", "done", "ended", "declined_by_person", "stopped")
    steps = _steps(shown)
    typed = {one: request.POST[one] for one in AnswerForm.base_fields if one in request.POST and not _says(request)}
    form = answer or (None if over else AnswerForm(steps=steps, initial=typed))
    context = {
        **frame(request),
        "typed_in": "" if over else TYPED_IN,
        "shown": shown,
        "state": words.STATES[shown.state],
        "badge": words.BADGES[shown.state],
        "pairs": [
            (_("From"), shown.sender),
            (_("How soon?"), words.URGENCIES[shown.urgency]),
            (_("Sent"), moment(shown.sent_at)),
            (_("Can be opened until"), moment(shown.expires_at)),
        ],
        "content": words.told(shown.content),
        "form": form,
        "code": code,
        "took": answer is None and _says(request),
        "over": over,
        "op_id": (request.POST.get("op_id") if answer or typed else "") or new_op_id(),
    }
    return page(request, "referrals/opened.html", context)
