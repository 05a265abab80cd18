"""What a family does as one, on the page that the whole family may look at; and routes in plain words.

Nothing here tells what one member said alone, nor that there is something: the way to it is the same for everybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from karama.care import families, pathways, queries
from karama.care import familywords as said
from karama.care.access import CLINICAL
from karama.care.queries.family import FamilySessionShown, FamilyShown
from karama.care.views.family import chart_of, facts_of, scale_words
from karama.journal import Absent, Actor
from karama.people import pages
from karama.people.families import standing_of
from karama.programme import packs
from karama.rules.classes import CARE_DUTIES
from karama.ui.addresses import reverse
from karama.ui.bidi import isolate_plain
from karama.ui.dates import day
from karama.ui.listing import in_a_row

WRITING = (*CLINICAL, "social_worker")
IN_SIGHT = 3
"""So many sessions stand open on the page; the older ones open with a tap."""

ROUTES = {
    "care.family_session": _("wrote down a session with your family"),
    "care.record_family_session": _("wrote down a session with your family"),
    "care.amend_family_session": _("corrected what was written of a session with your family"),
    "care.new_family_goal": _("wrote down a goal of your family"),
    "care.set_family_goal": _("wrote down a goal of your family"),
    "care.family_goal": _("looked at a goal of your family"),
    "care.move_family_goal": _("wrote down where a goal of your family stands"),
    "care.family_worry": _("raised a worry after a session with your family"),
    "care.family_own": _("looked at what you said alone about your family"),
    "care.rate_family": _("wrote down what you said alone about your family"),
    "care.amend_family_rating": _("corrected what was written of what you said alone"),
}
"""Routes and actions in plain words, for a participant who asks who saw her record."""


def family_parts(*, by: Actor, person: UUID) -> Sequence[pages.Part]:
    """Goals, sessions and the number agreed together, for duties of care; nothing while a member is met alone."""
    if by.duty not in CARE_DUTIES:
        return []
    try:
        shown = queries.family_shown(by, person)
    except Absent:
        return [_apart(person)] if by.duty in CLINICAL and standing_of(person) is not None else []
    parts = [_goals(person, shown)] if by.duty in CLINICAL else []
    parts.append(_sessions(by, person, shown))
    if by.duty in CLINICAL:
        parts += [*_measure(shown), _apart(person)]
    return parts


def _goals(person: UUID, shown: FamilyShown) -> pages.Part:
    rows = [
        (
            one.words,
            said.GOALS[one.goal.state],
            said.GOAL_BADGES[one.goal.state],
            reverse("care:family_goal", args=[person, one.goal.id]),
        )
        for one in shown.goals
    ]
    met = sum(one.goal.state == "met" for one in shown.goals)
    still = sum(one.goal.state in ("open", "in_progress") for one in shown.goals)
    body = _draw(part="goals", rows=rows, met=met, still=still)
    new = reverse("care:new_family_goal", args=[person])
    return pages.Part(_("Goals of the family"), body, order=10, href=new, link=_("Set a goal together"))


def _sessions(by: Actor, person: UUID, shown: FamilyShown) -> pages.Part:
    techniques = dict(pathways.choices(pathways.of_programme(shown.person.programme.code).techniques))
    rows = [_session(by, person, shown, one, techniques) for one in shown.sessions]
    href = reverse("care:family_session", args=[person]) if by.duty in WRITING else ""
    body = _draw(part="sessions", rows=rows[:IN_SIGHT], older=rows[IN_SIGHT:], href=href)
    return pages.Part(_("Sessions of the family"), body, order=20)


def _session(
    by: Actor, person: UUID, shown: FamilyShown, one: FamilySessionShown, techniques: dict[str, str]
) -> dict[str, Any]:
    correct = reverse("care:amend_family_session", args=[person, one.row.id]) if by.duty in CLINICAL else ""
    facts = facts_of(shown.family, one.states, one.fields, techniques)
    led = in_a_row(isolate_plain(name) for name in (one.led, one.co_led) if name)
    return {
        "row": one.row,
        "on": day(one.row.occurred_on),
        "facts": [*facts, *([(_("Led by"), led)] if led else [])],
        "corrected": one.corrected,
        "href": correct,
    }


def _measure(shown: FamilyShown) -> list[pages.Part]:
    scale = families.of_programme(shown.person.programme.code)
    if scale is None:
        return []
    told = [
        (one.row.occurred_on, one.fields["rating"]) for one in shown.sessions if one.fields.get("rating") is not None
    ]
    body = _draw(part="measure", chart=chart_of(scale, told), ends=scale_words(scale))
    return [pages.Part(packs.words(scale.title), body, order=30)]


def _apart(person: UUID) -> pages.Part:
    href = reverse("care:family_own", args=[person])
    return pages.Part(
        _("Alone with this member"), _draw(part="apart"), order=40, href=href, link=_("Ask this member alone")
    )


def _draw(**context: Any) -> SafeString:
    return render_to_string("care/family_part.html", context)


def install() -> None:
    """Hang the blocks in. Called once, when Django is ready."""
    pages.family_parts.register("care", family_parts)
    for route, words in ROUTES.items():
        pages.name_route(route, words)
