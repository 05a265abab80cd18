"""Forms of supervision: chips first, one text last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karama.care.courseforms import AREA
from karama.care.medicalwords import said
from karama.care.models import SupervisionMode
from karama.knowledge.value_sets import coded, offered
from karama.people.forms import OwnConflictForm
from karama.ui.rendering import KaramaForm

MINUTES = [(one, one) for one in ("30", "45", "60", "90")]
UNTIL = [("7", _("In one week")), ("14", _("In two weeks")), ("28", _("In four weeks"))]
AGAIN = [("2", _("In two weeks")), ("4", _("In four weeks")), ("8", _("In eight weeks"))]
SKILL = "skill_"


def _one(label: Any, choices: Any, initial: str = "", *, required: bool = False, **options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, required=required, initial=initial or None, widget=forms.RadioSelect, **options
    )


def _text(label: Any, most: int, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=most, widget=forms.Textarea(attrs=AREA), **options)


class SupervisionForm(KaramaForm):
    """A supervision in chips: how, about whom, what was seen, what was agreed."""

    mode = _one(_("How you met"), SupervisionMode.choices, "individual", required=True)
    also = forms.MultipleChoiceField(label=_("Who else was there"), required=False, widget=forms.CheckboxSelectMultiple)
    on = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    minutes = _one(_("Minutes"), MINUTES)
    people = forms.MultipleChoiceField(
        label=_("About whom you spoke"), required=False, widget=forms.CheckboxSelectMultiple
    )
    agreed = _text(_("What was agreed"), 500)
    owner = _one(_("Who does it"), [])
    until = _one(_("Until"), UNTIL, "7")
    words = _text(_("In your words, without names"), 2000)

    def __init__(
        self,
        *args: Any,
        colleagues: Sequence[tuple[str, str]],
        people: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.colleague = UUID(colleagues[0][0])
        self.offer("also", colleagues[1:])
        self.offer("people", people)
        self.offer("owner", [colleagues[0], ("me", pgettext_lazy("who does it", "I do it"))])
        self.fields["owner"].initial = colleagues[0][0]
        if not colleagues[1:]:
            del self.fields["also"]
        if not people:
            del self.fields["people"]
        levels = [(code, said(names)) for code, names in offered(coded("competency_levels"))]
        for code, names in offered(coded("competencies")):
            self.fields[SKILL + code] = _one(said(names), levels)

    def skills(self) -> list[Any]:
        """The fields in which skills are rated."""
        return [self[name] for name in self.fields if name.startswith(SKILL)]

    def beside(self) -> list[Any]:
        """The fields before the skills."""
        return [self[name] for name in ("mode", "also", "minutes", "people") if name in self.fields]

    def after(self) -> list[Any]:
        """The fields after the skills."""
        return [self[name] for name in ("agreed", "owner", "until", "words", "on")]

    def arguments(self, me: UUID, today: date) -> dict[str, Any]:
        """For the action."""
        told = self.cleaned_data
        also = [UUID(one) for one in told.get("also") or ()] if told["mode"] == "group" else []
        agreed = {
            "owner": me if told["owner"] == "me" else self.colleague,
            "until": today + timedelta(days=int(told["until"] or 7)),
            "words": told["agreed"],
        }
        return {
            "colleagues": [self.colleague, *also],
            "mode": told["mode"],
            "on": told["on"],
            "minutes": int(told["minutes"]) if told["minutes"] else None,
            "people": [UUID(one) for one in told.get("people") or ()],
            "ratings": {
                name.removeprefix(SKILL): level for name, level in told.items() if name.startswith(SKILL) and level
            },
            "agreed": [agreed] if told["agreed"] else [],
            "words": told["words"],
        }


class SupervisionAnswerForm(KaramaForm):
    """How the supervised colleague sees it; the buttons say whether it was so."""

    words = _text(_("How you see it"), 2000, help_text=_("Needed when you see it differently."))


class StuckReviewForm(OwnConflictForm):
    """What the supervisor says of somebody with whom it does not move; the buttons decide."""

    weeks = _one(_("Look again"), AGAIN, "4")
    words = _text(_("In a few words"), 2000, help_text=_("Needed to ask."))
    field_order = ("weeks", "words", "conflict", "conflict_note")

    def arguments(self) -> dict[str, Any]:
        """For the action."""
        return {**self.cleaned_data, "weeks": int(self.cleaned_data["weeks"] or 4)}


class AnswerQuestionForm(KaramaForm):
    """The answer to what a supervisor asks."""

    words = forms.CharField(label=_("Your answer"), max_length=2000, widget=forms.Textarea(attrs=AREA))


class FollowQuestionForm(KaramaForm):
    """What the supervisor says once there is an answer, or none; the buttons decide."""

    words = _text(_("To ask once more: in a few words"), 2000)


class AlertReviewForm(KaramaForm):
    """What the supervisor says of a closed alert; the buttons decide."""

    words = _text(_("In a few words"), 2000, help_text=_("Needed to ask or to take over."))
