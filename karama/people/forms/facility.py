"""Forms for the number of a hospital."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from karama.journal import Actor
from karama.people.forms.file import Choices, choice
from karama.programme.models import Site
from karama.ui.rendering import KaramaForm


def sites_of(by: Actor) -> list[tuple[str, str]]:
    """(id, name) of the open sites of somebody who works there."""
    rows = Site.objects.filter(pk__in=by.sites, closed_on__isnull=True).order_by("name")
    return [(str(pk), name) for pk, name in rows.values_list("pk", "name")]


def number_field(*, required: bool, help_text: Any = "", focus: bool = False) -> forms.CharField:
    """Where a number is typed, or where a scanner types it."""
    told = {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters", "dir": "ltr"}
    widget = forms.TextInput(attrs=told | ({"autofocus": True} if focus else {}))
    return forms.CharField(
        label=_("Hospital number"), required=required, help_text=help_text, max_length=60, widget=widget
    )


class NumberForm(KaramaForm):
    """A number, and the site that gave it. `focus`: the page is for this field alone, so that a scanner can type."""

    field_order = ("facility_no", "site")

    site = choice(_("Site"), [])

    def __init__(self, *args: Any, sites: Choices, focus: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        told = list(sites)
        self.offer("site", told)
        self.fields["facility_no"] = number_field(
            required=True, help_text=_("Type it, or scan the card of the hospital."), focus=focus
        )
        if len(told) == 1:
            self.fields["site"].initial = told[0][0]
            self.fields["site"].widget = forms.HiddenInput()
        self.order_fields(self.field_order)
