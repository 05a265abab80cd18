"""Who is in the room, which service was offered, who records violence at a site, and what that colleague records.

Nobody else writes down what happened: only that a service was offered, and whether the person wants it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from django.db.models import Q
from pydantic import Field

from karama.accounts import reach
from karama.accounts.models import Posting
from karama.care import contacts, targets
from karama.care.access import COMPANY, FOCAL_DUTIES, INCIDENT, NAME_FOCAL, OFFER
from karama.care.actions import shapes
from karama.care.models import CompanySaid, FocalPoint, Offer, ViolenceIncident
from karama.care.problems.apart import NotAtThisSite, NothingWanted, NotThatAnswer
from karama.journal import Actor, action, clock
from karama.people.actions import keep_apart
from karama.people.models import Person
from karama.people.registries import Wanted, on_wanted
from karama.programme.days import today_at
from karama.rules import codes
from karama.security import randomness

INCIDENT_TYPES: Final = (
    "rape", "sexual_assault", "physical_assault", "forced_marriage", "denial_of_resources", "psychological",
)  # fmt: skip
"""The six classes of GBVIMS."""
TIMINGS: Final = ("three_days", "five_days", "two_weeks", "month", "three_months", "longer", "unknown")
ACTORS: Final = ("partner", "family", "known", "not_known", "armed", "authority", "several", "not_said")
SERVICES: Final = ("health", "psychosocial", "safety", "legal", "livelihood")
ANSWERED: Final = ("accepted", "declined", "not_available")

Company = Literal["alone", "our_interpreter", "desk", "partner", "child", "relative", "relative_interprets", "somebody"]
Services = Annotated[dict[str, str], Field(max_length=len(SERVICES))]


@action("care.say_company", access=COMPANY, target=targets.of_person)
def say_company(*, by: Actor, person: UUID, said: Company) -> CompanySaid:
    """Say who is in the room. It holds for one conversation; a newer answer takes its place at once."""
    row = CompanySaid.objects.filter(person_id=person, user_id=by.id).first() or CompanySaid(
        person_id=person, user_id=by.id
    )
    row.said_at = clock.now()
    row.seal("said", said)
    row.save()
    return row


@action("care.offer_service", access=OFFER, target=targets.of_person)
def offer_service(
    *,
    by: Actor,
    person: UUID,
    way: shapes.Code,
    said: Literal["accepted", "declined", "later"],
    accompany: Literal["", "yes", "no"] = "",
) -> Offer:
    """Write down that a service was offered, and what the person said. A yes gets a token and is followed.

    After a service for violence no page of anybody else leads to this person any more. Raises `NotThatAnswer`.
    """
    file = Person.objects.select_related("programme").get(pk=person)
    found = contacts.way_of(file.programme.code, way)
    if found is None:
        raise NotThatAnswer("way")
    row = Offer(person_id=person, offered_on=today_at(file.site_id))
    row.seal({"gbv": "way_gbv", "hiv": "way_hiv"}.get(found.compartment, "way"), way)
    row.seal("said", said)
    row.seal("accompany", accompany or None if said == "accepted" else None)
    if said == "accepted":
        row.token = _free_token()
    row.save()
    if found.compartment == "gbv":
        keep_apart(by=by, person=person)
    if said == "accepted":
        along = accompany == "yes" if accompany else None
        wanted = Wanted(person, row.id, way, found.sector, found.compartment, along)
        for _room, follow in on_wanted:
            follow(by=by, wanted=wanted)
    return row


def _free_token() -> str:
    """Ten characters with a check character, as a card shows them; never one of a person's code."""
    while True:
        token = codes.format_code(randomness.code(codes.RANDOM_LENGTH, codes.ALPHABET))
        if not (Offer.objects.filter(token=token).exists() or Person.objects.filter(code=token).exists()):
            return token


@action("care.record_incident", access=INCIDENT, target=targets.of_person_for_focal)
def record_incident(
    *,
    by: Actor,
    person: UUID,
    type: Literal[
        "rape", "sexual_assault", "physical_assault", "forced_marriage", "denial_of_resources", "psychological"
    ],
    timing: Literal["three_days", "five_days", "two_weeks", "month", "three_months", "longer", "unknown"],
    actor: Literal["partner", "family", "known", "not_known", "armed", "authority", "several", "not_said"] = "not_said",
    services: Services,
) -> ViolenceIncident:
    """Record what happened, for the referral the person wants; never who did it.

    `services`: what was offered and what became of it; at least one was accepted, or nothing is recorded.

    Raises:
        NothingWanted: no service was accepted. NotThatAnswer: a service or an answer that is not on the list.
    """
    if not services.keys() <= set(SERVICES) or not set(services.values()) <= set(ANSWERED):
        raise NotThatAnswer("services")
    if "accepted" not in services.values():
        raise NothingWanted()
    site = Person.objects.values_list("site_id", flat=True).get(pk=person)
    row = ViolenceIncident(person_id=person, noted_on=today_at(site))
    for name, value in {"type": type, "timing": timing, "actor": actor, "services": services}.items():
        row.seal(name, value)
    row.save()
    keep_apart(by=by, person=person)
    return row


def of_place(*, by: Actor, user: UUID, site: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of naming a colleague at a site."""
    return {"site": site, "user": user}


@action("care.name_focal_point", access=NAME_FOCAL, target=of_place, purpose="administration")
def name_focal_point(*, by: Actor, user: UUID, site: UUID, named: bool) -> FocalPoint | None:
    """Name a colleague who records violence at a site from today, or end it today.

    Raises:
        NotAtThisSite: no duty at this site opens these records.
    """
    today = clock.day_in_utc()  # a right like a duty, and read as one in `targets`
    current = FocalPoint.objects.filter(user_id=user, site_id=site, until_on__isnull=True).first()
    if not named:
        if current is not None:
            current.until_on = today
            current.save()
        return current
    here = Q(site_id=site) | Q(site__isnull=True, programme__sites=site)
    held = Posting.objects.filter(reach.current(clock.now()), here, user_id=user, duty__in=FOCAL_DUTIES)
    if not held.filter(user__is_active=True).exists():
        raise NotAtThisSite()
    return current or FocalPoint.objects.create(user_id=user, site_id=site, since_on=today)
