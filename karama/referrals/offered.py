"""A service that somebody wants (`care.Offer`) is followed like any referral: nobody is lost behind a slip.

What it is stands in `details` under `way`, and is read only where its compartment is opened: an agent may write down
that help after violence is wanted, and does not read it again (decision 0079).
"""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from karama.care.models import Offer
from karama.care.queries import apart
from karama.care.targets import focal_points_at
from karama.journal import Actor
from karama.notices.actions import tell
from karama.people.actions import shapes
from karama.people.models import Person
from karama.people.registries import Wanted
from karama.referrals.models import Referral, ReferralTask
from karama.referrals.standing import Said, begin, details_of, hidden_from, step
from karama.rules import referrals as law

SOON: Final = {"gbv": "day"}
"""Help after violence loses its use within days; for the rest somebody asks after a week."""


def follow(*, by: Actor, wanted: Wanted) -> None:
    """Begin the referral of a slip that was given; one to the same service that was under way ends: slips get lost."""
    file = shapes.locked(wanted.person)
    before = _before(file.id, wanted.way)
    row = Referral(
        person_id=file.id,
        direction="out",
        compartment=law.compartment_of(wanted.sector),
        urgency=SOON.get(wanted.compartment, "week"),
        site_id=file.site_id,
        offer=wanted.offer,
        follows=before.referral_id if before is not None else None,
    )
    told = wanted.sector if wanted.compartment == "general" else "other"
    row.seal("details", {"sector": told, "way": wanted.way, "accompany": wanted.accompany, "fields": []})
    row.seal("reason", None)
    row.save()
    step(row, begin(row, by.id), "sent", Said(way="slip"))
    if before is not None and law.may_follow(before.state, "ended"):
        step(before.referral, before, "ended")
    if wanted.compartment == "gbv":
        _tell_named(by, file)


def _before(person: UUID, way: str) -> ReferralTask | None:
    rows = ReferralTask.objects.filter(person_id=person, referral__offer__isnull=False, state__in=sorted(law.EXPECTED))
    return next((one for one in rows.select_related("referral") if details_of(one.referral).get("way") == way), None)


def _tell_named(by: Actor, file: Person) -> None:
    """Whoever is named at the site for this learns that somebody asks, and not who: a colleague tells her."""
    for user in sorted(focal_points_at(file.site_id) - hidden_from(file.id) - {by.id}):
        tell(by=by, user=user, kind="referrals.wanted", place=file.site_id)


def sector_and_way(by: Actor, row: Referral, details: dict[str, Any]) -> tuple[str, str]:
    """The kind of help, and the service that was wanted in words, as far as this reader opens its compartment."""
    sector, way = details.get("sector", ""), details.get("way", "")
    if not way or row.compartment not in by.compartments:
        return sector, ""
    return row.compartment if row.compartment in law.SECTORS else sector, apart.way_words(row.person, way)


def goes_along(row: Referral, details: dict[str, Any]) -> bool | None:
    """Whether somebody goes along; None: nobody asked. Referrals of before say no there, too: their offer knows."""
    said: bool | None = details.get("accompany")
    if said is False and row.offer is not None:
        offer = Offer.objects.filter(pk=row.offer).first()
        return False if offer is not None and offer.unseal("accompany") == "no" else None
    return said


def referral_of(offer: UUID) -> UUID | None:
    """The referral by which a wanted service is followed."""
    return Referral.objects.filter(offer=offer).values_list("id", flat=True).first()
