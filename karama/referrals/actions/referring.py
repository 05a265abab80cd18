"""Preparing a referral, sending it with exactly what was looked at, and making a new slip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Literal
from uuid import UUID

from karama.care.actions.nextsteps import refers_herself
from karama.journal import Absent, Actor, action, clock
from karama.journal.models import Counter
from karama.people.access import purpose_of
from karama.people.actions import shapes as people
from karama.people.models import Person
from karama.programme.days import zone_of
from karama.referrals import packs, sharing
from karama.referrals.access import REFER, SEE
from karama.referrals.actions import shapes
from karama.referrals.models import Agreement, Packet, Referral, ReferralTask, Service
from karama.referrals.problems import (
    AtRest,
    BeyondAgreement,
    LookAgain,
    NoAgreement,
    NoPartner,
    NotAgreed,
    NothingToShare,
    NotNow,
    ReasonNeeded,
    ServiceGone,
    WordsKept,
)
from karama.referrals.standing import Said, begin, close_packets, held, opens_words, step, target_of, tell_worker
from karama.rules import referrals as law
from karama.rules.permission import permit
from karama.security import ledger, packets
from karama.security.identifiers import uuid7


@dataclass(frozen=True)
class Sent:
    """A packet that was made. `opening`: told once, to whoever made it, and kept nowhere."""

    id: UUID
    opening: packets.Opening = field(repr=False)


@action("referrals.prepare_referral", access=REFER, target=shapes.of_person)
def prepare_referral(
    *,
    by: Actor,
    person: UUID,
    service: UUID,
    urgency: shapes.Urgency,
    reason: shapes.Words,
    fields: shapes.Fields = [],  # noqa: B006 - pydantic copies it
    needs: shapes.Line = "",
    follows: UUID | None = None,
    accompany: shapes.Along = "",
) -> Referral:
    """Prepare a referral to a service of the directory. Nothing is shared yet, and nothing is refused for a refusal.

    `follows`: a referral of the same person that this one goes on from; it ends with it. `accompany`: whether
    somebody goes along with her; empty: nobody asked.

    Raises:
        ServiceGone: the service is closed or of another programme. ReasonNeeded: without a reason.
    """
    if not reason:
        raise ReasonNeeded("reason")
    file = people.locked(person)
    place = Service.objects.filter(pk=service, programme_id=file.programme_id, closed_on__isnull=True).first()
    if place is None:
        raise ServiceGone()
    row = written(file, place, urgency, reason, fields, needs, follows=follows, accompany=accompany)
    begin(row, by.id)
    refers_herself(by, file.id)
    if follows is not None:
        _end_before(by, file, follows)
    return row


def written(
    file: Person,
    place: Service,
    urgency: str,
    reason: str,
    fields: Sequence[str] = (),
    needs: str = "",
    *,
    follows: UUID | None = None,
    emergency: bool = False,
    accompany: str = "",
) -> Referral:
    """The fact of a referral out."""
    row = Referral(
        person_id=file.id,
        direction="out",
        compartment=law.compartment_of(place.sector),
        urgency=urgency,
        emergency=emergency,
        organisation_id=place.organisation_id,
        site_id=file.site_id,
        follows=follows,
    )
    details = {"sector": place.sector, "service": place.id.hex, "fields": sorted(set(fields))}
    told = ({"needs": needs} if needs else {}) | ({"accompany": accompany == "yes"} if accompany else {})
    row.seal("details", details | told)
    row.seal("reason", reason)
    row.save()
    return row


def _end_before(by: Actor, file: Person, follows: UUID) -> None:
    """The one before ends, when whoever refers anew may see it; its carrier learns of it."""
    task = ReferralTask.objects.filter(referral_id=follows, person_id=file.id).first()
    seen = permit(SEE, by.attributes(), target_of(follows), purpose_of(by), clock.now()).allowed
    if task is None or not seen:
        raise Absent()
    if law.may_follow(task.state, "ended"):
        step(task.referral, task, "ended")
        tell_worker(by, task, "referrals.moved")


@action("referrals.send_referral", access=SEE, target=shapes.of_referral)
def send_referral(*, by: Actor, referral: UUID, way: Literal["packet", "slip"], seen: shapes.Digest = "") -> Sent:
    """Send what was prepared: the previewed fields to a partner, or a slip that shares nothing.

    Raises:
        NotNow: it was sent, or is over. NoPartner, NoAgreement, BeyondAgreement, NotAgreed, AtRest, NothingToShare:
        nothing was sent and the referral stays with its worker. LookAgain: not what was looked at. WordsKept: whoever
        asks may not read what would be sent.
    """
    row, task = held(referral)
    if task.state != "prepared":
        raise NotNow()
    made = make_packet(by, row, task, way, seen)
    step(row, task, "sent", Said(way=way))
    return made


@action("referrals.renew_slip", access=SEE, target=shapes.of_referral)
def renew_slip(*, by: Actor, referral: UUID, way: Literal["packet", "slip"], seen: shapes.Digest = "") -> Sent:
    """Make a new token and code for a referral under way; the ones before open nothing any more. Raises as sending."""
    row, task = held(referral)
    if row.direction != "out" or row.emergency or law.has_ended(task.state):
        raise NotNow()
    close_packets(row.id, "renewed")
    return make_packet(by, row, task, way, seen)


def make_packet(by: Actor, row: Referral, task: ReferralTask, way: str, seen: str) -> Sent:
    """Check everything again and seal what was looked at. Nobody sends what she may not read."""
    person = sharing.person_of(row)
    days = packs.referring(person.programme_id).lasts
    until = clock.now() + timedelta(days=days.get(row.urgency, 1))
    if way == "slip":
        return sealed_packet(row, (), until)
    if not opens_words(by, row, task):
        raise WordsKept()
    agreement = allowed(person, row)
    content = sharing.content_of(person, row)
    if not content:
        raise NothingToShare()
    if seen != sharing.seen_digest(row, content):
        raise LookAgain()
    last = datetime.combine(agreement.until_on + timedelta(days=1), time(), tzinfo=zone_of(row.site_id))
    return sealed_packet(row, content, min(until, last))


def allowed(person: Person, row: Referral) -> Agreement:
    """The agreement on which everything that was chosen may be shared now. Raises what speaks against it."""
    if row.organisation_id is None:
        raise NoPartner()
    agreement = sharing.agreement_with(row.organisation_id, person.programme_id)
    if agreement is None:
        raise NoAgreement()
    if sharing.at_rest(person):
        raise AtRest()
    classes = sharing.classes_of(row)
    if not sharing.covers(agreement, classes):
        raise BeyondAgreement()
    if not sharing.gate(person, row, agreement, classes, accepted=True).open:
        raise NotAgreed()
    return agreement


def sealed_packet(row: Referral, content: Sequence[sharing.Field], until: datetime) -> Sent:
    """The packet, with an opening that is told once."""
    opening = packets.fresh()
    unlocked = packets.unlock(opening)
    packet = Packet(
        id=uuid7(),
        person_id=row.person_id,
        referral=row,
        organisation_id=row.organisation_id,
        token_digest=packets.token_digest(opening.token),
        check_digest=unlocked.check,
        expires_at=until,
        shares=bool(content),
        epoch=current_epoch(),
    )
    if content:
        packet.seal("content", sharing.sealed(unlocked, packet.id, content))
    packet.save()
    return Sent(packet.id, opening)


def current_epoch() -> UUID:
    """The epoch of the journal: another one after each restore."""
    found = Counter.objects.values_list("epoch", flat=True).first()
    return found if found is not None else ledger.current_epoch_id()
