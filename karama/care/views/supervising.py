"""The supervisor's page, and handing a caseload over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karama.accounts import duties
from karama.accounts.routes import route_policy
from karama.care import queries
from karama.care.access import EPISODE_PAGES, SUPERVISOR_PAGES
from karama.care.actions import hand_over_caseload, supervise
from karama.care.openwork import said_in
from karama.care.supervisionwords import (
    ABOUT,
    QUESTION_STATES,
    STUCK,
    ago_words,
    fidelity_words,
    last_words,
    remarkable,
)
from karama.care.views import actor_of, care_url, new_op_id, op_id_of
from karama.journal import Actor, clock
from karama.journal.together import Asks, answered, together
from karama.people.forms.file import line
from karama.programme.days import today_at, today_for
from karama.rules.risk import GRADES
from karama.safety.queries import AlertLine, ClosedAlert, closed_alerts, open_alerts
from karama.safety.words import OUTCOMES, clock_words
from karama.ui.addresses import reverse
from karama.ui.bidi import isolate_plain
from karama.ui.dates import moment
from karama.ui.rendering import KaramaForm, page
from karama.ui.saving import saved

CLOSED_FOR = timedelta(days=7)
"""So long a closed alert that nobody has read once more stands on the supervisor's page: also over days off."""


LEFT_TO_DO = {"refer": _("Refer this person"), "sooner": _("Meet this person sooner")}


@route_policy(SUPERVISOR_PAGES)
@require_GET
def supervision(request: HttpRequest) -> HttpResponse:
    """Alerts first, the oldest first; then what waits for a signature, who is stuck, and the colleagues."""
    by = actor_of(request)
    now = clock.now()
    (found, lines, closed), asked, left = answered(
        together(_page(by, now), queries.to_discuss.asking(by), queries.steps_left.asking(by))
    )
    alerts = _grouped(lines, now)
    context = {
        "alerts": alerts,
        "each": lines if len(lines) > len(alerts) else [],
        "closed": [(one, OUTCOMES.get(one.outcome, ""), care_url("review_alert", one.id)) for one in closed],
        "asked": [(one, said_in(one.session, one.visit)) for one in asked],
        "left": [(one, LEFT_TO_DO[one.step], said_in(one.session, one.visit)) for one in left],
        "notes": [(one, care_url("note", one.note)) for one in found.notes],
        "closures": [(code, who, on, care_url("close", episode)) for episode, code, who, on in found.closures],
        "deaths": [(code, care_url("death", death)) for death, code in found.deaths],
        "stuck": [(one, *STUCK[one.why], care_url("review_stuck", one.episode)) for one in found.stuck],
        "looked": [(one, care_url("review_stuck", one.episode)) for one in found.looked],
        "questions": [_question(one, today_for(by)) for one in found.asked],
        "more": max(0, len(found.stuck) - 12),
        "supervisees": [
            {
                "one": one,
                "duty": duties.label(one.duty),
                "last": last_words(one.last, today_at(one.site)),
                "fidelity": fidelity_words(one.fidelity),
                "held": f"{care_url('hold_supervision', one.user)}?site={one.site}",
                "hand_over": care_url("hand_over", one.user),
                "cosign": care_url("supervise", one.user),
            }
            for one in found.supervisees
        ],
        "celebrate": [remarkable(one) for one in found.celebrate],
        "look": [remarkable(one) for one in found.look],
        "own": by.id,
        "register_url": care_url("registers"),
    }
    return page(request, "care/supervision.html", context)


def _question(one: queries.AskedLine, today: date) -> tuple[queries.AskedLine, Any, str, Any, str, str]:
    """A line of what she asked: what about, how it stands, how long ago."""
    badge, state = QUESTION_STATES[one.state]
    return one, ABOUT[one.about], badge, state, ago_words(one.since, today), care_url("question", one.id)


def _page(by: Actor, now: datetime) -> Asks[tuple[queries.Supervision, list[AlertLine], list[ClosedAlert]]]:
    """What stands on it, the alerts that are open, the oldest first, and those that were closed and not read again."""
    unread = closed_alerts.asking(by, now - CLOSED_FOR, queries.reviewed_since.asking)
    found, lines, closed = yield from together(queries.supervision.asking(by), open_alerts.asking(by), unread)
    return found, sorted(lines, key=lambda one: one.raised_at), closed


