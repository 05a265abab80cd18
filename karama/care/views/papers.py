"""Forms on paper: printed under a number, blank or for a person, and typed in later through the ordinary forms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karama.accounts.routes import route_policy
from karama.care import medicalwords, papers, queries
from karama.care.access import PAPER_PAGES
from karama.care.actions.papering import begin_paper, form_of, settle_paper, tell, tell_of_code
from karama.care.paperforms import ACTED, PaperStartForm
from karama.care.queries.papers import papers_about
from karama.care.views import actor_of, care_url, new_op_id, op_id_of, person_url
from karama.care.views.leaving import is_sure
from karama.care.views.printing import MOST_COPIES, new_number
from karama.journal import Absent, Actor, Problem
from karama.people import queries as people
from karama.people import workers
from karama.people.queries import TypedIn
from karama.people.views.papers import typed_in
from karama.programme.models import Site
from karama.rules.episodes import OPEN_STATES
from karama.rules.risk import WORRIES
from karama.safety.queries import emergency_at
from karama.ui.dates import about
from karama.ui.notices import say
from karama.ui.rendering import page

NOT_YET: Final = "{}:nobody"
"""A danger that was told, but not yet of anybody who is known."""

PAGE_OF: Final = {
    "session": "care:new_session",
    "body": "care:new_body_session",
    "visit": "care:new_visit",
    "follow_up": "care:follow_up",
    "consent": "people:cards",
}
NOT_ON_THE_LIST: Final = _("Nobody on your list has this code. Ask your supervisor to put you in charge.")
NO_EPISODE: Final = _("This person has no open episode that could be closed.")


def address_of(paper: TypedIn | None) -> str:
    """What is added to an address so that the next page goes on with the sheet: its id."""
    return f"?paper={paper.id}" if paper is not None else ""


def of_paper(paper: TypedIn | None) -> dict[str, Any]:
    """For the action of the form."""
    return {"paper": paper.id} if paper is not None else {}


def typing_from(paper: TypedIn | None, kind: str, form: forms.Form, *said_before: str) -> None:
    """Let a form show the marks of the sheet that is typed in, and leave out what was said at the beginning."""
    if paper is None:
        return
    papers.show_marks(kind, form)
    for name in said_before:
        del form.fields[name]


def emergencies_of(paper: TypedIn | None) -> list[tuple[str, Any]]:
    """Emergencies of a visit, with the marks of the sheet that is typed in."""
    marks = papers.marks_of("emergency", list(medicalwords.EMERGENCIES))
    said = medicalwords.EMERGENCIES.items()
    return [(code, f"{marks[code]} · {words}" if paper is not None else words) for code, words in said]


@route_policy(PAPER_PAGES)
@require_http_methods(["GET", "POST"])
def type_in(request: HttpRequest) -> HttpResponse:
    """Which sheet, whose, who took it, when, and whether somebody is in danger; and blank forms to print."""
    by = actor_of(request)
    places = people.sites_of(by)
    form = PaperStartForm(
        request.POST or None,
        sites=[(str(one.id), one.name) for one in places],
        colleagues=_colleagues(places),
        initial={"number": new_number("registration") if request.GET.get("new") else ""},
    )
    told_already = request.POST.get("told", "")
    if request.method == "POST":
        onward = _begun(request, by, form)
        if onward:
            return HttpResponseRedirect(onward)
        told_already = _tell_now(by, form, told_already)
    context = {
        "form": form,
        "told": told_already,
        "emergency": emergency_at(form.site_told() or places[0].id) if told_already and places else None,
        "op_id": new_op_id(),
        "blank": [(kind.title, care_url("print_blank", form_code), care_url("print_key", form_code))
                  for form_code, kind in papers.offered_to(by.duty)],
        "copies": MOST_COPIES // 4,
    }  # fmt: skip
    return page(request, "care/paper_in.html", context)


def _begun(request: HttpRequest, by: Actor, form: PaperStartForm) -> str:
    """The address of the form of the sheet; empty when something of the beginning does not fit."""
    if not form.is_valid():
        return ""
    sent = form.cleaned_data
    kind = form_of(sent["number"])
    try:
        person = people.find(by, code=sent["code"]) if kind not in ("", "registration") else None
        made = begin_paper(
            by=by,
            op_id=op_id_of(request),
            number=sent["number"],
            person=person,
            site=UUID(sent["site"]) if kind == "registration" else None,
            taken_by=UUID(sent["taken_by"]),
            on=sent["on"].day,
            precision=sent["on"].precision,
            told=form.told(),
        )
    except Absent:
        form.add_error("code", str(NOT_ON_THE_LIST))
    except Problem as problem:
        if problem.status == 429:
            raise
        form.take(problem)
    else:
        if kind != "closing" or person is None or _open_episode(by, person) is not None:
            return _onward(by, kind, person, UUID(str(made.record)))
        form.add_error("code", str(NO_EPISODE))
    return ""


def _onward(by: Actor, kind: str, person: UUID | None, paper: UUID) -> str:
    if person is None:
        return reverse("people:search") + f"?paper={paper}"
    if kind == "closing":
        return care_url("close", _open_episode(by, person) or "") + f"?paper={paper}"
    return reverse(PAGE_OF[kind], args=[person]) + f"?paper={paper}"


def _open_episode(by: Actor, person: UUID) -> UUID | None:
    return next((one.id for one in queries.episodes_of(by, person) if one.state in OPEN_STATES), None)


def _tell_now(by: Actor, form: PaperStartForm, told_already: str) -> str:
    """A danger is told although the rest does not fit: of whoever the code names, or of somebody not known yet. What
    was told of somebody not known is told once more when she is. Returns what is told by now."""
    told = form.danger_told()
    if told is None or told_already == told.danger:
        return told_already
    code = "" if form_of(str(form["number"].data or "")) == "registration" else form.code_told()
    site = form.site_told() or next(iter(sorted(by.sites)), None)
    try:
        tell(by, people.find(by, code=code), told, site=site)
    except Problem:
        if told_already != NOT_YET.format(told.danger):
            tell_of_code(by, code, told, site=site)
        return NOT_YET.format(told.danger)
    return told.danger


def _colleagues(places: Sequence[Site]) -> list[tuple[str, str]]:
    found = workers.workers_at([one.id for one in places])
    return [(str(one.user), f"{one.alias} ({one.label})") for one in found]


@route_policy(PAPER_PAGES)
@require_POST
def paper_known(request: HttpRequest) -> HttpResponse:
    """A sheet of registration is of somebody who was found: asked once more, then entered as hers."""
    by = actor_of(request)
    sheet = typed_in(request, by, "registration")
    shown = next(iter(people.found_by_code(by, code=request.POST.get("code", ""))), None)
    if sheet is None or shown is None:
        raise Absent()
    if not is_sure(request):
        context = {"paper": sheet, "person": shown, "back": reverse("people:search") + address_of(sheet)}
        return page(request, "care/paper_known.html", context | {"op_id": new_op_id()})
    settle_paper(by=by, paper=sheet.id, person=shown.id, op_id=op_id_of(request))
    say(request, _("Typed in. Nobody was registered a second time."))
    return HttpResponseRedirect(person_url(shown.id) if shown.mine else "/")


@route_policy(PAPER_PAGES)
@require_GET
def papers_of(request: HttpRequest, person: UUID) -> HttpResponse:
    """Forms to print for a person, and what was typed in from paper."""
    by = actor_of(request)
    lines = papers_about(by, person)
    offered = [(code, kind) for code, kind in papers.offered_to(by.duty) if code != "registration"]
    context = {
        "back": person_url(person),
        "type_in": care_url("type_in"),
        "forms": [(kind.title, care_url("print_for", person, code)) for code, kind in offered],
        "lines": [
            (one, papers.KINDS[one.form].title, about(one.on, one.precision), _acted(one.told, one.acted_by))
            for one in lines
        ],
    }
    return page(request, "care/papers.html", context)


def _acted(told: dict[str, Any], who: str) -> list[tuple[str | Promise, Any]]:
    if told.get("danger") not in WORRIES:
        return []
    by_whom = _("Somebody who does not work here") if who == "other" else who
    return [
        (_("Was something done about a danger?"), dict(ACTED).get(told.get("acted", ""), _("Not known"))),
        (_("Who"), by_whom),
        (_("When"), told.get("acted_on") or ""),
    ]
