"""Forms of this room. They read what was typed; what is allowed stands in the actions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from karama.people.models.consent import Explained, GivenBy, Method, WitnessKin
from karama.people.models.person import AgeBand, Displacement, Gender, IdentityMode
from karama.people.reports import ANSWERS, meant
from karama.people.tongues import spoken
from karama.ui.fields import WholeNumber
from karama.ui.rendering import KaramaForm

Choices = Iterable[tuple[str, Any]]
SEX_HELP = _("Some reports count women and men. Ask only if the person is at ease. It may stay empty.")


ABOUT_YEAR = _("The year is about right, not certain")


def line(label: Any, *, required: bool = False, help_text: Any = "", most: int = 120) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "words"})
    return forms.CharField(label=label, required=required, help_text=help_text, max_length=most, widget=widget)


def choice(label: Any, choices: Choices, *, required: bool = True, initial: Any = None) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=list(choices), required=required, initial=initial, widget=forms.RadioSelect
    )


def pick(label: Any, choices: Choices, *, required: bool = False) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", _("Not asked")), *choices], required=required)


class CodeForm(KaramaForm):
    """A code from a card."""

    code = line(
        _("Code"),
        required=True,
        help_text=_("Ten characters, as on the card. Capitals and lines do not matter."),
        most=40,
    )


class NameSearchForm(KaramaForm):
    """First name, last name and birth year."""

    first = line(_("First name"), required=True)
    last = line(_("Last name"), required=True)
    birth_year = WholeNumber(
        label=_("Birth year"), required=False, min_value=1890, max_value=2100,
        help_text=_("About is enough: a year more or less is found too. Without it fewer people are found."),
    )  # fmt: skip


class NameStep(KaramaForm):
    """What to call her; more only as far as she wants."""

    called = line(_("What shall I call you?"), help_text=_("A nickname is fine. Leave it empty to use the code only."))
    first = line(_("First name"), help_text=_("Only if the person wants it kept. It helps to find the file again."))
    last = line(_("Last name"))
    birth_year = WholeNumber(label=_("Birth year"), required=False, min_value=1890, max_value=2100)
    birth_about = forms.BooleanField(label=ABOUT_YEAR, required=False)


class LanguagesForm(KaramaForm):
    """The languages of a person: the one she prefers, and others. `ticked`: offered as ticks; None: all of them."""

    language = forms.ChoiceField(label=_("Language the person prefers"), required=False)
    also = forms.MultipleChoiceField(
        label=_("Other languages the person speaks"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, languages: Choices = (), ticked: Choices | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        told = list(languages)
        self.offer("language", [("", _("Not asked")), *told])
        self.offer("also", told if ticked is None else ticked)

    def languages(self) -> list[str]:
        """What was said, the preferred one first."""
        return spoken(self.cleaned_data.get("language", ""), self.cleaned_data.get("also", []))


class PlaceStep(LanguagesForm):
    """Site and place, and the languages of the person: nothing of it has to be said."""

    field_order = ("site", "facility_no", "place", "language", "also")

    site = choice(_("Site"), [])
    place = line(_("Village or quarter"), help_text=_("As far as the person wants it written."), most=200)

    def __init__(self, *args: Any, sites: Choices, numbered: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if numbered:
            self.fields["facility_no"] = line(
                _("Hospital number"), help_text=_("Only if there is one. It may stay empty."), most=60
            )
            self.order_fields(self.field_order)
        choices = list(sites)
        field = self.fields["site"]
        field.choices = choices  # type: ignore[attr-defined]
        field.initial = choices[0][0] if len(choices) == 1 else None
        if len(choices) == 1:
            field.widget = forms.HiddenInput()


class LimitsForm(KaramaForm):
    """How the limits of confidentiality were explained."""

    how = choice(_("How was it explained?"), Explained.choices)
    reason = line(_("If put off: why?"), most=200)


class IdentityForm(LanguagesForm):
    """Who she is, corrected as a whole."""

    field_order = (
        "identity_mode", "called", "first", "last", "others", "birth_year", "birth_precision", "place", "age_band",
        "gender", "gender_words", "sex_for_reporting", "language", "also", "displacement",
    )  # fmt: skip

    identity_mode = choice(_("How does the person want to be known?"), IdentityMode.choices)
    called = line(_("What to call the person"))
    first = line(_("First name"))
    last = line(_("Last name"))
    others = line(_("Other spellings"), help_text=_("First and last name, several separated by commas."), most=500)
    birth_year = WholeNumber(label=_("Birth year"), required=False, min_value=1890, max_value=2100)
    birth_precision = choice(
        _("How sure is the birth year?"), [("year", _("Certain")), ("approx", _("About right"))], required=False
    )
    place = line(_("Village or quarter"), most=200)
    age_band = pick(_("Age"), AgeBand.choices)
    gender = pick(_("Gender"), Gender.choices)
    gender_words = line(_("Own words"))
    sex_for_reporting = pick(_("For the reports that must say it"), ANSWERS)
    displacement = pick(_("Situation"), Displacement.choices)

    def __init__(self, *args: Any, asks_sex: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["sex_for_reporting"].help_text = SEX_HELP
        if not asks_sex:
            del self.fields["sex_for_reporting"]

    def arguments(self) -> dict[str, Any]:
        """What the action takes."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in ("language", "also")}
        given["languages"] = self.languages()
        given["others"] = [one.strip() for one in given["others"].split(",") if one.strip()]
        for name in ("birth_precision", "age_band", "gender", "displacement"):
            given[name] = given[name] or None
        given["sex_for_reporting"] = meant(given.get("sex_for_reporting", ""), given["gender"] or "")
        return given


