"""A line to take home (J3): chosen together, seen before it is printed, and kept nowhere."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from karama.accounts.routes import route_policy
from karama.care import queries, words
from karama.care.access import PAGES
from karama.care.queries.takehome import TakeHome
from karama.care.views import actor_of, called_by, care_url, person_url
from karama.programme.days import zone_of
from karama.reception.desks import desk_at
from karama.ui.dates import about
from karama.ui.rendering import KaramaForm, page

HOW = ("easier", "same", "harder")


class LineForm(KaramaForm):
    """Whose words, and how it is, as the person says it. Nothing is chosen for her."""

    goal = forms.ChoiceField(label=_("Goal"), widget=forms.RadioSelect)
    how = forms.ChoiceField(label=_("How is it?"), widget=forms.RadioSelect, required=False)

    def __init__(self, *args: Any, shown: TakeHome, **named: Any) -> None:
        super().__init__(*args, **named)
        goals: Any = self.fields["goal"]
        how: Any = self.fields["how"]
        goals.choices = [(str(one.id), one.words) for one in shown.goals]
        how.choices = [*((one, since(shown, one)) for one in HOW), ("", _("Not said"))]


def since(shown: TakeHome, how: str) -> str:
    """How it is, in one plain sentence of the language that is active; empty where it was not said."""
    month = about(shown.since, "month" if shown.precision == "day" else shown.precision)
    if how == "easier":
        return _now("Since %(month)s it is easier.") % {"month": month}
    if how == "same":
        return _now("Since %(month)s it is the same.") % {"month": month}
    return _now("Since %(month)s it is harder.") % {"month": month} if how == "harder" else ""


@route_policy(PAGES)
@require_http_methods(["GET", "POST"])
def take_home(request: HttpRequest, person: UUID) -> HttpResponse:
    """Her words and how it is, and then the small card as it is printed, in her own language."""
    by = actor_of(request)
    shown = queries.take_home(by, person, (get_language() or "en").split("-")[0])
    form = LineForm(request.POST if request.method == "POST" else None, shown=shown) if shown.goals else None
    chosen = form.cleaned_data if form is not None and form.is_valid() else None
    context = {
        "code": shown.person.code,
        "called": called_by(by, shown.person),
        "carried": shown.carried,
        "form": form,
        "card": _card(shown, chosen) if chosen is not None else None,
        "language": shown.language,
        "direction": words.direction(shown.language),
        "back": care_url("answers", person),
        "person_url": person_url(person),
    }
    return page(request, "care/take_home.html", context)


def _card(shown: TakeHome, chosen: dict[str, str]) -> dict[str, Any]:
    """In her language: neither a name, a code, a measure, a programme nor a reason."""
    site = shown.person.site_id
    with translation.override(shown.language):
        return {
            "goal": next(one.words for one in shown.goals if str(one.id) == chosen["goal"]),
            "since": since(shown, chosen["how"]),
            "came": shown.came,
            "next_at": shown.next_at.astimezone(zone_of(site)) if shown.next_at is not None else None,
            "number": desk_at(site).card_number,
        }
