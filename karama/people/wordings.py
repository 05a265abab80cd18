"""Purposes, recipients and decisions in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from karama.people.models.consent import Decision

PURPOSES: dict[str, Any] = {
    "care": _("Care"),
    "notes": _("My notes"),
    "share": _("Sharing with others who help me"),
    "report": _("Being counted in reports, without my name"),
    "photo": _("Photographs"),
    "quotation": _("Being quoted"),
    "research": _("Research"),
    "forensic": _("Documentation for a court"),
    "contact": _("Being contacted"),
}
RECIPIENTS: dict[str, Any] = {
    "none": _("nobody outside this organisation"),
    "any": _("anybody"),
    "partner_health": _("a health service"),
    "partner_protection": _("a protection service"),
    "partner_legal": _("a legal service"),
    "authority": _("an authority"),
    "researcher": _("researchers"),
    "public": _("the public"),
}
DECISIONS: dict[str, Any] = dict(Decision.choices)


def year_in_words(birth: Mapping[str, Any]) -> str:
    """A birth year as it was said: about right is told as such."""
    year = str(birth.get("year") or "")
    return str(_("about %(year)s") % {"year": year}) if year and birth.get("precision") == "approx" else year
