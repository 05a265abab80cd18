"""The short forms of the steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from karama.knowledge.loader import instrument
from karama.safety import words
from karama.safety.models import IncidentKind
from karama.ui.labels import said
from karama.ui.rendering import KaramaForm

MISSING = [("", _("Not asked")), ("refused", _("Did not want to answer")), ("dont_know", _("Does not know"))]
ANSWERS = {"yes": _("Yes"), "no": _("No")}
ANSWER_WORDS = {**ANSWERS, **dict(MISSING[1:]), "not_asked": _("Not asked")}


def _note(label: Any, *, required: bool) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=label, required=required, max_length=2000, widget=area)


class NoteForm(KaramaForm):
    """A step with words that may stay empty."""

    note = _note(_("What you want the next colleague to know"), required=False)


class NeededNoteForm(KaramaForm):
    """A step that needs words."""

    note = _note(_("Why"), required=True)


class HowKnownForm(KaramaForm):
    """That somebody has died indeed."""

    note = _note(_("How do you know? Who saw it, and when?"), required=True)


class CloseForm(KaramaForm):
    """How it ended."""

    outcome = forms.ChoiceField(label=_("How it ended"), choices=list(words.OUTCOMES.items()), widget=forms.RadioSelect)
    note = _note(_("What was agreed, and what comes next"), required=True)


class HandOverForm(KaramaForm):
    """To whom."""

    to = forms.TypedChoiceField(label=_("To whom"), coerce=UUID)
    note = _note(_("What your colleague has to know"), required=False)

    def __init__(self, *args: Any, colleagues: Sequence[tuple[UUID, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("to", [(str(user), alias) for user, alias in colleagues])


class FollowUpForm(KaramaForm):
    """The follow-up questions by topic: their wording stands on the official form, never here."""

    state = forms.ChoiceField(label=_("Were the follow-up questions asked?"), widget=forms.RadioSelect)
    note = _note(_("What you want the next colleague to know"), required=False)

    def __init__(self, *args: Any, screener: str, **options: Any) -> None:
        super().__init__(*args, **options)
        states = [one for one in words.FOLLOW_UP_STATES.items() if screener or one[0] != "done"]
        self.offer("state", states)
        self.items: list[str] = []
        if screener:
            self._add_items(screener)

    def _add_items(self, screener: str) -> None:
        card = instrument(screener)
        for item in card.items:
            if not item.answers:
                continue
            codes = [one.code for one in card.answer_set(item.answers).answers]
            choices = [*((code, ANSWERS.get(code, code)) for code in codes), *MISSING]
            self.items.append(item.code)
            self.fields[item.code] = forms.ChoiceField(
                label=said(item.topic), choices=choices, required=False, widget=forms.RadioSelect, initial=""
            )
        self.order_fields(["state", *self.items, "note"])

    def clean(self) -> dict[str, Any]:
        """The arguments of the action: the answers as one mapping, without what was not asked."""
        found = super().clean() or {}
        answers = {code: found.pop(code, "") for code in self.items}
        if found.get("state") == "done" and not any(answers.values()):
            self.add_error("state", _("No answer was entered. Enter the answers, or choose why there are none."))
        return {**found, "answers": {code: answer for code, answer in answers.items() if answer}}


class PlanForm(KaramaForm):
    """The parts of a safety plan; all may stay empty but one."""

    renewed = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, parts: Mapping[str, str], renews: UUID | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["renewed"].initial = str(renews or "")
        for code, label in words.PLAN_PARTS.items():
            area = forms.Textarea(attrs={"rows": 3, "dir": "auto", "autocomplete": "off", "spellcheck": "false"})
            self.fields[code] = forms.CharField(
                label=label, required=False, max_length=2000, initial=parts.get(code, ""), widget=area
            )

    def parts(self) -> dict[str, str]:
        """What was written, by part."""
        return {code: self.cleaned_data[code] for code in words.PLAN_PARTS if self.cleaned_data[code]}

    def renews(self) -> UUID | None:
        """The version that stood before the writer."""
        try:
            return UUID(self.cleaned_data["renewed"])
        except ValueError:
            return None


class IncidentForm(KaramaForm):
    """What happened, where, when, and who is part of it."""

    kind = forms.ChoiceField(label=_("What happened"), choices=IncidentKind.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In plain words, without names"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )
    on = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    site = forms.ChoiceField(label=_("Where"))
    involved = forms.MultipleChoiceField(
        label=_("Is a colleague part of it?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They will find nothing of it."),
    )

    def __init__(
        self, *args: Any, sites: Sequence[tuple[str, str]], colleagues: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer("involved", colleagues)
        self.offer("site", sites)
        if len(sites) < 2:
            del self.fields["site"]

    def arguments(self) -> dict[str, Any]:
        """For the action."""
        return {**self.cleaned_data, "involved": [UUID(one) for one in self.cleaned_data["involved"]]}


class NameInIncidentForm(KaramaForm):
    """Who else was part of it."""

    user = forms.ChoiceField(
        label=_("A colleague who was part of it"),
        help_text=_("For this colleague this incident does not exist from now on."),
    )

    def __init__(self, *args: Any, colleagues: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("user", [("", _("Choose")), *colleagues])


class IncidentStepForm(KaramaForm):
    """What was done after an incident."""

    step = forms.ChoiceField(label=_("What was done"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In a few words"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )

    def __init__(self, *args: Any, steps: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("step", [(step, words.INCIDENT_STEPS[step]) for step in steps])
