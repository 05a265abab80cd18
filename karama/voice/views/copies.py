"""The readable copy on a page and on paper, and the same as a file."""

from __future__ import annotations

import json
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from karama.accounts.routes import route_policy
from karama.ui.rendering import page
from karama.voice import queries
from karama.voice.access import COPY_PAGES
from karama.voice.actions import make_file
from karama.voice.views import actor_of, new_op_id, op_id_of, voice_url

RIGHT_TO_LEFT = frozenset({"ar", "ckb", "fa", "ur"})


@route_policy(COPY_PAGES)
@require_safe
def copy(request: HttpRequest, rights: UUID) -> HttpResponse:
    """Everything that is kept, in the person's language, to read together and to print."""
    own = (get_language() or "en").split("-")[0]
    shown = queries.copy_page(actor_of(request), rights, language=request.GET.get("language", ""), otherwise=own)
    with translation.override(shown.language):
        if shown.topics is None:
            heading = translation.gettext("What is kept about you")
            lede = translation.gettext(
                "This is yours. You may ask us to correct it, to leave it at rest, or to delete it."
            )
        else:
            heading = translation.gettext("What you may know as a guardian")
            lede = translation.gettext("The young person agreed to this. Nothing else stands here.")
    context = {
        "shown": shown,
        "heading": heading,
        "lede": lede,
        "direction": "rtl" if shown.language in RIGHT_TO_LEFT else "ltr",
        "back": voice_url("request", rights),
        "file_url": voice_url("file", rights) if shown.right == "portability" else "",
        "op_id": new_op_id(),
    }
    return page(request, "voice/copy.html", context)


@route_policy(COPY_PAGES)
@require_POST
def file(request: HttpRequest, rights: UUID) -> HttpResponse:
    """Make the file, sealed; it is downloaded from its own address."""
    by = actor_of(request)
    shown = queries.copy_page(by, rights, language=request.POST.get("language", ""))
    receipt = make_file(by=by, rights=rights, language=shown.language, op_id=op_id_of(request))
    return HttpResponseRedirect(voice_url("download", receipt.record or rights))


@route_policy(COPY_PAGES)
@require_safe
def download(request: HttpRequest, copy: UUID) -> HttpResponse:
    """The file, for whoever made it, for a day. Its name says nothing."""
    content = queries.file_of(actor_of(request), copy)
    body = json.dumps(content, ensure_ascii=False, indent=1)
    answer = HttpResponse(body, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="copy.json"'
    return answer
