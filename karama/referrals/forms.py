"""Forms of this room. They read what was typed; what is allowed stands in the actions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from karama.people.forms.file import choice, line
from karama.referrals import words
from karama.referrals.models.service import Access, Cost, Recipient, SafeFor, Sector
from karama.rules import codes
from karama.rules.referrals import FIELDS
from karama.ui.numerals import to_ascii_digits
from karama.ui.rendering import KaramaForm

Choices = Iterable[tuple[Any, Any]]
AREA = {"rows": 3, "autocomplete": "off", "spellcheck": "false", "dir": "auto"}
DAY = {"type": "date"}
USUAL_FIELDS = ("name", "reach", "languages", "reason")


def sentences(label: Any, help_text: Any = "", *, required: bool = False, most: int = 2000) -> forms.CharField:
    """Some sentences."""
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=most, widget=forms.Textarea(attrs=AREA)
    )


def day(label: Any, help_text: Any = "", *, required: bool = False) -> forms.DateField:
    """A day."""
    return forms.DateField(
        label=label, help_text=help_text, required=required, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d")
    )


def ticks(label: Any, choices: Choices, *, initial: Any = None, help_text: Any = "") -> forms.MultipleChoiceField:
    """Several of a list."""
    return forms.MultipleChoiceField(
        label=label,
        choices=list(choices),
        required=False,
        initial=initial,
        help_text=help_text,
        widget=forms.CheckboxSelectMultiple,
    )


class ServiceForm(KaramaForm):
    """A service of the directory."""

    programme = forms.ChoiceField(label=_("Programme"))
    provider = line(_("Who offers it"), required=True)
    sector = forms.ChoiceField(label=_("Kind of help"), choices=Sector.choices)
    organisation = forms.ChoiceField(
        label=_("Partner organisation"), required=False, help_text=_("Only to a partner can anything be sent.")
    )
    area = line(_("Where, roughly"))
    hours = line(_("Opening hours"))
    cost = forms.ChoiceField(label=_("Cost"), choices=Cost.choices, initial="unknown")
    languages = line(_("Languages"), help_text=_("Codes with commas, such as ar, ckb, es."))
    access = ticks(_("Getting in and being understood"), Access.choices)
    safe_for = ticks(_("Safe for"), SafeFor.choices, help_text=_("As people who went there say."))
    how = sentences(
        _("How to get there and whom to ask for"), _("Kept under seal: a shelter must not be found by others.")
    )
    verified = forms.BooleanField(label=_("I asked there today and it is as written"), required=False)

    def __init__(self, *args: Any, programmes: Choices, partners: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = list(programmes)
        self.offer("programme", offered)
        if len(offered) == 1:
            self.fields["programme"].initial = offered[0][0]
            self.fields["programme"].widget = forms.HiddenInput()
        self.offer("organisation", [("", _("None")), *partners])

    def clean_languages(self) -> list[str]:
        """Codes one by one."""
        return [one for one in re.split(r"[,\s،]+", self.cleaned_data["languages"]) if one]

    def arguments(self) -> dict[str, Any]:
        """For the action."""
        return {**self.cleaned_data, "organisation": self.cleaned_data["organisation"] or None}


class SlipForm(KaramaForm):
    """The number of a slip that somebody brought."""

    number = line(
        _("Number of the slip"),
        required=True,
        help_text=_("Ten characters. Small letters and hyphens do not matter."),
        most=20,
    )

    def clean_number(self) -> str:
        """As it is written on the slip; what cannot be a number stands on no slip, and is answered like that."""
        typed: str = self.cleaned_data["number"]
        try:
            return codes.parse_code(typed)
        except codes.BadCode:
            return typed


class AgreementForm(KaramaForm):
    """A sharing agreement that was signed."""

    programme = forms.ChoiceField(label=_("Programme"))
    organisation = forms.ChoiceField(label=_("Partner organisation"))
    recipient = choice(_("It receives as"), Recipient.choices)
    classes = ticks(_("What the agreement covers"), words.CLASSES.items(), initial=["contact", "general"])
    until_on = day(_("In force until"), required=True)

    def __init__(self, *args: Any, programmes: Choices, partners: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("programme", programmes)
        self.offer("organisation", partners)


class ReferForm(KaramaForm):
    """Where to, how soon, why, and what may be shared."""

    service = choice(_("Service"), ())
    urgency = choice(_("How soon?"), words.URGENCIES.items(), initial="week")
    reason = sentences(_("Why, as the person wants it told"), required=True)
    needs = line(_("What the person needs to get in and be understood"), most=200)
    accompany = choice(_("Shall somebody go along?"), [("yes", _("Yes")), ("no", _("No"))], required=False)
    fields_ = ticks(
        _("What would be shared"),
        ((one, words.FIELDS[one]) for one in FIELDS),
        initial=USUAL_FIELDS,
        help_text=_("You see it all once more before anything is sent. A slip to carry shares nothing."),
    )

    def __init__(self, *args: Any, services: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = list(services)
        self.offer("service", offered)
        if len(offered) == 1:
            self.fields["service"].initial = offered[0][0]

    def arguments(self) -> dict[str, Any]:
        """For the action."""
        said = dict(self.cleaned_data)
        return said | {"fields": said.pop("fields_")}


class EmergencyReferForm(KaramaForm):
    """Where to, and why it cannot wait for a yes."""

    service = choice(_("Service"), ())
    reason = sentences(
        _("What is the danger?"), _("It is shared, and looked at afterwards by two colleagues."), required=True
    )

    def __init__(self, *args: Any, services: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("service", services)


class StepForm(KaramaForm):
    """What became of it; only steps that may follow are offered."""

    state = choice(_("What happened?"), ())
    source = forms.ChoiceField(label=_("Who told?"), required=False, choices=[("", "–"), *words.SOURCES.items()])
    barrier = forms.ChoiceField(
        label=_("What stood in the way?"), required=False, choices=[("", "–"), *words.BARRIERS.items()]
    )
    scheduled_on = day(_("Agreed day"), _("Only when a day was agreed."))
    words_ = sentences(_("In a few words"))

    def __init__(self, *args: Any, following: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("state", [(one, words.STATES[one]) for one in following])

    def arguments(self) -> dict[str, Any]:
        """For the action."""
        said = dict(self.cleaned_data)
        return said | {"words": said.pop("words_")}


class IncomingForm(KaramaForm):
    """Somebody was referred to us."""

    came_from = line(_("Who refers?"), required=True, most=200)
    organisation = forms.ChoiceField(label=_("Partner organisation"), required=False)
    by_way = choice(_("How did it come?"), words.CAME_BY.items())
    sector = forms.ChoiceField(label=_("Kind of help"), choices=Sector.choices, initial="mental_health")
    urgency = choice(_("How soon?"), words.URGENCIES.items(), initial="week")
    received_on = day(_("Received on"), _("Empty: today."))
    reason = sentences(_("Why, as it was told"))

    def __init__(self, *args: Any, partners: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("organisation", [("", _("None")), *partners])

    def arguments(self) -> dict[str, Any]:
        """For the action."""
        return {**self.cleaned_data, "organisation": self.cleaned_data["organisation"] or None}


class FeedbackForm(KaramaForm):
    """What was told back."""

    said = sentences(_("In a few words"), required=True)


class HandOnForm(KaramaForm):
    """Who carries it from now on."""

    to = choice(_("Who takes it?"), ())

    def __init__(self, *args: Any, workers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("to", workers)


class CodeForm(KaramaForm):
    """The code that was told separately. Any digits, with or without spaces."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("Eight digits, told to you separately."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric", "dir": "ltr"}),
    )

    def clean_code(self) -> str:
        """Digits only, 0-9."""
        return re.sub(r"[^0-9]", "", to_ascii_digits(self.cleaned_data["code"]))


