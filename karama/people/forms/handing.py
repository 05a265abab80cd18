"""Forms for lost cards, pairs of files, transfers, and what a withdrawal left open."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karama.people.forms.conflict import ConflictForm
from karama.people.forms.file import Choices, choice, line
from karama.people.forms.protection import words_field
from karama.ui.rendering import KaramaForm

AGREED: dict[str, Any] = {
    "yes": pgettext_lazy("a transfer", "Yes"),
    "no": pgettext_lazy("a transfer", "No"),
    "not_asked": pgettext_lazy("a transfer", "Could not be asked"),
}


class QuestionsForm(KaramaForm):
    """Two questions and their answers."""

    first = forms.ChoiceField(label=_("First question"))
    first_answer = line(_("Answer"), required=True, most=200)
    second = forms.ChoiceField(label=_("Second question"))
    second_answer = line(_("Answer to the second question"), required=True, most=200)

    def __init__(self, *args: Any, questions: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = list(questions)
        for place, name in enumerate(("first", "second")):
            field = self.fields[name]
            field.choices = choices  # type: ignore[attr-defined]
            field.initial = choices[place][0] if len(choices) > place else None


class FindMeForm(QuestionsForm):
    """The same at a site, to find somebody."""

    site = forms.ChoiceField(label=_("Site"))
    field_order = ("site", "first", "first_answer", "second", "second_answer")

    def __init__(self, *args: Any, sites: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = list(sites)
        field = self.fields["site"]
        field.choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            field.widget = forms.HiddenInput()
            field.initial = choices[0][0]


class TransferForm(KaramaForm):
    """Another site, what the person says to it, and why."""

    site = forms.ChoiceField(label=_("To which site?"))
    agreed = choice(_("Does this person agree?"), AGREED.items())
    reason = words_field(_("Why, and what does this person wish?"))

    def __init__(self, *args: Any, sites: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("site", [("", _("Choose")), *sites])


class SettleForm(KaramaForm):
    """Where, and how it was settled."""

    effect = choice(_("What is settled?"), ())
    how = words_field(_("Whom did you ask, and what did they answer?"), required=True)

    def __init__(self, *args: Any, effects: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("effect", effects)


class AnswerTransferForm(ConflictForm):
    """Who leads here and whether she is involved with the person, or why not."""

    lead = forms.ChoiceField(label=_("Who is responsible here?"), required=False)
    takes_open_work = forms.BooleanField(label=_("We take over everything that is open"), required=False)
    reason = line(_("If you say no: why?"), most=500)
    field_order = ("lead", "conflict", "conflict_note", "takes_open_work", "reason")

    def __init__(self, *args: Any, leads: Choices, work: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("lead", [("", _("Choose")), *leads])
        if not work:
            del self.fields["takes_open_work"]
