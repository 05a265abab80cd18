"""Forms of meetings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from karama.care.courseforms import AREA
from karama.care.models import Decision, MeetingMode
from karama.care.problems import SharingNotAgreed
from karama.ui.fields import WholeNumber
from karama.ui.rendering import KaramaForm

DAY = {"type": "date"}


class MeetingForm(KaramaForm):
    """Who met, when and how."""

    attended = forms.MultipleChoiceField(label=_("Who was there, beside you"), widget=forms.CheckboxSelectMultiple)
    on = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs=DAY))
    mode = forms.ChoiceField(label=_("How"), choices=MeetingMode.choices, initial="together", widget=forms.RadioSelect)
    minutes = WholeNumber(label=_("Minutes"), required=False, min_value=1, max_value=600)

    def __init__(self, *args: Any, colleagues: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("attended", colleagues)

    def arguments(self) -> dict[str, Any]:
        """For the action."""
        return {**self.cleaned_data, "attended": [UUID(one) for one in self.cleaned_data["attended"]]}


class DecisionForm(KaramaForm):
    """What was decided about one person."""

    decision = forms.ChoiceField(label=_("Decided"), choices=Decision.choices, widget=forms.RadioSelect)
    owner = forms.ChoiceField(label=_("Who does it"), required=False)
    due_on = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput(attrs=DAY))
    words = forms.CharField(
        label=_("In a few words"), required=False, max_length=2000, widget=forms.Textarea(attrs=AREA)
    )

    def __init__(self, *args: Any, colleagues: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("owner", [("", _("Nobody: nothing is to be done")), *colleagues])

    def arguments(self) -> dict[str, Any]:
        """For the action."""
        owner = self.cleaned_data["owner"]
        return {**self.cleaned_data, "owner": UUID(owner) if owner else None}


class AgreedGoalForm(KaramaForm):
    """A goal that colleagues of several disciplines work towards together."""

    goal = forms.CharField(
        label=_("A goal for all of you, in the person's own words"), max_length=400, widget=forms.Textarea(attrs=AREA)
    )
    agreed = forms.BooleanField(
        label=_("The person agrees that all who work with them read it."),
        error_messages={"required": format_lazy("{} {}", SharingNotAgreed.what, SharingNotAgreed.do)},
    )

    def arguments(self) -> dict[str, Any]:
        """For the action."""
        return {"words": self.cleaned_data["goal"], "agreed": self.cleaned_data["agreed"]}


class WishForm(KaramaForm):
    """Why a person should be discussed."""

    why = forms.CharField(
        label=_("What do you want to speak about?"), required=False, max_length=500, widget=forms.Textarea(attrs=AREA)
    )


class DoneForm(KaramaForm):
    """How it went."""

    words = forms.CharField(label=_("How it went"), required=False, max_length=500, widget=forms.Textarea(attrs=AREA))
