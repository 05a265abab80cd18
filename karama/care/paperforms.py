"""The one form with which every paper begins to be typed in: which sheet, whose, who took it, when, and safety."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karama.care.papers import marks_of
from karama.people.actions.papers import OTHER, Told
from karama.rules.risk import WORRIES
from karama.safety.words import KINDS
from karama.ui.fields import AboutDay
from karama.ui.rendering import KaramaForm

NONE, UNKNOWN = "none", "unknown"
PLAIN = {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters", "dir": "ltr"}
ACTED = [
    ("yes", pgettext_lazy("was something done?", "Yes")),
    ("no", pgettext_lazy("was something done?", "No")),
    ("unknown", pgettext_lazy("was something done?", "Not known")),
]


def _pick(label: Any, choices: Any, *, required: bool, help_text: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, required=required, help_text=help_text, widget=forms.RadioSelect
    )


class PaperStartForm(KaramaForm):
    """What is asked before anything that stands on a sheet."""

    number = forms.CharField(
        label=_("Number of the paper"), max_length=40, help_text=_("At its top. The picture beside it can be scanned."),
        widget=forms.TextInput(attrs={**PLAIN, "data-focus": ""}),
    )  # fmt: skip
    code = forms.CharField(
        label=_("Code of the person"), required=False, max_length=40,
        help_text=_("Leave it empty for a new registration."), widget=forms.TextInput(attrs=PLAIN),
    )  # fmt: skip
    site = forms.ChoiceField(label=_("Site"))
    taken_by = forms.ChoiceField(label=_("Who took it?"))
    on = AboutDay(label=_("On which day?"), help_text=_("About is enough: the month, or only the year."))
    danger = _pick(_("Does the paper say that somebody is in danger?"), (), required=True)
    acted = _pick(
        _("If so: was something done?"), ACTED, required=False, help_text=_("Nothing chosen counts as not known.")
    )
    acted_by = forms.ChoiceField(label=_("Who did something?"), required=False)
    acted_on = forms.DateField(
        label=_("When was it done?"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(
        self, *args: Any, sites: Sequence[tuple[str, str]], colleagues: Sequence[tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.offer("site", sites)
        if len(sites) == 1:
            self.fields["site"].initial = sites[0][0]
            self.fields["site"].widget = forms.HiddenInput()
        self.offer("taken_by", [("", _("Choose")), *colleagues])
        self.offer("acted_by", [("", _("Choose")), *colleagues, (OTHER, _("Somebody who does not work here"))])
        marks = marks_of("danger", list(WORRIES))
        kinds = [(kind, format_lazy("{} · {}", marks[kind], KINDS[kind])) for kind in WORRIES]
        self.offer("danger", [(NONE, _("No")), *kinds, (UNKNOWN, _("Nobody asked, or it cannot be read"))])

    def danger_told(self) -> Told | None:
        """The danger that was tapped, also when something else of the form does not fit: nobody has said yet that
        something was done. None when none was tapped."""
        sent = str(self["danger"].data or "")
        return Told.model_validate({"danger": sent, "acted": UNKNOWN}) if sent in WORRIES else None

    def site_told(self) -> UUID | None:
        """The site that was chosen, of those offered; also when something else of the form does not fit."""
        offered = {str(code) for code, _name in self.fields["site"].choices}  # type: ignore[attr-defined]  # a choice
        sent = str(self["site"].data or "")
        return UUID(sent) if sent in offered else None

    def code_told(self) -> str:
        """What was typed as the code, whatever it is, as far as it can be kept."""
        return str(self["code"].data or "").replace("\0", "").strip()[:60]

    def told(self) -> Told:
        """For the action. What was not said about a danger counts as not known."""
        sent = self.cleaned_data
        dangerous = sent["danger"] in WORRIES
        acted = (sent["acted"] or UNKNOWN) if dangerous else ""
        done = acted == "yes"
        more = {"acted_by": sent["acted_by"], "acted_on": sent["acted_on"]} if done else {}
        return Told.model_validate({"danger": sent["danger"], "acted": acted} | more)
