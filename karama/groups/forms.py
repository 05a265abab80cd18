"""Forms of this room. They read what was typed or tapped; what is allowed stands in the actions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from karama.groups import words
from karama.groups.queries import Member, RecordPage
from karama.people.forms.file import choice, line
from karama.ui.fields import WholeNumber
from karama.ui.rendering import KaramaForm

AREA = {"rows": 3, "autocomplete": "off", "spellcheck": "false", "dir": "auto"}
DAY = {"type": "date"}
BLANK = [("", "–")]


def day_field(label: Any, help_text: Any = "") -> forms.DateField:
    """A day that may stay empty."""
    widget = forms.DateInput(attrs=DAY, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, help_text=help_text, widget=widget)


def area(label: Any, help_text: Any = "") -> forms.CharField:
    """A few words that may stay empty."""
    return forms.CharField(
        label=label, required=False, max_length=2000, help_text=help_text, widget=forms.Textarea(attrs=AREA)
    )


class CycleForm(KaramaForm):
    """What is done in a cycle, how often and when."""

    intervention = forms.ChoiceField(label=_("Plan"), required=False)
    planned = WholeNumber(
        label=_("How many meetings"),
        required=False,
        min_value=1,
        max_value=60,
        help_text=_("Empty: as many as the programme says. A number nobody has verified is not filled in."),
    )
    weekday = forms.TypedChoiceField(
        label=_("Day of the week"), required=False, coerce=int, empty_value=None, choices=[*BLANK, *words.WEEKDAYS]
    )
    starts = forms.TimeField(label=_("At"), required=False, widget=forms.TimeInput(attrs={"type": "time"}))
    begins_on = day_field(_("First day"), _("Empty: today."))

    def __init__(self, *args: Any, plans: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("intervention", [*BLANK, *plans])


class NextCycleForm(CycleForm):
    """The next cycle of a group."""

    keep_members = forms.BooleanField(label=_("With the people of the last one"), required=False)


class GroupForm(CycleForm):
    """A new group."""

    name = line(
        _("Name"), required=True, most=60, help_text=_("Neutral, such as a river: others will read and hear it.")
    )
    kind = choice(_("What people do"), list(words.KINDS.items()))
    form = forms.ChoiceField(label=_("Open or closed"), choices=list(words.FORMS.items()), initial="closed")
    capacity = WholeNumber(label=_("Places"), required=False, min_value=1, max_value=200)
    together = forms.BooleanField(
        label=_("Families come together"), required=False, help_text=_("People who belong to each other may both come.")
    )
    age_bands = forms.MultipleChoiceField(
        label=_("For which ages"),
        required=False,
        choices=[one for one in words.BANDS if one[0] != "unknown"],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None: any age."),
    )
    gender = forms.ChoiceField(
        label=_("For"), required=False, choices=[("", _("Everybody")), ("woman", _("Women")), ("man", _("Men"))]
    )
    for_whom = line(_("For whom else, in a few words"), required=False, most=300)
    four_ws = forms.ChoiceField(label=_("4Ws code"), required=False)
    field_order = ("name", "kind", "intervention", "planned", "form", "capacity", "weekday", "starts")

    def __init__(self, *args: Any, codes: Iterable[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("four_ws", [("", _("As the plan says, or later")), *codes])


class UserForm(KaramaForm):
    """A colleague."""

    user = forms.ChoiceField(label=_("Colleague"))

    def __init__(self, *args: Any, colleagues: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("user", colleagues)


class WhyForm(KaramaForm):
    """Why somebody comes although the group is meant for others."""

    why = line(_("Why this group is right all the same"), required=False, most=300)


class LeaveForm(KaramaForm):
    """Why somebody goes off the list."""

    why = choice(_("Why"), list(words.LEAVING.items()))


class CheckInForm(KaramaForm):
    """What came of asking."""

    state = choice(
        _("What came of it"), [(code, words.CHECK_INS[code]) for code in ("done", "not_wanted", "not_reached")]
    )


class FidelityForm(KaramaForm):
    """What became of each part of a meeting; nothing is chosen beforehand."""

    words = area(_("In a few words"), _("Nothing about one person: that belongs into their own page."))

    def __init__(self, *args: Any, items: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = list(items)
        for code, label in self.items:
            self.fields[f"f-{code}"] = forms.ChoiceField(
                label=label, required=False, choices=list(words.ANSWERS.items()), widget=forms.RadioSelect
            )
            asked = {"aria-label": f"{_('Why')}: {label}"}
            self.fields[f"w-{code}"] = forms.ChoiceField(
                label=_("Why"),
                required=False,
                choices=[("", _("Why, if not done")), *words.WHY.items()],
                widget=forms.Select(attrs=asked),
            )

    def rows(self) -> list[tuple[Any, Any]]:
        """The two fields of each part."""
        return [(self[f"f-{code}"], self[f"w-{code}"]) for code, _label in self.items]

    def fidelity(self) -> dict[str, tuple[str, str]]:
        """For the action: only what was tapped; a reason goes with everything but done."""
        told = {}
        for code, _label in self.items:
            answer, why = self.cleaned_data.get(f"f-{code}", ""), self.cleaned_data.get(f"w-{code}", "")
            if answer:
                told[code] = (answer, "" if answer == "done" else why)
        return told


class RecordForm(FidelityForm):
    """A meeting: one tap for each who was there. Nobody is absent because nothing was tapped."""

    modality = forms.ChoiceField(label=_("How it was held"), choices=list(words.MODALITIES.items()))
    on = day_field(_("Day"), _("Empty: today."))
    minutes = WholeNumber(label=_("Minutes"), required=False, min_value=1, max_value=600)
    walk_ins = WholeNumber(label=_("Others who were there, without a name"), required=False, min_value=0, max_value=500)
    mood = forms.TypedChoiceField(
        label=_("How the group left"), required=False, coerce=int, empty_value=None, choices=words.MOODS,
        widget=forms.RadioSelect,
    )  # fmt: skip
    activities = forms.MultipleChoiceField(label=_("Done today"), required=False, widget=forms.CheckboxSelectMultiple)
    reason = line(_("Why it is corrected"), required=False, most=300)

    def __init__(self, *args: Any, shown: RecordPage, activities: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = shown.members
        for one in self.members:
            self.fields[f"p-{one.person}"] = forms.ChoiceField(
                label=one.called or one.code,
                required=False,
                choices=[*words.STATES.items(), ("", _("Not recorded"))],
                widget=forms.RadioSelect,
            )
        self.offer("activities", activities)
        if not activities:
            del self.fields["activities"]
        if shown.mine is None:
            del self.fields["reason"]

    def people(self) -> list[tuple[Member, Any]]:
        """Each member with her field."""
        return [(one, self[f"p-{one.person}"]) for one in self.members]

    def attendance(self) -> dict[UUID, str]:
        """For the action: only who was tapped."""
        told = {one.person: self.cleaned_data.get(f"p-{one.person}", "") for one in self.members}
        return {person: state for person, state in told.items() if state}

    def arguments(self) -> dict[str, Any]:
        """For the action."""
        plain = ("modality", "on", "minutes", "walk_ins", "mood", "words")
        return {name: self.cleaned_data[name] for name in plain} | {
            "attendance": self.attendance(),
            "fidelity": self.fidelity(),
            "activities": self.cleaned_data.get("activities", []),
        }


class ActivityForm(KaramaForm):
    """An activity with the community: what, where, how many."""

    title = line(_("What was done"), required=True, most=60)
    kind = choice(_("Kind"), list(words.ACTIVITIES.items()))
    four_ws = forms.ChoiceField(label=_("4Ws code"))
    on = day_field(_("Day"), _("Empty: today."))
    minutes = WholeNumber(label=_("Minutes"), required=False, min_value=1, max_value=600)
    place = line(_("Where"), required=False, most=200)
    basis = choice(_("The numbers count"), list(words.BASES.items()))
    materials = line(_("Materials that were given out"), required=False, most=200)
    words = area(_("In a few words"))
    reason = line(_("Why it is corrected"), required=False, most=300)

    def __init__(self, *args: Any, codes: Iterable[tuple[str, Any]], correcting: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("four_ws", [("", "–"), *codes])
        for band, age in words.BANDS:
            for sex, label in words.SEXES:
                box = WholeNumber(label=label, required=False, min_value=0, max_value=100_000)
                box.widget.attrs["aria-label"] = f"{age} {label}"
                self.fields[f"n-{band}-{sex}"] = box
        if not correcting:
            del self.fields["reason"]

    def counts(self) -> list[tuple[str, str, int]]:
        """For the action: a box that stayed empty was not counted."""
        told = [
            (band, sex, self.cleaned_data.get(f"n-{band}-{sex}")) for band, _b in words.BANDS for sex, _s in words.SEXES
        ]
        return [(band, sex, many) for band, sex, many in told if many is not None]

    def table(self) -> list[tuple[Any, list[Any]]]:
        """Each band with its boxes."""
        return [(label, [self[f"n-{band}-{sex}"] for sex, _s in words.SEXES]) for band, label in words.BANDS]

    def plain(self) -> list[Any]:
        """The fields that are no boxes of the table."""
        return [self[name] for name in self.fields if not name.startswith("n-")]

    def arguments(self) -> dict[str, Any]:
        """For the action."""
        names = ("title", "kind", "four_ws", "on", "minutes", "place", "basis", "materials", "words")
        return {name: self.cleaned_data[name] for name in names} | {"counts": self.counts()}
