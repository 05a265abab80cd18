"""Asking after somebody who did not come, and what a person wishes of an interpreter: for those in care with her."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from karama.accounts.routes import route_policy
from karama.journal import Actor, clock
from karama.people.hours import said
from karama.people.models.contact import Channel
from karama.reception import fitting, queries, words
from karama.reception.access import CARE_PAGES
from karama.reception.actions import give_up_following, record_try, set_interpreter_wish, veto_interpreter
from karama.reception.forms import TryForm, VetoForm, WishForm
from karama.reception.views import actor_of, desk_url, new_op_id, op_id_of, person_url, saved
from karama.rules.messages import safe_hours
from karama.ui.rendering import KaramaForm, page


@route_policy(CARE_PAGES)
@require_http_methods(["GET", "POST"])
def follow_up(request: HttpRequest, follow_up: UUID) -> HttpResponse:
    """The agreed way and hours first, then one try in a few taps; who is worried raises a worry in the same breath."""
    by = actor_of(request)
    shown = queries.task_page(by, follow_up)
    unclear = any(safe_hours(str(fields.get("safe_hours") or "")) is None for _channel, fields in shown.contacts)
    giving_up = request.POST.get("step") == "give_up"
    form = TryForm(request.POST if request.POST and not giving_up else None, ways=shown.ways, unclear_hours=unclear)
    plain = KaramaForm({} if giving_up else None)
    if request.method == "POST":
        done = False
        if giving_up:
            plain.is_valid()
            done = saved(plain, lambda: give_up_following(by=by, op_id=op_id_of(request), follow_up=follow_up), request)
        elif form.is_valid():
            told = {"follow_up": follow_up, **form.cleaned_data}
            done = saved(form, lambda: record_try(by=by, op_id=op_id_of(request), **told), request)
        if done:
            return HttpResponseRedirect(desk_url("follow_up", follow_up))
    channels = dict(Channel.choices)
    context = {
        "shown": shown,
        "contacts": [(channels[one], _in_words(told)) for one, told in shown.contacts],
        "no_way": shown.ways == ("in_person",),
        "tries": [(one, who, told, words.WAYS[one.way], words.RESULTS[one.result]) for one, who, told in shown.tries],
        "ended": words.ENDS.get(shown.row.ended, ""),
        "form": form,
        "plain": plain,
        "book_url": desk_url("book", shown.row.person_id),
        "back": person_url(shown.row.person_id),
        "op_id": new_op_id(),
    }
    return page(request, "reception/follow_up.html", context)


@route_policy(CARE_PAGES)
@require_http_methods(["GET", "POST"])
def wish(request: HttpRequest, person: UUID) -> HttpResponse:
    """Which language, by whom, and who is not to hear."""
    by = actor_of(request)
    found, told, vetoes = queries.interpreter_wish(by, person)
    listed, _others = queries.roster(by, found.site_id) if found.site_id in by.sites else ([], [])
    barred = {user for user, _alias, _why in vetoes}
    users = [(str(one.row.user_id), one.alias) for one in listed if one.row.user_id not in barred]
    step = request.POST.get("step", "")
    form = WishForm(request.POST if step == "wish" else None, initial=told)
    veto = VetoForm(request.POST if step == "veto" else None, users=users)
    plain = KaramaForm({} if step == "lift" else None)
    if request.method == "POST" and _done(request, by, person, step, form, veto, plain):
        return HttpResponseRedirect(desk_url("wish", person))
    context = {
        "code": found.code,
        "form": form,
        "veto": veto if users else None,
        "plain": plain,
        "vetoes": vetoes,
        "fits": [alias for _id, alias in fitting.aliases(fitting.interpreters_for(found, clock.now()))],
        "back": desk_url("of_person", person),
        "op_id": new_op_id(),
    }
    return page(request, "reception/wish.html", context)


def _done(
    request: HttpRequest, by: Actor, person: UUID, step: str, form: WishForm, veto: VetoForm, plain: KaramaForm
) -> bool:
    op: dict[str, Any] = {"by": by, "op_id": op_id_of(request), "person": person}
    if step == "wish":
        return form.is_valid() and saved(form, lambda: set_interpreter_wish(**op, **form.cleaned_data), request)
    if step == "veto":
        return veto.is_valid() and saved(veto, lambda: veto_interpreter(**op, **veto.cleaned_data), request)
    if step == "lift":
        plain.is_valid()
        user = request.POST.get("user", "")
        return saved(plain, lambda: veto_interpreter(**op, user=user, lifted=True), request)
    return False


def _in_words(told: dict[str, Any]) -> dict[str, Any]:
    """What was agreed, with the safe hours as this reader says them."""
    return told | {"safe_hours": said(told.get("safe_hours"))}
