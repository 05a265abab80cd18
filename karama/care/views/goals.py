"""Goals that a person shares with both disciplines, for whoever does not open the plan: a physiotherapist."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from karama.accounts.routes import route_policy
from karama.care import queries
from karama.care.access import AGREE_GOAL, AGREEING, AGREEING_PAGES
from karama.care.actions import agree_goal
from karama.care.meetingforms import AgreedGoalForm
from karama.care.views import actor_of, care_url, new_op_id, op_id_of, whose
from karama.journal import Actor
from karama.people.queries import person_in_reach
from karama.rules.episodes import OPEN_STATES
from karama.ui.rendering import page
from karama.ui.saving import saved


@route_policy(AGREEING_PAGES)
@require_http_methods(["GET", "POST"])
def share(request: HttpRequest, episode: UUID) -> HttpResponse:
    """A goal that the person shares, written down without opening the plan."""
    by = actor_of(request)
    found = queries.episode_page(by, episode)
    person = person_in_reach(by, found.person.id, AGREE_GOAL)
    form = AgreedGoalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.arguments()
        if saved(form, lambda: agree_goal(by=by, op_id=op_id_of(request), episode=episode, **told), request):
            return HttpResponseRedirect(care_url("episode", episode))
    context = {
        "title": _("Write down a goal for all of you"),
        "form": form,
        "op_id": request.POST.get("op_id") or new_op_id(),
        "back": care_url("episode", episode),
        **whose(by, person),
    }
    return page(request, "care/medical_form.html", context)


def goals_together(by: Actor, person: UUID) -> dict[str, Any]:
    """For a page of either discipline: what the person shares, and where one more goal is written down."""
    open_ones = [one.id for one in queries.episodes_of(by, person) if one.state in OPEN_STATES]
    return {
        "shared": [words for _goal, words in queries.shared_goals(by, person)],
        "goal_url": care_url("shared_goal", open_ones[0]) if open_ones and by.duty in AGREEING else "",
    }
