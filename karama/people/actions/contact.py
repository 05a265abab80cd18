"""How a person may be reached."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from karama.journal import Actor, action
from karama.people.access import CONTACT
from karama.people.actions import shapes
from karama.people.models import ContactRules
from karama.people.numbers import kept_as
from karama.people.problems import Unsaid


@action("people.set_contact_rules", access=CONTACT, target=shapes.of_person)
def set_contact_rules(
    *,
    by: Actor,
    person: UUID,
    channel: Literal["call", "sms_neutral", "via_person", "never"],
    address: shapes.Line = "",
    safe_hours: shapes.Line = "",
    phrase: shapes.Line = "",
) -> ContactRules:
    """Set the one agreed way to reach a person, or that she is not contacted at all: then nothing is kept.

    A number is kept as a network takes it.

    Raises:
        Unsaid: the channel needs an address.
    """
    file = shapes.locked(person)
    if channel != "never" and not address:
        raise Unsaid()
    rules = ContactRules.objects.filter(person_id=person).first() or ContactRules(person_id=person)
    rules.channel = channel
    kept = {"address": kept_as(channel, address, file.site_id), "safe_hours": safe_hours, "phrase": phrase}
    for name, value in kept.items():
        rules.seal(name, value if value and channel != "never" else None)
    rules.save()
    return rules


@action("people.leave_contact_undecided", access=CONTACT, target=shapes.of_person)
def leave_contact_undecided(*, by: Actor, person: UUID) -> ContactRules:
    """Two different safe ways were written without knowing of each other: none is used until a person decides."""
    shapes.locked(person)
    rules = ContactRules.objects.filter(person_id=person).first() or ContactRules(person_id=person)
    rules.channel = "undecided"
    for name in ("address", "safe_hours", "phrase"):
        rules.seal(name, None)
    rules.save()
    return rules
