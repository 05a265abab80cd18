"""The measures of a group's members in one view."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from karama.accounts.routes import route_policy
from karama.care.queries.scoring import Result
from karama.care.words import MISSING, WHY_NO_TOTAL, Text, number
from karama.groups import queries
from karama.groups.access import MEASURES_PAGES
from karama.groups.queries import Measure, Moved
from karama.groups.views import actor_of, groups_url
from karama.rules.before_after import FRESH
from karama.rules.change import Verdict
from karama.ui.bidi import code, isolate, isolate_plain
from karama.ui.charts import small
from karama.ui.rendering import page

NOT_ASKED = MISSING["not_asked"]
NOT_YET = pgettext_lazy("a measure after the meetings", "Not yet")
CHANGES: dict[Verdict, Text] = {
    Verdict.IMPROVED: pgettext_lazy("how somebody changed", "Better"),
    Verdict.UNCHANGED: pgettext_lazy("how somebody changed", "About the same"),
    Verdict.WORSE: pgettext_lazy("how somebody changed", "Worse"),
    Verdict.UNKNOWN: pgettext_lazy("how somebody changed", "Not known"),
}
MANY: dict[str, Text] = {
    "most": _("Of those with both, most are better by more than chance."),
    "half": _("Of those with both, about half are better by more than chance."),
    "few": _("Of those with both, few are better by more than chance."),
}
HEADERS = (
    _("Person"),
    pgettext_lazy("a measure in time", "Before"),
    pgettext_lazy("a measure in time", "Now"),
    pgettext_lazy("a measure in time", "After"),
    pgettext_lazy("a measure in time", "How it changed"),
)


@route_policy(MEASURES_PAGES)
@require_GET
def measures(request: HttpRequest, group: UUID, cycle: int | None = None) -> HttpResponse:
    """Before, now and after, for each member whose answers the reader may read; of a cycle that is over, too."""
    found = queries.measures_page(actor_of(request), group, cycle)
    context = {
        "name": found.shown.name,
        "back": groups_url("group", group) if cycle is None else groups_url("past", group, cycle),
        "headers": HEADERS,
        "days": FRESH.days,
        "measures": [
            (
                one,
                _points(one),
                MANY.get(one.many or "", ""),
                [_row(one, line, found.ends is None) for line in one.lines],
            )
            for one in found.measures
        ],
        "unread": [(one, groups_url("seat", one.seat)) for one in found.unread],
    }
    return page(request, "groups/measures.html", context)


def _points(measure: Measure) -> str:
    if measure.points is None:
        return gettext("How large a change must be to exceed chance is not known for this measure.")
    words = gettext("A change of up to %(points)s points may be chance (%(source)s).")
    return words % {"points": number(measure.points[0]), "source": isolate_plain(measure.points[1])}


def _row(measure: Measure, line: Moved, before_end: bool) -> list[Any]:
    one = line.member
    called = format_html("{} {}", code(one.code), isolate(one.called)) if one.called else code(one.code)
    cells: list[Text] = [said(line.before), said(line.now), NOT_YET if before_end else said(line.after)]
    return [{"text": called, "href": groups_url("seat", one.seat)}, *cells, _change(measure, line, cells, before_end)]


def said(result: Result | None) -> Text:
    """A total as a number in words, or why there is none: never a zero for what was not answered."""
    if result is None:
        return NOT_ASKED
    if result.scored.total is not None:
        total = number(result.scored.total)
        return total if result.response.validated else gettext("%(total)s (not validated)") % {"total": total}
    why = Counter(result.missing.values()).most_common(1)
    return MISSING[why[0][0]] if why else WHY_NO_TOTAL.get(result.scored.why_no_total or "", WHY_NO_TOTAL["no_total"])


def _change(measure: Measure, line: Moved, cells: Sequence[Text], before_end: bool) -> Any:
    """The picture, with an arrow that says where the number went and a word that says what it means."""
    word = f"{_arrow(line)} {CHANGES[line.verdict]}".strip()
    asked = [line.before, line.now, *([] if before_end else [line.after])]
    if all(one is None or one.scored.total is None for one in asked):
        return word
    told = ", ".join(f"{header}: {cell}" for header, cell in zip(HEADERS[1:4], cells, strict=True))
    drawn = small(
        [None if one is None else one.scored.total for one in asked], low=measure.low, high=measure.high, words=told
    )
    return format_html("{}{}", drawn, word)


def _arrow(line: Moved) -> str:
    before, last = line.before, line.last
    if before is None or last is None or not line.both:
        return ""
    if line.verdict is Verdict.UNCHANGED:
        return "\u2248"
    return "\u2191" if (last.scored.total or 0) > (before.scored.total or 0) else "\u2193"
