"""A meeting: one tap for each who came, what was done, and who worries me. Then what two wrote, side by side."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karama.accounts.routes import route_policy
from karama.groups import curriculum, queries, words
from karama.groups.access import OBSERVER_PAGES, PAGES
from karama.groups.actions import correct_record, observe_meeting, record_meeting, settle_difference
from karama.groups.forms import FidelityForm, RecordForm
from karama.groups.queries import MeetingPage, RecordPage
from karama.groups.views import actor_of, groups_url, new_op_id, op_id_of, saved
from karama.journal import Absent
from karama.rules.groups import RATERS
from karama.rules.risk import WORRIES
from karama.safety import words as safety_words
from karama.safety.actions import raise_worry
from karama.safety.views import id_in
from karama.ui.dates import day
from karama.ui.rendering import page


@route_policy(PAGES)
@require_http_methods(["GET", "POST"])
def record(request: HttpRequest, group: UUID, number: int) -> HttpResponse:
    """Write meeting `number` down, or correct what one wrote of it."""
    by = actor_of(request)
    shown = queries.record_page(by, group, number)
    card = shown.card
    planned = card.activities(number) if card else ()
    done = curriculum.said(planned or (card.components if card else ()))
    form = RecordForm(
        request.POST or None,
        initial=_before(shown),
        shown=shown,
        activities=done,
        items=curriculum.said(card.fidelity) if card else [],
    )
    if request.method == "POST" and form.is_valid():
        made: list[Any] = []

        def save() -> None:
            told = form.arguments()
            if shown.mine is None:
                kept = record_meeting(by=by, op_id=op_id_of(request), group=group, number=number, **told)
            else:
                reason = form.cleaned_data["reason"]
                kept = correct_record(by=by, op_id=op_id_of(request), record=shown.mine.id, reason=reason, **told)
            made.append(kept)

        if saved(form, save, request):
            if "worry" in request.POST:
                return HttpResponseRedirect(groups_url("worry", group))
            held = queries.own_record(by, shown.cycle, number)
            return HttpResponseRedirect(groups_url("meeting", held.meeting_id) if held else groups_url("group", group))
    context = {
        "shown": shown,
        "form": form,
        "title": words.of_so_many(number, shown.cycle.planned),
        "planned": [told for _code, told in curriculum.said(planned)],
        "draft": bool(card and card.draft),
        "back": groups_url("group", group),
        "op_id": request.POST.get("op_id") or new_op_id(),
    }
    return page(request, "groups/record.html", context)


def _before(shown: RecordPage) -> dict[str, Any]:
    """What stands in the form before a tap: nothing, or one's own record."""
    if shown.mine is None:
        return {}
    mine = shown.mine
    told: dict[str, Any] = {name: getattr(mine, name) for name in ("modality", "minutes", "walk_ins", "mood")}
    told |= {"on": mine.occurred_on, "activities": list(shown.done), "words": mine.text_of("words")}
    told |= {f"p-{person}": state for person, state in shown.tapped.items()}
    for code, (answer, why) in shown.answered.items():
        told |= {f"f-{code}": answer, f"w-{code}": why}
    return told


@route_policy(PAGES)
@require_GET
def meeting(request: HttpRequest, held: UUID) -> HttpResponse:
    """One meeting out of all that was written down of it; where two differ, both are shown."""
    by = actor_of(request)
    shown = queries.meeting_page(by, held)
    number = shown.held.meeting.number
    parts = parts_of(shown)
    mine = shown.mine is not None and shown.mine.rater == "facilitator"
    going_on = shown.cycle.ended_on is None
    record_url = groups_url("record", shown.group, number) if shown.leads and going_on else ""
    context = {
        "shown": shown,
        "title": words.of_so_many(number, shown.cycle.planned),
        "facts": facts_of(shown),
        "people": [(one, words.STATES.get(shown.states.get(one.person, ""))) for one in shown.members],
        "differences": [
            (
                _about(one, parts), one,
                [(record, alias, words.value(one.item, value, parts)) for record, alias, value in one.sides],
            )
            for one in shown.differences
        ],  # fmt: skip
        "fidelity": _fidelity(shown, parts),
        "record_url": record_url,
        "correct": mine,
        "observe_url": groups_url("observe", held) if _may_observe(by, shown) else "",
        "settle_url": groups_url("settle", held),
        "sheet_url": groups_url("sheet", held),
        "worry_url": groups_url("worry", shown.group),
        "back": groups_url("group", shown.group),
        "op_id": new_op_id(),
    }  # fmt: skip
    return page(request, "groups/meeting.html", context)


