"""One session to read: what was done, what comes next, how it was corrected; and correcting it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karama.accounts.routes import route_policy
from karama.care import pathways, queries
from karama.care.access import CLINICAL, MEDICINE_READERS, SESSION_PAGES
from karama.care.actions import amend_session, settle_next_step
from karama.care.actions.nextsteps import LEFT
from karama.care.models import NextStep, Session
from karama.care.models.session import RiskAsked
from karama.care.queries.sessions import SessionLine, SessionVersion
from karama.care.registries import referral_url
from karama.care.sessionforms import HOMEWORK, NEXT, CorrectionForm
from karama.care.views import actor_of, called_by, care_url, new_op_id, op_id_of, person_url
from karama.journal import Actor, Problem
from karama.people.models import Person
from karama.ui.addresses import reverse
from karama.ui.dates import about
from karama.ui.listing import in_a_row
from karama.ui.notices import say, warn
from karama.ui.rendering import page

WORDS: dict[str, dict[str, Any]] = {
    "homework": dict(HOMEWORK),
    "next_step": dict(NEXT),
    "risk": dict(RiskAsked.choices),
}
Pairs = list[tuple[Any, Any]]


@route_policy(SESSION_PAGES)
@require_GET
def session(request: HttpRequest, session: UUID) -> HttpResponse:
    """Everything that was told of a session, as far as the reader opens it, with every version."""
    by = actor_of(request)
    found, line = queries.session_page(by, session)
    shown = [(one, one.session.get_attended_display(), _pairs(by, found, one)) for one in line.versions]
    context = {
        "code": found.code,
        "called": called_by(by, found),
        "on": about(line.session.occurred_on, line.session.precision),
        "newest": shown[0],
        "older": shown[1:],
        "newer": care_url("session", line.newer) if line.newer else "",
        "step": step_shown(by, found, queries.step_of_session(session)),
        "notes_url": care_url("notes", found.id) if by.duty in CLINICAL else "",
        "amend_url": "" if line.newer else care_url("amend_session", session),
        "back": person_url(found.id),
        "op_id": new_op_id(),
    }
    return page(request, "care/session_read.html", context)


def _pairs(by: Actor, person: Person, one: SessionVersion | SessionLine) -> Pairs:
    """What was told of one version; None where nothing was told; nothing of what the reader may not open."""
    row, fields = one.session, one.fields
    told: Pairs = []
    if row.attended == "came":
        with_one = (_interpreter(person, row) or _("Yes")) if row.interpreted else _("No")
        told = [
            (_("Where"), row.get_modality_display()),
            (_("Minutes"), str(row.minutes) if row.minutes else None),
            (_("With an interpreter"), with_one),
        ]
        if fields:
            told += [*done(person, fields), (_("Was safety asked about?"), _word("risk", fields.get("risk_asked")))]
    return [*told, (_("Next"), _word("next_step", fields.get("next_step")))] if fields else told


def done(person: Person, fields: dict[str, Any]) -> Pairs:
    """What was practised and what was agreed to practise."""
    known = dict(pathways.choices(pathways.of_programme(person.programme.code).techniques))
    techniques = in_a_row(known.get(one, one) for one in fields.get("techniques") or ())
    return [
        (_("What was done"), techniques or None),
        (_("Something to practise"), _word("homework", fields.get("homework"))),
    ]


def _word(what: str, code: Any) -> Any:
    return WORDS[what].get(code) if code else None


def _interpreter(person: Person, row: Session) -> str:
    """The work alias of who interpreted; empty for somebody who is on the list no more."""
    return dict(queries.interpreters_at(person)).get(str(row.interpreter_id), "")


def step_shown(by: Actor, person: Person, row: NextStep | None, way: str = "") -> dict[str, Any] | None:
    """What a session or a visit left to do: where that is done (`way`: told to whoever prepares the referral), and who
    may say that it is."""
    if row is None or row.ended in ("corrected", "again"):
        return None
    if "clinical" not in by.compartments and row.user_id != by.id:
        return None
    ways = {
        "refer": (_("Prepare a referral"), referral_url(by, person.id) + way),
        "sooner": (_("Book a time"), reverse("reception:book", args=[person.id])),
    }
    label, url = ways.get(row.step, ("", ""))
    return {
        "words": row.get_step_display(),
        "ended": row.get_ended_display() if row.ended else "",
        "ended_on": row.ended_on,
        "label": label,
        "url": "" if row.ended else url,
        "how": "discussed" if row.step == "discuss" else "settled",
        "settle_url": care_url("settle_step", row.id) if not row.ended and _settles(by, row) else "",
    }


def _settles(by: Actor, row: NextStep) -> bool:
    return by.duty == "supervisor" or row.user_id == by.id


def last_time(by: Actor, person: Person) -> dict[str, Any] | None:
    """What happened last time, beside the form of the next: homework first."""
    line = queries.last_held(by, person.id)
    if line is None:
        return None
    fields = line.fields
    pairs = (
        [*reversed(done(person, fields)), (_("Next"), _word("next_step", fields.get("next_step")))] if fields else []
    )
    return {
        "on": about(line.session.occurred_on, line.session.precision),
        "who": line.who,
        "pairs": pairs,
        "url": care_url("session", line.session.id),
    }


def after_saving(person: UUID, session: UUID | None, step: str) -> str:
    """Where to go after a session was saved: to the session when it left something to do, else to the person."""
    return care_url("session", session) if session is not None and step in LEFT else person_url(person)


@route_policy(SESSION_PAGES)
@require_GET
def step(request: HttpRequest, left_step: UUID) -> HttpResponse:
    """What is still to do for somebody: the session or the visit that says so, for who opens it; else that alone, and
    where to say that it is done."""
    by = actor_of(request)
    found, row = queries.step_page(by, left_step)
    where = _where(by, row)
    shown = step_shown(by, found, row) if not where else None
    if shown is None:
        return HttpResponseRedirect(where or person_url(found.id))
    context = {
        "code": found.code,
        "called": called_by(by, found),
        "step": shown,
        "back": person_url(found.id),
        "op_id": new_op_id(),
    }
    return page(request, "care/step_left.html", context)


@route_policy(SESSION_PAGES)
@require_POST
def settle(request: HttpRequest, left_step: UUID) -> HttpResponse:
    """It was discussed, or is settled: one tap."""
    by = actor_of(request)
    found, row = queries.step_page(by, left_step)
    try:
        settle_next_step(by=by, op_id=op_id_of(request), left_step=left_step, how=request.POST.get("how", ""))
    except Problem as problem:
        warn(request, f"{problem.what} {problem.do}")
    else:
        say(request, _("Saved."))
    return HttpResponseRedirect(_where(by, row) or person_url(found.id))


def _where(by: Actor, row: NextStep) -> str:
    """The session or the visit that left something to do; empty for who opens no visits."""
    if row.session_id is not None:
        return care_url("session", row.session_id)
    return care_url("visit", row.visit_id) if row.visit_id is not None and by.duty in MEDICINE_READERS else ""


@route_policy(SESSION_PAGES)
@require_http_methods(["GET", "POST"])
def amend(request: HttpRequest, session: UUID) -> HttpResponse:
    """What was told of a session, corrected: a wrong tap, or she came after all."""
    by = actor_of(request)
    found, line = queries.session_page(by, session)
    form = CorrectionForm(
        request.POST or None,
        minutes=line.session.minutes,
        risk="clinical" in by.compartments or not line.held_once,
        told="clinical" in by.compartments,
        techniques=_techniques(found, line),
        interpreters=_interpreters(found, line),
        initial=_was(line),
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = amend_session(by=by, op_id=op_id_of(request), session=session, **form.arguments())
        except Problem as problem:
            form.take(problem)
        else:
            say(request, _("Corrected. Both versions are kept."))
            return HttpResponseRedirect(care_url("session", made.record or session))
    context = {
        "form": form,
        "code": found.code,
        "called": called_by(by, found),
        "on": about(line.session.occurred_on, line.session.precision),
        "newer": care_url("session", line.newer) if line.newer else "",
        "back": care_url("session", session),
        "op_id": request.POST.get("op_id") or new_op_id(),
    }
    return page(request, "care/amend_session.html", context)


def _techniques(person: Person, line: SessionLine) -> list[tuple[str, str]]:
    """Those of the programme, and those that were ticked and are listed no more."""
    known = pathways.choices(pathways.of_programme(person.programme.code).techniques)
    ticked = (line.told.fields.get("techniques") if line.told else None) or []
    return [*known, *((one, one) for one in ticked if one not in dict(known))]


def _interpreters(person: Person, line: SessionLine) -> list[tuple[str, Any]]:
    """Those who may be chosen, and who was chosen, though listed no more."""
    known: list[tuple[str, Any]] = list(queries.interpreters_at(person))
    chosen = str(line.told.session.interpreter_id or "") if line.told else ""
    return [*known, *([(chosen, _("As it was written down"))] if chosen and chosen not in dict(known) else [])]


def _was(line: SessionLine) -> dict[str, Any]:
    """What stands there: of what was done, as it was told when the session was last said to be held."""
    row, told = line.session, line.told
    held, fields = (told.session, told.fields) if told is not None else (None, {})
    return {
        "attended": row.attended,
        "modality": row.modality,
        "minutes": str(row.minutes or ""),
        "risk_asked": line.fields.get("risk_asked") or "",
        "techniques": fields.get("techniques") or [],
        "homework": fields.get("homework") or "",
        "next_step": line.fields.get("next_step") or "",
        "interpreted": "yes" if held is not None and held.interpreted else "no",
        "interpreter": str(held.interpreter_id or "") if held is not None else "",
    }
