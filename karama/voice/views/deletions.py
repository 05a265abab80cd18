"""Deleting everything: what goes and what stays, prepared by one, approved by another, certified."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from karama.accounts.routes import route_policy
from karama.journal import Problem
from karama.ui.dates import day
from karama.ui.notices import say
from karama.ui.rendering import page
from karama.voice import queries, words
from karama.voice.access import OFFICER_PAGES, SECOND_PAGES
from karama.voice.actions import approve_deletion, prepare_deletion, send_back_deletion
from karama.voice.forms import PrepareForm, WordsForm
from karama.voice.problems import SecondPerson
from karama.voice.queries import Preview
from karama.voice.views import actor_of, new_op_id, op_id_of, voice_url


@route_policy(SECOND_PAGES)
@require_http_methods(["GET", "POST"])
def deletion(request: HttpRequest, rights: UUID) -> HttpResponse:
    """What goes and what stays. The officer prepares; somebody else approves, here."""
    by = actor_of(request)
    shown = queries.preview(by, rights)
    prepares = by.duty == "data_protection_officer" and shown.state == "received"
    form = PrepareForm(request.POST or None) if prepares else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            prepare_deletion(by=by, rights=rights, op_id=op_id_of(request), **form.cleaned_data)
        except Problem as problem:
            form.take(problem)
        else:
            say(request, _("Prepared. Somebody else approves it now."))
            return HttpResponseRedirect(voice_url("deletion", rights))
    if request.method == "POST" and form is None and request.POST.get("confirmed") == "yes":
        receipt = approve_deletion(by=by, rights=rights, op_id=op_id_of(request))
        say(request, _("Erased. Nobody can read this record any more."))
        officer = by.duty == "data_protection_officer"
        return HttpResponseRedirect(voice_url("certificate", receipt.record or rights) if officer else "/")
    context = {
        "shown": shown,
        "goes": [(words.room(one.room), one.count) for one in shown.goes],
        "stays": _stays(shown),
        "form": form,
        "back": voice_url("request", rights),
        "back_url": voice_url("send_back", rights),
        "op_id": request.POST.get("op_id") or new_op_id(),
    }
    return page(request, "voice/deletion.html", context)


def _stays(shown: Preview) -> list[tuple[Any, Any]]:
    """What stays, and why."""
    return [
        (_("The code of the file, without anything else"), _("so that the code is never given to somebody else")),
        (_("%(count)d decisions, as codes and days") % {"count": shown.decisions}, _("to show that we had a yes")),
        (_("That something was written or opened, when and by whom"), _("to show that nothing was done unseen")),
        (_("Numbers of reports already made, without this person"), _("they tell of nobody")),
        (_("A certificate of this deletion"), _("to prove that it was done")),
    ]


@route_policy(SECOND_PAGES)
@require_http_methods(["GET", "POST"])
def send_back(request: HttpRequest, rights: UUID) -> HttpResponse:
    """The second person does not approve yet, and says why."""
    by = actor_of(request)
    shown = queries.preview(by, rights)
    if not shown.second:
        raise SecondPerson()
    form = WordsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            send_back_deletion(by=by, rights=rights, op_id=op_id_of(request), **form.cleaned_data)
        except Problem as problem:
            form.take(problem)
        else:
            say(request, _("Sent back to the data protection officer."))
            return HttpResponseRedirect(voice_url("request", rights))
    context = {"form": form, "back": voice_url("deletion", rights), "op_id": new_op_id()}
    return page(request, "voice/send_back.html", context)


@route_policy(OFFICER_PAGES)
@require_safe
def certificate(request: HttpRequest, certificate: UUID) -> HttpResponse:
    """Who erased whom, by code; how much; and when it is final. To print."""
    found = queries.certificate_of(actor_of(request), certificate)
    pairs = [
        (_("Code"), found.code),
        (_("Asked for on"), day(found.requested_on)),
        (_("Written down by"), found.asked_by),
        (_("Prepared by"), found.prepared_by),
        (_("Approved by"), found.approved_by),
        (_("Erased"), day(found.on)),
        (_("Final"), _final(found.is_final, day(found.final_on))),
    ]
    deleted = [(words.room(room), count) for room, count in found.deleted]
    return page(request, "voice/certificate.html", {"pairs": pairs, "deleted": deleted})


def _final(is_final: bool, on: str) -> Any:
    told = _("final since %(day)s") if is_final else _("final on %(day)s at the latest")
    return told % {"day": on}
