"""Activities with the community: written down once, printed as the sheet a donor asks for."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from karama.accounts.routes import route_policy
from karama.groups import curriculum, queries, words
from karama.groups.access import PAGES
from karama.groups.actions import correct_activity, record_activity
from karama.groups.forms import ActivityForm
from karama.groups.queries import ActivityPage
from karama.groups.views import actor_of, groups_url, new_op_id, op_id_of, saved
from karama.groups.views.groups import codes
from karama.groups.views.sheets import count_rows, four_ws_words
from karama.journal import Absent
from karama.ui.dates import day
from karama.ui.rendering import page

COMMUNITY = ("1", "2", "3", "4", "5", "6")


def _sheet_url(site: UUID) -> str:
    """The empty list to sign; nothing where the programme prints none."""
    return groups_url("open_signing", site) if curriculum.pack_at(site).lists_to_sign else ""


def community_codes() -> list[tuple[str, Any]]:
    """Codes of what is done with a community; ten and eleven are not."""
    return [one for one in codes(COMMUNITY) if one[0].split(".")[0] in COMMUNITY]


@route_policy(PAGES)
@require_GET
def activities(request: HttpRequest) -> HttpResponse:
    """What was done at the reader's sites, and to write one down."""
    by = actor_of(request)
    context = {
        "lines": [
            (one, words.ACTIVITIES[one.kind], words.BASES[one.basis], groups_url("activity", one.id))
            for one in queries.activities_of(by)
        ],
        "new_at": [
            (name, groups_url("new_activity", site), _sheet_url(site)) for site, name in queries.sites_to_open_at(by)
        ],
        "back": groups_url("mine"),
    }
    return page(request, "groups/activities.html", context)


@route_policy(PAGES)
@require_http_methods(["GET", "POST"])
def new_activity(request: HttpRequest, site: UUID) -> HttpResponse:
    """Write an activity down."""
    by = actor_of(request)
    if site not in by.sites:
        raise Absent()
    form = ActivityForm(request.POST or None, codes=community_codes())
    if request.method == "POST" and form.is_valid():
        made: list[UUID] = []

        def save() -> None:
            receipt = record_activity(by=by, op_id=op_id_of(request), site=site, **form.arguments())
            made.append(UUID(str(receipt.record)))

        if saved(form, save, request):
            return HttpResponseRedirect(groups_url("activity", made[0]))
    return page(request, "groups/activity_form.html", _form(request, form, _("An activity"), groups_url("activities")))


@route_policy(PAGES)
@require_GET
def activity(request: HttpRequest, gathering: UUID) -> HttpResponse:
    """One activity; printed, it is its sheet."""
    shown = queries.activity_page(actor_of(request), gathering)
    context = {
        "shown": shown,
        "facts": _facts(shown),
        "headers": [_("Age"), *(label for _sex, label in words.SEXES)],
        "rows": count_rows(shown.counts),
        "basis": words.BASES[shown.row.basis],
        "correct_url": groups_url("correct_activity", gathering) if shown.mine and shown.newer is None else "",
        "newer_url": groups_url("activity", shown.newer) if shown.newer else "",
        "back": groups_url("activities"),
    }
    return page(request, "groups/activity.html", context)


def _facts(shown: ActivityPage) -> list[tuple[Any, Any]]:
    row = shown.row
    return [
        (_("What was done"), shown.title),
        (_("Kind"), words.ACTIVITIES[row.kind]),
        (_("4Ws code"), four_ws_words(row.four_ws)),
        (_("Day"), day(row.occurred_on)),
        (_("Site"), shown.site),
        (_("Where"), shown.place or None),
        (_("Minutes"), row.minutes),
        (_("Materials that were given out"), shown.materials or None),
        (_("Written down by"), shown.who),
    ]


@route_policy(PAGES)
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, gathering: UUID) -> HttpResponse:
    """Correct an activity; the version before stays readable."""
    by = actor_of(request)
    shown = queries.activity_page(by, gathering)
    if not shown.mine:
        raise Absent()
    form = ActivityForm(request.POST or None, codes=community_codes(), correcting=True, initial=_before(shown))
    if request.method == "POST" and form.is_valid():
        made: list[UUID] = []

        def save() -> None:
            told = form.arguments() | {"reason": form.cleaned_data["reason"]}
            made.append(UUID(str(correct_activity(by=by, op_id=op_id_of(request), gathering=gathering, **told).record)))

        if saved(form, save, request):
            return HttpResponseRedirect(groups_url("activity", made[0]))
    where = groups_url("activity", gathering)
    return page(request, "groups/activity_form.html", _form(request, form, _("Correct an activity"), where))


def _before(shown: ActivityPage) -> dict[str, Any]:
    row = shown.row
    told: dict[str, Any] = {name: getattr(row, name) for name in ("kind", "four_ws", "minutes", "basis")}
    told |= {"on": row.occurred_on, "title": shown.title, "place": shown.place, "materials": shown.materials}
    return told | {"words": shown.words} | {f"n-{band}-{sex}": many for (band, sex), many in shown.counts.items()}


def _form(request: HttpRequest, form: Any, title: Any, back: str) -> dict[str, Any]:
    op_id = request.POST.get("op_id") or new_op_id()
    sexes = [label for _sex, label in words.SEXES]
    return {"form": form, "title": title, "back": back, "op_id": op_id, "sexes": sexes}
