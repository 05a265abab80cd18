"""Forms of the course of care: goals, view, decision, waiting, closing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from karama.care import coursewords as said
from karama.people.forms import ConflictForm
from karama.rules.stepped_care import SWITCH_OFF
from karama.ui.rendering import KaramaForm

AREA = {"rows": 2, "autocomplete": "off", "spellcheck": "false", "dir": "auto"}


def _one(label: Any, words: Mapping[str, Any], **options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=list(words.items()), widget=forms.RadioSelect, **options)


def _text(label: Any, most: int, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs=AREA), **options)


class GoalForm(KaramaForm):
    """A new goal."""

    words = _text(_("A goal, in the person's own words"), 400)


class GoalStateForm(KaramaForm):
    """Where a goal stands now."""

    state = _one(_("Where it stands"), said.GOALS)
    words = _text(_("In a few words"), 500, required=False)


class ViewForm(KaramaForm):
    """The worker's own view and the person's wish, before any suggestion."""

    layer = _one(_("What do you think is needed?"), said.LAYERS)
    wish = _one(_("What does the person wish?"), said.WISHES)
    seen = forms.MultipleChoiceField(
        label=_("Did you see or suspect any of these?"),
        required=False,
        choices=[(code, said.SEEN[code]) for code in SWITCH_OFF],
        widget=forms.CheckboxSelectMultiple,
    )


class DecisionForm(KaramaForm):
    """The reason of a decision; the buttons decide."""

    reason = _text(_("Why"), 500, required=False, help_text=_("Needed for a step down."))


class ContactForm(KaramaForm):
    """Who stays in touch with a waiting person."""

    contact = forms.ChoiceField(label=_("Who stays in touch"))
    need = _one(_("How pressing"), said.NEEDS)

    def __init__(self, *args: Any, colleagues: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("contact", colleagues)


class CheckForm(KaramaForm):
    """How asking a waiting person went; the buttons say whether she was reached and whether it is worse."""

    words = _text(_("In a few words"), 2000, required=False)


class ClosingForm(ConflictForm):
    """Closing in at most seven taps and one text."""

    reason = _one(_("Why does care end?"), {code: words for code, words in said.REASONS.items() if code != "died"})
    outcome = _one(_("How is the person compared with the start?"), said.OUTCOMES)
    follow_up = _one(_("May we ask again later how the person is?"), said.FOLLOW_UP)
    handed_to = forms.ChoiceField(label=_("Who takes over what is open"), required=False)
    words = _text(_("What helps the person from here on"), 2000, required=False)
    field_order = ("reason", "outcome", "follow_up", "handed_to", "conflict", "conflict_note", "words")

    def __init__(self, *args: Any, colleagues: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, asks=bool(colleagues), **kwargs)
        if colleagues:
            self.offer("handed_to", [("", _("Nobody")), *colleagues])
        else:
            del self.fields["handed_to"]

    def arguments(self) -> dict[str, Any]:
        """For the action."""
        return {**self.cleaned_data, "handed_to": self.cleaned_data.get("handed_to") or None}


class AnswerForm(ConflictForm):
    """A supervisor's words to a closure, and whether whoever takes over is involved with the person."""

    words = _text(_("Your words"), 2000, required=False, help_text=_("Needed for sending it back."))


class DeathForm(KaramaForm):
    """A death, as far as it is known."""

    on = forms.DateField(label=_("Day, if it is known"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    suspected = _one(_("Is suicide or violence by others suspected?"), said.SUSPECTED)
    words = _text(_("What is known"), 2000, required=False)


class DeathStepForm(KaramaForm):
    """What was done; the buttons say which."""

    words = _text(_("What was done, or what was found"), 2000)


class TakeBackForm(KaramaForm):
    """Why a death was written down although the person lives."""

    reason = _text(_("How do you know that this person lives?"), 500)
