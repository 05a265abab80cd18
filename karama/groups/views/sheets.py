"""Papers: the sheet of a meeting, and lists to sign. A list to sign says nothing of what people come for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from karama.accounts.routes import route_policy
from karama.groups import curriculum, queries, words
from karama.groups.access import PAGES
from karama.groups.views import actor_of, groups_url
from karama.groups.views.meetings import facts_of
from karama.journal import Absent
from karama.programme.days import today_at
from karama.ui.dates import day
from karama.ui.listing import in_a_row
from karama.ui.rendering import page

EMPTY_LINES = 20
MORE_LINES = 5


def four_ws_words(code: str) -> str | None:
    """A code of the list of activities in words; None without one."""
    return next((told for one, told, _draft in curriculum.four_ws() if one == code), None)


def count_rows(counts: Mapping[tuple[str, str], int]) -> list[list[Any]]:
    """The table of an activity: a band nobody counted is left out, a box nobody counted has a line, no zero."""
    rows = []
    for band, label in words.BANDS:
        told = [counts.get((band, sex)) for sex, _label in words.SEXES]
        other = counts.get((band, "other"))
        if other is not None:
            told[-1] = (told[-1] or 0) + other
        if any(one is not None for one in told):
            rows.append([label, *("–" if one is None else one for one in told)])
    return rows


@route_policy(PAGES)
@require_GET
def sheet(request: HttpRequest, held: UUID) -> HttpResponse:
    """The sheet of one meeting, from the same entry: what, when, where, by whom, how many; nobody is named."""
    by = actor_of(request)
    shown = queries.meeting_page(by, held)
    group = queries.group_page(by, shown.group)
    parts: list[tuple[Any, Any]] = [
        (_("What was done"), curriculum.told(shown.card.names) if shown.card else words.KINDS[group.row.kind]),
        (_("4Ws code"), four_ws_words(group.row.four_ws)),
        (_("Site"), group.row.site.name),
        (_("Facilitated by"), in_a_row(alias for _user, alias in group.facilitators)),
    ]
    context = {
        "title": words.of_so_many(shown.held.meeting.number, shown.cycle.planned),
        "facts": [*parts, *facts_of(shown)],
        "basis": words.BASES["contacts"],
        "back": groups_url("meeting", held),
    }
    return page(request, "groups/sheet.html", context)


@route_policy(PAGES)
@require_GET
def signing(request: HttpRequest, group: UUID) -> HttpResponse:
    """The list to sign for the next meeting: what people are called, or their code; neither group nor service."""
    shown = queries.group_page(actor_of(request), group)
    if not curriculum.pack_at(shown.row.site_id).lists_to_sign:
        raise Absent()
    names = [one.called or one.code for one in shown.members]
    return _list(request, shown.row.site_id, [*names, *[""] * MORE_LINES], groups_url("group", group))


@route_policy(PAGES)
@require_GET
def open_signing(request: HttpRequest, site: UUID) -> HttpResponse:
    """An empty list to sign, for an activity."""
    by = actor_of(request)
    if site not in by.sites or not curriculum.pack_at(site).lists_to_sign:
        raise Absent()
    return _list(request, site, [""] * EMPTY_LINES, groups_url("activities"))


def _list(request: HttpRequest, site: UUID, names: list[str], back: str) -> HttpResponse:
    context = {"lines": list(enumerate(names, start=1)), "on": day(today_at(site)), "back": back}
    return page(request, "groups/signing.html", context)
