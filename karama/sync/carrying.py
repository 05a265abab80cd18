"""The two doors for files of couriers: one for telephones, one for colleagues at a desk."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from karama.journal import Problem
from karama.sync import courier, wire
from karama.sync.courier import Brought
from karama.sync.forms import CourierForm
from karama.sync.problems import FileTooLarge
from karama.sync.views import announced, get_or_post, packed, problem_told
from karama.ui.rendering import page
from karama.ui.routes import ANY_DUTY, PUBLIC, route_policy

FORM_AROUND = 64 * 1024
"""What a browser puts around a file that it sends from a form, at most."""


@route_policy(PUBLIC)
@csrf_exempt
@never_cache
@require_POST
def field_courier(request: HttpRequest) -> HttpResponse:
    """`POST /field/courier`: the file as it is. No cookie is looked at: who speaks is who signed what lies in it."""
    try:
        if announced(request) > courier.LARGEST_FILE:
            raise FileTooLarge()
        file = request.body
        told = courier.receipt(file, whole=courier.bring(file).whole)
    except Problem as problem:
        if problem.status >= 500:
            raise
        return problem_told(problem)
    return packed(request, wire.text_of(told))


@route_policy(ANY_DUTY)
@never_cache
@get_or_post
def bring(request: HttpRequest) -> HttpResponse:
    """Bring in a file from a courier. It says how many pieces of work came, never whose."""
    form, brought = CourierForm(), None
    if request.method == "POST":
        form = CourierForm(request.POST, request.FILES)
        brought = _brought(request, form)
    return page(request, "sync/courier.html", {"form": form, "said": _said(brought)})


def _brought(request: HttpRequest, form: CourierForm) -> Brought | None:
    try:
        if announced(request) > courier.LARGEST_FILE + FORM_AROUND:
            raise FileTooLarge()
        if form.is_valid():
            return courier.bring(form.cleaned_data["file"].read())
    except Problem as problem:
        problem.field = "file"
        form.take(problem)
    return None


def _said(brought: Brought | None) -> list[str]:
    """The numbers in words, those that are none left out."""
    if brought is None:
        return []
    tally = brought.tally
    said = [
        (tally.done, ngettext("%(n)s piece of work was taken in.", "%(n)s pieces of work were taken in.", tally.done)),
        (tally.held, ngettext("%(n)s is held for a supervisor.", "%(n)s are held for a supervisor.", tally.held)),
        (tally.known, ngettext("%(n)s was here already.", "%(n)s were here already.", tally.known)),
    ]
    words = [told % {"n": number} for number, told in said if number]
    if not brought.whole:
        words.append(_("Part of it could not be taken in: no telephone known here signed it. Keep the file."))
    return words or [_("There was nothing in it.")]
