"""The ordinary forms, while a sheet is typed into them: they carry its id, and say which sheet it is."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest

from karama.journal import Absent, Actor, Problem
from karama.people import pages, queries
from karama.people.problems import PaperEntered, PaperTakenOver
from karama.people.queries import TypedIn


def typed_in(
    request: HttpRequest, by: Actor, form: str, person: UUID | None = None, *, kept: bool = False
) -> TypedIn | None:
    """The sheet that this request types in; None where nothing comes from paper. `kept`: the action of this form
    refuses a sheet that was entered since, or that a colleague went on with, and what was typed stays on the form.
    Raises like `queries.typed_in`."""
    sent = request.POST.get("paper") or request.GET.get("paper")
    if not sent:
        return None
    try:
        paper = UUID(sent)
    except ValueError:
        raise Absent() from None
    return queries.typed_in(by, paper, form, person, late=kept and request.method == "POST")


def registered_from(request: HttpRequest, by: Actor) -> tuple[TypedIn | None, Problem | None]:
    """The sheet of registration that this request types in, and why nothing is saved of it any more: the form that was
    sent comes again with it. A sheet of a colleague and one that is not there are one answer, at one cost."""
    try:
        return typed_in(request, by, "registration"), None
    except PaperEntered as problem:
        return None, _only_of_a_form(request, problem)
    except Absent as problem:
        _only_of_a_form(request, problem)
        return None, PaperTakenOver()


def _only_of_a_form(request: HttpRequest, problem: Problem) -> Problem:
    if request.method != "POST":
        raise problem
    return problem


def address_of(paper: TypedIn | None) -> str:
    """What is added to an address so that the next page goes on with the sheet: its id."""
    return f"?paper={paper.id}" if paper is not None else ""


def of_paper(paper: TypedIn | None) -> dict[str, Any]:
    """For the action of the form."""
    return {"paper": paper.id} if paper is not None else {}


def show_marks(paper: TypedIn | None, kind: str, form: forms.Form) -> None:
    """Let a form show the marks of the sheet that is typed in."""
    if paper is not None:
        for _room, answer in pages.paper_marks:
            answer(kind, form)


def sheet_shown(by: Actor, paper: UUID | None, form: str, person: UUID) -> TypedIn | None:
    """The sheet that a draft came from, as the pages that follow show it. None as well when a colleague went on with
    it or entered it meanwhile: what is typed stays to be read, and is refused when it is finished."""
    if paper is None:
        return None
    try:
        return queries.typed_in(by, paper, form, person)
    except (Absent, PaperEntered):
        return None


def print_address(by: Actor, person: UUID, kind: str) -> str:
    """Where this form is printed for this person; empty for a reader who does not fill it in."""
    told = [answer(by=by, person=person, kind=kind) for _room, answer in pages.print_addresses]
    return next(filter(None, told), "")


def paper_context(by: Actor, person: UUID, kind: str, paper: TypedIn | None) -> dict[str, Any]:
    """For the page of a form: the sheet that is typed in, and where the form is printed."""
    return {"paper": paper, "print_url": print_address(by, person, kind)}
