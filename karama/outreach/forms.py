"""Forms of this room. They read what was typed; what is allowed stands in the actions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from karama.outreach import words
from karama.outreach.models import Basis, SecurityKind
from karama.people.forms.file import choice
from karama.reception.desks import moment_at
from karama.ui.fields import WholeNumber
from karama.ui.rendering import KaramaForm

Choices = Sequence[tuple[str, Any]]
HOURS = (2, 4, 6, 8, 12, 24)
MORE_HOURS = (1, 2, 4)


def hours(numbers: Sequence[int]) -> list[tuple[str, Any]]:
    """Spans of time as answers of one tap, in the language of the page that is being made."""
    return [(str(one), ngettext("%(count)d hour", "%(count)d hours", one) % {"count": one}) for one in numbers]


def lines(label: Any, *, required: bool = False, most: int = 2000, help_text: Any = "") -> forms.CharField:
    """Some lines of words."""
    told = {"rows": 3, "dir": "auto", "autocomplete": "off", "spellcheck": "false"}
    widget = forms.Textarea(attrs=told)
    return forms.CharField(label=label, required=required, max_length=most, help_text=help_text, widget=widget)


def day_field(label: Any, *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label, required=required, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


def time_field(label: Any) -> forms.TimeField:
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))


def several(label: Any, help_text: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, required=False, help_text=help_text, widget=forms.CheckboxSelectMultiple
    )


class PlanForm(KaramaForm):
    """When, where, for whom, with whom. `areas`: `(site|area, words)`. `many`: so many people that they are folded."""

    MANY = 8

    day = day_field(_("Day"))
    at = time_field(_("You leave at"))
    hours = choice(_("Back after"), (), initial="4")
    area = choice(_("Where to"), ())
    community = forms.BooleanField(label=_("For the community: whoever is there"), required=False)
    people = several(_("For whom"))
    goes = several(_("Who goes along"))
    waits = forms.ChoiceField(
        label=_("Who stays and waits for your call"),
        required=False,
        help_text=_("Needed when you go alone. This colleague is called first when you are not back."),
    )
    leader = forms.ChoiceField(label=_("Who leads the visit"), required=False)
    note = lines(_("What others should know: the way, the plan"), help_text=_("Without names of people you visit."))

    def __init__(
        self, *args: Any, areas: Choices, people: Choices, colleagues: Choices, leads: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.many = len(people) > self.MANY
        self.offer("area", areas)
        self.offer("hours", hours(HOURS))
        self.offer("people", people)
        self.offer("goes", colleagues)
        self.offer("waits", [("", _("Nobody")), *colleagues])
        self.offer("leader", [("", _("I do")), *colleagues])
        for name, there in (("people", people), ("goes", colleagues), ("waits", colleagues)):
            if not there:
                del self.fields[name]
        if not leads or not colleagues:
            del self.fields["leader"]

    def arguments(self) -> dict[str, Any]:
        """For the action."""
        told = self.cleaned_data
        site, _bar, code = told["area"].partition("|")
        leaves = moment_at(UUID(site), told["day"], told["at"])
        return {
            "site": UUID(site),
            "area": code,
            "leaves": leaves,
            "back": leaves + timedelta(hours=int(told["hours"])),
            "people": [UUID(one) for one in told.get("people", ())],
            "community": told["community"],
            "goes": [UUID(one) for one in told.get("goes", ())],
            "waits": told.get("waits") or None,
            "leader": told.get("leader") or None,
            "note": told["note"],
        }


class NoteForm(KaramaForm):
    """Some words to a step; needed when it is said for somebody else."""

    note = lines(_("In a few words"))

    def __init__(self, *args: Any, own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not own:
            self.fields["note"].help_text = _("With whom you spoke, and when.")

    def arguments(self, back_at: datetime, now: datetime) -> dict[str, Any]:
        """For the action."""
        return dict(self.cleaned_data)


class FineForm(NoteForm):
    """A sign of life, with more time if it takes longer."""

    more = forms.ChoiceField(
        label=_("Does it take longer?"),
        required=False,
        widget=forms.RadioSelect,
        initial="",
    )
    field_order = ("more", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("more", [("", _("No, as planned")), *hours(MORE_HOURS)])

    def arguments(self, back_at: datetime, now: datetime) -> dict[str, Any]:
        more = self.cleaned_data["more"]
        back = max(back_at, now) + timedelta(hours=int(more)) if more else None
        return {"note": self.cleaned_data["note"], "back": back}


class BackForm(NoteForm):
    """Coming back, with how many were met."""

    reached = WholeNumber(
        label=_("How many people did you meet?"), required=False, min_value=0, max_value=100_000,
        help_text=_("Empty: not counted. That is not zero."),
    )  # fmt: skip
    basis = forms.ChoiceField(
        label=_("What does the number count?"), required=False, choices=[("", "–"), *Basis.choices]
    )
    field_order = ("reached", "basis", "note")

    def arguments(self, back_at: datetime, now: datetime) -> dict[str, Any]:
        return dict(self.cleaned_data)


class AreaForm(KaramaForm):
    """Whether an area is open, until when, and why."""

    state = choice(_("From now on"), list(words.AREA_STATES.items()))
    day = day_field(_("Until the day"))
    at = time_field(pgettext_lazy("a time of the clock", "At"))
    reason = lines(_("Why"), required=True, help_text=_("Your colleagues read it."))

    def arguments(self, site: UUID) -> dict[str, Any]:
        """For the action."""
        told = self.cleaned_data
        return {
            "state": told["state"],
            "until": moment_at(site, told["day"], told["at"]),
            "reason": told["reason"],
        }


class SecurityForm(KaramaForm):
    """What happened, when, who was there, what was lost."""

    kind = choice(_("What happened"), SecurityKind.choices)
    words = lines(_("In plain words, without names"), required=True)
    day = day_field(_("Day"))
    at = time_field(_("About when"))
    present = several(_("Which colleagues were there"), _("They are offered support."))
    people = several(_("Which people of the programme were there"), _("Only those who may see them find them here."))
    lost = several(_("What was lost or taken"))
    device_of = forms.ChoiceField(label=_("Whose device"), required=False)
    site = forms.ChoiceField(label=_("For which site"))
    visit = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, sites: Choices, colleagues: Choices, people: Choices, me: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer("present", [(me, _("I was there")), *colleagues])
        self.offer("people", people)
        self.offer("lost", list(words.LOST.items()))
        self.offer("device_of", [("", _("My own")), *colleagues])
        self.offer("site", sites)
        if len(sites) < 2:
            del self.fields["site"]
        if not people:
            del self.fields["people"]

    def arguments(self, usual: UUID) -> dict[str, Any]:
        """For the action. `usual`: the only site."""
        told = self.cleaned_data
        site = UUID(told["site"]) if told.get("site") else usual
        return {
            "site": site,
            "kind": told["kind"],
            "words": told["words"],
            "at": moment_at(site, told["day"], told["at"]),
            "present": [UUID(one) for one in told["present"]],
            "people": [UUID(one) for one in told.get("people", ())],
            "lost": list(told["lost"]),
            "device_of": UUID(told["device_of"]) if told["device_of"] else None,
            "visit": _id(told["visit"]),
        }


class SecurityStepForm(KaramaForm):
    """What was done after an incident."""

    step = choice(_("What was done"), ())
    words = lines(_("In a few words"), required=True)

    def __init__(self, *args: Any, steps: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("step", [(step, words.SECURITY_STEPS[step]) for step in steps])


class GiveForm(KaramaForm):
    """What is given to one person or colleague."""

    what = choice(_("What"), ())
    quantity = WholeNumber(label=_("How much"), min_value=1, max_value=100_000_000)
    on = day_field(_("Day"))
    signed = forms.BooleanField(label=_("Signed on the sheet"), required=False)

    def __init__(self, *args: Any, goods: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("what", goods)


class GiveColleagueForm(GiveForm):
    """The same for a colleague or volunteer."""

    user = forms.ChoiceField(label=_("To whom"))
    visit = forms.CharField(required=False, widget=forms.HiddenInput)
    field_order = ("user", "what", "quantity", "on", "signed", "visit")

    def __init__(self, *args: Any, colleagues: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("user", colleagues)

    def arguments(self) -> dict[str, Any]:
        """For the action."""
        told = self.cleaned_data
        return {**told, "user": UUID(told["user"]), "visit": _id(told["visit"])}


class GiveManyForm(GiveForm):
    """The same for people who are not written down."""

    count = WholeNumber(label=_("How many people received it"), min_value=1, max_value=100_000)
    basis = choice(_("What does the number count?"), Basis.choices)
    field_order = ("what", "quantity", "count", "basis", "on", "signed")


class AmendForm(KaramaForm):
    """What is right instead, and why."""

    quantity = WholeNumber(
        label=_("How much it really was"), min_value=0, max_value=100_000_000, help_text=_("0: it was not given.")
    )
    count = WholeNumber(label=_("How many people received it"), required=False, min_value=1, max_value=100_000)
    signed = forms.BooleanField(label=_("Signed on the sheet"), required=False)
    reason = lines(_("Why it is corrected"), required=True, most=500)

    def __init__(self, *args: Any, named: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if named:
            del self.fields["count"]


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def rounded(moment: datetime) -> time:
    """The clock to five minutes, as a form begins with it."""
    return (moment - timedelta(minutes=moment.minute % 5)).time().replace(second=0, microsecond=0)
