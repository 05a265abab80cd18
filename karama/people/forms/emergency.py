"""Forms of an emergency and of its review."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from karama.people.forms.file import choice, line
from karama.people.models.emergency import GlassVerdict
from karama.ui.fields import WholeNumber
from karama.ui.rendering import KaramaForm

AREA = {"rows": 3, "autocomplete": "off", "spellcheck": "false", "dir": "auto"}


class EmergencyForm(KaramaForm):
    """Who it is, exactly; and why."""

    code = line(_("Code"), help_text=_("From the card, if there is one."), most=40)
    first = line(_("First name"), help_text=_("Without a card: both names and the birth year, as they are written."))
    last = line(_("Last name"))
    birth_year = WholeNumber(label=_("Birth year"), required=False, min_value=1890, max_value=2100)
    reason = forms.CharField(label=_("Why it cannot wait"), max_length=2000, widget=forms.Textarea(attrs=AREA))

    def who(self) -> dict[str, Any]:
        """What identifies the person."""
        return {name: self.cleaned_data[name] for name in ("code", "first", "last", "birth_year")}


class VerdictForm(KaramaForm):
    """What the review came to."""

    verdict = choice(_("What do you say?"), GlassVerdict.choices)
    words = forms.CharField(
        label=_("In a few words"), required=False, max_length=2000, widget=forms.Textarea(attrs=AREA)
    )
