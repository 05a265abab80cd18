"""The supervisor's page: what waits for her, oldest first, who is stuck, and the colleagues she stands behind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from karama.accounts.models import Posting
from karama.accounts.queries import aliases_of
from karama.care.access import SEE
from karama.care.deaths import standing
from karama.care.models import Closure, Death, Episode, FamilyAttendance, Response, Session, Wait
from karama.care.pathways import of_programme
from karama.care.queries.changes import Moved, moved_in
from karama.care.queries.files import deepest, living_rows
from karama.care.queries.remarkable import Remarkable, to_celebrate, to_look_at
from karama.care.queries.sessions import ToSign, cosigned_users, notes_to_sign
from karama.care.queries.supervisions import last_supervised
from karama.care.registries import group_fidelity
from karama.journal import Actor, clock
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks
from karama.people.access import rows_near
from karama.people.joined import last_file
from karama.people.models import Assignment, HiddenFrom
from karama.rules.classes import CARE_DUTIES
from karama.rules.episodes import OPEN_STATES
from karama.rules.stepped_care import worse_on

MOST = 500
"""Episodes looked at: more than a supervisor's sites hold; the page says when there are more."""


@dataclass(frozen=True)
class Stuck:
    """A person with whom something does not move. `why`: waiting, silent, worse or no_lead; `since`: a day or none."""

    episode: UUID
    code: str
    why: str
    since: date | None
    who: str


@dataclass(frozen=True)
class Supervisee:
    """A colleague in care at a site of the supervisor. `last`: when the reader supervised her last, None: never.

    `fidelity`: parts of group meetings as (done, adapted, not done), empty where none was written down lately.
    """

    user: UUID
    site: UUID
    alias: str
    duty: str
    people: int
    cosigned: bool
    last: date | None = None
    fidelity: tuple[int, int, int] | None = None


@dataclass(frozen=True)
class Supervision:
    """Everything of the page but the alerts, which stand first and come from their own room."""

    notes: list[ToSign]
    closures: list[tuple[UUID, str, str, date]]
    deaths: list[tuple[UUID, str]]
    stuck: list[Stuck]
    supervisees: list[Supervisee]
    celebrate: list[Remarkable] = field(default_factory=list)
    look: list[Remarkable] = field(default_factory=list)


def supervision(by: Actor) -> Supervision:
    """The page of a supervisor; empty for any other duty."""
    if by.duty != "supervisor":
        return Supervision([], [], [], [], [])
    rows = living_rows(Episode.objects.filter(state__in=OPEN_STATES), by=by, policy=SEE).select_related(
        "person", "programme"
    )
    came = Session.objects.filter(episode=OuterRef("pk"), attended="came", amended_by__isnull=True)
    asked = Response.objects.filter(episode=OuterRef("pk"), occurred_on__isnull=False)
    beside = FamilyAttendance.objects.filter(episode=OuterRef("pk"), state="came", amended_by__isnull=True)
    last = {
        "last_held": _last_day(came),
        "last_asked": _last_day(asked),
        "last_family": Subquery(beside.order_by("-session__occurred_on").values("session__occurred_on")[:1]),
    }
    episodes = list(rows.annotate(**last).order_by("opened_on", "id")[:MOST])
    staff = _supervisees(by)
    moved = moved_in(by, [one.id for one in episodes])
    pending = living_rows(
        Closure.objects.filter(answer__isnull=True).exclude(author_id=by.id), by=by, policy=SEE
    ).select_related("person")
    closures = list(pending.order_by("recorded_at"))
    names = aliases_of({one.author_id for one in closures} | {one.lead_id for one in episodes if one.lead_id})
    stuck = _stuck(by, episodes, names, {one.user for one in staff}, moved)
    return Supervision(
        notes=notes_to_sign(by),
        closures=[
            (one.episode_id, last_file(one.person).code, names.get(one.author_id, ""), one.recorded_at.date())
            for one in closures
        ],
        deaths=deaths_to_follow(by),
        stuck=stuck,
        supervisees=staff,
        celebrate=to_celebrate(by, episodes, moved, staff),
        look=to_look_at(by, stuck, staff),
    )


def _last_day(rows: QuerySet[Any]) -> Subquery:
    return Subquery(rows.order_by("-occurred_on").values("occurred_on")[:1])


