"""What supervision hangs into other pages: what somebody agreed to do on Today, a link, words for who looked."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from karama.accounts.today import Line
from karama.care import queries
from karama.journal import Actor, registries
from karama.journal.together import Asks, asks, together
from karama.notices.kinds import name_kind
from karama.people import pages
from karama.programme.days import today_for
from karama.rules.classes import CARE_DUTIES
from karama.ui import shell
from karama.ui.addresses import reverse
from karama.ui.dates import day as day_words

RANK = 1000
ROUTES = {
    "care.review_alert": _("read once more how you were helped"),
    "care.supervision_held": _("spoke about your care with a supervisor"),
    "care.hold_supervision": _("spoke about your care with a supervisor"),
    "care.record_supervision": _("spoke about your care with a supervisor"),
    "care.review_stuck": _("looked at how your care goes on"),
    "care.question": _("read a question about your care"),
    "care.answer_question": _("answered a question about your care"),
    "care.follow_question": _("read an answer about your care"),
}


@asks
def today(*, by: Actor) -> Asks[list[Line]]:
    """What the reader agreed to do in supervision, without a word of it: somebody may look over her shoulder."""
    now = today_for(by)
    agreed, asked = yield from together(queries.supervision_days.asking(by), queries.asked_of.asking(by))
    questions = [
        Line(
            RANK - 90 + place,
            _("Your supervisor has a question"),
            reverse("care:question", args=[one.id]),
            detail=day_words(one.since),
            badge="open",
            code=one.code,
        )
        for place, one in enumerate(asked)
    ]
    return questions + [
        Line(
            RANK - 40 + place,
            _("Agreed in supervision"),
            reverse("care:supervision_held", args=[held]),
            detail=day_words(until),
            grade="today" if until <= now else None,
            badge="open",
        )
        for place, (held, until) in enumerate(agreed)
    ]


def links(request: HttpRequest) -> Sequence[shell.Link]:
    """One's own supervision, for every duty of care."""
    actor = getattr(request, "actor", None)
    if actor is None or actor.duty not in CARE_DUTIES:
        return []
    return [shell.Link(_("My supervision"), reverse("care:supervisions"), icon="shield", order=36)]


def install() -> None:
    """Called once, when Django is ready."""
    registries.today.register("care.supervision", today)
    shell.navigation.register("care.supervision", links)
    for route, said in ROUTES.items():
        pages.name_route(route, said)
    name_kind("care.supervision", _("A supervision with you was written down"), "care:supervision_held")
    name_kind("care.alert_asked", _("Your supervisor asks about something you closed"), "care:review_alert")
    name_kind("care.asked", _("Your supervisor has a question"), "care:question")
    name_kind("care.answered", _("A colleague has answered you"), "care:question")
    name_kind("care.taken_over", _("Your supervisor leads somebody's care from now on"), "people:person")
