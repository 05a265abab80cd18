"""The block of a person's page that tells a tired colleague in ten seconds what matters (J5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from karama.accounts import duties
from karama.care import cards, coursewords, pathways, queries, words
from karama.care.access import CLINICAL
from karama.care.glancing import MOVED
from karama.care.queries.look import Look, MeasureSeen, NoteSeen
from karama.care.queries.scoring import Result, usable
from karama.care.words import number
from karama.journal import Absent, Actor
from karama.journal.together import Asks, asks
from karama.people import pages, tongues
from karama.people.models.person import AgeBand, Gender
from karama.programme.days import day_at
from karama.ui.addresses import reverse
from karama.ui.charts import small
from karama.ui.dates import about
from karama.ui.dates import day as day_words
from karama.ui.listing import in_a_row

FEW = 3
"""Goals and measures that stand open; the others are folded away."""


@asks
def parts(*, by: Actor, person: UUID) -> Asks[Sequence[pages.Part]]:
    """Where care stands, goals, last scores and last notes, for whoever may read all of them."""
    if by.duty not in CLINICAL:
        return []
    try:
        look = yield from queries.look_of.asking(by, person)
    except Absent:
        return []
    body = render_to_string("care/look.html", _context(look))
    href = reverse("care:answers", args=[person]) if look.measures or look.closed else ""
    return [pages.Part(_("At a glance"), body, order=5, href=href, link=_("All answers"))]


def _context(look: Look) -> dict[str, Any]:
    measures = [_measure(one) for one in look.measures]
    closed = [_closed(one.instrument, one.version, one.occurred_on, one.id) for one in look.closed]
    goals = [
        (one.words, coursewords.GOALS[one.state], coursewords.GOAL_BADGES[one.state],
         reverse("care:plan", args=[one.episode]))
        for one in look.goals
    ]  # fmt: skip
    return {
        "who": " · ".join(_who(look.who)),
        "episode": _episode(look),
        "goals": goals[:FEW],
        "more_goals": goals[FEW:],
        "measures": measures[:FEW],
        "more_measures": [*measures[FEW:], *closed],
        "over_time": [
            (one.last.card.name, reverse("care:history", args=[look.person.id, one.last.card.code]))
            for one in look.measures[:FEW]
            if one.before is not None
        ],
        "notes": _notes(look),
    }


def _who(fields: dict[str, Any]) -> list[str]:
    own = (fields.get("gender_own") or {}).get("words")
    told = (
        dict(AgeBand.choices).get(fields.get("age_band") or ""),
        own or dict(Gender.choices).get(fields.get("gender") or ""),
        tongues.named(fields.get("languages")),
    )
    return [str(one) for one in told if one]


def _episode(look: Look) -> dict[str, Any] | None:
    one = look.episode
    if one is None:
        return None
    return {
        "badge": words.STATE_BADGES[one.state],
        "state": words.STATES[one.state],
        "since": about(one.opened_on, one.opened_precision),
        "layer": coursewords.LAYERS.get(look.layer, ""),
        "came": len(look.came),
        "last": look.came[0] if look.came else None,
    }


def _measure(one: MeasureSeen) -> tuple[str, Any, SafeString, str, str]:
    """Name, result, what became of it, day, link."""
    last = one.last
    href = reverse("care:response", args=[last.response.id])
    return last.card.name, words.in_short(last), _moved(one), _day(last), href


def _moved(one: MeasureSeen) -> SafeString:
    """Against the time before: a mark and words, or that nothing can be said; then the number and its day."""
    before = one.before
    if before is None:
        return format_html("{}", _("Asked once"))
    mark, said = MOVED[one.direction]
    if not said and before.scored.total is not None and one.last.scored.total is not None:
        said = _("not known whether it changed")
    told: str | Promise = number(before.scored.total) if before.scored.total is not None else _("no total")
    parts = [format_html('<span aria-hidden="true">{}</span> ', mark) if mark else "", said, " · " if said else ""]
    return format_html(
        "{}{}{}{} {} ({}){}", *parts, _now("before:"), told, _day(before), _picture(one)
    )  # fmt: skip


def _picture(one: MeasureSeen) -> SafeString | str:
    card = usable(one.last.card)
    if card.total is None:
        return ""
    totals = [each.scored.total for each in one.results]
    scale = card.scale(card.total)
    told = in_a_row(number(each) if each is not None else str(_("no total")) for each in totals)
    return small(totals, low=float(scale.lowest), high=float(scale.highest), words=told)


def _day(result: Result) -> str:
    on = result.response.occurred_on
    return day_words(on) if on is not None else _now("day not known")


def _closed(instrument: str, version: str, on: Any, response: UUID) -> tuple[str, str, str, str, str]:
    day = day_words(on) if on is not None else _now("day not known")
    return cards.card(instrument, version).name, "", "", day, reverse("care:response", args=[response])


def _notes(look: Look) -> list[dict[str, Any]]:
    of_pack = pathways.of_programme(look.person.programme.code).headings
    headings = dict([coursewords.SESSION_HEADING, *pathways.choices(of_pack)])
    return [_note(look, one, headings) for one in look.notes]


def _note(look: Look, one: NoteSeen, headings: dict[str, Any]) -> dict[str, Any]:
    badge, state = coursewords.COSIGN.get(one.state, ("", ""))
    return {
        "href": reverse("care:note", args=[one.id]),
        "day": day_words(day_at(look.person.site_id, one.at)),
        "duty": duties.label(one.duty),
        "heading": headings.get(one.heading, one.heading),
        "words": one.words,
        "badge": badge,
        "state": state,
    }


def install() -> None:
    """Called once, when Django is ready."""
    pages.page_parts.register("care_look", parts)
