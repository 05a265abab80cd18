"""An episode of care: where it stands, who leads it, what was answered in it, what is due next."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from karama.accounts.routes import route_policy
from karama.care import cards, queries, words
from karama.care.access import CLINICAL, EPISODE_PAGES
from karama.care.actions import change_episode_state, open_episode
from karama.care.coursewords import REASONS
from karama.care.deaths import has_died
from karama.care.forms import StateForm
from karama.care.models import Decision, Episode
from karama.care.views import actor_of, care_url, new_op_id, op_id_of, person_url
from karama.journal import Actor, Problem
from karama.people.forms import OwnConflictForm
from karama.people.queries import not_asked_yet
from karama.rules.episodes import OPEN_STATES
from karama.ui.dates import about
from karama.ui.notices import say
from karama.ui.rendering import page

DECISIONS = dict(Decision.choices)


@route_policy(EPISODE_PAGES)
@require_http_methods(["GET", "POST"])
def new_episode(request: HttpRequest, person: UUID) -> HttpResponse:
    """Open an episode, after a question."""
    by = actor_of(request)
    found = queries.episodes_of(by, person)
    form = OwnConflictForm(request.POST if request.method == "POST" else None, asks=not_asked_yet(person, by.id))
    if request.method == "POST" and form.is_valid():
        receipt = open_episode(by=by, op_id=op_id_of(request), person=person, **form.cleaned_data)
        return HttpResponseRedirect(care_url("episode", str(receipt.record)))
    context = {"earlier": len(found), "died": has_died(person), "back": person_url(person), "op_id": new_op_id()}
    context["form"] = form
    return page(request, "care/new_episode.html", context)


@route_policy(EPISODE_PAGES)
@require_http_methods(["GET", "POST"])
def episode(request: HttpRequest, episode: UUID) -> HttpResponse:
    """The page of an episode, and changing where it stands."""
    by = actor_of(request)
    found = queries.episode_page(by, episode)
    asks = found.episode.state == "closed" and bool(found.following) and not_asked_yet(found.person.id, by.id)
    form = StateForm(request.POST or None, following=[one for one in found.following if one != "closed"], asks=asks)
    if request.method == "POST" and form.is_valid():
        try:
            change_episode_state(by=by, op_id=op_id_of(request), episode=episode, **form.cleaned_data)
        except Problem as problem:
            form.take(problem)
        else:
            say(request, _("Saved."))
            waits = form.cleaned_data["state"] == "waiting"
            return HttpResponseRedirect(care_url("waiting" if waits else "episode", episode))
    row = found.episode
    pairs = [
        (_("Where it stands"), words.STATES[row.state]),
        (_("Responsible"), found.lead),
        (_("Opened"), about(row.opened_on, row.opened_precision)),
        (_("Regular care ended"), row.ended_on),
        (_("Why"), _why(found)),
    ]
    may_ask = "clinical" in by.compartments
    due = queries.due_of(by, row) if may_ask else []
    context = {
        "found": found,
        "links": _links(by, row),
        "badge": words.STATE_BADGES[row.state],
        "state": words.STATES[row.state],
        "pairs": pairs,
        "form": form,
        "op_id": new_op_id(),
        "back": person_url(found.person.id),
        "decided": [
            (one, DECISIONS[one.decision], care_url("decision", one.id)) for one in queries.decisions_of(by, row.id)
        ],
        "agreed": queries.shared_goals(by, found.person.id),
        "due": [
            (
                cards.card(one.instrument).name,
                one,
                care_url("start", found.person.id, one.instrument) + f"?wave={one.wave.replace('+', '%2B')}",
            )
            for one in due
        ],
        "ask_first": bool(due) and queries.asks_first(row),
        "responses": [(cards.card(one.instrument).name, one, care_url("response", one.id)) for one in found.responses]
        if may_ask
        else [],
    }
    return page(request, "care/episode.html", context)


def _why(found: queries.EpisodePage) -> Any:
    """Why it stands there, in words. A death that closed it and was taken back is none."""
    if found.reason == "died" and found.following:
        return _("A death was written down by mistake: the person lives")
    return REASONS.get(found.reason, found.reason)


def _links(by: Actor, row: Episode) -> list[tuple[Any, str]]:
    """The pages of an episode that this duty may open."""
    found = []
    if by.duty in CLINICAL:
        found = [(_("Plan"), "plan"), (_("Layer of care"), "pathway")]
    if row.state == "waiting":
        found.append((_("Waiting"), "waiting"))
    if by.duty in CLINICAL and row.state != "closed":
        found.append((_("Close the episode"), "close"))
    if row.state != "closed":
        found.append((_("Discuss"), "wish"))
    if by.duty == "supervisor" and row.state in OPEN_STATES:
        found.append((_("Grants"), "attribution"))
    return [(label, care_url(name, row.id)) for label, name in found]
