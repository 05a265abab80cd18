"""What supervision asks: whom everybody there may see, who supervises whom, who closed an alert."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from karama.accounts.models import Posting
from karama.accounts.queries import actor_of
from karama.accounts.reach import current
from karama.care.access import SEE_EPISODES
from karama.care.models import SupervisionAnswer, SupervisionHeld
from karama.journal import Actor, clock, visible_to
from karama.people.access import ATTRIBUTES, purpose_of
from karama.people.models import Person
from karama.rules.classes import CARE_DUTIES
from karama.rules.risk import CLOSING_STEPS
from karama.safety.models import DEATH_CONFIRMED, Alert, AlertStep

COUNTS_FOR = timedelta(days=400)
"""So long somebody who supervised a supervisor stands above her."""


def known_to_all(by: Actor, site: UUID, colleagues: Collection[UUID], people: Collection[UUID]) -> set[UUID]:
    """Of these people, those whom the supervisor and every one of the colleagues may see in care at the site."""
    rows = Posting.objects.filter(current(clock.now()), user_id__in=list(colleagues), user__is_active=True)
    held: dict[UUID, list[Actor]] = {one: [] for one in colleagues}
    for posting in rows.filter(duty__in=CARE_DUTIES, site_id=site).select_related("site"):
        held[posting.user_id].append(actor_of(posting))
    found = _seen(by, people)
    for duties in held.values():
        found &= set().union(*(_seen(one, found) for one in duties))
    return found


def _seen(by: Actor, people: Collection[UUID]) -> set[UUID]:
    if not people:
        return set()
    rows = visible_to(
        Person.objects.filter(pk__in=list(people)),
        by=by,
        policy=SEE_EPISODES,
        purpose=purpose_of(by),
        now=clock.now(),
        attributes=ATTRIBUTES,
    )
    return set(rows.values_list("id", flat=True))


def above(supervisor: UUID) -> frozenset[UUID]:
    """Who supervises this supervisor: whoever held a supervision with her that she herself agreed was held."""
    since = clock.day_in_utc() - COUNTS_FOR
    rows = SupervisionAnswer.objects.filter(agrees=True, seat__user_id=supervisor, seat__held__occurred_on__gte=since)
    return frozenset(rows.values_list("seat__held__author_id", flat=True))


def below(supervisor: UUID) -> frozenset[UUID]:
    """Whom this supervisor supervises in the same sense."""
    since = clock.day_in_utc() - COUNTS_FOR
    held = SupervisionHeld.objects.filter(author_id=supervisor, occurred_on__gte=since)
    rows = SupervisionAnswer.objects.filter(agrees=True, seat__held__in=held)
    return frozenset(rows.values_list("seat__user_id", flat=True))


def closer_of(alert: Alert) -> AlertStep | None:
    """The step by which a colleague closed it; None while it is open, and where a death has settled it."""
    rows = AlertStep.objects.filter(alert=alert, step__in=(*CLOSING_STEPS, "reopened"))
    last = rows.order_by("-recorded_at", "-id").first()
    return last if last is not None and last.step in ("closed", DEATH_CONFIRMED) else None
