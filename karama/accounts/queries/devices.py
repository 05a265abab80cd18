"""Telephones of a user, whose key it is, and in which duty somebody acts from a telephone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from karama.accounts import access, duties, reach
from karama.accounts.actions.devices import decoded, of_device, open_code
from karama.accounts.models import Device, EnrolmentCode, Posting
from karama.accounts.queries.acting import actor_of, current_postings, postings_of
from karama.accounts.queries.staff import aliases_of, staff
from karama.journal import Absent, Actor
from karama.journal.clock import day_in_utc, now
from karama.journal.readymade import readymade
from karama.rules.permission import permit
from karama.sync.access import OVERSEERS
from karama.sync.registries import Acting, Signer

PURPOSE = "administration"
FORMER = "former"
"""The duty under which somebody without any is written down: it opens nothing."""


def devices_of(by: Actor, user: UUID) -> list[Device]:
    """The telephones of a user, the newest first: for herself, and for the administrator within whose reach she is."""
    rows = list(Device.objects.filter(user_id=user).order_by("-enrolled_at", "id"))
    return rows if rows and _may(by, rows[0].id) else []


def device_for(by: Actor, device: UUID) -> Device:
    """One telephone, with its user. Raises `Absent`."""
    row = Device.objects.filter(id=device).first()
    if row is None or not _may(by, device):
        raise Absent()
    return row


def users_whose_work_may_go(by: Actor) -> list[UUID]:
    """Colleagues within reach with a telephone in use that does not promise to keep what is not sent."""
    owners = set(_without_promise())
    return [row.user.id for row in staff(by) if row.user.id in owners] if owners else []


@readymade
def _without_promise() -> QuerySet[Any, Any]:
    return Device.objects.filter(keeps=False, revoked_at__isnull=True).values_list("user_id", flat=True)


def _may(by: Actor, device: UUID) -> bool:
    target = of_device(by=by, device=device)
    return permit(access.MANAGE_DEVICE, by.attributes(), target, PURPOSE, now()).allowed


def actor_of_code(typed: str) -> Actor | None:
    """Who drew a code that may still be used."""
    row = open_code(typed)
    return actor_of(row.posting) if row else None


def posting_of_code(device: Device) -> UUID | None:
    """The duty in which the code was drawn with which this telephone was let in."""
    return EnrolmentCode.objects.filter(device=device).values_list("posting_id", flat=True).first()


def signer(device: UUID) -> Signer | None:
    """Whose key it is. A revoked one stays known: what it signed is received and held."""
    row = _key_of.first(device)
    return Signer(device, row[0], decoded(row[1]), row[2]) if row else None


@readymade
def _key_of(device: UUID) -> QuerySet[Any]:
    return Device.objects.filter(id=device).values_list("user_id", "public_key", "revoked_at")


def acting(found: Signer, posting: UUID) -> Acting:
    """In which duty a signer acts: the one she names, where she holds it now, also when it had ended and was given to
    her again for the same place; else one that only raises alerts."""
    held = _held(found.user, posting)
    if held is not None and not duties.needs_second_factor(held.duty):
        return Acting(actor_of(held), True)
    last = postings_of(found.user).filter(id=posting).first() or postings_of(found.user).first()
    if last is None:
        return Acting(Actor(found.user, "user", FORMER), False)
    return Acting(replace(actor_of(last), compartments=frozenset(), teams=frozenset()), False)


def _held(user: UUID, posting: UUID) -> Posting | None:
    now_hers = current_postings(user)
    same = next((one for one in now_hers if one.id == posting), None)
    before = postings_of(user).filter(id=posting).first() if same is None else None
    if before is None:
        return same
    return next((one for one in now_hers if _place_of(one) == _place_of(before)), None)


def _place_of(posting: Posting) -> tuple[str, UUID | None, UUID | None, UUID | None]:
    return posting.duty, posting.programme_id, posting.site_id, posting.team_id


def overseers(site: UUID | None) -> Sequence[Actor]:
    """Who looks at what was held at a site: its supervisors, then those above it; of no site only the latter."""
    day = day_in_utc()
    held = _overseeing(site, day) if site is not None else _above_sites(day)
    return [actor_of(one) for one in sorted(held, key=lambda one: (OVERSEERS.index(one.duty), one.from_on, one.id))]


@readymade
def _overseeing(site: UUID, day: date) -> QuerySet[Posting, Posting]:
    here = Q(site_id=site) | Q(site=None, programme__sites=site) | Q(programme=None)
    return _overseers(day).filter(here).select_related("programme", "site").distinct()


@readymade
def _above_sites(day: date) -> QuerySet[Posting, Posting]:
    return _overseers(day).exclude(duty=OVERSEERS[0]).select_related("programme", "site").distinct()


def _overseers(day: date) -> QuerySet[Posting, Posting]:
    return Posting.objects.filter(reach.on(day), user__is_active=True, duty__in=OVERSEERS)


def posting_ids(user: UUID) -> Sequence[UUID]:
    """Every duty a user holds or held."""
    return list(postings_of(user).values_list("id", flat=True))


@readymade
def own_postings(user: UUID) -> QuerySet[Posting]:
    """What travels: the duties of the user herself, those that ended too."""
    return Posting.objects.filter(user_id=user)


def names(users: Collection[UUID]) -> dict[UUID, str]:
    """How colleagues see them."""
    return dict(aliases_of(list(users)))
