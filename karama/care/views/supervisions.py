"""A supervision is written down, read by the two, answered; a closed alert is read once more."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karama.accounts.routes import route_policy
from karama.care import queries, supervisionwords
from karama.care.access import EPISODE_PAGES, SUPERVISOR_PAGES
from karama.care.actions import answer_supervision, finish_supervision_task, record_supervision, review_alert
from karama.care.supervisionforms import AlertReviewForm, SupervisionAnswerForm, SupervisionForm
from karama.care.views import actor_of, care_url, new_op_id, op_id_of, person_url
from karama.journal import clock
from karama.programme.days import today_at
from karama.safety.views.alerts import shown_alert
from karama.ui.addresses import reverse
from karama.ui.listing import in_a_row
from karama.ui.rendering import page
from karama.ui.saving import saved


@route_policy(SUPERVISOR_PAGES)
@require_http_methods(["GET", "POST"])
def hold(request: HttpRequest, user: UUID) -> HttpResponse:
    """Write down that a colleague was supervised: what is usual is chosen already."""
    by = actor_of(request)
    site, colleagues = queries.who_to_supervise(by, user, request.GET.get("site", ""))
    today = today_at(site)
    form = SupervisionForm(
        request.POST or None,
        colleagues=colleagues,
        people=queries.people_to_speak_of(by, site, user),
        initial={"on": today},
    )
    if request.method == "POST" and form.is_valid():
        made: list[UUID] = []

        def save() -> None:
            told = form.arguments(by.id, today)
            made.append(UUID(str(record_supervision(by=by, op_id=op_id_of(request), site=site, **told).record)))

        if saved(form, save, request):
            return HttpResponseRedirect(care_url("supervision_held", made[0]))
    context = {
        "form": form,
        "alias": colleagues[0][1],
        "op_id": new_op_id(),
        "back": reverse("care:supervision"),
    }
    return page(request, "care/hold_supervision.html", context)


@route_policy(EPISODE_PAGES)
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """The reader's own supervision: what she does, what was held with her or by her."""
    by = actor_of(request)
    context = {
        "tasks": [(one, care_url("supervision_held", one.held)) for one in queries.supervision_tasks(by)],
        "held": [(one, in_a_row(one.who), care_url("supervision_held", one.id)) for one in queries.supervisions_of(by)],
    }
    return page(request, "care/supervisions.html", context)


@route_policy(EPISODE_PAGES)
@require_http_methods(["GET", "POST"])
def held(request: HttpRequest, supervision: UUID) -> HttpResponse:
    """One supervision, for those who were there and whoever supervises the supervisor."""
    by = actor_of(request)
    found = queries.supervision_held(by, supervision)
    own = next((one for one in found.seats if one.own), None)
    form = SupervisionAnswerForm(request.POST or None)
    pressed = request.POST.get("agrees") in ("yes", "no")
    if request.method == "POST" and own is not None and pressed and form.is_valid():
        agrees, words = request.POST.get("agrees") == "yes", form.cleaned_data["words"]
        if saved(
            form,
            lambda: answer_supervision(by=by, op_id=op_id_of(request), seat=own.id, agrees=agrees, words=words),
            request,
        ):
            return HttpResponseRedirect(care_url("supervision_held", supervision))
    context = {
        "found": found,
        "how": found.row.get_mode_display(),
        "skills": supervisionwords.skills(found.ratings),
        "people": [(code, person_url(person)) for person, code in found.people],
        "answers": [(one, supervisionwords.ANSWERS[one.answered]) for one in found.seats if one.answered],
        "tasks": [(one, care_url("finish_supervision_task", one.id)) for one in found.tasks],
        "asks": own is not None and not own.answered,
        "form": form,
        "op_id": new_op_id(),
    }
    return page(request, "care/supervision_held.html", context)


@route_policy(EPISODE_PAGES)
@require_POST
def finish(request: HttpRequest, task: UUID) -> HttpResponse:
    """What was agreed is done."""
    by = actor_of(request)
    done = finish_supervision_task(by=by, op_id=op_id_of(request), task=task)
    return HttpResponseRedirect(care_url("supervision_held", done.value.held_id))


@route_policy(EPISODE_PAGES)
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, closed: UUID) -> HttpResponse:
    """A closed alert on one page: what happened, then well, ask or take over. Its closer reads what is asked."""
    by = actor_of(request)
    found = queries.alert_to_review(by, closed)
    form = AlertReviewForm(request.POST or None)
    if request.method == "POST" and found.may and form.is_valid():
        told = {"decision": request.POST.get("decision", ""), "words": form.cleaned_data["words"]}
        told["plain"] = request.POST.get("plain") == "yes"
        if saved(form, lambda: review_alert(by=by, op_id=op_id_of(request), closed=closed, **told), request):
            return HttpResponseRedirect(reverse("care:supervision"))
    context = {
        **shown_alert(found.alert, clock.now()),
        "found": found.alert,
        "may": found.may,
        "plain": found.plain,
        "reviews": [(one, supervisionwords.REVIEWS[one.decision]) for one in found.reviews],
        "questions": queries.questions_about(by, [closed]),
        "alert_url": reverse("safety:alert", args=[closed]),
        "form": form,
        "op_id": new_op_id(),
        "back": reverse("care:supervision") if by.duty == "supervisor" else "/",
    }
    return page(request, "care/review_alert.html", context)
