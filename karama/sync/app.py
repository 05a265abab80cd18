"""The telephone's app as this server gives it out: one page, its worker, its manifest. Nothing is about anybody.

What is built from field/ lies in `static/field/`; each file carries its digest in its name.
"""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from karama.sync.problems import NoApp
from karama.ui.middleware import MICROPHONE
from karama.ui.rendering import render_problem
from karama.ui.routes import PUBLIC, route_policy

BUILT = Path(__file__).parent / "static" / "field"
NAME = "Agenda"
"""What the telephone shows below the icon and in the title: a calendar, in most of our languages."""


@functools.lru_cache(maxsize=1)
def built() -> dict[str, Any] | None:
    """What was built: the version, and the files a start needs. None when nothing was."""
    try:
        found: dict[str, Any] = json.loads((BUILT / "build.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found


@route_policy(PUBLIC)
@csp_update({"script-src": ["'wasm-unsafe-eval'"], "media-src": ["blob:"]})
@require_safe
def app(request: HttpRequest) -> HttpResponse:
    """The one page of the app. `wasm-unsafe-eval`: the slow digest of a phrase is WebAssembly; it lets no script in.
    `blob:` sound: a question that is read aloud is opened in memory. The microphone: for what somebody says aloud."""
    found = built()
    if found is None:
        return render_problem(request, NoApp())
    response = render(request, "sync/app.html", {"built": found, "name": NAME})
    response["Permissions-Policy"] = MICROPHONE
    return response


@route_policy(PUBLIC)
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, below the address it answers for."""
    try:
        content = (BUILT / "worker.js").read_bytes()
    except OSError:
        return HttpResponse(status=404)
    response = HttpResponse(content, "text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


@route_policy(PUBLIC)
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What a telephone needs to put the app beside its others: a neutral name and a neutral picture."""
    icon = {"src": "/static/ui/icon.svg", "type": "image/svg+xml", "sizes": "any", "purpose": "any"}
    told = {
        "id": "/field/", "name": NAME, "short_name": NAME, "start_url": "/field/", "scope": "/field/",
        "display": "standalone", "background_color": "#f6f3ec", "theme_color": "#5b6b73", "icons": [icon],
    }  # fmt: skip
    return JsonResponse(told, content_type="application/manifest+json")
