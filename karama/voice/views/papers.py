"""My papers: read together with the person, on a screen or on paper."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from karama.accounts.routes import route_policy
from karama.care.access import CLINICAL
from karama.journal import Actor
from karama.people.wordings import PURPOSES, RECIPIENTS
from karama.safety.queries.emergency import emergency_at
from karama.ui.addresses import reverse
from karama.ui.rendering import page
from karama.voice import queries
from karama.voice.access import PAGES
from karama.voice.views import actor_of, person_url, voice_url
from karama.voice.views.copies import RIGHT_TO_LEFT
from karama.voice.views.requests import tabs_here

KEPT = (
    (_("Who you are and how to reach you"), _("Those who work with you. The front desk reads your code.")),
    (_("What you decided"), _("Those who work with you.")),
    (_("Appointments, and whether you came"), _("Those who work with you, and the front desk.")),
    (_("What you answered and told in care"), _("Only colleagues in care who may read it.")),
    (_("Groups you go to"), _("Those who run the group, and their supervisor.")),
    (_("Where we sent you, and what was shared"), _("Those who work with you.")),
    (_("What you asked about your record"), _("Those who work with you, and the data protection officer.")),
)
"""What this programme may keep of anybody, and who may read it: the same for all, so that it tells of nobody."""

RIGHTS = (
    ("access", _("Read all of it")),
    ("correct", _("Change something")),
    ("restrict", _("Let it rest")),
    ("portability", _("A file to take along")),
    ("delete", _("Delete it")),
)


@route_policy(PAGES)
@require_safe
def papers(request: HttpRequest, person: UUID) -> HttpResponse:
    """Help first; then what is kept, who saw it, with whom it is shared and how to stop that, her rights, her next
    appointment: in her own language, or in another one."""
    by = actor_of(request)
    own = (get_language() or "en").split("-")[0]
    language = queries.language_of_papers(by, person, request.GET.get("language", ""), own)
    with translation.override(language):
        body = render_to_string("voice/papers_body.html", _told(by, person), request=request)
    context = {
        "body": body,
        "language": language,
        "languages": [(code, translation.get_language_info(code)["name_local"]) for code, _name in settings.LANGUAGES],
        "direction": "rtl" if language in RIGHT_TO_LEFT else "ltr",
        "tabs": tabs_here(by, person, "papers"),
        "back": person_url(person),
    }
    return page(request, "voice/papers.html", context)


def _told(by: Actor, person: UUID) -> dict[str, Any]:
    """What she reads, in the language that is active."""
    found = queries.papers_of(by, person)
    asked = voice_url("of_person", person)
    return {
        "help": emergency_at(found.site),
        "kept": KEPT,
        "seen": found.seen,
        "shared": [
            {
                "where": one.organisation or RECIPIENTS.get(one.recipient, one.recipient),
                "what": PURPOSES.get(one.purpose, one.purpose),
                "since": one.since,
                "stop": f"{person_url(person, 'consents')}{one.consent}/withdraw/" if one.in_force else "",
            }
            for one in found.shared
        ],
        "rights": [(label, f"{asked}?right={right}") for right, label in RIGHTS],
        "line_url": reverse("care:take_home", args=[person]) if by.duty in CLINICAL else "",
        "card": (found.card[1], reverse("reception:card", args=[found.card[0]])) if found.card else None,
    }