class AnswerForm(KaramaForm):
    """What whoever received says."""

    do = choice(_("What can you say?"), ())
    scheduled_on = day(_("Agreed day"), _("Only when a day was agreed."))
    barrier = forms.ChoiceField(
        label=_("What stood in the way?"), required=False, choices=[("", "–"), *words.BARRIERS.items()]
    )
    said = sentences(_("To whoever referred"), _("Only what they need to know."), most=500)

    def __init__(self, *args: Any, steps: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = [(one, words.STATES[one]) for one in steps]
        self.offer("do", [*told, ("only_words", _("Only these words"))])

    def clean(self) -> dict[str, Any]:
        """Nothing that was filled in is left aside in silence."""
        said = super().clean() or self.cleaned_data
        chosen = said.get("do")
        if chosen and chosen != "scheduled" and said.get("scheduled_on"):
            self.add_error("scheduled_on", _("Choose above what this belongs to, or leave it empty."))
        if chosen == "only_words" and said.get("barrier"):
            self.add_error("barrier", _("Choose above what this belongs to, or leave it empty."))
        if chosen == "only_words" and not said.get("said"):
            self.add_error("said", _("Write the words."))
        return said

    def arguments(self) -> dict[str, Any]:
        """For the action."""
        said = self.cleaned_data
        state = "" if said["do"] == "only_words" else said["do"]
        return {
            "state": state,
            "barrier": said["barrier"],
            "scheduled_on": said["scheduled_on"],
            "words": said["said"],
        }
