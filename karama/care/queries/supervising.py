"""The supervisor's page: what waits for her, oldest first, who is stuck, and the colleagues she stands behind."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from karama.accounts.queries import aliases_of
from karama.care.access import SEE
from karama.care.deaths import standing
from karama.care.models import Closure, Death
from karama.care.queries.files import deepest, living_rows
from karama.care.queries.looking import LookedAt, apart
from karama.care.queries.questions import AskedLine, asked_by
from karama.care.queries.remarkable import Colleagues, Remarkable, to_celebrate, to_look_at
from karama.care.queries.sessions import ToSign, cosigned_users, notes_to_sign
from karama.care.queries.stuck import Stuck, open_ones_of, posted, stuck_among
from karama.care.queries.supervisions import harm_seen, last_supervised
from karama.care.registries import all_on_time, group_fidelity
from karama.journal import Actor, clock
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks, together
from karama.people.access import rows_near
from karama.people.joined import last_file
from karama.people.models import Assignment
from karama.programme.days import day_at, today_for


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
    looked: list[LookedAt] = field(default_factory=list)
    asked: list[AskedLine] = field(default_factory=list)


@asks
def supervision(by: Actor) -> Asks[Supervision]:
    """The page of a supervisor; empty for any other duty."""
    if by.duty != "supervisor":
        return Supervision([], [], [], [], [])
    open_ones, around, closures, notes, deaths, asked = yield from together(
        open_ones_of(by),
        _colleagues(by),
        _to_approve(by),
        notes_to_sign.asking(by),
        deaths_to_follow.asking(by),
        asked_by.asking(by),
    )
    today = today_for(by)
    stuck, looked = apart(by, open_ones, stuck_among(open_ones, {one.user for one in around.staff}, today), today)
    return Supervision(
        notes=notes,
        closures=closures,
        deaths=deaths,
        stuck=stuck,
        looked=looked,
        asked=asked,
        supervisees=around.staff,
        celebrate=to_celebrate(open_ones, around),
        look=to_look_at(by, stuck, around),
    )


def _to_approve(by: Actor) -> Asks[list[tuple[UUID, str, str, date]]]:
    deep = yield from deepest.asking()
    found = yield _closures.later(by, deep)
    names = yield from aliases_of.asking({one.author_id for one in found})
    told = [(one, last_file(one.person)) for one in found]
    return [
        (one.episode_id, file.code, names.get(one.author_id, ""), day_at(file.site_id, one.recorded_at))
        for one, file in told
    ]


@readymade
def _closures(by: Actor, deep: int) -> QuerySet[Closure, Closure]:
    rows = Closure.objects.filter(answer__isnull=True).exclude(author_id=by.id)
    return living_rows(rows, by=by, policy=SEE, deep=deep).select_related("person").order_by("recorded_at")


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


def _colleagues(by: Actor) -> Asks[Colleagues]:
    here = yield posted.later(by, clock.day_in_utc())
    users = list({user for user, *_rest in here})
    people, cosigned, last, faithful, timely, harm = yield from together(
        _how_many(by, users),
        cosigned_users.asking(by),
        last_supervised.asking(by, users),
        group_fidelity.asking(by, users),
        all_on_time.asking(by, users),
        harm_seen.asking(by, users),
    )
    staff = [
        Supervisee(
            user, site, alias, duty, people.get(user, 0), (user, site) in cosigned, last.get(user), faithful.get(user)
        )
        for user, site, alias, duty in here
    ]
    return Colleagues(staff, timely, harm)


def _how_many(by: Actor, users: list[UUID]) -> Asks[dict[UUID, int]]:
    return dict((yield _worked_with.later(by, users)))


@readymade
def _worked_with(by: Actor, users: list[UUID]) -> QuerySet[Any]:
    working = Assignment.objects.filter(user_id__in=users, until__isnull=True, person__site__in=by.sites)
    near = rows_near(working, by=by, policy=SEE).order_by().values_list("user_id")
    return near.annotate(people=Count("pk"))
