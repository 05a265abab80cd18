"""A caseload on one screen, with the colleagues to whom each person may go."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from karama.accounts.models import Posting
from karama.accounts.queries import alias_of
from karama.care.access import SEE_EPISODES
from karama.journal import Absent, Actor, clock, visible_to
from karama.people import workers
from karama.people.access import ATTRIBUTES, purpose_of
from karama.people.models import Person
from karama.rules.classes import CARE_DUTIES
from karama.rules.episodes import OPEN_STATES

MOST = 300


@dataclass(frozen=True)
class Held:
    """One person of a caseload: code, whether the worker leads, and who may take over as (id, alias)."""

    person: UUID
    code: str
    leads: bool
    to: list[tuple[str, str]]


def held_by(by: Actor, user: UUID) -> tuple[str, list[Held]]:
    """The work alias and caseload of a colleague, as far as the reader reaches. Raises `Absent`: not hers to see."""
    own = user == by.id
    at_site = by.duty == "supervisor" and Posting.objects.filter(user_id=user, site__in=by.sites).exists()
    if not (own or at_site):
        raise Absent()
    rows = visible_to(
        Person.objects.filter(
            Q(assignments__user_id=user, assignments__until__isnull=True)
            | Q(episodes__lead_id=user, episodes__state__in=OPEN_STATES)
        ).distinct(),
        by=by,
        policy=SEE_EPISODES,
        purpose=purpose_of(by),
        now=clock.now(),
        attributes=ATTRIBUTES,
    )
    people = list(rows.order_by("code")[:MOST])
    leading = set(
        Person.objects.filter(
            Q(episodes__lead_id=user, episodes__state__in=OPEN_STATES)
            | Q(assignments__user_id=user, assignments__until__isnull=True, assignments__role="lead")
        ).values_list("id", flat=True)
    )
    kept: dict[UUID, set[UUID]] = {}
    for person, hidden in workers.kept_from([one.id for one in people]):
        kept.setdefault(person, set()).add(hidden)
    at: dict[tuple[UUID, UUID | None], list[workers.Worker]] = {}
    found = []
    for one in people:
        place = (one.site_id, one.held_by_team_id)
        if place not in at:
            at[place] = [each for each in workers.workers_for(one) if each.duty in CARE_DUTIES and each.user != user]
        to = [(str(each.user), each.alias) for each in at[place] if each.user not in kept.get(one.id, set())]
        found.append(Held(one.id, one.code, one.id in leading, to))
    return alias_of(user), found
