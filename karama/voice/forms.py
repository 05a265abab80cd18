"""Forms of this room. They read what was typed; what is allowed stands in the actions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from karama.people.forms.file import choice, line
from karama.ui.rendering import KaramaForm
from karama.voice import words
from karama.voice.models import Checked, Reason, Right

AREA = {"rows": 3, "autocomplete": "off", "spellcheck": "false", "dir": "auto"}


def _area(label: Any, help_text: Any = "", *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=2000, widget=forms.Textarea(attrs=AREA)
    )


class RequestForm(KaramaForm):
    """What is asked for, and how it was made sure who asks."""

    right = choice(_("What does the person ask for?"), Right.choices)
    checked = choice(_("How do you know who asks?"), Checked.choices)
    received_on = forms.DateField(
        label=_("Received on"),
        required=False,
        help_text=_("Empty: today."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    note = _area(_("In a few words"), _("What exactly, and what was shown. Do not copy numbers of documents."))


class DecisionForm(KaramaForm):
    """The officer's answer; `decisions`: those that may follow now."""

    decision = choice(_("Decision"), ())
    reason = forms.ChoiceField(label=_("Reason"), required=False, choices=[("", "–"), *Reason.choices])
    words = _area(_("As it is told to the person"), _("Needed when it is refused or granted in part."))

    def __init__(self, *args: Any, decisions: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = [(code, label) for code, label in words.DECISIONS if code in decisions]
        self.offer("decision", told)
        if not {"partly", "refused"} & set(decisions):
            del self.fields["reason"]


class PrepareForm(KaramaForm):
    """Why, in words that stay after the person is gone."""

    reason = line(
        _("Reason"), required=True, most=200, help_text=_("It stays. It must not tell anything about the person.")
    )


class WordsForm(KaramaForm):
    """Some words."""

    words = _area(_("In a few words"), required=True)


class LiftForm(KaramaForm):
    """Why the record is used again."""

    reason = _area(_("Why it is used again"), required=True)
