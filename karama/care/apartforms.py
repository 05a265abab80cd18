"""Forms for offered services and for what the named colleague records."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from karama.care import apartwords as words
from karama.ui.rendering import KaramaForm


def _one(label: Any, choices: Any, *, required: bool = True, initial: str = "", help_text: Any = "") -> Any:
    return forms.ChoiceField(
        label=label, choices=list(choices), required=required, initial=initial or None, widget=forms.RadioSelect,
        help_text=help_text,
    )  # fmt: skip


class OfferForm(KaramaForm):
    """Which service was offered, what the person said, and whether somebody goes along."""

    way = _one(_("Which service?"), [])
    said = _one(_("What does the person say?"), words.SAID.items())
    accompany = _one(_("Shall somebody go along?"), [("yes", _("Yes")), ("no", _("No"))], required=False)

    def __init__(self, *args: Any, ways: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("way", ways)


class IncidentForm(KaramaForm):
    """What happened, for the services the person wants. No name, no place, no story."""

    type = _one(_("What happened?"), words.INCIDENT_TYPES.items())
    timing = _one(_("How long ago?"), words.TIMINGS.items())
    actor = _one(
        _("Who did it, as a kind of person?"),
        words.ACTORS.items(),
        required=False,
        help_text=_("Never who. It may stay unsaid."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, label in words.SERVICES.items():
            self.fields[code] = _one(label, words.ANSWERED.items(), required=False)

    def arguments(self) -> dict[str, Any]:
        """For the action; a service that was not spoken of is absent."""
        told = self.cleaned_data
        services = {code: told[code] for code in words.SERVICES if told.get(code)}
        return {
            "type": told["type"], "timing": told["timing"], "actor": told.get("actor") or "not_said",
            "services": services,
        }  # fmt: skip
