"""Forms on paper: printed under a number, blank or for a person, and typed in later through the ordinary forms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karama.accounts.routes import route_policy
from karama.care import medicalwords, papers, queries
from karama.care.access import PAPER_PAGES
from karama.care.actions.papering import (
    begin_paper,
    form_of,
    keep_printed,
    put_paper_aside,
    settle_paper,
    tell,
    tell_of_code,
)
from karama.care.paperforms import ACTED, PaperStartForm
from karama.care.paperkinds import KINDS, READERS
from karama.care.papershapes import Kind
from karama.care.queries.papers import papers_about, site_of
from karama.care.views import actor_of, care_url, new_op_id, op_id_of, person_url
from karama.care.views.leaving import is_sure
from karama.care.views.printing import MOST_COPIES, new_number
from karama.journal import Absent, Actor, Problem
from karama.people import queries as people
from karama.people import workers
from karama.people.problems import CheckNumber, PaperEntered
from karama.people.queries import PaperLine, TypedIn
from karama.people.views.papers import address_of, typed_in
from karama.programme.models import Site
from karama.rules.episodes import OPEN_STATES
from karama.rules.risk import WORRIES
from karama.safety.queries import emergency_at
from karama.ui.addresses import reverse
from karama.ui.dates import about
from karama.ui.notices import say
from karama.ui.rendering import page

NOT_YET: Final = "{}:nobody"
"""A danger that was told, but not yet of anybody who is known."""

NOT_ON_THE_LIST: Final = _("Nobody on your list has this code. Ask your supervisor to put you in charge.")
NO_EPISODE: Final = _("This person has no open episode that could be closed.")


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
        "blank": _blanks(by, next(iter(places), None)),
        "entered": _entered(by, form) if form.has_error("number", PaperEntered.code) else "",
        "waiting": [(one, KINDS[one.form].title, care_url("paper_aside", one.id)) for one in people.outstanding(by)],
        "copies": MOST_COPIES // 4,
    }  # fmt: skip
    return page(request, "care/paper_in.html", context)


def _blanks(by: Actor, site: Site | None) -> list[tuple[Any, str, str, str]]:
    return [line for form, kind in papers.offered_to(by.duty, site) for line in _blank(form, kind)]


def _blank(form: str, kind: Kind) -> list[tuple[Any, str, str, str]]:
    """A form to be printed blank: name, address, what is added for several of them, and the key; a line for each part
    of it."""
    if kind.own_page:
        return []
    blank, key = care_url("print_blank", form), care_url("print_key", form)
    if kind.parts is None:
        return [(kind.title, blank, "?", key)]
    return [(name, f"{blank}?part={part}", "&", f"{key}?part={part}") for part, name in kind.parts()]


def _entered(by: Actor, form: PaperStartForm) -> str:
    """Where it stands what a sheet became that is typed in already; empty for whoever may not see it."""
    line = people.entered_as(by, str(form["number"].data or ""))
    if line is None or by.duty not in READERS.get(line.form, {by.duty}):
        return ""
    return shown_at(line)


def shown_at(line: PaperLine) -> str:
    """The page on which it stands what a sheet became."""
    kind = KINDS[line.form]
    if kind.shows is None or line.record_id is None:
        return care_url("papers", line.person)
    name, of_record = kind.shows
    return reverse(name, args=[line.record_id if of_record else line.person])


def _begun(request: HttpRequest, by: Actor, form: PaperStartForm) -> str:
    """The address of the form of the sheet; empty when something of the beginning does not fit."""
    if not form.is_valid():
        return ""
    sent = form.cleaned_data
    kind = form_of(sent["number"])
    if not kind:
        form.take(CheckNumber())
        return ""
    try:
        person = people.find(by, code=sent["code"]) if kind != "registration" else None
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
    return reverse(KINDS[kind].page, args=[person, *KINDS[kind].page_args]) + f"?paper={paper}"


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
@require_POST
def printed(request: HttpRequest) -> HttpResponse:
    """The page of a sheet says that it was printed; the answer says nothing."""
    by = actor_of(request)
    person = request.POST.get("person", "")
    keep_printed(
        by=by,
        op_id=op_id_of(request),
        numbers=request.POST.getlist("number")[:MOST_COPIES],
        person=_person(person),
    )
    return HttpResponse(status=204)


def _person(sent: str) -> UUID | None:
    try:
        return UUID(sent) if sent else None
    except ValueError:
        raise Absent() from None


@route_policy(PAPER_PAGES)
@require_POST
def paper_aside(request: HttpRequest, printed: UUID) -> HttpResponse:
    """A sheet that one printed is not used, or lost."""
    put_paper_aside(by=actor_of(request), op_id=op_id_of(request), printed=printed)
    say(request, _("Taken off the list. If it is found, type it in all the same."))
    return HttpResponseRedirect(care_url("type_in"))


@route_policy(PAPER_PAGES)
@require_GET
def papers_of(request: HttpRequest, person: UUID) -> HttpResponse:
    """Forms to print for a person, and what was typed in from paper."""
    by = actor_of(request)
    lines, site = papers_about(by, person), site_of(by, person)
    offered = [(code, kind) for code, kind in papers.offered_to(by.duty, site) if code != "registration"]
    context = {
        "back": person_url(person),
        "type_in": care_url("type_in"),
        "forms": [line for code, kind in offered for line in _forms(person, code, kind)],
        "lines": [
            (one, KINDS[one.form].title, about(one.on, one.precision), _acted(one.told, one.acted_by)) for one in lines
        ],
    }
    return page(request, "care/papers.html", context)


def _forms(person: UUID, form: str, kind: Kind) -> list[tuple[Any, str]]:
    """A form to be printed for a person, with its address; a line for each part of it."""
    if kind.own_page:
        return [(kind.title, reverse(kind.own_page, args=[person]))]
    address = care_url("print_for", person, form)
    if kind.parts is None:
        return [(kind.title, address)]
    return [(name, f"{address}?part={part}") for part, name in kind.parts()]


def _acted(told: dict[str, Any], who: str) -> list[tuple[str | Promise, Any]]:
    if told.get("danger") not in WORRIES:
        return []
    by_whom = _("Somebody who does not work here") if who == "other" else who
    return [
        (_("Was something done about a danger?"), dict(ACTED).get(told.get("acted", ""), _("Not known"))),
        (_("Who"), by_whom),
        (_("When"), told.get("acted_on") or ""),
    ]
