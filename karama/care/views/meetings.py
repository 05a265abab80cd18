"""Intake meetings, care conferences and supervision: the list makes itself, people are discussed by code."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karama.accounts.routes import route_policy
from karama.care import queries
from karama.care.access import AGREEING, AGREEING_PAGES, EPISODE_PAGES
from karama.care.actions import agree_goal, decide_in_meeting, finish_decision, hold_meeting, wish_discussion
from karama.care.meetingforms import AgreedGoalForm, DecisionForm, DoneForm, MeetingForm, WishForm
from karama.care.models import Decision, MeetingKind
from karama.care.sidewords import sides
from karama.care.views import actor_of, care_url, new_op_id, op_id_of
from karama.care.views.course import colleagues
from karama.journal import Absent, Actor
from karama.programme.days import today_at
from karama.rules.episodes import OPEN_STATES
from karama.ui.addresses import reverse
from karama.ui.rendering import page
from karama.ui.saving import saved

KINDS = dict(MeetingKind.choices)
DECISIONS = dict(Decision.choices)
WHY = {
    "wished": _("A colleague asks for it"),
    "new": _("New this week"),
    "screening": _("Not decided yet"),
    "waiting": _("Waits"),
    "no_lead": _("Nobody is responsible"),
    "no_contact": _("Waits, and nobody stays in touch"),
    "worse": _("Worse on several measures"),
    "silent": _("No contact for long"),
}


@route_policy(EPISODE_PAGES)
@require_GET
def meetings(request: HttpRequest) -> HttpResponse:
    """The meetings of the own sites, and to begin one."""
    by = actor_of(request)
    context = {
        "meetings": [
            (KINDS[one.kind], site, one.occurred_on, count, care_url("meeting", one.id))
            for one, site, count in queries.meetings_of(by)
        ],
        "begin": [
            (label, site, care_url("new_meeting", place, kind))
            for place, site in queries.sites_to_meet_at(by)
            for kind, label in MeetingKind.choices
        ],
    }
    return page(request, "care/meetings.html", context)


@route_policy(EPISODE_PAGES)
@require_http_methods(["GET", "POST"])
def new_meeting(request: HttpRequest, site: UUID, meeting_kind: str) -> HttpResponse:
    """Who is there; whom the list already names is shown, by code."""
    by = actor_of(request)
    if meeting_kind not in KINDS or site not in by.sites:
        raise Absent()
    form = MeetingForm(
        request.POST or None, colleagues=queries.colleagues_to_meet(by, site), initial={"on": today_at(site)}
    )
    if request.method == "POST" and form.is_valid():
        made: list[UUID] = []

        def save() -> None:
            receipt = hold_meeting(by=by, op_id=op_id_of(request), site=site, kind=meeting_kind, **form.arguments())
            made.append(UUID(str(receipt.record)))

        if saved(form, save, request):
            return HttpResponseRedirect(care_url("meeting", made[0]))
    there = [UUID(one) for one, _alias in queries.colleagues_to_meet(by, site)]
    points = queries.agenda(by, site, meeting_kind, there)
    context = {
        "kind": KINDS[meeting_kind],
        "form": form,
        "points": [(one, [WHY[why] for why in one.why], "") for one in points],
        "op_id": new_op_id(),
        "back": reverse("care:meetings"),
    }
    return page(request, "care/new_meeting.html", context)


@route_policy(EPISODE_PAGES)
@require_GET
def meeting(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """One meeting: what was decided, and who is still to be discussed."""
    found = queries.meeting_page(actor_of(request), meeting)
    context = {
        "kind": KINDS[found.row.kind],
        "found": found,
        "how": found.row.get_mode_display(),
        "decided": [(one, DECISIONS[one.decision], care_url("decision", one.id)) for one in found.decided],
        "points": [
            (one, [WHY[why] for why in one.why], care_url("decide", meeting, one.episode)) for one in found.points
        ],
        "back": reverse("care:meetings"),
    }
    return page(request, "care/meeting.html", context)


@route_policy(AGREEING_PAGES)
@require_POST
def agree(request: HttpRequest, meeting: UUID, episode: UUID) -> HttpResponse:
    """A goal for all disciplines, written down in the meeting; then back to what is decided."""
    by = actor_of(request)
    row = queries.episode_page(by, episode)
    if row.episode.person.site_id != queries.meeting_page(by, meeting).row.site_id:
        raise Absent()
    form = AgreedGoalForm(request.POST)
    told = form.arguments() if form.is_valid() else None
    if told is not None and saved(
        form, lambda: agree_goal(by=by, op_id=op_id_of(request), episode=episode, **told), request
    ):
        return HttpResponseRedirect(care_url("decide", meeting, episode))
    return _decide_page(request, by, meeting, row, agreed=form)


@route_policy(EPISODE_PAGES)
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, meeting: UUID, episode: UUID) -> HttpResponse:
    """What the meeting decided about one person."""
    by = actor_of(request)
    row = queries.episode_page(by, episode)
    held = queries.meeting_page(by, meeting)
    if row.episode.person.site_id != held.row.site_id:
        raise Absent()
    form = DecisionForm(request.POST or None, colleagues=colleagues(row.person))
    if request.method == "POST" and form.is_valid():
        done = saved(
            form,
            lambda: decide_in_meeting(
                by=by, op_id=op_id_of(request), meeting=meeting, episode=episode, **form.arguments()
            ),
            request,
        )
        if done:
            return HttpResponseRedirect(care_url("meeting", meeting))
    return _decide_page(request, by, meeting, row, decided=form)


def _decide_page(
    request: HttpRequest,
    by: Actor,
    meeting: UUID,
    row: queries.EpisodePage,
    decided: DecisionForm | None = None,
    agreed: AgreedGoalForm | None = None,
) -> HttpResponse:
    episode, held = row.episode.id, queries.meeting_page(by, meeting)
    point = next((one for one in held.points if one.episode == episode), None)
    may_agree = by.duty in AGREEING and row.episode.state in OPEN_STATES
    context = {
        "sides": sides(queries.sides_of(by, row.episode, row.person)),
        "agree_url": care_url("agree_goal", meeting, episode) if may_agree else "",
        "agreed": (agreed or AgreedGoalForm()) if may_agree else None,
        "code": row.person.code,
        "why": [WHY[why] for why in point.why] if point is not None else [],
        "wish": point.words if point is not None else "",
        "episode_url": care_url("episode", episode),
        "form": decided or DecisionForm(colleagues=colleagues(row.person)),
        "op_id": new_op_id(),
        "other_op_id": new_op_id(),
        "back": care_url("meeting", meeting),
    }
    return page(request, "care/decide.html", context)


@route_policy(EPISODE_PAGES)
@require_http_methods(["GET", "POST"])
def decision(request: HttpRequest, discussed: UUID) -> HttpResponse:
    """One decision, and saying that it is done."""
    by = actor_of(request)
    found = queries.decision_page(by, discussed)
    form = DoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        if saved(
            form, lambda: finish_decision(by=by, op_id=op_id_of(request), discussed=discussed, words=words), request
        ):
            return HttpResponseRedirect(care_url("decision", discussed))
    context = {
        "found": found,
        "what": DECISIONS[found.decision],
        "form": form,
        "episode_url": care_url("episode", found.episode),
        "op_id": new_op_id(),
    }
    return page(request, "care/decision.html", context)


@route_policy(EPISODE_PAGES)
@require_http_methods(["GET", "POST"])
def wish(request: HttpRequest, episode: UUID) -> HttpResponse:
    """Ask that somebody be discussed in the next care conference."""
    by = actor_of(request)
    found = queries.episode_page(by, episode)
    form = WishForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["why"]
        if saved(form, lambda: wish_discussion(by=by, op_id=op_id_of(request), episode=episode, why=why), request):
            return HttpResponseRedirect(care_url("episode", episode))
    context = {
        "code": found.person.code,
        "form": form,
        "op_id": new_op_id(),
        "back": care_url("episode", episode),
    }
    return page(request, "care/wish.html", context)
