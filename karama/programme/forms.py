"""The forms of this room."""

from __future__ import annotations

from uuid import UUID
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from karama.programme import packs
from karama.programme.models import DEPUTY, RESPONDER
from karama.ui.rendering import KaramaForm

ROLES = [(RESPONDER, _("Responder: is asked first")), (DEPUTY, _("Deputy: is asked when the responder is away"))]


def _zones() -> list[tuple[str, str]]:
    return [(name, name) for name in sorted(available_timezones()) if "/" in name and not name.startswith("Etc/")]


class OpenProgrammeForm(KaramaForm):
    """Choose a pack that is not open yet."""

    code = forms.ChoiceField(label=_("Programme pack"))

    def __init__(self, *args: object, taken: frozenset[str] = frozenset(), **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        assert isinstance(field, forms.ChoiceField)
        left = [packs.find(code) for code in packs.codes() if code not in taken]
        field.choices = [(pack.code, packs.words(pack.names, pack.languages)) for pack in left]

    @property
    def nothing_left(self) -> bool:
        """Whether every pack is open already."""
        field = self.fields["code"]
        return isinstance(field, forms.ChoiceField) and not field.choices


class PartnerForm(KaramaForm):
    """A partner organisation."""

    name = forms.CharField(label=_("Name of the organisation"), max_length=120)


class SiteForm(KaramaForm):
    """Name, place code and time zone of a site."""

    name = forms.CharField(label=_("Name of the site"), max_length=120)
    p_code = forms.CharField(
        label=_("Place code (P-code)"), max_length=20, required=False, help_text=_("As in the OCHA list of places.")
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=_zones)


class NewSiteForm(SiteForm):
    """A site that the pack does not name; its code never changes."""

    code = forms.CharField(
        label=_("Short code"),
        max_length=40,
        help_text=_("Small letters, digits and hyphens, for example kirkuk-east. It cannot be changed later."),
    )
    field_order = ("name", "code", "p_code", "time_zone")


class TeamForm(KaramaForm):
    """A team."""

    name = forms.CharField(label=_("Name of the team"), max_length=120)


class ResponderForm(KaramaForm):
    """Who answers at a site."""

    user = forms.TypedChoiceField(label=_("Colleague"), coerce=UUID)
    role = forms.ChoiceField(label=_("As"), choices=ROLES, widget=forms.RadioSelect)

    def __init__(self, *args: object, colleagues: list[tuple[UUID, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["user"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Choose")), *((str(user), alias) for user, alias in colleagues)]


class SiteAnswerForm(KaramaForm):
    """What a site answers when nobody of the team is there."""

    out_of_hours = forms.CharField(
        label=_("What a colleague does at night and on free days"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Whom to call, where to go. It is shown on the safety card."),
    )
    service = forms.CharField(label=_("Service to which a person can be brought"), max_length=160, required=False)
    service_contact = forms.CharField(
        label=_("Telephone of the service"), max_length=160, required=False, widget=forms.TextInput({"dir": "ltr"})
    )
    verified_on = forms.DateField(
        label=_("Day on which somebody called or visited it"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The verification holds for 180 days."),
    )
