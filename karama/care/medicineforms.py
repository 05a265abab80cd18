"""Forms of medicines and of the stock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karama.care import medicalwords as said
from karama.rules.medication import LONGEST_DAYS
from karama.ui.fields import WholeNumber
from karama.ui.rendering import KaramaForm

AREA = {"rows": 2, "autocomplete": "off", "spellcheck": "false", "dir": "auto"}
PLAIN = {"autocomplete": "off", "dir": "ltr"}


def one_of(label: Any, words: Mapping[str, Any], **options: Any) -> forms.ChoiceField:
    """One choice as chips."""
    return forms.ChoiceField(label=label, choices=list(words.items()), widget=forms.RadioSelect, **options)


def text(label: Any, **options: Any) -> forms.CharField:
    """A few words."""
    return forms.CharField(label=label, max_length=500, widget=forms.Textarea(attrs=AREA), **options)


def day(label: Any, **options: Any) -> forms.DateField:
    """A day."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}), **options)


class PrescribeForm(KaramaForm):
    """A medicine for a person. What the cautions ask about stands before the reason."""

    medicine_code = forms.ChoiceField(label=_("Medicine"))
    amount = forms.RegexField(
        r"^[0-9]{1,5}([.,][0-9]{1,3})?$",
        label=_("Dose each time, in mg"),
        widget=forms.TextInput(attrs={**PLAIN, "inputmode": "decimal"}),
    )
    times = WholeNumber(label=_("Times a day"), min_value=1, max_value=8)
    days = WholeNumber(label=_("For how many days"), min_value=1, max_value=LONGEST_DAYS)
    quantity = WholeNumber(label=_("Tablets or other units altogether"), min_value=1, max_value=2000)
    bearing = one_of(
        _("Pregnancy"),
        said.BEARING,
        required=False,
        help_text=_("Where a medicine may harm an unborn child, not asked counts as possible."),
    )
    reason = text(_("If a caution speaks against it: why is it given all the same?"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("medicine_code", [("", "–"), *said.medicine_choices()])


class StopForm(KaramaForm):
    """Why a medicine is stopped."""

    why = text(_("Why is it stopped?"))


class HandOutForm(KaramaForm):
    """A quantity of one batch."""

    batch = forms.ChoiceField(label=_("Batch"), widget=forms.RadioSelect)
    quantity = WholeNumber(label=_("How many"), min_value=1, max_value=2000)

    def __init__(self, *args: Any, batches: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("batch", batches)


class CheckForm(KaramaForm):
    """How a person does with the medicines. Nothing is set already."""

    side_effects = forms.MultipleChoiceField(
        label=_("Side effects"),
        required=False,
        choices=[("no", pgettext_lazy("side effects", "None")), *said.GROUPS.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    adherent = one_of(_("Taken as agreed?"), said.YES_NO, required=False)
    pills_left = one_of(_("What is left"), said.LEFT, required=False)

    def arguments(self) -> dict[str, Any]:
        """For the action: an empty list was asked, nothing was not."""
        found = dict(self.cleaned_data)
        found["side_effects"] = groups(found["side_effects"])
        return found


def groups(chosen: Sequence[str]) -> list[str] | None:
    """The groups that were tapped; "none" alone is an empty list, no tap at all is not asked."""
    return [one for one in chosen if one != "no"] if chosen else None


class ReceiveForm(KaramaForm):
    """Packages that came."""

    medicine_code = forms.ChoiceField(label=_("Medicine"))
    number = forms.CharField(label=_("Batch number"), max_length=40, widget=forms.TextInput(attrs=PLAIN))
    expires_on = day(_("Expires on"))
    quantity = WholeNumber(label=_("How many units"), min_value=1, max_value=100_000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("medicine_code", [("", "–"), *said.medicine_choices()])


class CountForm(KaramaForm):
    """What was counted, and why it differs."""

    counted = WholeNumber(label=_("How many are really there"), min_value=0, max_value=100_000)
    why = text(_("Why does it differ?"))
