"""How a person may be reached."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from karama.journal import Actor, action
from karama.journal.moments import last_written
from karama.people.access import CONTACT
from karama.people.actions import papers, shapes
from karama.people.models import ContactRules, Person
from karama.people.numbers import kept_as
from karama.people.problems import Unsaid
from karama.programme.days import day_at


@action("people.set_contact_rules", access=CONTACT, target=shapes.of_person)
def set_contact_rules(
    *,
    by: Actor,
    person: UUID,
    channel: Literal["call", "sms_neutral", "via_person", "never"],
    address: shapes.Line = "",
    safe_hours: shapes.Line = "",
    phrase: shapes.Line = "",
    paper: UUID | None = None,
) -> ContactRules:
    """Set the one agreed way to reach a person, or that she is not contacted at all: then nothing is kept.

    A number is kept as a network takes it. `paper`: the sheet from which it is typed in.

    Raises:
        Unsaid: the channel needs an address. PaperOlder: what stands was said on the day of the paper or later.
    """
    file = shapes.locked(person)
    sheet = papers.being_typed(by, paper, "contact", person)
    if channel != "never" and not address:
        raise Unsaid()
    rules = ContactRules.objects.filter(person_id=person).first() or ContactRules(person_id=person)
    papers.check_newest(sheet, _said_on(rules, file))
    rules.channel = channel
    kept = {"address": kept_as(channel, address, file.site_id), "safe_hours": safe_hours, "phrase": phrase}
    for name, value in kept.items():
        rules.seal(name, value if value and channel != "never" else None)
    rules.save()
    papers.enter(sheet, rules)
    return rules


def _said_on(rules: ContactRules, file: Person) -> date | None:
    """The day, where the person is, on which these rules were written last."""
    at = last_written(ContactRules.KIND, rules.id) if not rules._state.adding else None
    return day_at(file.site_id, at) if at is not None else None


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
