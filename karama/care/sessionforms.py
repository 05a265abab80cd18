"""Forms for sessions and notes: chips first, one text last."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karama.care.models.session import Attended, Modality, RiskAsked
from karama.journal import Problem
from karama.people.forms import OwnConflictForm
from karama.ui.rendering import KaramaForm

HOMEWORK = [
    ("given", pgettext_lazy("homework", "Agreed")),
    ("reviewed", pgettext_lazy("homework", "Looked at and agreed anew")),
    ("none", pgettext_lazy("homework", "None")),
]
NEXT = [
    ("go_on", _("Go on as planned")),
    ("sooner", _("Meet sooner")),
    ("discuss", _("Discuss with the supervisor")),
    ("refer", _("Refer")),
    ("end", _("Towards the end")),
]
MINUTES = [(one, one) for one in ("30", "45", "60", "90")]
INTERPRETED = [("no", _("No")), ("yes", _("Yes"))]
AREA = {"autocomplete": "off", "spellcheck": "false", "dir": "auto"}


def _one(label: Any, choices: Any, initial: str = "", *, required: bool = False) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, required=required, initial=initial or None, widget=forms.RadioSelect
    )


class SessionForm(KaramaForm):
    """A session in chips. What is usual is set already; safety never is."""

    attended = _one(_("Did the person come?"), Attended.choices, "came", required=True)
    on = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    modality = _one(_("Where"), Modality.choices, "in_person")
    techniques = forms.MultipleChoiceField(
        label=_("What was done"), required=False, widget=forms.CheckboxSelectMultiple
    )
    homework = _one(_("Something to practise"), HOMEWORK)
    interpreted = _one(_("With an interpreter"), INTERPRETED, "no")
    interpreter = forms.ChoiceField(label=_("Who interpreted"), required=False)
    risk_asked = _one(_("Was safety asked about?"), RiskAsked.choices)
    minutes = _one(_("Minutes"), MINUTES)
    next_step = _one(_("Next"), NEXT)
    words = forms.CharField(
        label=_("In your words"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, **AREA}),
    )

    def __init__(
        self,
        *args: Any,
        techniques: Sequence[tuple[str, str]],
        interpreters: Callable[[], Sequence[tuple[str, str]]],
        notes: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer("techniques", techniques)
        self._interpreters = interpreters
        self.offer_later("interpreter", lambda: [("", _("Somebody who is not on the list")), *interpreters()])
        if not self.is_bound:
            self._choose_from_roster()
        if not techniques:
            del self.fields["techniques"]
        if not notes:
            del self.fields["words"]

    def full_clean(self) -> None:
        super().full_clean()
        if self.errors:
            self._choose_from_roster()

    def take(self, problem: Problem) -> None:
        super().take(problem)
        self._choose_from_roster()

    def _choose_from_roster(self) -> None:
        """Without a roster nobody is to be chosen. Asked only when the form is shown: what is saved needs no list."""
        if "interpreter" in self.fields and "interpreter" not in self.errors and not self._interpreters():
            del self.fields["interpreter"]

    def arguments(self) -> dict[str, Any]:
        """For the action."""
        found = dict(self.cleaned_data)
        found["interpreted"] = found.get("interpreted") == "yes"
        found["interpreter"] = (found.get("interpreter") or None) if found["interpreted"] else None
        found["minutes"] = int(found["minutes"]) if found.get("minutes") else None
        return found


class CorrectionForm(KaramaForm):
    """Whether the person came after all, how, what was done and what comes next; why it is corrected.

    `told`: whether the reader opens what was told in care; without it that part is not shown, and stays as it is.
    """

    attended = _one(_("Did the person come?"), Attended.choices, required=True)
    modality = _one(_("Where"), Modality.choices)
    techniques = forms.MultipleChoiceField(
        label=_("What was done"), required=False, widget=forms.CheckboxSelectMultiple
    )
    homework = _one(_("Something to practise"), [("", _("Not said")), *HOMEWORK])
    interpreted = _one(_("With an interpreter"), INTERPRETED)
    interpreter = forms.ChoiceField(label=_("Who interpreted"), required=False)
    risk_asked = _one(_("Was safety asked about?"), RiskAsked.choices)
    minutes = _one(_("Minutes"), MINUTES)
    next_step = _one(_("Next"), [("", _("Not said")), *NEXT])
    reason = forms.CharField(
        label=_("Why is this corrected?"),
        help_text=_("Both versions stay readable. The appointment of that day follows."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, **AREA}),
    )

    def __init__(
        self,
        *args: Any,
        minutes: int | None,
        techniques: Sequence[tuple[str, str]],
        interpreters: Sequence[tuple[str, Any]],
        risk: bool = True,
        told: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer("techniques", techniques)
        self.offer("interpreter", [("", _("Not on the list")), *interpreters])
        hidden = {
            "risk_asked": not risk,
            "techniques": not told or not techniques,
            "homework": not told,
            "next_step": not told,
            "interpreter": not interpreters,
        }
        for name in (one for one, gone in hidden.items() if gone):
            del self.fields[name]
        usual = [str(minutes)] if minutes and (str(minutes), str(minutes)) not in MINUTES else []
        self.offer("minutes", sorted([*MINUTES, *((one, one) for one in usual)], key=lambda one: int(one[0])))

    def arguments(self) -> dict[str, Any]:
        """For the action."""
        found = {**self.cleaned_data, "minutes": int(self.cleaned_data["minutes"] or 0) or None}
        said = found.pop("interpreted", "")
        found["interpreted"] = said == "yes" if said else None
        found["interpreter"] = (found.get("interpreter") or None) if found["interpreted"] else None
        return found


class NoteForm(KaramaForm):
    """A note under the headings of the pack; with `reason` it corrects one."""

    def __init__(
        self, *args: Any, headings: Sequence[tuple[str, str]], correcting: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.headings = [code for code, _words in headings]
        for code, words in headings:
            self.fields[code] = forms.CharField(
                label=words, required=False, max_length=8000, widget=forms.Textarea(attrs={"rows": 3, **AREA})
            )
        if correcting:
            self.fields["correction"] = forms.CharField(
                label=_("Why is this corrected?"),
                help_text=_("Both versions stay readable."),
                max_length=500,
                widget=forms.Textarea(attrs={"rows": 2, **AREA}),
            )

    def sections(self) -> dict[str, str]:
        """Heading -> words."""
        return {code: self.cleaned_data.get(code, "") for code in self.headings}


class ReviewForm(OwnConflictForm):
    """What a supervisor says to a note; the three buttons decide. Whoever takes over says whether she is involved."""

    words = forms.CharField(
        label=_("Your words to the writer"),
        required=False,
        max_length=2000,
        help_text=_("Needed for asking and for taking over."),
        widget=forms.Textarea(attrs={"rows": 2, **AREA}),
    )
    field_order = ("words", "conflict", "conflict_note")
