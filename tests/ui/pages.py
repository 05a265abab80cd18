"""Addresses that go wrong in every way, for the tests of problem pages. Not part of the product."""

from __future__ import annotations

from typing import NoReturn

from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from karama.journal.problems import Absent, Collided, Problem, Refused

WRONG = {
    "absent": Absent(),
    "refused": Refused("not her site"),
    "denied": PermissionDenied("secret reason"),
    "problem": Problem("ui.example", "The paper is wet.", "Dry it first."),
    "busy": OperationalError("database is locked"),
    "collided": Collided(),
    "broken": ValueError("secret value"),
}


def wrong(request: HttpRequest, kind: str) -> NoReturn:
    """Raise what `kind` names."""
    raise WRONG[kind]


def accepted(request: HttpRequest) -> HttpResponse:
    """What a form meets that passed the forgery check."""
    return HttpResponse("accepted")


urlpatterns = [path("", include("karama.ui.urls")), path("wrong/<kind>/", wrong), path("accepted/", accepted)]
handler400 = "karama.ui.rendering.bad_request"
handler403 = handler404 = "karama.ui.rendering.not_found"
handler500 = "karama.ui.rendering.server_error"
