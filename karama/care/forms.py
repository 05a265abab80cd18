"""Forms of this room. They read what was tapped; what is allowed stands in the actions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from karama.care import words
from karama.care.models import Mode
from karama.care.queries.asking import Question
from karama.people.forms import OwnConflictForm
from karama.ui.rendering import KaramaForm

ASKABLE = [choice for choice in Mode.choices if choice[0] != Mode.IMPORTED]
REASON = forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "spellcheck": "false"})


class StartForm(KaramaForm):
    """In which language, how, and for which moment of measurement."""

    language = forms.ChoiceField(label=_("Language of the questions"), widget=forms.RadioSelect)
    mode = forms.ChoiceField(
        label=_("How it is asked"), choices=ASKABLE, initial="interviewer", widget=forms.RadioSelect
    )
    wave = forms.ChoiceField(label=_("Which moment"), required=False, widget=forms.RadioSelect)

    def __init__(
        self,
        *args: Any,
        languages: Iterable[tuple[str, bool]],
        waves: Sequence[tuple[str, Any]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer("language", [(code, _language_words(code, checked)) for code, checked in languages])
        self.offer("wave", [*waves, ("", _("Another time in between"))])


def _language_words(code: str, validated: bool) -> Any:
    if validated:
        return words.language(code)
    return _("%(language)s (not validated: interpreter mode)") % {"language": words.language(code)}


class AnswersForm(KaramaForm):
    """All questions as a list. What is left empty stays unanswered."""

    def __init__(self, *args: Any, questions: Sequence[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in questions:
            self.fields[question.item.code] = _field(question)

    def answers(self) -> dict[str, str]:
        """Item -> answer, only what was given."""
        return {item: answer for item, answer in self.cleaned_data.items() if answer and item != "reason"}


def _field(question: Question) -> forms.Field:
    if not question.answers:
        area = forms.Textarea(attrs={"rows": 2, "dir": "auto", "spellcheck": "false"})
        return forms.CharField(
            label=question.text, required=False, max_length=2000, initial=question.given, widget=area
        )
    return forms.ChoiceField(
        label=question.text,
        required=False,
        choices=[*question.answers, *words.QUIET],
        initial=question.given,
        widget=forms.RadioSelect,
    )


class AmendForm(AnswersForm):
    """The same, with the reason of the correction."""

    def __init__(self, *args: Any, questions: Sequence[Question], **kwargs: Any) -> None:
        super().__init__(*args, questions=questions, **kwargs)
        self.fields["reason"] = forms.CharField(
            label=_("Why is this corrected?"),
            help_text=_(
                "Both versions stay readable. What followed from the first one stays, and so does every alert."
            ),
            max_length=500,
            widget=REASON,
        )

    def changed(self, before: Mapping[str, str]) -> dict[str, str]:
        """The whole answers after the correction: what was left empty keeps its answer."""
        return {**before, **self.answers()}


class FinishForm(KaramaForm):
    """The day on which the questions were answered; for a paper, who took it and whether something was done."""

    on = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    taken_by = forms.ChoiceField(
        label=_("From paper: who took it?"), required=False, help_text=_("Leave it empty when you asked yourself now.")
    )
    acted = forms.ChoiceField(
        label=_("Was something done on that day about the safety answer?"),
        required=False,
        choices=[("", _("Asked today")), *words.ACTED.items()],
    )

    def __init__(
        self,
        *args: Any,
        colleagues: Sequence[tuple[str, str]] = (),
        alarmed: bool = False,
        from_paper: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if from_paper:
            del self.fields["on"]
            self.offer("acted", [("", _("As it was said when the paper was begun")), *words.ACTED.items()])
        self.offer("taken_by", [("", _("Asked now")), *colleagues])
        if not colleagues:
            del self.fields["taken_by"]
        if not alarmed:
            del self.fields["acted"]

    def arguments(self) -> dict[str, Any]:
        """For the action."""
        told = dict(self.cleaned_data)
        if "taken_by" in told:
            told["taken_by"] = UUID(told["taken_by"]) if told["taken_by"] else None
        return told


class StateForm(OwnConflictForm):
    """Where an episode stands now. Whoever takes it up again says whether she is involved with the person."""

    state = forms.ChoiceField(label=_("It goes on as"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=500,
        widget=REASON,
        help_text=_("Needed for a pause and for closing."),
    )
    field_order = ("state", "reason", "conflict", "conflict_note")

    def __init__(self, *args: Any, following: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("state", [(code, words.STATES[code]) for code in following])