def witness_fields() -> tuple[forms.CharField, forms.ChoiceField]:
    """Who was there, and what she is to the person."""
    return (
        line(_("Name of the witness"), help_text=_("Only if somebody was there. Sealed with the record.")),
        forms.ChoiceField(
            label=_("What is the witness to the person?"), required=False, choices=[("", "–"), *WitnessKin.choices]
        ),
    )


class ConsentForm(KaramaForm):
    """One decision about one purpose."""

    decision = choice(_("Decision"), [("yes", _("Yes")), ("no", _("No")), ("later", _("Ask me later"))])
    method = choice(_("How was it said?"), Method.choices, initial=Method.VERBAL)
    witness, witness_kin = witness_fields()
    given_by = choice(_("Who decides?"), GivenBy.choices, initial=GivenBy.SELF)
    assent = forms.BooleanField(label=_("The person agrees too"), required=False)
    recipient = forms.ChoiceField(label=_("With whom?"), required=False)
    sensitive = forms.ChoiceField(label=_("A sensitive matter, by itself"), required=False)
    note = forms.CharField(label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, recipients: Choices, sensitive: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("recipient", [("", _("Nobody outside this organisation")), *recipients])
        self.offer("sensitive", [("", _("None: what is usual for this purpose")), *sensitive])


class CardsForm(KaramaForm):
    """The four cards after registration: each is answered by itself."""

    method = choice(_("How was it said?"), Method.choices, initial=Method.VERBAL)
    witness, witness_kin = witness_fields()

    def __init__(self, *args: Any, cards: Iterable[tuple[str, Any]], minor: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        answers = [("yes", _("Yes")), ("no", _("No")), ("later", _("Ask me later"))]
        self.cards = [purpose for purpose, _label in cards]
        for purpose, label in cards:
            self.fields[purpose] = choice(label, answers, required=False)
        if minor:
            self.fields["given_by"] = choice(_("Who decides?"), GivenBy.choices, initial=GivenBy.GUARDIAN)
            self.fields["assent"] = forms.BooleanField(label=_("The person agrees too"), required=False)
            self.fields["note"] = line(_("If a protection duty decides: why?"), most=500)


class HideForm(KaramaForm):
    """For whom the person does not exist."""

    user = forms.ChoiceField(label=_("Do not show to"))
    reason = line(_("Why"), help_text=_("Sealed with the record; that colleague never sees it."), most=200)

    def __init__(self, *args: Any, workers: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("user", [("", _("Choose")), *workers])


class ReasonForm(KaramaForm):
    """A reason."""

    reason = line(_("Reason"), required=True, help_text=_("Without anything that describes the person."), most=200)


class JoinForm(ReasonForm):
    """The code of the file that remains, and why."""

    code = line(_("Code of the file that remains"), required=True, most=40)
    field_order = ("code", "reason")


class TeamForm(KaramaForm):
    """The one team a file is given to."""

    team = forms.ChoiceField(label=_("Team"))

    def __init__(self, *args: Any, teams: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("team", [("", _("Choose")), *teams])
