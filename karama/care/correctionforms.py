"""Forms that correct what a nurse, a prescriber and a physiotherapist wrote: what stands there, and why it changes."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karama.care import medicalwords as said
from karama.care.bodyforms import NO, RETURNS, BodySessionForm, days_until, icd_field, many
from karama.care.medicineforms import CheckForm, one_of, text
from karama.care.models.visit import VisitKind
from karama.ui.rendering import KaramaForm


def why() -> Any:
    """Why it is corrected: the last field of each of these forms."""
    return text(_("Why is this corrected?"), help_text=_("Both versions stay readable. No alert is closed by it."))


class VisitCorrectionForm(KaramaForm):
    """A visit with everything that it may say: it may have been of the other kind."""

    def __init__(self, *args: Any, days: int | None, codes: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        add, known = self.fields, (kwargs.get("initial") or {})
        unsaid = {"": _("Not said")}
        add["kind"] = one_of(_("Visit"), dict(VisitKind.choices))
        no = {"none": pgettext_lazy("an emergency", "None")}
        add["emergency"] = one_of(_("Emergency"), unsaid | no | said.EMERGENCIES, required=False)
        add["seen"] = many(_("What do you see or hear?"), _with("presentations", known.get("seen") or []))
        add["physical_ruled_out"] = one_of(
            _("Is a cause in the body ruled out?"), unsaid | said.PHYSICAL, required=False
        )
        add["pregnant"] = one_of(_("Pregnant?"), unsaid | said.PREGNANT, required=False)
        categories = dict(_with("mns", [known["category"]] if known.get("category") else []))
        add["category"] = one_of(_("For now, this looks like"), unsaid | categories, required=False)
        add["certainty"] = one_of(_("How certain"), unsaid | said.CERTAINTY, required=False)
        add["done"] = many(_("What I did"), list(said.DONE.items()))
        before = known.get("change_step") if known.get("change_step") in said.CHANGE else ""
        add["change_step"] = one_of(
            _("Since the last visit"),
            unsaid | said.CHANGE_STEPS | ({before: said.CHANGE[before]} if before else {}),
            required=False,
            help_text=_("Only for a follow-up."),
        )
        if codes:
            add["icd"] = icd_field()
        agreed = dict(RETURNS)
        if days is not None and str(days) not in agreed:
            agreed[str(days)] = _("As it was agreed")
        add["return_in"] = one_of(_("Comes again"), agreed)
        add["reason"] = why()

    def arguments(self) -> dict[str, Any]:
        """For the action; what was told in three steps stays so until somebody says it in seven."""
        sent = self.cleaned_data
        three = {"change": sent["change_step"], "change_step": ""} if sent["change_step"] in said.CHANGE else {}
        return {**sent, **three, "done": self.cleaned_data["done"] or None, "return_in": days_until(self)}


def _with(name: str, known: list[str]) -> list[tuple[str, str]]:
    """What may be chosen from a list, and what was chosen though it is offered no more."""
    offered = said.choices(name)
    return [*offered, *((one, said.word(name, one)) for one in known if one not in dict(offered))]


class CheckCorrectionForm(CheckForm):
    """How a person does with the medicines, and why it is corrected."""

    reason = why()


class BodyCorrectionForm(BodySessionForm):
    """A session of physiotherapy, and why it is corrected."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = why()

    def arguments(self) -> dict[str, Any]:
        """For the action: what was not tapped was not asked."""
        return {**super().arguments(), "reason": self.cleaned_data["reason"]}


def body_initial(fields: dict[str, Any]) -> dict[str, Any]:
    """What a session says, as this form shows it."""
    places, flags = fields.get("places"), fields.get("flags")
    found: dict[str, Any] = {
        "nowhere": places == {},
        "pain": [one for one, mark in (places or {}).items() if mark == "pain"],
        "spread": [one for one, mark in (places or {}).items() if mark == "spread"],
        "intensity": _number(fields.get("intensity")),
        "flags": [] if flags is None else flags or [NO],
        "exercises": fields.get("exercises") or [],
        "reaction": fields.get("reaction") or "",
        "practice": fields.get("practice") or "",
    }
    return found | {f"rating_{one}": str(value) for one, value in (fields.get("ratings") or {}).items()}


def _number(value: Any) -> str:
    return "" if value is None else str(value)
