"""The intake on a person's page, and promised calls on Today. No word here tells what somebody lived through."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from karama.accounts.today import Line
from karama.care.access import TAKING_IN
from karama.care.queries import intake as queries
from karama.care.queries import intakescreening as screenings
from karama.journal import Absent, Actor, registries
from karama.journal.together import Asks, asks, together
from karama.people import pages
from karama.ui.addresses import reverse
from karama.ui.dates import day

RANK = 760
TOOK_IN = _("went through the first conversations with you")
ROUTES = (
    "care.intake", "care.screening", "care.screen", "care.intake_chapter", "care.intake_words", "care.answer_chapter",
    "care.keep_chapter_words", "care.finish_chapter", "care.skip_chapter", "care.lower_urgency", "care.intake_own",
    "care.leaving", "care.after_leaving", "care.begin_own_chapter", "care.answer_own_chapter", "care.end_own_chapter",
    "care.say_leaving",
)  # fmt: skip
"""All of them read the same in the list of who saw a record: which chapter it was is told nowhere."""
CALLS = ("care.promised_call", "care.promise_call", "care.settle_call")


@asks
def parts(*, by: Actor, person: UUID) -> Asks[Sequence[pages.Part]]:
    """How far the intake is, without what happened, which counts for nobody."""
    if by.duty not in TAKING_IN:
        return []
    try:
        lines = yield from queries.lines_of.asking(by, person)
    except Absent:
        return []
    context = {
        "done": sum(bool(one.state) for one in lines),
        "begun": any(one.begun for one in lines),
        "total": len(lines),
    }
    body = render_to_string("care/intake_part.html", context)
    return [pages.Part(_("Intake"), body, order=24, href=reverse("care:intake", args=[person]), link=_("Intake"))]


@asks
def today(*, by: Actor) -> Asks[list[Line]]:
    """What cannot wait until somebody is told, and calls that were promised, by code; of colleagues those that are
    late. Nothing of why."""
    due, pressing = yield from together(queries.calls_due.asking(by), screenings.cannot_wait.asking(by))
    return [
        Line(
            RANK - 100 + place,
            _("Somebody said: it cannot wait"),
            reverse("care:intake", args=[person]),
            detail=day(on),
            grade="now",
            code=code,
        )
        for place, (person, code, on) in enumerate(pressing)
    ] + [
        Line(
            RANK + place,
            _("A call is promised"),
            reverse("care:promised_call", args=[row]),
            detail=day(on),
            grade="today",
            badge="open",
            code=code,
        )
        for place, (row, code, on) in enumerate(due)
    ]


def install() -> None:
    """Hang the entries in. Called once, when Django is ready."""
    registries.today.register("care_intake", today)
    pages.page_parts.register("care_intake", parts)
    for route in ROUTES:
        pages.name_route(route, TOOK_IN)
    for route in CALLS:
        pages.name_route(route, _("called you, or promised to"))
