"""One withdrawal for the data protection officer: what it did where, and how what was left open was settled."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from karama.accounts.routes import route_policy
from karama.journal import Problem
from karama.people.access import ERASE_PAGES
from karama.people.actions import settle_effect
from karama.people.forms import SettleForm
from karama.people.queries.lapsing import withdrawal_page
from karama.people.views import actor_of, new_op_id, op_id_of, person_url
from karama.people.views.consents import EFFECT_BADGES, EFFECTS
from karama.people.wordings import PURPOSES
from karama.ui.dates import day, moment
from karama.ui.notices import say
from karama.ui.rendering import page


@route_policy(ERASE_PAGES)
@require_http_methods(["GET", "POST"])
def withdrawal(request: HttpRequest, withdrawn: UUID) -> HttpResponse:
    """Every place that it reached; for what is open, what was asked and what was answered."""
    by = actor_of(request)
    found = withdrawal_page(by, withdrawn)
    left = [one for one in found.effects if one.state != "done"]
    form = SettleForm(request.POST or None, effects=[(str(one.id), one.place) for one in left])
    if request.method == "POST" and left and form.is_valid():
        said = form.cleaned_data
        try:
            settle_effect(by=by, effect=UUID(said["effect"]), how=said["how"], op_id=op_id_of(request))
        except Problem as problem:
            form.take(problem)
        else:
            say(request, _("Saved."))
            return HttpResponseRedirect(request.path)
    context = {
        "ended": found.ended,
        "purpose": PURPOSES.get(found.ended.purpose, found.ended.purpose),
        "on": day(found.ended.at),
        "effects": [
            {
                "place": one.place,
                "kind": EFFECT_BADGES[one.state],
                "said": _("Settled") if one.settled else EFFECTS[one.state],
                "at": moment(one.at) if one.at else "",
                "settled": one.settled,
            }
            for one in found.effects
        ],
        "left": left,
        "form": form,
        "op_id": request.POST.get("op_id") or new_op_id(),
        "consents": person_url(found.ended.person, "consents"),
    }
    return page(request, "people/withdrawal.html", context)
