"""Forms of screenings and chapters: chips. Nothing is required."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from karama.care import intakewords as words
from karama.knowledge.pack_intake import ScreeningQuestion
from karama.programme import packs
from karama.ui.rendering import KaramaForm


class ScreeningForm(KaramaForm):
    """The questions of a screening as chips, and how urgent it is."""

    def __init__(self, *args: Any, questions: Iterable[ScreeningQuestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = [one.code for one in questions]
        for one in questions:
            self.fields[one.code] = _one(packs.words(one.names), words.YES_OR_NO)
        self.fields["urgency"] = _one(_("How urgent is it?"), list(words.URGENCIES.items()))

    def arguments(self) -> dict[str, Any]:
        """For the action: what was not tapped was not asked."""
        told = self.cleaned_data
        return {"answers": {one: told[one] for one in self.asked if told.get(one)}, "urgency": told["urgency"]}


class CanWaitForm(KaramaForm):
    """What could not wait can wait: how long, and why."""

    reason = forms.CharField(
        label=_("Why can it wait?"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        later = [(code, said) for code, said in words.URGENCIES.items() if code != "now"]
        self.fields["urgency"] = _one(_("How urgent is it?"), later)
        self.fields["urgency"].required = True
        self.order_fields(["urgency", "reason"])


class ManyForm(KaramaForm):
    """Several answers to one question."""

    def __init__(self, *args: Any, choices: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"] = forms.MultipleChoiceField(
            label=_("Tap all that fit"), choices=choices, required=False, widget=forms.CheckboxSelectMultiple
        )


class ChapterWordsForm(KaramaForm):
    """Words to a chapter, if there are any."""

    words = forms.CharField(
        label=_("Words, if the person wants some kept"),
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false"}),
    )


def _one(label: Any, choices: Sequence[tuple[str, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=forms.RadioSelect)
