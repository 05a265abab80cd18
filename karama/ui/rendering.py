"""From data to a page: pages, problem pages, and forms that say what is wrong in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from karama.journal.problems import Absent, BadArguments, Problem
from karama.ui import problems, shell
from karama.ui.requests import words_sent

TITLES = {
    400: _("This could not be read"),
    403: _("Please send it again"),
    404: _("Nothing here"),
    409: _("This was sent before"),
    422: _("This could not be done"),
    429: _("Please wait a little"),
    500: _("Something broke"),
    503: _("Please wait a moment"),
}


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int | None = None,
) -> HttpResponse:
    """A page from its template. When a bound form in the context has errors the status is 422, else 200."""
    found = dict(context or {})
    if status is None:
        status = 422 if any(_has_errors(value) for value in found.values()) else 200
    return render(request, template, found, status=status)


def render_problem(request: HttpRequest, problem: Problem, status: int | None = None) -> HttpResponse:
    """The page of a problem: what happened, its code, two ways out.

    The page uses no session, no database and no token: the bytes depend on problem, language and the long texts that
    were sent, so "absent" and "not yours" cannot be told apart, and it can be shown when everything else is broken.
    """
    if isinstance(problem, Absent):
        problem = Absent()
    status = status or problem.status
    own = _outside(request, problem, status)
    if own is not None:
        return _later(own)
    text = render_to_string(
        "ui/problem.html",
        {
            "problem": problem,
            "status": status,
            "heading": TITLES.get(status, TITLES[422]),
            "home": "/",
            "sent": words_sent(request),
        },
    )
    return _later(HttpResponse(text, status=status))


def _outside(request: HttpRequest, problem: Problem, status: int) -> HttpResponse | None:
    """The page for somebody outside, where this is one of her addresses."""
    return next((own for _room, answer in shell.outside if (own := answer(request, problem, status)) is not None), None)


def _later(response: HttpResponse) -> HttpResponse:
    if response.status_code in (429, 503):
        response["Retry-After"] = "30"
    return response


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """`handler404` and `handler403`: there is nothing here for this reader."""
    return render_problem(request, Absent())


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """`handler400`."""
    return render_problem(request, problems.BadRequest())


def server_error(request: HttpRequest) -> HttpResponse:
    """`handler500`."""
    return render_problem(request, problems.Failed())


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The page for a limit on attempts (sign-in, search for a person)."""
    return render_problem(request, problems.TooMany())


def database_busy(request: HttpRequest) -> HttpResponse:
    """The page for a database that did not answer in time."""
    return render_problem(request, problems.Busy())


class FormRenderer(DjangoTemplates):
    """`FORM_RENDERER`: draws every form, also those of the sign-in library, with Karama's fields."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"


class KaramaForm(forms.Form):
    """A form with an error summary, fields that say in words whether they are required, and room for an
    action's problem.
    """

    default_renderer = FormRenderer

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def offer(self, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
        """What may be chosen in a field, where it is known only when the page is asked for."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices)

    def offer_later(self, name: str, choices: Callable[[], Iterable[tuple[Any, Any]]]) -> None:
        """The same, asked for only when the field is shown or something was chosen in it."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def take(self, problem: Problem) -> None:
        """Show a problem of an action beside its field, or above the form. An `Absent` is raised again: it
        has its own page.
        """
        if isinstance(problem, Absent) or problem.status >= 500:
            raise problem
        fields = problem.fields if isinstance(problem, BadArguments) else (problem.field,)
        said = forms.ValidationError(f"{problem.what} {problem.do}", code=problem.code)
        for field in fields or ("",):
            self.add_error(field if field in self.fields else None, said)


def _has_errors(value: object) -> bool:
    return isinstance(value, forms.BaseForm) and value.is_bound and bool(value.errors)
