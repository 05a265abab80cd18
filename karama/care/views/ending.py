"""A grant that ends: its plan, the list that makes itself, and which grant pays for an episode."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from karama.accounts.routes import route_policy
from karama.care import queries
from karama.care.access import CLOSE_GRANT, GRANT_PAGES, SUPERVISOR_PAGES
from karama.care.actions import attribute, cancel_grant_closing, plan_grant_closing
from karama.care.courseforms import AREA
from karama.care.todayheader import farewell_url
from karama.care.views import actor_of, care_url, new_op_id, op_id_of
from karama.care.views.leaving import GOES_ON_AFTER_ALL, ONWARD, is_sure, make_sure
from karama.journal import Absent, Actor, Problem
from karama.people.joined import last_file
from karama.programme.actions import close_grant
from karama.programme.days import today_in
from karama.programme.models import Grant, Site
from karama.ui.addresses import reverse
from karama.ui.notices import say
from karama.ui.rendering import KaramaForm, page
from karama.ui.saving import saved

FOR_GOOD = (_("Close this grant for good?"), _("It pays for nobody any more, and is never opened again."))
PAYS = {
    "yes": (pgettext_lazy("a grant", "Pays"), "done"),
    "maybe": (pgettext_lazy("a grant", "May pay: the record does not say"), "waiting"),
    "no": (pgettext_lazy("a grant", "Does not pay"), "paused"),
}


class ClosingGrantForm(KaramaForm):
    """When a grant ends, why, and who is told."""

    ends_on = forms.DateField(
        label=_("Last day of work"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    why = forms.CharField(label=_("Why"), max_length=500, widget=forms.Textarea(attrs=AREA))
    told = forms.TypedMultipleChoiceField(label=_("Who is told"), coerce=UUID, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: object, grant: Grant, today: date, **kwargs: Any) -> None:
        colleagues = [(str(user), alias) for user, alias in queries.colleagues_to_tell(grant)]
        begun = {"ends_on": max(grant.to_on, today), "told": [user for user, _alias in colleagues]}
        super().__init__(*args, initial=begun, **kwargs)
        field = self.fields["told"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = colleagues


class AttributionForm(KaramaForm):
    """Whether one grant pays."""

    grant = forms.TypedChoiceField(label=_("Grant"), coerce=UUID, widget=forms.RadioSelect)
    paid = forms.TypedChoiceField(
        label=_("Does it pay for this care?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Why"), max_length=500, widget=forms.Textarea(attrs=AREA))

    def __init__(self, *args: object, grants: list[Grant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["grant"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(one.id), one.name) for one in grants]


def _may_plan(by: Actor, grant: Grant) -> bool:
    return CLOSE_GRANT.condition.holds(by.attributes(), {"programme": grant.programme_id}) is True


@route_policy(GRANT_PAGES)
@require_http_methods(["GET", "POST"])
def closing_grant(request: HttpRequest, grant: UUID) -> HttpResponse:
    """The closing of a grant: the plan; for a supervisor the list, for whoever directs how many are left."""
    by = actor_of(request)
    found = queries.closing_grant(by, grant)
    assert found.grant is not None
    may_plan = _may_plan(by, found.grant)
    form = None
    if may_plan and found.closing is None and found.grant.closed_on is None:
        form = ClosingGrantForm(request.POST or None, grant=found.grant, today=today_in(found.grant.programme_id))
        if request.method == "POST" and form.is_valid():
            told = form.cleaned_data
            if saved(form, lambda: plan_grant_closing(by=by, op_id=op_id_of(request), grant=grant, **told), request):
                return HttpResponseRedirect(care_url("closing_grant", grant))
    return page(request, "care/closing_grant.html", _closing(by, found, found.grant, may_plan, form))


def _closing(by: Actor, found: queries.Ending, grant: Grant, may_plan: bool, form: Any) -> dict[str, Any]:
    closing = found.closing
    people = [(one, ONWARD.get(one.onward, ""), farewell_url(one.person, closing)) for one in found.people if closing]
    names = dict(Site.objects.values_list("id", "name")) if found.counts else {}
    return {
        "found": found,
        "people": people,
        "total": len(people),
        "counts": [(names[one.site], one) for one in found.counts],
        "why": queries.why_of(closing) if closing else "",
        "told": queries.told_of(closing) if closing else [],
        "form": form,
        "may_plan": may_plan,
        "may_say": by.duty == "supervisor",
        "over": closing is not None and closing.ends_on <= today_in(grant.programme_id),
        "cancel_url": care_url("cancel_grant", grant.id),
        "finish_url": care_url("finish_grant", grant.id),
        "back": reverse("programme:grant", args=[grant.id]),
        "op_id": new_op_id(),
    }


def _to_be_asked(request: HttpRequest, by: Actor, found: queries.Ending) -> bool:
    """Whether to ask once more. Whoever may not do it is never asked, and told nothing."""
    grant = found.grant
    open_still = grant is not None and grant.closed_on is None and found.closing is not None
    return open_still and grant is not None and _may_plan(by, grant) and not is_sure(request)


@route_policy(GRANT_PAGES)
@require_POST
def cancel_grant(request: HttpRequest, grant: UUID) -> HttpResponse:
    """The grant goes on after all."""
    by = actor_of(request)
    found = queries.closing_grant(by, grant)
    if _to_be_asked(request, by, found):
        back = care_url("closing_grant", grant)
        return make_sure(request, found.name, back, _("The grant goes on after all"), *GOES_ON_AFTER_ALL)
    cancel_grant_closing(by=by, op_id=op_id_of(request), grant=grant)
    return HttpResponseRedirect(care_url("closing_grant", grant))


@route_policy(GRANT_PAGES)
@require_POST
def finish_grant(request: HttpRequest, grant: UUID) -> HttpResponse:
    """Close the grant, when its day has come and nobody is left without a goodbye."""
    by = actor_of(request)
    found = queries.closing_grant(by, grant)
    if _to_be_asked(request, by, found):
        return make_sure(request, found.name, care_url("closing_grant", grant), _("Close the grant"), *FOR_GOOD)
    try:
        close_grant(by=by, op_id=op_id_of(request), grant=grant)
    except Problem as problem:
        if problem.status in (403, 404):
            raise
        say(request, f"{problem.what} {problem.do}")
        return HttpResponseRedirect(care_url("closing_grant", grant))
    say(request, _("The grant is closed."))
    return HttpResponseRedirect(reverse("programme:grant", args=[grant]))


@route_policy(SUPERVISOR_PAGES)
@require_http_methods(["GET", "POST"])
def attribution(request: HttpRequest, episode: UUID) -> HttpResponse:
    """Which grants pay for an episode, and writing down another answer than the one that is worked out."""
    by = actor_of(request)
    row = queries.attributable(by, episode).first()
    if row is None:
        raise Absent()
    shown = queries.who_pays(by, row)
    form = AttributionForm(request.POST or None, grants=[one for one, *_more in shown])
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        if saved(form, lambda: attribute(by=by, op_id=op_id_of(request), episode=episode, **told), request):
            return HttpResponseRedirect(care_url("attribution", episode))
    context = {
        "code": last_file(row.person).code,
        "shown": [(one, *PAYS[pays], said, why) for one, pays, said, why in shown],
        "form": form,
        "op_id": new_op_id(),
        "back": care_url("episode", episode),
    }
    return page(request, "care/attribution.html", context)
