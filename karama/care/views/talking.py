"""The short conversation: one question on a screen, one tap each; then a brief intervention and a service."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from karama.accounts.routes import route_policy
from karama.care import apartwords as words
from karama.care import contacts
from karama.care.access import PAGES
from karama.care.actions import answer_talk, begin_talk, finish_talk, give_brief_intervention, offer_service
from karama.care.queries import talking as queries
from karama.care.queries.company import company_of
from karama.care.views import actor_of, care_url, new_op_id, op_id_of, person_url
from karama.rules import first_contact as rule
from karama.rules.urgent_care import NOT_KNOWN
from karama.safety import urgent
from karama.safety.actions import raise_worry
from karama.safety.queries import emergency_at
from karama.safety.words import FIRST_STEPS
from karama.ui.notices import say
from karama.ui.rendering import page


@route_policy(PAGES)
@require_http_methods(["GET", "POST"])
def talk(request: HttpRequest, person: UUID) -> HttpResponse:
    """The next question. What is answered is kept at once, and told at once where somebody has to hear it."""
    by = actor_of(request)
    shown = queries.talk_page(by, person)
    if request.method == "POST":
        item, answer = request.POST.get("item", ""), request.POST.get("answer", "")
        if shown.draft is None and item == shown.item:
            begin_talk(by=by, person=person, again=shown.again)
        if (shown.draft is not None or item == shown.item) and rule.fits(item, answer):
            answer_talk(by=by, op_id=op_id_of(request), person=person, item=item, answer=answer)
        return HttpResponseRedirect(care_url("talk", person))
    if shown.ask_company:
        return HttpResponseRedirect(f"{care_url('company', person)}?then=talk")
    if not shown.item:
        return HttpResponseRedirect(care_url("talk_result", person))
    context = {
        "code": shown.person.code,
        "back": person_url(person),
        "item": shown.item,
        "question": words.QUESTIONS[shown.item],
        "answers": [(code, words.ANSWERS[code]) for code in rule.choices(shown.item)],
        "quiet": [("skipped", words.ANSWERS["skipped"])],
        "number": shown.number,
        "total": len(shown.items),
        "op_id": new_op_id(),
        **_told(shown),
    }
    return page(request, "care/talk.html", context)


def _told(shown: queries.TalkPage) -> dict[str, Any]:
    """The calm card, once something was told to those who answer."""
    if not shown.raised:
        return {}
    steps = FIRST_STEPS["stay_and_ask_follow_up"] if "hope" in shown.raised else FIRST_STEPS["ask_where_safe_alone"]
    first = {"urgent": True, **urgent.context(NOT_KNOWN)} if "forced" in shown.raised else {}
    return {"steps": steps, "emergency": emergency_at(shown.person.site_id), **first}


@route_policy(PAGES)
@require_http_methods(["GET", "POST"])
def result(request: HttpRequest, person: UUID) -> HttpResponse:
    """What came up, in words and without a score, and a brief intervention: one tap finishes the conversation."""
    by = actor_of(request)
    shown = queries.talk_page(by, person)
    if shown.draft is None:
        return HttpResponseRedirect(care_url("wanted", person))
    if request.method == "POST":
        brief = request.POST.get("brief", "")
        finish_talk(by=by, op_id=op_id_of(request), person=person, brief=brief if brief in rule.BRIEF else "")
        return HttpResponseRedirect(care_url("wanted", person))
    kinds = sorted(rule.BRIEF, key=lambda one: one != shown.suggested)
    context = {
        "code": shown.person.code,
        "back": person_url(person),
        "themes": [words.THEMES[one] for one in shown.themes],
        "suggested": words.BRIEF[shown.suggested],
        "card": words.BRIEF_STEPS[shown.suggested],
        "kinds": [(one, words.BRIEF[one]) for one in kinds],
        "none": [("none", _("None was given"))],
        "minor": shown.minor,
        "exploited_url": care_url("exploited", person),
        "op_id": new_op_id(),
        **_told(shown),
    }
    return page(request, "care/talk_result.html", context)


@route_policy(PAGES)
@require_http_methods(["GET", "POST"])
def wanted(request: HttpRequest, person: UUID) -> HttpResponse:
    """Would the person like to go to a service, and shall somebody go along? Two taps, then the slip."""
    by = actor_of(request)
    found = queries.talk_person(by, person)
    alone = company_of(by, person).may_ask
    rules = contacts.of_programme(found.programme.code)
    open_ways = {one.code for one in rules.ways if alone or one.compartment != "gbv"}
    ways = [one for one in contacts.ways(found.programme.code) if one[0] in open_ways]
    way, accompany = request.POST.get("way", ""), request.POST.get("accompany", "")
    if way == "none":
        return HttpResponseRedirect("/")
    if way in dict(ways) and accompany in ("yes", "no"):
        receipt = offer_service(
            by=by, op_id=op_id_of(request), person=person, way=way, said="accepted", accompany=accompany
        )
        return HttpResponseRedirect(care_url("slip", receipt.record) if receipt.record else "/")
    context = {
        "code": found.code,
        "back": person_url(person),
        "ways": ways,
        "none": [("none", _("None now"))],
        "way": way if way in dict(ways) else "",
        "accompanied": [("yes", _("Yes, somebody goes along")), ("no", _("No, the person goes alone"))],
        "op_id": new_op_id(),
    }
    return page(request, "care/wanted.html", context)


@route_policy(PAGES)
@require_http_methods(["GET", "POST"])
def brief(request: HttpRequest, person: UUID) -> HttpResponse:
    """A brief intervention that was given outside a conversation."""
    by = actor_of(request)
    found = queries.talk_person(by, person)
    if request.method == "POST" and request.POST.get("brief") in rule.BRIEF:
        give_brief_intervention(by=by, op_id=op_id_of(request), person=person, kind=request.POST["brief"])
        say(request, _("Saved."))
        return HttpResponseRedirect(person_url(person))
    context = {
        "code": found.code,
        "back": person_url(person),
        "kinds": list(words.BRIEF.items()),
        "cards": [(words.BRIEF[kind], steps) for kind, steps in words.BRIEF_STEPS.items()],
        "op_id": new_op_id(),
    }
    return page(request, "care/brief.html", context)


@route_policy(PAGES)
@require_http_methods(["GET", "POST"])
def exploited(request: HttpRequest, person: UUID) -> HttpResponse:
    """Somebody may be exploiting a child: one tap tells those who protect children. Care goes on as it was."""
    by = actor_of(request)
    found = queries.talk_person(by, person)
    going_on = care_url("talk", person) if queries.has_talk(by, person) else person_url(person)
    if request.method == "POST" and queries.is_child(found):
        raise_worry(by=by, op_id=op_id_of(request), kind="child_in_danger", person=person)
        say(request, _("It was told. Health care goes on as before."))
        return HttpResponseRedirect(going_on)
    context = {
        "code": found.code,
        "back": going_on,
        "child": queries.is_child(found),
        "steps": FIRST_STEPS["stay_with_child"],
        "op_id": new_op_id(),
    }
    return page(request, "care/exploited.html", context)


@route_policy(PAGES)
@require_GET
def talks(request: HttpRequest, person: UUID) -> HttpResponse:
    """What was said in such conversations, as far as the reader's duty opens it, and what was given."""
    by = actor_of(request)
    found = queries.talk_person(by, person)
    held = [
        (
            row,
            who,
            [
                (words.QUESTIONS[item], words.ANSWERS.get(answer, answer))
                for part in ("answers", "answers_gbv")
                for item, answer in (fields.get(part) or {}).items()
                if item in words.QUESTIONS and answer != "not_asked"
            ],
        )
        for row, who, fields in queries.talks_of(by, person)
    ]
    groups = queries.groups_said(by, person)
    context = {
        "code": found.code,
        "back": person_url(person),
        "talks": held,
        "briefs": [(row, words.BRIEF.get(kind, "")) for row, kind in queries.briefs_of(by, person)],
        "groups": groups,
        "talk_url": care_url("talk", person),
        "brief_url": care_url("brief", person),
    }
    return page(request, "care/talks.html", context)
