"""Example data of the living style page: every component once, with invented codes and nobody's answers."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from karama.ui.badges import KINDS
from karama.ui.charts import Band, Cutoff, Point, line
from karama.ui.fields import AboutDay, WholeNumber
from karama.ui.icons import PATHS
from karama.ui.problems import Busy
from karama.ui.rendering import KaramaForm

WAYS = [
    ("call", gettext_lazy("A call")),
    ("visit", gettext_lazy("A visit")),
    ("never", gettext_lazy("Do not contact")),
]
HOW_WAS_IT = [
    ("0", gettext_lazy("Good")),
    ("1", gettext_lazy("So-so")),
    ("2", gettext_lazy("Bad")),
    ("3", gettext_lazy("Very bad")),
]


class ExampleForm(KaramaForm):
    """One field of each kind."""

    nickname = forms.CharField(
        label=gettext_lazy("What shall we call you?"), help_text=gettext_lazy("A nickname is enough.")
    )
    since = AboutDay(label=gettext_lazy("Since when?"), help_text=gettext_lazy("Day and month may stay empty."))
    people = WholeNumber(label=gettext_lazy("People in the home"), required=False, min_value=0)
    contact = forms.ChoiceField(label=gettext_lazy("Safe way to contact"), choices=WAYS, widget=forms.RadioSelect)
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the talk"), choices=[("ar", "العربية"), ("es", "Español")]
    )
    note = forms.CharField(label=gettext_lazy("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    agreed = forms.BooleanField(label=gettext_lazy("The limits of confidentiality were explained"))


class AnswerForm(KaramaForm):
    """One question as a list."""

    answer = forms.ChoiceField(label=gettext_lazy("How was your sleep?"), choices=HOW_WAS_IT, widget=forms.RadioSelect)


def example() -> dict[str, Any]:
    """The context of `ui/style.html`, in the active language."""
    wrong = ExampleForm(
        {"nickname": "", "since_year": "25", "people": "٣", "contact": "", "language": "ar"},
        auto_id="wrong_%s",
    )
    at = datetime(2026, 3, 3, 14, 5, tzinfo=UTC)
    return {
        "kinds": list(KINDS),
        "icons": sorted(PATHS),
        "problem": Busy(),
        "form": ExampleForm(auto_id="plain_%s"),
        "wrong": wrong,
        "answer_form": AnswerForm(initial={"answer": "1"}),
        "how_was_it": HOW_WAS_IT,
        "other_answers": [("skipped", _("Skip")), ("refused", _("Prefers not to answer"))],
        "crumbs": [(_("People"), "#people"), (_("Style"), "")],
        "at": at,
        "on": date(2026, 3, 3),
        "headers": [_("Site"), _("Responses"), _("Missing"), _("State")],
        "table": [
            [{"text": _("North centre"), "href": "#north"}, 1240, 12, _("Done")],
            [_("River centre"), 86, None, _("Waiting")],
        ],
        "steps": [
            {"title": _("Raised"), "at": at, "by": "Chantal", "state": "done"},
            {
                "title": _("Taken"),
                "at": at,
                "by": "ديغو",
                "text": _("Called at once; a sister is there now."),
                "state": "done",
            },
            {"title": _("Safety plan together"), "state": "now"},
            {"title": _("Checked by the supervisor"), "state": "later"},
        ],
        "facts": [
            (_("Site"), _("North centre")),
            (_("Language of the talk"), "العربية"),
            (_("Safe hours"), ""),
        ],
        "tabs": [
            (_("Responses"), "#tabs", True),
            (_("Sessions"), "#sessions", False),
            (_("Consent"), "#consent", False),
        ],
        "page_obj": Paginator(range(100), 10).page(3),
        "chart": _chart(),
    }


def _chart() -> str:
    points = [
        Point(date(2026, 1, 8), 19),
        Point(date(2026, 2, 5), 16),
        Point(date(2026, 3, 3), None, _("item 5 not asked")),
        Point(date(2026, 4, 2), 11),
        Point(date(2026, 5, 7), 8),
    ]
    return line(
        points,
        title=_("Low mood, sum of nine items"),
        low=0,
        high=27,
        band=Band(13, 25, _("A change inside may be chance")),
        cutoff=Cutoff(10, _("Line of this measure")),
    )
