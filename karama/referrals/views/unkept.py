"""What the page of whoever receives answers when something went wrong: its own bare frame, and all that was typed or
chosen, to be sent once more. Nothing here needs the database.
"""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from karama.journal import Problem
from karama.referrals.views.partner import LANGUAGE, TYPED_IN, frame, language_of
from karama.ui.rendering import page
from karama.ui.requests import save_what_was_sent

CARRIED: Final = ("code", "op_id", "do", "scheduled_on", "barrier")
LONGEST: Final = 500


def not_kept(request: HttpRequest, problem: Problem, status: int) -> HttpResponse | None:
    """The page of a problem at one of these addresses; None elsewhere. The operation is kept: what arrived all the same
    is the same answer when it is sent once more.
    """
    if not f"{request.path_info}/".startswith("/m/"):
        return None
    save_what_was_sent(request)
    told, language = request.POST, language_of(request)
    with translation.override(language):
        context = {
            **frame(request),
            "typed_in": TYPED_IN if told else "",
            "status": status,
            "sent": bool(told),
            "empty": request.method == "POST" and not told,
            "turns": LANGUAGE in told,
            "words": told.get("said", "")[:LONGEST],
            "carried": [(one, told[one][:60]) for one in CARRIED if told.get(one)],
        }
        response = page(request, "referrals/unkept.html", context, status=status)
    response["Content-Language"] = language
    return response
