"""Forms of what a family does as one: one tap for each member, one text last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from karama.care import familywords as words
from karama.care.models import FamilyGoalState
from karama.care.models.session import Modality
from karama.care.problems.family import NotOfTheFamily
from karama.care.sessionforms import AREA, INTERPRETED, MINUTES
from karama.knowledge.pack_family import Scale
from karama.people.models import Person
from karama.people.queries import Together
from karama.programme import packs
from karama.ui.numerals import number
from karama.ui.rendering import KaramaForm


def _one(label: Any, choices: Any, initial: str = "", *, required: bool = False) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, required=required, initial=initial or None, widget=forms.RadioSelect
    )


def _area(label: Any, most: int, *, required: bool = False, rows: int = 3, help_text: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, **AREA})
    return forms.CharField(label=label, required=required, max_length=most, help_text=help_text, widget=widget)


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, help_text=_("Empty: today."))


def on_scale(scale: Scale, none: Sequence[str]) -> list[tuple[str, Any]]:
    """Each number with the words at its ends, then why there is none."""
    ends = {scale.lowest: packs.words(scale.low), scale.highest: packs.words(scale.high)}
    steps = range(scale.lowest, scale.highest + 1)
    told = [(str(one), f"{number(one)} · {ends[one]}" if one in ends else number(one)) for one in steps]
    return [*told, *((code, words.NO_NUMBER[code]) for code in none)]


def number_or_code(text: str) -> int | str:
    """What was chosen, for an action."""
    return int(text) if text.isascii() and text.isdecimal() else text


class FamilySessionForm(KaramaForm):
    """A session of a family. What is usual is set already; who came and whether safety was asked about never is."""

    modality = _one(_("Where"), Modality.choices, "in_person", required=True)
    techniques = forms.MultipleChoiceField(
        label=_("What was done"), required=False, widget=forms.CheckboxSelectMultiple
    )
    minutes = _one(_("Minutes"), MINUTES)
    rating = forms.ChoiceField(required=False)
    agreed = _area(
        _("What the family agreed"),
        2000,
        help_text=_("Only what everybody heard. What one told alone stands on the own page."),
    )
    on = _day(_("Day"))
    co_led = forms.ChoiceField(label=_("Led together with"), required=False)
    interpreted = _one(_("With an interpreter"), INTERPRETED, "no")
    interpreter = forms.ChoiceField(label=_("Who interpreted"), required=False)
    reason = _area(_("Why is this corrected?"), 500, required=True, rows=2, help_text=_("Both versions stay readable."))

    def __init__(
        self,
        *args: Any,
        family: Together,
        scale: Scale | None,
        techniques: Sequence[tuple[str, str]],
        colleagues: Sequence[tuple[str, str]] = (),
        interpreters: Sequence[tuple[str, str]] = (),
        notes: bool = True,
        before: Mapping[UUID, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.members = list(family.members)
        for one in self.members:
            state = (before or {}).get(one.id, "")
            taps = [("as_before", words.AS_BEFORE)] if state == "came" else []
            self.fields[f"m-{one.id}"] = forms.ChoiceField(
                label=family.called.get(one.id) or _("A member, known without a name"),
                required=False,
                choices=[*taps, *words.TAPS.items(), ("", _("Not recorded"))],
                widget=forms.RadioSelect,
                initial={"came": "as_before", "absent": "absent"}.get(state, None if before is None else ""),
            )
        self.offer("techniques", techniques)
        self.offer("co_led", [("", _("Nobody")), *colleagues])
        self.offer("interpreter", [("", _("Somebody who is not on the list")), *interpreters])
        if scale is not None:
            self.fields["rating"].label = packs.words(scale.together)
            self.offer("rating", [("", _("Not asked")), *on_scale(scale, words.TOGETHER)])
        correcting = before is not None
        gone = {
            "interpreter": correcting or not interpreters,
            "interpreted": correcting,
            "co_led": correcting or not colleagues,
            "reason": not correcting,
            "techniques": not techniques,
            "agreed": not notes,
            "rating": not notes or scale is None,
        }
        for name in (one for one, away in gone.items() if away):
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Whoever was tapped and is not on the list any more is said, never left out silently."""
        gone = [one for one in self.data if one.startswith("m-") and self.data.get(one) and one not in self.fields]
        if gone:
            self.take(NotOfTheFamily())
        return self.cleaned_data

    def people(self) -> list[tuple[Person, Any]]:
        """Each member with the field."""
        return [(one, self[f"m-{one.id}"]) for one in self.members]

    def first(self) -> list[Any]:
        """What stands in sight."""
        return [self[name] for name in ("modality", "techniques", "minutes", "rating", "agreed") if name in self.fields]

    def more(self) -> list[Any]:
        """What is seldom needed."""
        return [self[name] for name in ("on", "co_led", "interpreted", "interpreter") if name in self.fields]

    def arguments(self) -> dict[str, Any]:
        """For the action: only members who were tapped."""
        told = self.cleaned_data
        tapped = {one.id: told.get(f"m-{one.id}", "") for one in self.members}
        found: dict[str, Any] = {
            "attendance": {one: said for one, said in tapped.items() if said},
            "modality": told["modality"],
            "on": told["on"],
            "minutes": int(told["minutes"]) if told.get("minutes") else None,
            "techniques": told.get("techniques") or [],
            "rating": number_or_code(told.get("rating", "")),
            "agreed": told.get("agreed", ""),
        }
        if "reason" in self.fields:
            return found | {"reason": told["reason"]}
        interpreted = told.get("interpreted") == "yes"
        found["interpreted"] = interpreted
        found["interpreter"] = (told.get("interpreter") or None) if interpreted else None
        return found | {"co_led": told.get("co_led") or None}

    def keep_minutes(self, minutes: int | None) -> None:
        """Offer a length that is not among the usual ones."""
        told = [(str(minutes), str(minutes))] if minutes and (str(minutes), str(minutes)) not in MINUTES else []
        self.offer("minutes", sorted([*MINUTES, *told], key=lambda one: int(one[0])))


class FamilyGoalForm(KaramaForm):
    """A goal in the family's own words."""

    words = _area(
        _("What the family wants"), 400, required=True, help_text=_("In their own words. All who set it can read it.")
    )


class FamilyGoalStateForm(KaramaForm):
    """Where a goal stands."""

    state = _one(_("Where does it stand?"), FamilyGoalState.choices, required=True)


class FamilyRatingForm(KaramaForm):
    """What one member says alone."""

    said = _one("", (), required=True)
    on = _day(_("Day"))
    reason = _area(_("Why is this corrected?"), 500, required=True, rows=2, help_text=_("Both versions stay readable."))

    def __init__(self, *args: Any, scale: Scale, correcting: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["said"].label = packs.words(scale.asked)
        self.offer("said", on_scale(scale, words.ALONE))
        if not correcting:
            del self.fields["reason"]

    def arguments(self) -> dict[str, Any]:
        """For the action."""
        told: Iterable[tuple[str, Any]] = self.cleaned_data.items()
        return {name: number_or_code(value) if name == "said" else value for name, value in told}