@dataclass(frozen=True)
class AlertGroup:
    """All open alerts about one person as one row: the reddest grade, the oldest day, the next clock."""

    first: AlertLine
    words: str
    grade: str
    clock: str


def _grouped(lines: list[AlertLine], now: datetime) -> list[AlertGroup]:
    """One row for each person, in the order given; somebody who is not on file here has a row for each alert."""
    by_person: dict[str, list[AlertLine]] = {}
    for one in lines:
        by_person.setdefault(one.code or str(one.id), []).append(one)
    return [
        AlertGroup(
            first=told[0],
            words=_group_words(told),
            grade=min((one.grade for one in told), key=GRADES.index),
            clock=clock_words(min(one.due_at for one in told), now),
        )
        for told in by_person.values()
    ]


def _group_words(told: list[AlertLine]) -> str:
    since = f"{_('Open since')} {moment(told[0].raised_at)}"
    many = ngettext("%(count)d alert", "%(count)d alerts", len(told)) % {"count": len(told)}
    return since if len(told) == 1 else f"{many} · {since}"


@route_policy(SUPERVISOR_PAGES)
@require_POST
def cosign(request: HttpRequest, user: UUID) -> HttpResponse:
    """Whether a colleague's notes are co-signed at a site."""
    by = actor_of(request)
    site = queries.site_of_supervisee(by, user, request.POST.get("site", ""))
    supervise(by=by, op_id=op_id_of(request), user=user, site=site, cosigned=request.POST.get("cosigned") == "yes")
    return HttpResponseRedirect(reverse("care:supervision"))


class HandOverForm(KaramaForm):
    """A receiver for each person; then, once for all of them, for whom a receiver is involved."""

    asked = forms.ChoiceField(
        label=_("Did you ask whether a receiver is a relative, a neighbour or otherwise involved?"),
        choices=[("yes", _("Yes: for nobody, or for those marked here")), ("no", _("Not yet"))],
        required=False,
        widget=forms.RadioSelect,
    )
    related = forms.TypedMultipleChoiceField(
        label=_("The receiver is involved with"), coerce=UUID, required=False, widget=forms.CheckboxSelectMultiple
    )
    conflict_note = line(_("If somebody is: why, and how did the person agree?"), most=200)

    def __init__(self, *args: Any, held: list[queries.Held], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("related", [(str(one.person), isolate_plain(one.code)) for one in held if one.to])
        for one in held:
            self.fields[one.person.hex] = forms.ChoiceField(
                label=isolate_plain(one.code),
                required=False,
                choices=[("", _("Stays")), *one.to],
                help_text=_("Responsible") if one.leads else _("Works with"),
            )
            if one.to:
                self.fields[one.person.hex].initial = one.to[0][0]
        self.people = [one.person.hex for one in held]
        self.order_fields([*self.people, "asked", "related", "conflict_note"])

    def clean(self) -> dict[str, Any]:
        """Whoever is marked has a receiver: nothing that was said is lost."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if any(not told.get(one.hex) for one in told.get("related", ())):
            self.add_error("related", _("Choose a receiver for everybody you marked."))
        return told

    def arguments(self) -> dict[str, Any]:
        """For the action."""
        told = self.cleaned_data
        return {
            "receivers": {UUID(name): UUID(told[name]) for name in self.people if told[name]},
            "asked": told["asked"] == "yes",
            "related": told["related"],
            "conflict_note": told["conflict_note"],
        }


@route_policy(EPISODE_PAGES)
@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, user: UUID) -> HttpResponse:
    """A whole caseload on one screen: everybody has a colleague chosen already; change what is not right, save."""
    by = actor_of(request)
    alias, held = queries.held_by(by, user)
    form = HandOverForm(request.POST or None, held=held)
    if request.method == "POST" and form.is_valid():
        told = form.arguments()
        if saved(form, lambda: hand_over_caseload(by=by, op_id=op_id_of(request), user=user, **told), request):
            return HttpResponseRedirect(care_url("hand_over", user))
    back = reverse("care:supervision") if by.duty == "supervisor" else "/"
    context = {"alias": alias, "held": held, "form": form, "op_id": new_op_id(), "back": back}
    return page(request, "care/hand_over.html", context)
