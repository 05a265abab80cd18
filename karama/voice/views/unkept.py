"""What the pages without an account answer when something went wrong: their own frame, help first, and everything that
was typed or chosen, to be sent once more. Nothing here needs the database.
"""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from karama.journal import Problem
from karama.rules import complaints as law
from karama.ui.requests import save_what_was_sent
from karama.voice import tokens
from karama.voice.incoming import plain
from karama.voice.models import Danger
from karama.voice.views import placed
from karama.voice.views.public import LANGUAGE, TYPED_IN, answer, language_of

CARRIED: Final = ("face", "kind", "about_duty", "about_words", "answer", "homepage", "p", "token", "do")
"""Fields of both forms that are sent along unseen: they were chosen, and are chosen still."""


def not_kept(request: HttpRequest, problem: Problem, status: int) -> HttpResponse | None:
    """The page of a problem at one of these addresses; None elsewhere. The seed is kept: what arrived all the same is
    the same message when it is sent once more.
    """
    if not f"{request.path_info}/".startswith("/say/"):
        return None
    save_what_was_sent(request)
    told = request.POST
    with translation.override(language_of(request)):
        writes = told.get("do") == "disagree" or not told.get("token")
        danger = told.get("danger", "")
        context = {
            **placed.last_shown(request),
            "status": status,
            "sent": bool(told) and status != 404,
            "empty": request.method == "POST" and not told,
            "turns": LANGUAGE in told,
            "writes": writes,
            "words": plain(told.get("words", "")),
            "said": {"danger": danger if danger in law.DANGERS else "none"},
            "dangers": Danger.choices,
            "seed": tokens.seed_of(told.get("seed", "")),
            "carried": [(one, plain(told[one], 200)) for one in CARRIED if told.get(one)],
            "typed_in": TYPED_IN if told and status != 404 else "",
        }
        return answer(request, "unkept", context, status=status)
