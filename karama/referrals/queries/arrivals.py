"""What became of the referrals that one colleague made, for her own count."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time
from uuid import UUID

from karama.journal import Actor
from karama.people.joined import last_files
from karama.programme.days import zone_of
from karama.referrals.models import ReferralStep, ReferralTask
from karama.rules import referrals as law

BEST = ("arrived", "unknown", "not_arrived", "not_expected")


def arrivals_of(*, by: Actor, people: Collection[UUID], since: date) -> dict[UUID, str]:
    """Of these people, those whom the asker herself referred since that day, and the best that is known of whether they
    arrived. What was only prepared is a draft and counts nowhere; referrals of others are not told."""
    rows = ReferralTask.objects.filter(referral__author_id=by.id, referral__direction="out").exclude(state="prepared")
    rows = rows.filter(recorded_at__gte=datetime.combine(since, time(), zone_of(min(by.sites, default=None))))
    told = [(one.person_id, one.referral_id) for one in rows]
    into = last_files({person for person, _referral in told})
    states: dict[UUID, list[str]] = {}
    steps = ReferralStep.objects.filter(referral__in=[referral for _person, referral in told]).order_by("place")
    for referral, state in steps.values_list("referral_id", "state"):
        states.setdefault(referral, []).append(state)
    found: dict[UUID, str] = {}
    for person, referral in told:
        who, arrival = into[person], law.arrival_of(states.get(referral, []))
        if who in people:
            found[who] = min(arrival, found.get(who, arrival), key=BEST.index)
    return found
