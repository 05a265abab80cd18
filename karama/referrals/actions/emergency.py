"""An emergency referral: life is in danger, nobody can be asked. Minimum fields, a reason, 24 hours, two people told.

An alert never waits for it: raising one is another action that asks nothing of this room.
"""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.db.models import Q

from karama.accounts.models import Posting
from karama.accounts.reach import current
from karama.care.actions.nextsteps import refers_herself
from karama.journal import Actor, action, clock
from karama.notices.actions import tell
from karama.people.actions import shapes as people
from karama.people.actions.emergency import LASTS, SHORTEST_REASON
from karama.people.deciding import Around, decide
from karama.people.models import BreakGlass, Person
from karama.people.problems import EmergencyReason
from karama.referrals import sharing
from karama.referrals.access import EMERGENCY
from karama.referrals.actions import shapes
from karama.referrals.actions.referring import Sent, sealed_packet, written
from karama.referrals.models import Service
from karama.referrals.problems import NotForEmergency, NotTwoTold, ServiceGone
from karama.referrals.standing import Said, begin, hidden_from, step
from karama.rules import consent as rule

FOR_LIFE: Final = ("medical", "mental_health")


@action("referrals.refer_in_emergency", access=EMERGENCY, target=shapes.of_person, purpose="safety")
def refer_in_emergency(*, by: Actor, person: UUID, service: UUID, reason: shapes.Words) -> Sent:
    """Share the minimum with a service that can keep somebody alive, without waiting for a yes. Reviewed afterwards.

    Raises:
        EmergencyReason: the reason is missing or too short. ServiceGone, NotForEmergency: not such a service.
        NotTwoTold: fewer than two others can be told.
    """
    if len(reason) < SHORTEST_REASON:
        raise EmergencyReason()
    file = people.locked(person)
    place = Service.objects.filter(pk=service, programme_id=file.programme_id, closed_on__isnull=True).first()
    if place is None:
        raise ServiceGone()
    if place.sector not in FOR_LIFE:
        raise NotForEmergency()
    row = written(file, place, "now", reason, emergency=True)
    told = who_is_told(by, file)
    _decide(by, file, row.organisation_id, reason, told, sharing.classes_of(row))
    task = begin(row, by.id)
    refers_herself(by, file.id)
    step(row, task, "sent", Said(way="packet"))
    glass = BreakGlass(person=file, site_id=file.site_id, user_id=by.id, until=clock.now() + LASTS)
    glass.seal("reason", reason)
    glass.save()
    for user in sorted(told):
        tell(by=by, user=user, kind="referrals.emergency", place=None)
    return sealed_packet(row, sharing.content_of(file, row), glass.until)


def who_is_told(by: Actor, person: Person) -> frozenset[UUID]:
    """The supervisors of the site and the officers of the programme, but the asker and those she is hidden from."""
    rows = Posting.objects.filter(current(clock.now()), user__is_active=True)
    supervisors = Q(duty="supervisor") & (Q(site_id=person.site_id) | Q(site=None, programme_id=person.programme_id))
    officers = Q(duty="data_protection_officer") & (Q(programme=None) | Q(programme_id=person.programme_id))
    found = set(rows.filter(supervisors | officers).values_list("user_id", flat=True))
    return frozenset(found - {by.id} - hidden_from(person.id))


def _decide(
    by: Actor, person: Person, organisation: UUID | None, reason: str, told: frozenset[UUID], classes: list[str]
) -> None:
    glass = rule.BreakGlass(asked_by=by.id, reason=reason, opened_at=clock.now(), told=frozenset(told))
    around = Around(break_glass=glass)
    for one in classes:
        request = rule.Request("share", one, "partner_health", str(organisation or ""), "vital_interest")
        answer = decide(person, request, permitted=True, hidden=False, around=around, now=clock.now())
        if not answer.allowed:
            raise NotTwoTold()
