"""Forms about guardians and decisions in a child's best interest."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from karama.people.forms.file import Choices, choice, line
from karama.people.models.minor import Kin, Topic, Trust
from karama.ui.rendering import KaramaForm


def words_field(label: Any, *, help_text: Any = "", required: bool = False) -> forms.CharField:
    """A few lines of words."""
    return forms.CharField(
        label=label, required=required, help_text=help_text, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class GuardianForm(KaramaForm):
    """Who may decide for a child."""

    called = line(_("Name, as the child says it"), required=True)
    kin = forms.ChoiceField(label=_("What is this person to the child?"), choices=[("", _("Choose")), *Kin.choices])
    trust = choice(_("Is it safe when this person decides?"), Trust.choices)
    reason = words_field(
        _("If not safe: why?"),
        help_text=_("Sealed to child protection. You may write it even if you cannot read it again."),
    )


class KnowsForm(KaramaForm):
    """What a guardian may be told."""

    guardian = forms.ChoiceField(label=_("Guardian"))
    topics = forms.MultipleChoiceField(
        label=_("May be told"), required=False, choices=Topic.choices, widget=forms.CheckboxSelectMultiple
    )
    child_agrees = forms.BooleanField(label=_("The child agrees to each of these"), required=False)

    def __init__(self, *args: Any, guardians: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("guardian", [("", _("Choose")), *guardians])


class AskInterestForm(KaramaForm):
    """Emergency care for a child without a safe guardian."""

    purpose = choice(
        _("What is it about?"), [("care", _("Care")), ("notes", _("Notes")), ("share", _("Sharing"))], initial="care"
    )
    assent = forms.BooleanField(label=_("The child agrees"), required=False)
    reason = words_field(
        _("Why can no guardian decide?"),
        help_text=_("Sealed to child protection. A supervisor reads it."),
    )


class DecideInterestForm(KaramaForm):
    """What is best for the child."""

    decision = choice(_("What is best for the child?"), [("yes", _("Yes, it may go on")), ("no", _("No"))])
    assent = forms.BooleanField(label=_("The child agrees"), required=False)
    why = words_field(_("Why, and what else was considered?"))


class ReviewInterestForm(KaramaForm):
    """Whether it still is."""

    words_of_review = words_field(_("Is it still the best for the child, and why?"))
