"""Forms of physiotherapy, of what to avoid, of assistive needs and of the nurse's visit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karama.care import medicalwords as said
from karama.care.medicineforms import groups, one_of
from karama.knowledge.value_sets import offered, red_flags
from karama.rules.physiotherapy import HIGHEST, LOWEST
from karama.ui.rendering import KaramaForm

SCALE = [(str(number), str(number)) for number in range(LOWEST, HIGHEST + 1)]
NO = "no"
RETURNS = {
    "7": _("In a week"),
    "14": _("In two weeks"),
    "28": _("In four weeks"),
    "none": pgettext_lazy("when to come again", "Not agreed"),
}


def many(label: Any, choices: Sequence[tuple[str, Any]], **options: Any) -> forms.MultipleChoiceField:
    """Several choices as chips."""
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple, **options
    )


def scale(label: Any, **options: Any) -> forms.ChoiceField:
    """0 to 10; not asked stays empty."""
    return forms.ChoiceField(label=label, choices=SCALE, required=False, widget=forms.RadioSelect, **options)


class BodySessionForm(KaramaForm):
    """A session in chips. The body is tapped on the drawing or in the list; what was done is set as last time."""

    LIST = ("nowhere", "pain", "spread")
    nowhere = forms.BooleanField(label=_("It hurts nowhere today"), required=False)

    def __init__(self, *args: Any, activities: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        regions, add = said.choices("body_regions"), self.fields
        add["pain"] = many(_("Hurts"), regions)
        add["spread"] = many(_("Pain spreads here"), regions)
        add["intensity"] = scale(_("How strong is the pain? 0: none, 10: the worst"))
        self.rated = [str(one) for one, _words in activities]
        for one, words in activities:
            add[f"rating_{one}"] = scale(words, help_text=_("0: cannot do it, 10: as before"))
        flags = [(code, said.said(names)) for code, names in offered(red_flags())]
        add["flags"] = many(_("Warning signs"), [(NO, pgettext_lazy("warning signs", "Asked, none")), *flags])
        add["exercises"] = many(_("What was done"), said.choices("exercises"))
        add["reaction"] = one_of(_("After the session"), said.REACTION, required=False)
        add["practice"] = one_of(_("Something to practise at home"), said.PRACTICE, required=False)

    def flags(self) -> list[str]:
        """The red flags that were tapped, also when something else of the form does not fit."""
        known = {code for code, _names in offered(red_flags())}
        return [one for one in self["flags"].data or [] if one in known]

    def arguments(self) -> dict[str, Any]:
        """For the action: what was not tapped was not asked."""
        sent = self.cleaned_data
        places = {one: "spread" for one in sent["spread"]} | {one: "pain" for one in sent["pain"]}
        ratings = {one: int(sent[f"rating_{one}"]) for one in self.rated if sent.get(f"rating_{one}")}
        return {
            "places": places or ({} if sent["nowhere"] else None),
            "intensity": int(sent["intensity"]) if sent["intensity"] else None,
            "ratings": ratings or None,
            "flags": [one for one in sent["flags"] if one != NO] if sent["flags"] else None,
            **{name: sent[name] for name in ("exercises", "reaction", "practice")},
        }


class ActivityForm(KaramaForm):
    """Something the person wants to be able to do again."""

    words = forms.CharField(
        label=_("Something the person wants to be able to do again, in their own words"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )


class CautionForm(KaramaForm):
    """What to avoid, agreed with the person. Never why."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["avoid"] = forms.ChoiceField(
            label=_("Agreed with this person to avoid"),
            choices=said.choices("cautions"),
            widget=forms.RadioSelect,
            help_text=_("Only what to avoid. Why is nobody's business here."),
        )


class NeedForm(KaramaForm):
    """A product the person needs. The cause is offered only to duties that may write it down."""

    def __init__(self, *args: Any, causes: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        products = said.choices("assistive_products")
        self.fields["product"] = forms.ChoiceField(
            label=_("What is needed"), choices=products, widget=forms.RadioSelect
        )
        if causes:
            known = [one for one in said.choices("causes") if one[0] in causes]
            self.fields["cause"] = forms.ChoiceField(
                label=_("Cause, where it is told"), choices=known, required=False, widget=forms.RadioSelect
            )


def icd_field() -> forms.CharField:
    """A code of ICD-11, where somebody knows it; not asked of anybody."""
    told = {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters", "dir": "ltr"}
    return forms.CharField(
        label=_("ICD-11 code, if known"),
        required=False,
        max_length=12,
        widget=forms.TextInput(attrs=told),
        help_text=_("Four signs, such as 6A70. It may stay empty."),
    )


class NewVisitForm(KaramaForm):
    """A first visit, in the order in which a nurse sees. `codes`: for whoever may name a code of ICD-11."""

    def __init__(self, *args: Any, codes: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        add = self.fields
        add["seen"] = many(_("What do you see or hear?"), said.choices("presentations"))
        add["physical_ruled_out"] = one_of(_("Is a cause in the body ruled out?"), said.PHYSICAL, required=False)
        add["pregnant"] = one_of(_("Pregnant?"), said.PREGNANT, required=False)
        add["category"] = one_of(_("For now, this looks like"), dict(said.choices("mns")))
        add["certainty"] = one_of(_("How certain"), said.CERTAINTY, initial="provisional")
        if codes:
            add["icd"] = icd_field()
        add["done"] = many(_("What I did"), list(said.DONE.items()))
        add["return_in"] = one_of(_("Comes again"), RETURNS, initial="28")

    def arguments(self) -> dict[str, Any]:
        """For the action."""
        return {**self.cleaned_data, "done": self.cleaned_data["done"] or None, "return_in": days_until(self)}


class FollowUpForm(KaramaForm):
    """A visit after the first one, in four taps, as it stands on paper: the change in three steps."""

    change = one_of(_("Since the last visit"), said.CHANGE)
    side_effects = many(_("Side effects"), [(NO, pgettext_lazy("side effects", "None")), *said.GROUPS.items()])
    pills_left = one_of(_("What is left"), said.LEFT, required=False)
    return_in = one_of(_("Comes again"), RETURNS, initial="28")

    def arguments(self) -> dict[str, Any]:
        """For the action."""
        sent = self.cleaned_data
        return {**sent, "side_effects": groups(sent["side_effects"]), "return_in": days_until(self)}


class SevenStepsForm(FollowUpForm):
    """The same on the screen: the change in seven steps."""

    field_order = ("change_step", "side_effects", "pills_left", "return_in")
    change = None  # type: ignore[assignment]  # Django's way to take a field away
    change_step = one_of(_("Since the last visit"), said.CHANGE_STEPS)


def days_until(form: KaramaForm) -> int | None:
    """The days until the person comes again; None where that was not agreed."""
    chosen = form.cleaned_data["return_in"]
    return None if chosen == "none" else int(chosen)
