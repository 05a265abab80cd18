"""Referrals and services in plain words, for pages, slips and whoever receives."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karama.people.models.contact import Channel
from karama.people.models.person import AgeBand, Gender
from karama.referrals.models.packet import ClosedWhy
from karama.referrals.models.referral import Barrier, Source, Standing, Urgency
from karama.referrals.models.service import Access, Cost, Recipient, SafeFor, Sector
from karama.ui import locales
from karama.ui.listing import in_a_row

Text = str | Promise

SECTORS: dict[str, Text] = dict(Sector.choices)
STATES: dict[str, Text] = dict(Standing.choices)
URGENCIES: dict[str, Text] = dict(Urgency.choices)
SOURCES: dict[str, Text] = dict(Source.choices)
BARRIERS: dict[str, Text] = dict(Barrier.choices)
COSTS: dict[str, Text] = dict(Cost.choices)
ACCESS: dict[str, Text] = dict(Access.choices)
SAFE_FOR: dict[str, Text] = dict(SafeFor.choices)
RECIPIENTS: dict[str, Text] = dict(Recipient.choices)
CLOSED: dict[str, Text] = dict(ClosedWhy.choices)
CHANNELS: dict[str, Text] = dict(Channel.choices)
ARRIVALS: dict[str, Text] = {
    "unknown": _("Not known"),
    "arrived": _("Arrived"),
    "not_arrived": _("Did not arrive"),
    "not_expected": _("Nobody waits for an arrival"),
}
BADGES = {
    "prepared": "draft",
    "sent": "waiting",
    "received": "waiting",
    "accepted": "taken",
    "scheduled": "taken",
    "unknown": "unknown",
    "arrived": "done",
    "not_arrived": "held",
    "done": "done",
    "declined": "refused",
    "declined_by_person": "closed",
    "stopped": "held",
    "ended": "closed",
}
FIELDS: dict[str, Text] = {
    "name": _("Name"),
    "reach": _("How to reach the person"),
    "age_band": _("Age"),
    "gender": _("Gender"),
    "languages": _("Languages"),
    "access_needs": _("What the person needs to get in and be understood"),
    "reason": _("Why, in the words above"),
}
TOLD: dict[str, Text] = {**FIELDS, "reason": pgettext_lazy("of a referral", "Why")}
WAYS: dict[str, Text] = {
    "packet": _("Chosen fields were shared"),
    "slip": _("Nothing was shared: a slip to carry"),
}
CAME_BY: dict[str, Text] = {
    "paper": _("On paper"),
    "telephone": _("By telephone"),
    "in_person": _("In person"),
    "message": _("By message"),
}
CLASSES: dict[str, Text] = {
    "contact": _("Name and contact"),
    "general": _("General"),
    "clinical": _("Care and health"),
    "gbv": _("Violence because of gender"),
    "protection": _("Protection matters"),
    "torture": _("Torture or detention"),
    "kp_sogi": _("Gender identity, sexuality, key population"),
    "hiv": _("HIV"),
    "legal": _("Papers and legal matters"),
    "child": _("Child protection"),
}
AGREEMENTS: dict[str, tuple[Text, str]] = {
    "in_force": (_("In force"), "verified"),
    "ends_soon": (_("Ends soon"), "today"),
    "lapsed": (_("Lapsed: nothing is shared"), "now"),
    "ended": (_("Ended"), "closed"),
}
NOW: dict[str, Text] = {
    "prepared": _("It is not sent yet. Look at what would be shared and send it, or give a slip to carry."),
    "declined": _("The service did not accept. Look for another one together, and refer there."),
    "not_arrived": _("Ask what stood in the way, and agree on another day, another service or company on the way."),
    "stopped": _("Nothing is shared any more. Speak with the person: a slip to carry shares nothing, either."),
    "unknown": _("Ask the person or the service. Until somebody knows, it is not known, and not done."),
}
"""What to do now, for whoever carries the referral."""


FIXED: dict[str, dict[str, Text]] = {"age_band": dict(AgeBand.choices), "gender": dict(Gender.choices)}
"""Fields whose values are codes."""


def shown(field: str, value: Any) -> list[tuple[Text, str]]:
    """A field of a packet or preview as label and words of the reader's language."""
    label = TOLD.get(field, field)
    if field == "name":
        names = " ".join(value[one] for one in ("first", "last") if value.get(one))
        called = value.get("called", "")
        return [(label, " · ".join(dict.fromkeys(one for one in (called, names) if one)))]
    if field == "reach":
        return _reach(value)
    if field == "languages":
        return [(label, in_a_row(str(locales.language(one)) for one in value))]
    fixed = FIXED.get(field, {})
    return [(label, str(fixed.get(value, value)))]


def _reach(value: dict[str, str]) -> list[tuple[Text, str]]:
    found: list[tuple[Text, str]] = [(FIELDS["reach"], str(CHANNELS.get(value["channel"], value["channel"])))]
    told = {"address": _("Number, or who is in between"), "safe_hours": _("Safe hours"), "phrase": _("Words to use")}
    return found + [(label, value[one]) for one, label in told.items() if value.get(one)]


def told(content: Any) -> list[tuple[Text, str]]:
    """Every field of a packet or preview."""
    return [pair for field, value in content for pair in shown(field, value)]
