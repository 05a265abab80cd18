"""What was said alone: services that were offered, what the named colleague recorded, and who that is at a site."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from karama.accounts.queries import aliases_of, staff_at
from karama.care import contacts
from karama.care.access import FOCAL_DUTIES, FOCAL_PAGES, INCIDENT, OFFER
from karama.care.models import FocalPoint, Offer, ViolenceIncident
from karama.care.queries.company import company_of
from karama.care.queries.files import files_of, with_owner
from karama.care.targets import focal_points_at, named_by_site
from karama.journal import ERASED, Absent, Actor, clock
from karama.journal.access_log import opening_all
from karama.journal.asking import once
from karama.journal.readymade import readymade
from karama.journal.together import Asks, answered, asks, together
from karama.people.access import person_attributes, purpose_of
from karama.people.models import Person
from karama.people.queries import fields_of, person_in_reach
from karama.programme.models import Site
from karama.rules.permission import permit

WAYS = ("way", "way_gbv", "way_hiv")
INCIDENT_FIELDS = ("type", "timing", "actor", "services")


@dataclass(frozen=True)
class OfferShown:
    """An offered service. `way` is empty where the reader may not know which; `said`: accepted, declined, later."""

    row: Offer
    who: str
    way: str
    said: str
    accompany: str


@dataclass(frozen=True)
class FocalColleague:
    """A colleague at a site who may be, or is, named to record violence."""

    user: UUID
    alias: str
    duty: str
    named: bool


@asks
def offers_of(by: Actor, person: UUID, most: int = 20) -> Asks[list[OfferShown]]:
    """What was offered, the newest first. While somebody else is in the room: only what is no secret. Raises Absent."""
    found = yield from person_in_reach.asking(by, person, OFFER)
    files, company = yield from together(files_of.asking(by, found), company_of.asking(by, person))
    return (yield from _shown(by, (yield _offers.later(files, bool(company.hide), most))))


@readymade
def _offers(files: list[UUID], no_secret: bool, most: int) -> QuerySet[Offer, Offer]:
    rows = Offer.objects.filter(person_id__in=files).order_by("-offered_on", "-recorded_at")
    return (rows.filter(way__isnull=False) if no_secret else rows)[:most]


def offer_page(by: Actor, offer: UUID) -> tuple[OfferShown, Person]:
    """One offer, for its slip. Raises `Absent`."""
    row = Offer.objects.filter(pk=offer).select_related("person").first()
    row, person = with_owner(by, row, offer, OFFER)
    return answered(_shown(by, [row]))[0], person


def _shown(by: Actor, rows: list[Offer]) -> Asks[list[OfferShown]]:
    if rows:
        opening_all({one.person_id for one in rows})
    names = yield from aliases_of.asking({one.author_id for one in rows})
    return [_one(names.get(one.author_id, ""), one, fields_of(by, one, (*WAYS, "said", "accompany"))) for one in rows]


def _one(who: str, row: Offer, fields: Mapping[str, Any]) -> OfferShown:
    way = next((str(fields[name]) for name in WAYS if fields.get(name)), "")
    return OfferShown(row, who, way, str(fields.get("said") or ""), str(fields.get("accompany") or ""))


def may_record(by: Actor, person: UUID) -> bool:
    """Whether this actor is the colleague named at the site of a person in her reach."""
    told = person_attributes(person)
    site = told.get("site")
    if by.duty not in FOCAL_DUTIES or not isinstance(site, UUID):
        return False
    target = {**told, "focal_points": focal_points_at(site)}
    return permit(INCIDENT, by.attributes(), target, purpose_of(by), clock.now()).allowed


def incident_person(by: Actor, person: UUID) -> Person:
    """The person about whom this actor may record violence. Raises `Absent`: to whoever is not named at the site at
    the cost of somebody who does not exist."""
    named = named_by_site()
    found = person_in_reach(by, person, OFFER)
    if by.id not in named.get(found.site_id, ()) or not may_record(by, person):
        raise Absent()
    return found


def incidents_of(by: Actor, person: UUID) -> list[tuple[ViolenceIncident, dict[str, Any]]]:
    """What was recorded about violence, the newest first. Raises `Absent` for everybody but the named colleague."""
    found = incident_person(by, person)
    rows = list(ViolenceIncident.objects.filter(person_id__in=files_of(by, found)).order_by("-noted_on", "-id"))
    if rows:
        opening_all({one.person_id for one in rows})
    shown = [(one, fields_of(by, one, INCIDENT_FIELDS)) for one in rows]
    return [(one, fields) for one, fields in shown if ERASED not in fields.values()]


def focal_site(by: Actor, site: UUID) -> Site:
    """A site at which this actor may name somebody. Raises `Absent`."""
    decision = permit(FOCAL_PAGES, by.attributes(), {"site": site}, purpose_of(by), clock.now())
    found = Site.objects.filter(pk=site, closed_on__isnull=True).first()
    if found is None or site not in by.sites or not decision.allowed:
        raise Absent()
    return found


@once
@asks
def focal_sites(by: Actor) -> Asks[list[Site]]:
    """The sites at which this actor may name somebody."""
    return list((yield _open_sites.later(by)))


@readymade
def _open_sites(by: Actor) -> QuerySet[Site, Site]:
    return Site.objects.filter(pk__in=by.sites, closed_on__isnull=True).order_by("name")


def focal_colleagues(by: Actor, site: UUID) -> list[FocalColleague]:
    """Who may be named at a site, and who is. Nobody names herself, so she is not on the list. Raises `Absent`."""
    focal_site(by, site)
    named = set(FocalPoint.objects.filter(site_id=site, until_on__isnull=True).values_list("user_id", flat=True))
    rows = {user: (alias, duty) for user, alias, duty in staff_at(by, site, FOCAL_DUTIES)}
    rows.pop(by.id, None)
    gone = aliases_of(named - rows.keys() - {by.id})
    rows |= {user: (gone.get(user, ""), "") for user in gone}
    return [FocalColleague(user, alias, duty, user in named) for user, (alias, duty) in rows.items()]


def way_words(person: Person, way: str) -> str:
    """A service in words; its code where the pack has no such service any more."""
    return dict(contacts.ways(person.programme.code)).get(way, way)
