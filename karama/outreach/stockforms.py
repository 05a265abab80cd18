"""Forms of the stock of what is given out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from karama.outreach.forms import Choices, day_field, lines
from karama.people.forms.file import choice
from karama.ui.fields import WholeNumber
from karama.ui.rendering import KaramaForm

MOST = 1_000_000


def _line(label: Any, *, most: int, required: bool = True, help_text: Any = "") -> forms.CharField:
    told = {"dir": "auto", "autocomplete": "off", "spellcheck": "false"}
    widget = forms.TextInput(attrs=told)
    return forms.CharField(label=label, required=required, max_length=most, help_text=help_text, widget=widget)


class ReceiveForm(KaramaForm):
    """Something came."""

    what = choice(_("What"), ())
    quantity = WholeNumber(label=_("How many pieces"), min_value=1, max_value=MOST)
    source = _line(_("From whom"), most=200, help_text=_("Who sent or bought it, and the reference of the donor."))
    on = day_field(_("Day on which it came"))
    batch = _line(_("Batch, if one is printed on it"), most=40, required=False)
    expires_on = day_field(_("Expires on, if a day is printed on it"), required=False)

    def __init__(self, *args: Any, goods: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("what", goods)


class CorrectDeliveryForm(ReceiveForm):
    """What is right instead, and why."""

    quantity = WholeNumber(
        label=_("How many pieces it really was"), min_value=0, max_value=MOST, help_text=_("0: it did not come.")
    )
    reason = lines(_("Why it is corrected"), required=True, most=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, goods=(), **kwargs)
        del self.fields["what"]


class CountForm(KaramaForm):
    """How many there are."""

    counted = WholeNumber(label=_("How many are really there"), min_value=0, max_value=MOST)
    reason = lines(
        _("Why it differs, as far as you know"), most=500, help_text=_("Only where it differs. Without names.")
    )


class TakeOutForm(KaramaForm):
    """What was still there of an expired delivery."""

    found = WholeNumber(
        label=_("How many of it were still there"), min_value=0, max_value=MOST, help_text=_("0: none were left.")
    )
