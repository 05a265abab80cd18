"""The pages that need no account. No cookie is set, no session read, nothing of a sender kept; help comes first.

A form here has no forgery token: it carries nobody's authority, and the token would leave a cookie on her telephone.
"""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from karama.accounts import duties
from karama.accounts.routes import PUBLIC, route_policy
from karama.journal import Problem
from karama.programme.models import Site
from karama.rules import complaints as law
from karama.rules.reply_tokens import parse_token
from karama.ui.addresses import reverse
from karama.ui.dates import day
from karama.ui.requests import NOT_KEPT
from karama.voice import pace, packs, queries, tokens, words
from karama.voice.foretold import director_reads_about_officer, reads_about_director
from karama.voice.incoming import Said, found_by, plain, take_disagreement, take_in, tell_since
from karama.voice.models import Danger, Face, FeedbackKind
from karama.voice.problems import TooMuchNow
from karama.voice.views import placed

MOUTHS: Final = {"good": "M8 19q8 8 16 0", "so_so": "M8 21h16", "bad": "M8 23q8-8 16 0"}
"""Drawn, because old telephones have no such signs."""

LANGUAGE: Final = "language"
TYPED_IN: Final = "typed"
"""The form that a choice of language sends along, so that nothing typed or opened is dropped."""

NOT_ASKED_ABOUT: Final = ("data_import", "researcher", "mel_officer", "advocacy_officer")


