"""The forms of grants."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from karama.programme import packs
from karama.programme.models import CountryProgramme, Site, Team
from karama.programme.problems import NoPack
from karama.ui.rendering import KaramaForm


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


def _services(programme: CountryProgramme) -> list[tuple[str, str]]:
    try:
        pack = packs.find(programme.code)
    except NoPack:
        return []
    return [(one.code, packs.words(one.names, pack.languages)) for one in pack.services]


class GrantForm(KaramaForm):
    """Name, donor and last day of a grant."""

    name = forms.CharField(label=_("Name of the grant"), max_length=120)
    donor = forms.CharField(
        label=_("Public name of the donor"), max_length=120, help_text=_("Only colleagues see it, never a participant.")
    )
    to_on = _day(_("Last day of the contract"))


class ChangedGrantForm(GrantForm):
    """The same of a grant that stands, with the last day that stood on the page."""

    was = forms.DateField(required=False, widget=forms.HiddenInput)


class NewGrantForm(GrantForm):
    """A grant that is not written down yet."""

    code = forms.CharField(label=_("Number of the contract, or a short code"), max_length=40)
    from_on = _day(_("First day"))
    sites = forms.TypedMultipleChoiceField(
        label=_("Sites that it pays"), coerce=UUID, widget=forms.CheckboxSelectMultiple
    )
    services = forms.MultipleChoiceField(
        label=_("Services that it pays"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose none if it pays all of them."),
    )
    field_order = ("name", "code", "donor", "from_on", "to_on", "sites", "services")

    def __init__(self, *args: object, programme: CountryProgramme, sites: Sequence[Site], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self._offer("sites", [(str(one.id), one.name) for one in sites])
        self._offer("services", _services(programme))

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class LineForm(KaramaForm):
    """One more site, service or team."""

    site = forms.TypedChoiceField(label=_("Site"), coerce=UUID)
    service = forms.ChoiceField(label=_("Service"), required=False)
    team = forms.TypedChoiceField(label=_("Team"), required=False, coerce=UUID, empty_value=None)

    def __init__(
        self,
        *args: object,
        programme: CountryProgramme,
        sites: Sequence[Site],
        teams: Sequence[Team],
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)
        places = [(str(one.id), one.name) for one in sites]
        offered = {
            "site": [("", _("Choose")), *places],
            "service": [("", _("All services")), *_services(programme)],
            "team": [("", _("Everybody there")), *((str(one.id), f"{one.name} ({one.site.name})") for one in teams)],
        }
        for name, choices in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