@asks
def deaths_to_follow(by: Actor) -> Asks[list[tuple[UUID, str]]]:
    """Deaths after which support was not offered yet, or a review is still to be held: (death, code)."""
    if by.duty != "supervisor":
        return []
    deep = yield from deepest.asking()
    return [(one.id, last_file(one.person).code) for one in (yield _to_follow.later(by, deep))]


@readymade
def _to_follow(by: Actor, deep: int) -> QuerySet[Death, Death]:
    rows = living_rows(standing(), by=by, policy=SEE, deep=deep).select_related("person")
    open_ones = rows.exclude(pk__in=rows.filter(steps__step="support").filter(steps__step="review").values("pk"))
    return open_ones.order_by("recorded_at")


def _stuck(
    by: Actor,
    episodes: Sequence[Any],
    names: dict[UUID, str],
    there: set[UUID],
    moved: Mapping[UUID, Mapping[str, Moved]],
) -> list[Stuck]:
    today = clock.now().date()
    waits = dict(Wait.objects.filter(episode__in=episodes, until_on__isnull=True).values_list("episode_id", "since_on"))
    worse = _worse(by, episodes, moved)
    hidden = _hidden_leads(episodes)
    found: list[Stuck] = []

    def add(one: Episode, why: str, since: date | None) -> None:
        found.append(
            Stuck(one.id, last_file(one.person).code, why, since, names.get(one.lead_id, "") if one.lead_id else "")
        )

    for one in episodes:
        limits = of_programme(one.programme.code).waits
        if one.lead_id is None or one.lead_id not in there or (one.person_id, one.lead_id) in hidden:
            add(one, "no_lead", None)
        since = waits.get(one.id, one.opened_on)
        if one.state in ("waiting", "screening") and (today - since).days > limits.waiting_days:
            add(one, "waiting", since)
        last = max(
            [one.opened_on, *(day for day in (one.last_held, one.last_asked, one.last_family) if day is not None)]
        )
        if one.state == "active" and (today - last).days > limits.silent_days:
            add(one, "silent", last)
        if one.id in worse:
            add(one, "worse", None)
    return sorted(found, key=lambda each: (ORDER[each.why], each.since or today, each.code))


def _hidden_leads(episodes: Sequence[Any]) -> set[tuple[UUID, UUID]]:
    """(person, lead) where the person is hidden from whoever leads her care."""
    leads = {one.lead_id for one in episodes if one.lead_id is not None}
    rows = HiddenFrom.objects.filter(user_id__in=leads, person_id__in=[one.person_id for one in episodes])
    return set(rows.filter(lifted_at__isnull=True).values_list("person_id", "user_id"))


ORDER = {"no_lead": 0, "worse": 1, "waiting": 2, "silent": 3}


def _worse(by: Actor, episodes: Sequence[Any], moved: Mapping[UUID, Mapping[str, Moved]]) -> set[UUID]:
    """Episodes with as many measures reliably worse, from first to last, as the pack wants to be told of."""
    limit = {one.id: of_programme(one.programme.code).waits.worse_measures for one in episodes}
    told = {episode: {code: one.direction for code, one in measures.items()} for episode, measures in moved.items()}
    return {episode for episode, directions in told.items() if worse_on(directions, limit[episode])}


def _supervisees(by: Actor) -> list[Supervisee]:
    today = clock.now().date()
    current = Q(from_on__lte=today) & (Q(until_on__isnull=True) | Q(until_on__gt=today))
    rows = Posting.objects.filter(current, site__in=by.sites, duty__in=CARE_DUTIES, user__is_active=True)
    found = list(rows.order_by("work_alias").values_list("user_id", "site_id", "work_alias", "duty"))
    users = {user for user, *_rest in found}
    working = Assignment.objects.filter(user_id__in=users, until__isnull=True, person__site__in=by.sites)
    counted = Counter(rows_near(working, by=by, policy=SEE).values_list("user_id", flat=True))
    cosigned, last, faithful = cosigned_users(by), last_supervised(by, users), group_fidelity(by, users)
    return [
        Supervisee(user, site, alias, duty, counted[user], (user, site) in cosigned, last.get(user), faithful.get(user))
        for user, site, alias, duty in found
    ]