@csrf_exempt
@route_policy(PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def say(request: HttpRequest) -> HttpResponse:
    """Help first, then three faces and some words; three taps and the words when an answer is not wanted."""
    with translation.override(language_of(request)):
        said = _said(request)
        if request.method != "POST" or LANGUAGE in request.POST:  # another language sends nothing, and drops nothing
            return _form(request, said)
        try:
            if said.danger == "none" and pace.WRITTEN.is_full_for(len(said.content.encode("utf-8", "surrogatepass"))):
                raise TooMuchNow()
            taken = take_in(said)
        except Problem as problem:
            return _form(request, said, problem)
        voice = packs.voice_by_code(said.programme.code if said.programme else None)
        return answer(
            request,
            "thanks",
            {
                **placed.shown(request).around,
                "taken": taken,
                "days": max(1, voice.answering(taken.kind).acknowledge.days),
                "names_somebody": bool(said.about_duty or said.about_words),
                "wants_answer": said.wants_answer,
            },
        )


@csrf_exempt
@route_policy(PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest) -> HttpResponse:
    """What was answered, under a token; the same page for a wrong one and for one that nobody has."""
    with translation.override(language_of(request)):
        context: dict[str, Any] = {**placed.shown(request).around, "dangers": Danger.choices}
        if request.method != "POST":
            return answer(request, "reply", context)
        typed = request.POST.get("token", "")[:80]
        could_be = bool(parse_token(typed))
        if could_be and not _tells_of_danger(request) and pace.DIGESTS.too_fast():
            return answer(request, "reply", context | _kept_beside(request, typed), status=429)
        feedback = found_by(typed)
        if feedback is None and could_be and pace.TOKENS.too_fast():
            return answer(request, "reply", context | {"busy": True}, status=429)
        if feedback is None:
            return answer(request, "reply", context | {"not_found": True})
        if request.POST.get("do") == "disagree":
            context |= _disagree(request, feedback, placed.place(request)[1])
        shown = queries.answer_under_token(feedback)
        context |= {
            "found": True,
            "seed": tokens.new_seed(),
            "over": shown.state == "erased",
            "put_aside": shown.put_aside,
            "state": words.FEEDBACK_STATES[shown.state],
            "answers": [(day(on), said) for on, said in shown.answers],
            "may_disagree": shown.may_disagree,
            "token": typed,
            "typed_in": TYPED_IN,
            "outside": packs.outside_of(shown.programme_code) or context["outside"],
        }
        return answer(request, "reply", context)


def _tells_of_danger(request: HttpRequest) -> bool:
    """Whether a danger is told beside an answer: that waits for no others, as on the page without a code."""
    return request.POST.get("do") == "disagree" and request.POST.get("danger", "") in set(law.DANGERS) - {"none"}


def _kept_beside(request: HttpRequest, typed: str) -> dict[str, Any]:
    """Too many ask: what was written beside an answer stands there still, to be sent once more."""
    words = plain(request.POST.get("words", ""), 4000) if request.POST.get("do") == "disagree" else ""
    again = {"again": words, "token": typed, "seed": tokens.seed_of(request.POST.get("seed", ""))} if words else {}
    return {"busy": True, **again}


def _disagree(request: HttpRequest, feedback: UUID, site: Site | None) -> dict[str, Any]:
    """What was written beside an answer: a danger is told before anything else."""
    words, danger = plain(request.POST.get("words", ""), 4000), request.POST.get("danger", "")
    seed = tokens.seed_of(request.POST.get("seed", ""))
    told = tell_since(feedback, words, _one_of(danger, law.DANGERS) or "none", seed, site)
    if told and not words:
        return {"danger": told}
    try:
        kept = take_disagreement(feedback, words)
    except Problem as problem:
        return {"problem": problem}
    return {"danger": told, "disagreed": kept, "carried": "" if kept or told else words}


@route_policy(PUBLIC)
@require_safe
def wall(request: HttpRequest) -> HttpResponse:
    """The board, as it also hangs on the wall."""
    with translation.override(language_of(request)):
        programme, _site = placed.place_shown(request)
        return answer(request, "wall", {"lines": queries.board(programme.id if programme else None)})


def _said(request: HttpRequest) -> Said:
    told = request.POST
    programme, site = placed.place(request)
    danger, duty = told.get("danger", ""), told.get("about_duty", "")
    return Said(
        seed=tokens.seed_of(told.get("seed", "")),
        programme=programme,
        site=site,
        kind=_one_of(told.get("kind", ""), law.KINDS),
        face=_one_of(told.get("face", ""), law.FACES),
        words=plain(told.get("words", "")),
        about_duty=_one_of(duty, [code for code, _label in _duties()]),
        about_words=plain(told.get("about_words", ""), 200),
        danger=_one_of(danger, law.DANGERS) or "none",
        wants_answer=bool(told.get("answer")),
        trap=bool(told.get("homepage")),
    )


def _form(request: HttpRequest, said: Said, problem: Problem | None = None) -> HttpResponse:
    shown, place = placed.shown(request), placed.place_code(request)
    programme, countries = shown.programme, placed.countries() if shown.site is None else []
    context = {
        **shown.around,
        "said": said,
        "seed": said.seed,
        "typed_in": TYPED_IN,
        "problem": problem,
        "faces": [(code, label, MOUTHS[code]) for code, label in Face.choices],
        "kinds": FeedbackKind.choices,
        "dangers": Danger.choices,
        "danger_said": said.danger != "none",
        "duties": _duties(),
        "places": countries,
        "place_kept": "" if place in {code for code, _country in countries} else place,
        "reads_director": reads_about_director(programme.id if programme else None),
        "director_reads_officer": director_reads_about_officer(programme.id if programme else None),
    }
    return answer(request, "say", context, status=problem.status if problem else 200)


def answer(request: HttpRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page in the frame of those that need no account: language, way out, no cookie, nothing kept by the browser."""
    language, place = translation.get_language() or "en", placed.place_code(request)
    asked = {"l": language, **({"p": place} if place else {})}
    told = {
        "demonstration": settings.KARAMA_DEMO,
        "languages": [
            {"code": code, "name": _own_name(code), "href": f"?{urlencode(asked | {'l': code})}"}
            for code, _name in settings.LANGUAGES
        ],
        "here": f"{request.path}?{urlencode(asked)}",
        "place": place,
        **{f"{one}_url": f"{reverse(f'voice:{one}')}?{urlencode(asked)}" for one in ("say", "reply", "wall")},
        **context,
    }
    status = status if request.method == "POST" or status >= 400 else NOT_KEPT
    response = render(request, f"voice/public/{name}.html", told, status=status)
    response["Content-Language"] = language
    return response


def language_of(request: HttpRequest) -> str:
    """The language that was chosen on the page, else that of the browser."""
    asked = request.POST.get(LANGUAGE) or request.GET.get("l", "")
    return asked if asked in dict(settings.LANGUAGES) else translation.get_language() or "en"


def _own_name(code: str) -> str:
    name = str(translation.get_language_info(code)["name_local"])
    return name[:1].upper() + name[1:]


def _duties() -> list[tuple[str, Any]]:
    return [(code, label) for code, label in duties.choices() if code not in NOT_ASKED_ABOUT]


def _one_of(text: str, allowed: Any) -> str:
    return text if text in allowed else ""
