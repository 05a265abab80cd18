"""Forms of this room. They read what was typed; what is allowed stands in the actions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from karama.people.forms.file import Choices, choice, line
from karama.rules.rights import BY_RULE
from karama.ui.rendering import KaramaForm
from karama.voice import words
from karama.voice.actions.words import LONGEST
from karama.voice.models import Checked, Danger, Face, FeedbackKind, Reason, Right, Risk

AREA = {"rows": 3, "autocomplete": "off", "spellcheck": "false", "dir": "auto"}


def _area(label: Any, help_text: Any = "", *, required: bool = False, most: int = 2000) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=most, widget=forms.Textarea(attrs=AREA)
    )


class RequestForm(KaramaForm):
    """What is asked for, and how it was made sure who asks. `guardians`: those on record, to name the one who asks."""

    right = choice(_("What does the person ask for?"), Right.choices)
    checked = choice(_("How do you know who asks?"), [one for one in Checked.choices if one[0] != BY_RULE])
    guardian = forms.ChoiceField(label=_("Which guardian asks?"), required=False)
    received_on = forms.DateField(
        label=_("Received on"),
        required=False,
        help_text=_("Empty: today."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    note = _area(_("In a few words"), _("What exactly, and what was shown. Do not copy numbers of documents."))

    def __init__(self, *args: Any, guardians: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = list(guardians)
        self.offer("guardian", [("", _("No guardian asks")), *named])
        if not named:
            del self.fields["guardian"]


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


class StepForm(KaramaForm):
    """What is done about a message; `following`: the steps that may follow now."""

    step = choice(_("What do you do?"), ())
    words = _area(_("In a few words"), _("An answer is given back as you write it here: name nobody."))

    def __init__(self, *args: Any, following: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("step", [(one, words.STEP_ASKS[one]) for one in following])


class PaperForm(KaramaForm):
    """What somebody wrote on paper, as it stands there."""

    site = choice(_("Where was it written?"), ())
    kind = choice(_("What is it?"), FeedbackKind.choices)
    face = forms.ChoiceField(label=_("How was it?"), required=False, choices=[("", _("Not said")), *Face.choices])
    words = _area(
        _("As it is written"),
        _("Word for word, in the language of the paper. Afterwards destroy the paper."),
        most=LONGEST,
    )
    about_duty = forms.ChoiceField(label=_("Somebody with this duty is meant"), required=False, choices=())
    about_words = line(_("What this person is called on the paper"), most=200)
    danger = choice(_("Is somebody in danger now?"), Danger.choices)
    answer = forms.BooleanField(label=_("An answer is wanted: give a code"), required=False)

    def __init__(self, *args: Any, sites: list[tuple[str, str]], duties: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("site", sites)
        self.offer("about_duty", [("", _("Not said")), *duties])


class BoardForm(KaramaForm):
    """What people said, and what was done, in own words."""

    programme = choice(_("Programme"), ())
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    said = _area(_("You said"), _("Without names, places of one person, numbers, or anything that points at somebody."))
    did = _area(_("We did"))

    def __init__(self, *args: Any, programmes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("programme", programmes)


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label, help_text=help_text, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class AssessmentForm(KaramaForm):
    """What was thought through, by whom, and when it is looked at again."""

    done_on = _day(_("Done on"))
    who = line(_("Done by"), required=True, most=200)
    risk = choice(_("Risk that is left"), Risk.choices)
    summary = _area(
        _("What could harm people"), _("In a few sentences. Name no participant."), required=True, most=4000
    )
    measures = _area(_("What is done about it"), required=True, most=4000)
    review_on = _day(_("Look at it again on"), _("Within two years."))
    reference = line(_("Where the document lies"), most=200)


class KeepForm(KaramaForm):
    """Until when a record is kept although its days are over, and why."""

    until = _day(_("Keep it until"), _("At most five years. Then it comes back to you."))
    reason = _area(_("Why it is kept"), required=True)
