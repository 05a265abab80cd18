"""The form about somebody who did not come again, and the one that begins a visit with a number."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karama.care import medicalwords as said
from karama.care.bodyforms import RETURNS, many
from karama.care.medicineforms import one_of
from karama.ui.rendering import KaramaForm

OVER = "over"


class MissedForm(KaramaForm):
    """What was tried, why, and when to come again: nothing of it has to be known but one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        add = self.fields
        add["tried"] = many(
            _("What was tried"), list(said.TRIED.items()), help_text=_("Only ways that the person agreed to.")
        )
        unsaid = {"": pgettext_lazy("why somebody did not come", "Not known yet")}
        add["reason"] = one_of(
            _("Why the person did not come"), unsaid | dict(said.choices("missed_visit")), required=False
        )
        add["return_in"] = one_of(_("Comes again"), {**RETURNS, OVER: _("Will not come again")}, initial="none")

    def arguments(self) -> dict[str, Any]:
        """For the action."""
        sent = self.cleaned_data
        days = sent["return_in"]
        return {
            "tried": sent["tried"],
            "reason": sent["reason"],
            "again_in": int(days) if days.isdecimal() else None,
            "over": days == OVER,
        }
