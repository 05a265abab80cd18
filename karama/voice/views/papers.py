"""My papers: read together with the person, on a screen or on paper."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from karama.accounts.routes import route_policy
from karama.people.wordings import PURPOSES, RECIPIENTS
from karama.ui.rendering import page
from karama.voice import queries
from karama.voice.access import PAGES
from karama.voice.views import actor_of, person_url, voice_url
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
    ("delete", _("Delete it")),
)


@route_policy(PAGES)
@require_safe
def papers(request: HttpRequest, person: UUID) -> HttpResponse:
    """What is kept, who saw it, with whom it is shared and how to stop that, her rights, her next appointment."""
    by = actor_of(request)
    found = queries.papers_of(by, person)
    asked = voice_url("of_person", person)
    context = {
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
        "card": (found.card[1], reverse("reception:card", args=[found.card[0]])) if found.card else None,
        "tabs": tabs_here(by, person, "papers"),
        "back": person_url(person),
    }
    return page(request, "voice/papers.html", context)
