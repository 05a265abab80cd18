"""The pages that need no account. No cookie is set, no session read, nothing of a sender kept; help comes first.

A form here has no forgery token: it carries nobody's authority, and the token would leave a cookie on her telephone.
"""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from babel import Locale
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from karama.accounts import duties
from karama.accounts.routes import PUBLIC, route_policy
from karama.journal import Problem
from karama.people.words import pack_of
from karama.programme.models import CountryProgramme, Site
from karama.rules import complaints as law
from karama.rules.reply_tokens import parse_token
from karama.safety.queries import emergency_at
from karama.ui.dates import day
from karama.ui.locales import current
from karama.ui.requests import NOT_KEPT
from karama.voice import pace, packs, places, queries, tokens, words
from karama.voice.foretold import director_reads_about_officer, reads_about_director
from karama.voice.incoming import Said, found_by, plain, take_disagreement, take_in, tell_since
from karama.voice.models import Danger, Face, FeedbackKind
from karama.voice.problems import TooMuchNow

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
    with translation.override(_language(request)):
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
        return _answer(
            request,
            "thanks",
            {
                **_around(*_place_shown(request)),
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
    with translation.override(_language(request)):
        context: dict[str, Any] = {**_around(*_place_shown(request)), "dangers": Danger.choices}
        if request.method != "POST":
            return _answer(request, "reply", context)
        typed = request.POST.get("token", "")[:80]
        could_be = bool(parse_token(typed))
        if could_be and not _tells_of_danger(request) and pace.DIGESTS.too_fast():
            return _answer(request, "reply", context | _kept_beside(request, typed), status=429)
        feedback = found_by(typed)
        if feedback is None and could_be and pace.TOKENS.too_fast():
            return _answer(request, "reply", context | {"busy": True}, status=429)
        if feedback is None:
            return _answer(request, "reply", context | {"not_found": True})
        if request.POST.get("do") == "disagree":
            context |= _disagree(request, feedback, _place(request)[1])
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
        return _answer(request, "reply", context)


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
    with translation.override(_language(request)):
        programme, _site = _place_shown(request)
        return _answer(request, "wall", {"lines": queries.board(programme.id if programme else None)})


def _said(request: HttpRequest) -> Said:
    told = request.POST
    programme, site = _place(request)
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
    programme, site = _place_shown(request)
    countries = _countries() if site is None else []
    context = {
        **_around(programme, site),
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
        "place_kept": "" if _place_code(request) in {code for code, _country in countries} else _place_code(request),
        "reads_director": reads_about_director(programme.id if programme else None),
        "director_reads_officer": director_reads_about_officer(programme.id if programme else None),
    }
    return _answer(request, "say", context, status=problem.status if problem else 200)


def _answer(request: HttpRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    language, place = translation.get_language() or "en", _place_code(request)
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
    status = status if request.method == "POST" else NOT_KEPT
    response = render(request, f"voice/public/{name}.html", told, status=status)
    response["Content-Language"] = language
    return response


def _language(request: HttpRequest) -> str:
    asked = request.POST.get(LANGUAGE) or request.GET.get("l", "")
    return asked if asked in dict(settings.LANGUAGES) else translation.get_language() or "en"


def _own_name(code: str) -> str:
    name = str(translation.get_language_info(code)["name_local"])
    return name[:1].upper() + name[1:]


def _place_code(request: HttpRequest) -> str:
    code = request.POST.get("p", "") or request.GET.get("p", "")
    return code if len(code) == 4 and code.isascii() and code.isdigit() else ""


def _place(request: HttpRequest) -> tuple[CountryProgramme | None, Site | None]:
    """The programme and site that a poster names; the only programme where there is one."""
    return _place_of(_place_code(request))


def _place_shown(request: HttpRequest) -> tuple[CountryProgramme | None, Site | None]:
    """What a page shows of it. While many digits of no place are tried, right ones look like those: four digits tell
    nobody what is said at which site. A message comes in from its place all the same.
    """
    code = _place_code(request)
    if code and code not in places.codes().values():
        pace.WRONG_PLACES.too_fast()
    return _place_of("" if pace.WRONG_PLACES.is_spent() else code)


def _place_of(code: str) -> tuple[CountryProgramme | None, Site | None]:
    wanted = {one for one, named in places.codes().items() if named == code}
    programmes = list(CountryProgramme.objects.filter(closed_on__isnull=True).order_by("code"))
    site = next((one for one in _sites() if one.id in wanted), None)
    if site is not None:
        return site.programme, site
    wanted |= set(Site.objects.filter(pk__in=wanted).values_list("programme_id", flat=True))  # closed: its poster hangs
    chosen = next((one for one in programmes if one.id in wanted), None)
    return chosen or (programmes[0] if len(programmes) == 1 else None), None


def _sites() -> list[Site]:
    rows = Site.objects.filter(closed_on__isnull=True, programme__closed_on__isnull=True)
    return list(rows.select_related("programme").order_by("id"))


def _countries() -> list[tuple[str, str]]:
    """(code, country) of each programme, when there are several. A programme is never named here."""
    programmes = list(CountryProgramme.objects.filter(closed_on__isnull=True).order_by("code"))
    if len(programmes) < 2:
        return []
    named = places.codes()
    return sorted(((named.get(one.id, ""), _country(one)) for one in programmes), key=lambda one: one[1])


def _country(programme: CountryProgramme) -> str:
    pack = pack_of(programme.id)
    locale: Locale = current()
    return str(locale.territories.get(pack.country, pack.country)) if pack else ""


def _around(programme: CountryProgramme | None, site: Site | None) -> dict[str, Any]:
    """What to do in danger, each instruction once; and who outside may be told."""
    sites = [site] if site else [one for one in _sites() if programme is None or one.programme_id == programme.id]
    several = len({one.programme_id for one in sites}) > 1
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    for one in sites:
        told = emergency_at(one.id)
        shown = {"words": told.words, "numbers": told.numbers, "country": _country(one.programme) if several else ""}
        if site is not None:
            shown |= {"out_of_hours": told.out_of_hours, "service": told.service}
        found.setdefault((told.words, str(told.numbers), str(shown["country"])), shown)
    return {"help": list(found.values()), "outside": _outside(programme)}


def _outside(programme: CountryProgramme | None) -> list[tuple[str, str]]:
    codes = [programme.code] if programme else CountryProgramme.objects.order_by("code").values_list("code", flat=True)
    return list(dict.fromkeys(one for code in codes for one in packs.outside_of(code)))


def _duties() -> list[tuple[str, Any]]:
    return [(code, label) for code, label in duties.choices() if code not in NOT_ASKED_ABOUT]


def _one_of(text: str, allowed: Any) -> str:
    return text if text in allowed else ""
