"""A slip to carry: half a page with a picture to scan. No diagnosis, no name of a service, nobody's name."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language

from karama.journal import Actor
from karama.referrals.actions.referring import Sent
from karama.referrals.queries.slip import spoken_by_person
from karama.ui.rendering import page
from karama.ui.scan import picture


def slip_page(request: HttpRequest, by: Actor, sent: Sent, back: str) -> HttpResponse:
    """The slip, once: its token and code are kept nowhere. The code is told separately and never printed."""
    address = request.build_absolute_uri(reverse("referrals:partner", args=[sent.opening.token]))
    own = (get_language() or "en").split("-")[0]
    known = {code for code, _name in settings.LANGUAGES}
    language = next((one for one in spoken_by_person(by, sent.id) if one in known), own)
    with translation.override(language):
        lines = [
            translation.gettext("Please receive the person who carries this paper."),
            translation.gettext("To answer: scan the picture, then type the code that you are told separately."),
        ]
        rtl = translation.get_language_bidi()
    context: dict[str, Any] = {
        "picture": picture(address),
        "address": address,
        "code": f"{sent.opening.code[:4]} {sent.opening.code[4:]}",
        "language": language,
        "direction": "rtl" if rtl else "ltr",
        "lines": lines,
        "back": back,
    }
    return page(request, "referrals/slip.html", context)