def _may_observe(by: Any, shown: MeetingPage) -> bool:
    return by.duty == "supervisor" and not shown.leads and shown.mine is None and bool(shown.card)


def parts_of(shown: MeetingPage) -> dict[str, str]:
    """Activities and parts of the plan, by code."""
    card = shown.card
    return dict(curriculum.said((*card.components, *card.fidelity))) if card else {}


def facts_of(shown: MeetingPage) -> list[tuple[Any, Any]]:
    """What is agreed about the meeting; what is in dispute stands as not decided yet."""
    items, open_ones = shown.held.result.items, {one.item for one in shown.held.result.differences}
    undecided = _("Not decided yet")
    parts = parts_of(shown)
    told: list[tuple[Any, Any]] = []
    for name, label in words.ITEMS.items():
        if name == "activities" and not shown.card:
            continue
        value = words.value(name, items[name], parts) if name in items else None
        told.append((label, undecided if name in open_ones else value))
    return [*told, (_("Came, of those on the list"), shown.came), (_("All who were there"), shown.contacts)]


def _about(one: Any, parts: dict[str, str]) -> Any:
    if one.item == "attendance":
        return one.called or one.code
    return words.ITEMS.get(one.item) or parts.get(one.item.partition(".")[2], one.item)


def _fidelity(shown: MeetingPage, parts: dict[str, str]) -> list[tuple[Any, str, list[tuple[Any, Any]]]]:
    """Each record's ratings: by whom, alias, and part with answer."""
    told = []
    for rater, rows in zip(RATERS, (shown.held.records, shown.held.observed), strict=True):
        for one in rows:
            rated = shown.held.fidelity.get(one.id, {})
            pairs = [
                (parts.get(item, item), words.value(f"fidelity.{item}", " ".join(answer).strip(), parts))
                for item, answer in rated.items()
            ]
            if pairs:
                told.append((words.RATERS[rater], shown.authors.get(one.id, ""), pairs))
    return told


@route_policy(PAGES)
@require_POST
def settle(request: HttpRequest, held: UUID) -> HttpResponse:
    """Choose which record counts."""
    by = actor_of(request)
    queries.meeting_page(by, held)
    chosen = id_in(request.POST.get("chosen", ""))
    if chosen is None:
        raise Absent()
    item, person = request.POST.get("item", ""), id_in(request.POST.get("person", ""))
    settle_difference(by=by, op_id=op_id_of(request), held=held, chosen=chosen, item=item, person=person)
    return HttpResponseRedirect(groups_url("meeting", held))


@route_policy(OBSERVER_PAGES)
@require_http_methods(["GET", "POST"])
def observe(request: HttpRequest, held: UUID) -> HttpResponse:
    """What somebody who watched saw of the plan."""
    by = actor_of(request)
    shown = queries.meeting_page(by, held)
    if shown.leads or shown.card is None:
        raise Absent()
    form = FidelityForm(request.POST or None, items=curriculum.said(shown.card.fidelity))
    if request.method == "POST" and form.is_valid():
        told = {"fidelity": form.fidelity(), "words": form.cleaned_data["words"]}
        if saved(form, lambda: observe_meeting(by=by, op_id=op_id_of(request), held=held, **told), request):
            return HttpResponseRedirect(groups_url("meeting", held))
    context = {
        "form": form,
        "title": words.of_so_many(shown.held.meeting.number, shown.cycle.planned),
        "on": day(shown.held.on),
        "back": groups_url("meeting", held),
        "op_id": request.POST.get("op_id") or new_op_id(),
    }
    return page(request, "groups/observe.html", context)


@route_policy(PAGES)
@require_http_methods(["GET", "POST"])
def worry(request: HttpRequest, group: UUID) -> HttpResponse:
    """Somebody of the group worries me: who, then why; then it is raised. Nobody stands in an address."""
    by = actor_of(request)
    shown = queries.group_page(by, group)
    about = id_in(request.POST.get("about", ""))
    known = {one.person: one for one in shown.members}
    kind = request.POST.get("kind", "")
    context: dict[str, Any] = {"back": groups_url("group", group), "name": shown.name, "op_id": new_op_id()}
    if request.method != "POST" or "about" not in request.POST:
        return page(request, "groups/worry.html", context | {"members": shown.members})
    if kind not in WORRIES:
        context |= {"kinds": list(safety_words.KINDS.items()), "one": known.get(about) if about else None}
        return page(request, "groups/worry.html", context)
    receipt = raise_worry(
        by=by, op_id=op_id_of(request), kind=kind, person=about if about in known else None, site=shown.row.site_id
    )
    return redirect("safety:raised", receipt.record) if receipt.record else redirect("safety:worry")
