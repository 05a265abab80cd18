"""How a person may be reached: the step of a registration, and the page on which it is changed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from karama.people.forms.file import choice, line
from karama.people.models.contact import Channel
from karama.people.numbers import is_number
from karama.ui.rendering import KaramaForm

SETTABLE_CHANNELS = [one for one in Channel.choices if one[0] != Channel.UNDECIDED]
NUMBER_HELP = _("A number of another country begins with + or 00.")
NO_NUMBER = _(
    "This cannot be one telephone number of this country. Look at the digits, and write nothing else here. A name "
    "belongs to the way through a trusted person."
)


def number_told(form: KaramaForm, field: str, channel: str, site: UUID | None) -> None:
    """Mark the field when the chosen way needs a number and something else was typed; that is not repeated."""
    told = form.cleaned_data.get(field) or ""
    if told and not is_number(channel, told, site):
        form.add_error(field, forms.ValidationError(NO_NUMBER, code="number"))


class ContactStep(KaramaForm):
    """How to reach her; the channel itself is a button (`channel`: the one that was tapped)."""

    contact_address = line(
        _("Number, or who is in between"), help_text=_("Not needed if the person is not to be contacted."), most=200
    )

    def __init__(self, *args: Any, channel: str = "", site: UUID | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.channel, self.site = channel, site

    def clean(self) -> None:
        """A call and a message need a number."""
        number_told(self, "contact_address", self.channel, self.site)


class ContactForm(KaramaForm):
    """The contact rules. `site`: that of the person, whose country's numbers are known."""

    channel = choice(_("How may we reach you?"), SETTABLE_CHANNELS)
    address = line(_("Number, or who is in between"), help_text=NUMBER_HELP, most=200)
    safe_hours = line(_("Safe hours"), help_text=_("For example: mornings, never at weekends."), most=200)
    phrase = line(_("Words to use"), help_text=_("Neutral words that do not say what the centre does."), most=200)

    def __init__(self, *args: Any, site: UUID, **options: Any) -> None:
        super().__init__(*args, **options)
        self.site = site

    def clean(self) -> None:
        """A call and a message need a number."""
        number_told(self, "address", self.cleaned_data.get("channel", ""), self.site)
