"""A person's page about who belongs to her, and the family that is accompanied together."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from karama.accounts.routes import route_policy
from karama.journal import Absent, Actor, Problem
from karama.people import pages, queries
from karama.people.access import CARE_PAGES
from karama.people.actions import (
    add_family_member,
    add_relation,
    begin_family,
    end_relation,
    leave_family,
    set_family_answer,
)
from karama.people.forms import FamilyAnswerForm, MemberForm, RelationForm
from karama.people.models.family import Agrees, Mention
from karama.people.models.minor import Kin
from karama.people.problems import CannotLink
from karama.people.views import actor_of, new_op_id, op_id_of, person_url
from karama.people.views.person import tabs_of
from karama.ui.notices import say
from karama.ui.rendering import page

KIN, MENTION, AGREES = dict(Kin.choices), dict(Mention.choices), dict(Agrees.choices)
MENTION_BADGES = {"safe": "done", "ask": "unknown", "never": "refused"}


@route_policy(CARE_PAGES)
@require_http_methods(["GET", "POST"])
def family(request: HttpRequest, person: UUID) -> HttpResponse:
    """Who belongs to the person, and her own answer to being accompanied together."""
    by = actor_of(request)
    shown = queries.family_page(by, person)
    form = FamilyAnswerForm(
        request.POST if "agrees" in request.POST else None, initial={"agrees": shown.agrees, "was": shown.agrees}
    )
    if shown.in_family and request.POST.get("do") == "leave" and request.POST.get("confirmed") != "yes":
        back = person_url(person, "family")
        return page(request, "people/leave_family.html", {"back": back, "op_id": new_op_id()})
    if request.method == "POST" and _done(request, by, person, form, shown):
        return HttpResponseRedirect(person_url(person, "family"))
    relatives = [
        {
            "line": one,
            "kin": KIN.get(str(one.fields.get("kin")), ""),
            "mention": MENTION.get(str(one.fields.get("mention")), ""),
            "badge": MENTION_BADGES.get(str(one.fields.get("mention")), "unknown"),
            "never": one.fields.get("reach") != "may",
            "href": person_url(one.other) if one.other else "",
        }
        for one in shown.relatives
    ]
    context = {
        "shown": shown,
        "form": form,
        "relatives": relatives,
        "members": shown.members,
        "agrees": AGREES.get(shown.agrees, ""),
        "parts": pages.parts_for(by, person, pages.family_parts),
        "tabs": tabs_of(by, person, "family"),
        "person": person,
        "back": person_url(person),
        "op_id": new_op_id(),
    }
    return page(request, "people/family.html", context)


def _done(request: HttpRequest, by: Actor, person: UUID, form: FamilyAnswerForm, shown: queries.FamilyPage) -> bool:
    """Do the one thing that was asked for; False when the form is to be shown again."""
    op_id, do = op_id_of(request), request.POST.get("do", "")
    if request.POST.get("end"):
        end_relation(by=by, person=person, relation=request.POST["end"], op_id=op_id)
    elif do == "begin" and not shown.in_family:
        begin_family(by=by, person=person, op_id=op_id)
    elif do == "leave":
        leave_family(by=by, person=person, op_id=op_id)
    elif form.is_bound and form.is_valid():
        told = form.cleaned_data
        try:
            set_family_answer(by=by, person=person, op_id=op_id, agrees=told["agrees"], was=told["was"] or None)
        except Problem as problem:
            form.take(problem)
            return False
    else:
        return False
    say(request, _("Saved."))
    return True


@route_policy(CARE_PAGES)
@require_http_methods(["GET", "POST"])
def relation(request: HttpRequest, person: UUID) -> HttpResponse:
    """Note somebody who belongs to the person."""
    by = actor_of(request)
    queries.family_page(by, person)
    form = RelationForm(request.POST or None)

    def save(said: dict[str, Any]) -> None:
        code = said.pop("code")
        other = _by_code(by, code) if code else None
        add_relation(by=by, person=person, op_id=op_id_of(request), other=other, quiet=other is None, **said)

    return _form(request, person, form, save, _("Who belongs to you?"))


@route_policy(CARE_PAGES)
@require_http_methods(["GET", "POST"])
def member(request: HttpRequest, person: UUID) -> HttpResponse:
    """Take another participant into the family."""
    by = actor_of(request)
    queries.family_page(by, person)
    form = MemberForm(request.POST or None)

    def save(said: dict[str, Any]) -> None:
        other = _by_code(by, said.pop("code"))
        add_family_member(by=by, person=person, member=other, op_id=op_id_of(request), **said)

    return _form(request, person, form, save, _("A member of the family"))


def _by_code(by: Actor, code: str) -> UUID:
    """The file with this code within reach; absent, hidden and foreign are one answer."""
    try:
        return queries.find(by, code=code)
    except Absent:
        raise CannotLink() from None


def _form(request: HttpRequest, person: UUID, form: Any, save: Any, title: Any) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            save(dict(form.cleaned_data))
        except Problem as problem:
            form.take(problem)
        else:
            say(request, _("Saved."))
            return HttpResponseRedirect(person_url(person, "family"))
    context = {"form": form, "title": title, "back": person_url(person, "family")}
    context |= {"op_id": request.POST.get("op_id") or new_op_id()}
    return page(request, "people/family_form.html", context)
