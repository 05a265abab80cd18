"""How a person may be reached: the step of a registration, and the page on which it is changed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from karama.people import hours
from karama.people.forms.file import choice, line
from karama.people.models.contact import Channel
from karama.people.numbers import is_number
from karama.ui.rendering import KaramaForm

SETTABLE_CHANNELS = [one for one in Channel.choices if one[0] != Channel.UNDECIDED]
NUMBER_HELP = _("A number of another country begins with + or 00.")
HOURS_HELP = _("Such as 9-12, 14-16. Empty: all day. No machine sends when it is written in other words.")
PHRASE_HELP = _("Neutral words that do not say what the centre does.")
NO_NUMBER = _(
    "This cannot be one telephone number of this country. Look at the digits, and write nothing else here. A name "
    "belongs to the way through a trusted person."
)


def days() -> forms.MultipleChoiceField:
    """Days of the week; the words are put in when the page is asked for."""
    label, told = _("Safe days"), _("None ticked: every day.")
    widget = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(label=label, help_text=told, required=False, widget=widget)


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

    contact_days = days()
    contact_hours = line(_("Safe hours"), help_text=HOURS_HELP, most=160)
    contact_phrase = line(_("Words to use"), help_text=PHRASE_HELP, most=200)

    def __init__(self, *args: Any, channel: str = "", site: UUID | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.channel, self.site = channel, site
        self.offer("contact_days", hours.weekdays())

    def clean(self) -> None:
        """A call and a message need a number."""
        number_told(self, "contact_address", self.channel, self.site)


class ContactForm(KaramaForm):
    """The contact rules. `site`: that of the person, whose country's numbers are known."""

    channel = choice(_("How may we reach you?"), SETTABLE_CHANNELS)
    address = line(_("Number, or who is in between"), help_text=NUMBER_HELP, most=200)
    days = days()
    safe_hours = line(_("Safe hours"), help_text=HOURS_HELP, most=160)
    phrase = line(_("Words to use"), help_text=PHRASE_HELP, most=200)

    def __init__(self, *args: Any, site: UUID, **options: Any) -> None:
        super().__init__(*args, **options)
        self.site = site
        self.offer("days", hours.weekdays())

    def arguments(self) -> dict[str, Any]:
        """What the action takes: the days stand before the hours, in one text."""
        given = dict(self.cleaned_data)
        given["safe_hours"] = hours.kept(given.pop("days"), given["safe_hours"])
        return given

    def clean(self) -> None:
        """A call and a message need a number."""
        number_told(self, "address", self.cleaned_data.get("channel", ""), self.site)
