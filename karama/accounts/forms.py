"""The forms of this room."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final
from uuid import UUID

from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.conf import settings
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from karama.accounts import duties
from karama.accounts.models.device import RevokedWhy
from karama.journal import Actor
from karama.programme.queries import programmes, sites, teams
from karama.ui.calendars import CALENDARS
from karama.ui.rendering import KaramaForm

Choices = Iterable[tuple[Any, Any]]


def _day(label: Any, required: bool = True, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, help_text=help_text)


CHOOSE = _("Choose")


def _offer(form: forms.Form, name: str, choices: Choices, empty: Any = CHOOSE) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [("", empty), *((str(key), label) for key, label in choices)]


class UserForm(KaramaForm):
    """A new user."""

    username = forms.CharField(
        label=_("User name"),
        max_length=40,
        help_text=_("3 to 40 small letters, digits, dots or hyphens. Colleagues see the work alias, not this name."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    language = forms.ChoiceField(label=_("Language of the pages"), choices=settings.LANGUAGES)


class DutyForm(KaramaForm):
    """A duty for a colleague: what, where, from when, and the alias others see."""

    duty = forms.ChoiceField(label=_("Duty"))
    work_alias = forms.CharField(
        label=_("Work alias"), max_length=60, help_text=_("What colleagues see, for example a first name and a letter.")
    )
    place = forms.ChoiceField(
        label=_("Where"),
        help_text=_("Some duties may be held for the whole organisation, the others need a programme."),
    )
    from_on = _day(_("First day"), required=False, help_text=_("Empty: today."))
    until_on = _day(_("First day without it"), required=False, help_text=_("Empty: without end."))

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "duty", duties.choices())
        _offer(self, "place", _places(by))

    def clean_place(self) -> dict[str, UUID]:
        """The choice "programme:site:team" as arguments of the action."""
        parts = [part for part in self.cleaned_data["place"].split(":") if part != "all"]
        return dict(zip(("programme", "site", "team"), (UUID(part) for part in parts), strict=False))


def _places(by: Actor) -> Choices:
    """Every place within reach, indented by depth."""
    yield "all", _("The whole organisation")
    all_sites = [one for one in sites(by) if one.closed_on is None]
    all_teams = [one for one in teams(by) if one.closed_on is None]
    for programme in programmes(by):
        yield f"{programme.id}", programme.title
        for site in (one for one in all_sites if one.programme_id == programme.id):
            yield f"{programme.id}:{site.id}", f"{programme.title} › {site.name}"
            for team in (one for one in all_teams if one.site_id == site.id):
                yield f"{programme.id}:{site.id}:{team.id}", f"{programme.title} › {site.name} › {team.name}"


class LeaveForm(KaramaForm):
    """Days away, and who stands in."""

    from_on = _day(_("First day away"))
    until_on = _day(_("Last day away"))
    deputy = forms.TypedChoiceField(
        label=_("Who stands in"),
        coerce=UUID,
        empty_value=None,
        required=False,
        help_text=_("While you are away, this colleague is asked in your place when somebody is in danger."),
    )

    def __init__(self, *args: Any, colleagues: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "deputy", colleagues, _("Nobody"))


class ShiftForm(KaramaForm):
    """Somebody on call: every week, or on one day."""

    user = forms.TypedChoiceField(label=_("Colleague"), coerce=UUID)
    weekday = forms.TypedChoiceField(label=_("Every week on"), coerce=int, empty_value=None, required=False)
    day = _day(_("Or on one day"), required=False)
    starts = forms.TimeField(label=_("From"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    ends = forms.TimeField(
        label=_("Until"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("A time before the beginning means the next morning."),
    )

    def __init__(self, *args: Any, colleagues: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "user", colleagues)
        _offer(self, "weekday", WEEKDAYS.items(), _("No weekday"))


class LanguageForm(KaramaForm):
    """One's own language, and a second calendar beside the days of the pages."""

    language = forms.ChoiceField(label=_("Language of the pages"), choices=settings.LANGUAGES)
    calendar = forms.ChoiceField(
        label=_("Second calendar"),
        choices=list(CALENDARS.items()),
        required=False,
        help_text=_("Shown in brackets after each day. Days are still typed as before."),
    )


class AliasForm(KaramaForm):
    """One's own alias in a duty."""

    work_alias = forms.CharField(label=_("What colleagues see"), max_length=60)


class UnlockForm(KaramaForm):
    """The password again."""

    password = forms.CharField(
        label=_("Password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )


def monday_of(day: date) -> date:
    """The Monday of a week."""
    return date.fromordinal(day.toordinal() - day.weekday())


LIBRARY: Final = (
    _("Current Password"), _("New Password"), _("New Password (again)"), _("Authenticator code"),
)  # fmt: skip
"""Labels of allauth's own forms, for our catalogues: the library does not speak all of our languages."""


class RevokeForm(KaramaForm):
    """Why a telephone may do nothing more."""

    why = forms.ChoiceField(label=_("What happened?"), choices=RevokedWhy.choices, widget=forms.RadioSelect)
    whole_phone = forms.BooleanField(
        label=_("Also for the colleagues who share it, as far as you look after them"), required=False
    )


class AddPasskey(AddWebAuthnForm):  # type: ignore[misc]  # the library tells no types
    """A passkey, in the house's words: the library does not speak all of our languages."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("What to call this passkey")
        alone = self.fields["passwordless"]
        alone.label = _("Sign in with this key alone")
        alone.help_text = _("Without a password. The key then asks for your finger, your face or its own PIN.")
