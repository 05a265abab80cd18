"""The forms of this room: a word that may be left out, and a time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from karama.ui.rendering import KaramaForm


class AskForm(KaramaForm):
    """Whom, or when somebody should call: one button each. `others` and `words` may stay empty."""

    to = forms.UUIDField(required=False, widget=forms.HiddenInput)
    call = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)
    others = forms.BooleanField(required=False, label=_("If she or he cannot, ask the others, one after the other"))
    words = forms.CharField(
        required=False,
        max_length=1000,
        label=_("A word to go with it"),
        help_text=_("Only whoever is asked reads it. It may stay empty."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class TimeForm(KaramaForm):
    """Another time for a call."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    at = forms.TimeField(label=_("Time"), widget=forms.TimeInput(attrs={"type": "time"}))

    def moment(self) -> datetime:
        """The moment by the clock of the place."""
        told: dict[str, Any] = self.cleaned_data
        return timezone.make_aware(datetime.combine(told["day"], told["at"]))
