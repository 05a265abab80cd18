"""The page of outcomes: the same function as the command line, drawn."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from karama.accounts.routes import route_policy
from karama.evidence.access import PAGES
from karama.evidence.charts import shares
from karama.evidence.problems import SameWave
from karama.evidence.queries import default_waves, outcomes_of, programmes_to_read, waves_in_use
from karama.evidence.sections import Section, sections_of
from karama.evidence.shortages import shortages_of
from karama.evidence.words import MEANINGS, QUESTIONS, wave_name
from karama.programme.queries import programme_by_code
from karama.ui.addresses import reverse
from karama.ui.rendering import page
from karama.ui.requests import actor_of


@route_policy(PAGES)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The programmes whose numbers this reader may see; with one programme, its outcomes at once."""
    found = list(programmes_to_read(actor_of(request)))
    if len(found) == 1:
        return HttpResponseRedirect(reverse("outcomes", args=[found[0].code]))
    return page(request, "evidence/index.html", {"programmes": found})


@route_policy(PAGES)
@require_GET
def outcomes(request: HttpRequest, programme: str) -> HttpResponse:
    """How people fared between two waves of a programme."""
    by = actor_of(request)
    waves = waves_in_use(by, programme)
    usual = default_waves(waves)
    asked = [request.GET.get(name, "").replace("\x00", "") for name in ("from", "to")]
    start, end = asked[0] or usual[0], asked[1] or usual[1]
    offered = list(dict.fromkeys([*waves, *usual]))
    place = programme_by_code(by, programme)
    context = {
        "name": place.title,
        "back": reverse("outcomes_index") if programmes_to_read(by).count() > 1 else "/",
        "start": start,
        "end": end,
        "choices": [(code, wave_name(code)) for code in offered],
        "meanings": [(_label(code), words) for code, words in MEANINGS.items()],
    }
    try:
        table = outcomes_of(by, programme=programme, start=start, end=end)
    except SameWave as problem:
        return page(request, "evidence/outcomes.html", {**context, "problem": problem}, status=422)
    drawn = [_with_chart(section) for section in sections_of(table)] if table["instruments"] else []
    shortage = shortages_of(by, place)
    short = [] if shortage is None else [shortage]
    told = {**context, "table": table, "sections": drawn, "shortages": short}
    return page(request, "evidence/outcomes.html", told)


def _with_chart(section: Section) -> dict[str, object]:
    return {**vars(section), "chart": shares(section.bars, section.title)}


def _label(code: str) -> str:
    named = {
        "n": _("n"),
        "missing": _("Missing"),
        "mean": _("Mean and SD"),
        "alpha": _("Alpha"),
        "r12": _("r12"),
        "effect": _("Size of the change"),
        "interval": _("95 % interval"),
        "bounds": _("Lowest and highest possible"),
    }
    return str(QUESTIONS.get(code) or named[code])
