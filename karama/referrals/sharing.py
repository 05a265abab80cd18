"""What of a person may be shared with one recipient, and exactly what that is: one place, for preview and packet."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from karama.journal import ERASED, canonical, clock
from karama.people import words as people_words
from karama.people.deciding import Around, decide
from karama.people.joined import file_that_remains, files_of
from karama.people.models import ContactRules, Person
from karama.people.registries import restricted_among
from karama.programme.days import today_in
from karama.referrals.models import Agreement, Packet, Referral
from karama.referrals.standing import details_of, states_of, words_compartment
from karama.rules import consent as rule
from karama.rules import referrals as law
from karama.security import digests, packets

Field = tuple[str, Any]
"""Code of a field (`rules.referrals.FIELDS`) and its value as codes and words."""

UNREACHABLE = ("never", "undecided")


@dataclass(frozen=True)
class Gate:
    """What speaks against sharing with a recipient: `refused` holds each data class with the reason of the rules."""

    refused: dict[str, str]

    @property
    def open(self) -> bool:
        """Whether every class may be shared."""
        return not self.refused


def person_of(row: Referral) -> Person:
    """The person's file as it is now."""
    return Person.objects.select_related("site").get(pk=file_that_remains(row.person_id))


def chosen(row: Referral) -> list[str]:
    """The fields that were chosen, in the order of the rules; an emergency shares the minimum and no more."""
    wanted = law.VITAL_FIELDS if row.emergency else details_of(row).get("fields") or ()
    return [one for one in law.FIELDS if one in wanted]


def classes_of(row: Referral) -> list[str]:
    """Every data class that the chosen fields are shared as."""
    return sorted(law.classes_of(chosen(row), words_compartment(row)))


def content_of(person: Person, row: Referral) -> list[Field]:
    """Exactly what would be shared: the chosen fields that hold something, in the order of the rules."""
    found = [(one, _value(one, person, row)) for one in chosen(row)]
    return [(one, value) for one, value in found if value]


def _value(field: str, person: Person, row: Referral) -> Any:
    if field == "reason":
        return row.text_of("reason")
    if field == "access_needs":
        return details_of(row).get("needs") or ""
    if field == "name":
        return _name(person)
    if field == "reach":
        return _reach(person)
    value = person.unseal(field)
    return None if value is ERASED or value in ("unknown", "not_said", "own_words") else value


def _name(person: Person) -> dict[str, str] | None:
    names = person.unseal("names") or {}
    parts = {"named": ("called", "first", "last"), "alias": ("called",)}.get(person.identity_mode, ())
    return {one: names[one] for one in parts if names.get(one)} or None


def _reach(person: Person) -> dict[str, str]:
    rules = ContactRules.objects.filter(person=person).first()
    if rules is None or rules.channel in UNREACHABLE:
        return {"channel": "never"}
    told = {one: rules.text_of(one) for one in ("address", "safe_hours", "phrase")}
    return {"channel": rules.channel, **{one: words for one, words in told.items() if words}}


def seen_digest(row: Referral, content: Sequence[Field]) -> str:
    """What somebody looked at before sending, as a keyed digest: what is sent has to be the same."""
    told = canonical.text([row.id.hex, [list(one) for one in content]])
    return digests.keyed("referrals.preview", told.encode("utf-8")).hex()


def agreement_with(organisation: UUID | None, programme: UUID) -> Agreement | None:
    """The sharing agreement that is in force today."""
    if organisation is None:
        return None
    today = today_in(programme)
    in_time = Q(from_on__lte=today, until_on__gte=today, ended_on__isnull=True)
    return Agreement.objects.filter(in_time, organisation_id=organisation, programme_id=programme).first()


def covers(agreement: Agreement, classes: Iterable[str]) -> bool:
    """Whether an agreement is about every one of these classes."""
    return set(classes) <= set(agreement.classes.split(","))


def gate(person: Person, row: Referral, agreement: Agreement, classes: Iterable[str], *, accepted: bool) -> Gate:
    """Ask the fourteen rules about each class. `accepted`: whoever receives has accepted, or is asked to (rule 7)."""
    organisation = str(agreement.organisation_id)
    around = Around(
        referral=rule.Referral(organisation, accepted=accepted, ended=False),
        reporting_table=people_words.reporting_table(person.programme_id),
        text_versions=people_words.text_versions(person.programme_id),
    )
    refused = {}
    for one in classes:
        request = rule.Request("share", one, agreement.recipient, organisation)
        answer = decide(person, request, permitted=True, hidden=False, around=around, now=clock.now())
        if not answer.allowed:
            refused[one] = answer.reason
    return Gate(refused)


def at_rest(person: Person) -> bool:
    """Whether any file of the person rests."""
    return bool(restricted_among(files_of(person.id)))


def sealed(unlocked: packets.Unlocked, packet: UUID, content: Sequence[Field]) -> str:
    """The content of a packet under its own key, as text."""
    plain = json.dumps([list(one) for one in content], ensure_ascii=False).encode("utf-8")
    return base64.b64encode(packets.seal(unlocked, packet, plain)).decode("ascii")


def unsealed(unlocked: packets.Unlocked, packet: Packet) -> list[Field]:
    """The content of a packet. Raises `packets` problems when it was changed; empty when nothing is shared."""
    kept = packet.unseal("content")
    if kept is None or kept is ERASED:
        return []
    plain = packets.opened(unlocked, packet.id, base64.b64decode(kept))
    return [(one, value) for one, value in json.loads(plain)]


def still_safe(person: Person, content: Sequence[Field]) -> list[Field]:
    """The content as it may be read now: the way to reach her only while it is the agreed one. After a change nobody
    reads the old one, which somebody else may answer by now, nor the new one, which nobody agreed to share.
    """
    told = dict(content).get("reach")
    if told is None or told == _reach(person):
        return list(content)
    return [(one, {"channel": "never"} if one == "reach" else value) for one, value in content]


def is_live(packet: Packet, epoch: UUID, now: datetime) -> bool:
    """Whether a packet can be opened at all, before anybody asks what is in it."""
    return packet.closed_at is None and now < packet.expires_at and packet.epoch == epoch


def may_still_be_read(packet: Packet) -> bool:
    """Whether what is in a packet may be shared at this moment: asked at each opening, not only when it was sent."""
    row = packet.referral
    states = states_of(row.id)
    person = person_of(row)
    if not states or law.has_ended(states[-1]) or person.status not in ("active", "closed"):
        return False
    if not packet.shares or row.emergency:
        return True  # a slip shares nothing, and danger of life waits for no rest
    if at_rest(person):
        return False
    agreement = agreement_with(packet.organisation_id, person.programme_id)
    if agreement is None or not covers(agreement, classes_of(row)):
        return False
    return gate(person, row, agreement, classes_of(row), accepted=True).open


def may_tell_back(row: Referral) -> bool:
    """Whether whoever referred may be told that the person came: a yes to sharing with that very organisation, and to
    the class of a kind of help that is sensitive."""
    person = person_of(row)
    agreement = agreement_with(row.organisation_id, person.programme_id)
    classes = sorted(law.classes_of_telling_back(words_compartment(row)))
    if agreement is None or at_rest(person) or not covers(agreement, classes):
        return False
    return gate(person, row, agreement, classes, accepted=True).open
