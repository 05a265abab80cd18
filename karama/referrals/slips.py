"""A slip to carry: half a page with a picture to scan. No diagnosis, no name of a service, nobody's name."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import get_language

from karama.journal import Actor
from karama.referrals.actions.referring import Sent
from karama.referrals.queries.slip import of_packet
from karama.ui.addresses import reverse
from karama.ui.rendering import page
from karama.ui.scan import picture


def slip_page(request: HttpRequest, by: Actor, sent: Sent, back: str, visit: UUID | None = None) -> HttpResponse:
    """The slip, once: its token and code are kept nowhere. The code stands on a page of its own, without the picture:
    whoever photographs or prints the one has not got the other."""
    referral, spoken = of_packet(by, sent.id)
    address = request.build_absolute_uri(reverse("referrals:partner", args=[sent.opening.token]))
    own = (get_language() or "en").split("-")[0]
    known = {code for code, _name in settings.LANGUAGES}
    language = next((one for one in spoken if one in known), own)
    with translation.override(language):
        lines = [
            translation.gettext("Please receive the person who carries this paper."),
            translation.gettext("To answer: scan the picture, then type the code that you are told separately."),
        ]
        rtl = translation.get_language_bidi()
    context: dict[str, Any] = {
        "picture": picture(address),
        "address": address,
        "code": sent.opening.code,
        "code_url": reverse("referrals:code", args=[referral]),
        "language": language,
        "direction": "rtl" if rtl else "ltr",
        "lines": lines,
        "back": back,
        "visit": visit or "",
    }
    return page(request, "referrals/slip.html", context)


def code_page(request: HttpRequest, code: str, back: str) -> HttpResponse:
    """The code by itself, as it came from the page of its slip: nothing is looked up, and nothing kept."""
    shown = f"{code[:4]} {code[4:]}"
    return page(request, "referrals/code.html", {"code": shown, "back": back})
