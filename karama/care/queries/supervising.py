"""The supervisor's page: what waits for her, oldest first, who is stuck, and the colleagues she stands behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from karama.accounts.models import Posting
from karama.accounts.queries import aliases_of
from karama.care.access import DISCUSS, SEE
from karama.care.deaths import standing
from karama.care.models import Closure, Death, Episode, Wait
from karama.care.pathways import of_programme
from karama.care.queries.changes import moved_in
from karama.care.queries.files import deepest, living_rows
from karama.care.queries.lastmet import last_contact, met_together, with_contacts
from karama.care.queries.remarkable import (
    Colleagues,
    OpenOnes,
    Remarkable,
    days_of_return,
    met_lately,
    to_celebrate,
    to_look_at,
)
from karama.care.queries.sessions import ToSign, cosigned_users, notes_to_sign
from karama.care.queries.supervisions import harm_seen, last_supervised
from karama.care.registries import all_on_time, group_fidelity
from karama.journal import Actor, clock
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks, together
from karama.people.access import rows_near
from karama.people.joined import last_file
from karama.people.models import Assignment, HiddenFrom
from karama.programme.days import day_at, today_for
from karama.rules.classes import CARE_DUTIES
from karama.rules.episodes import OPEN_STATES
from karama.rules.permission import Policy
from karama.rules.stepped_care import worse_on

MOST = 500
"""Episodes looked at: more than a supervisor's sites hold; the page says when there are more."""

NOT_BEGUN = ("waiting", "screening")
SHOWN = (
    *("state", "opened_on", "lead", "site", "person__code", "person__status", "person__merged_into"),
    "programme__code",
)
"""What the page needs of an open episode: nothing sealed is fetched."""


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


@asks
def supervision(by: Actor) -> Asks[Supervision]:
    """The page of a supervisor; empty for any other duty."""
    if by.duty != "supervisor":
        return Supervision([], [], [], [], [])
    open_ones, around, closures, notes, deaths = yield from together(
        _looked_at(by), _colleagues(by), _to_approve(by), notes_to_sign.asking(by), deaths_to_follow.asking(by)
    )
    stuck = _stuck(open_ones, {one.user for one in around.staff}, today_for(by))
    return Supervision(
        notes=notes,
        closures=closures,
        deaths=deaths,
        stuck=stuck,
        supervisees=around.staff,
        celebrate=to_celebrate(open_ones, around),
        look=to_look_at(by, stuck, around),
    )


@asks
def stuck_for(by: Actor) -> Asks[list[Stuck]]:
    """Where it does not move, of those whom the reader may see in whatever duty of care: for a conference, whose list
    makes itself. Answers count for whoever opens them; who is hidden from whom, a supervisor only may learn."""
    deep = yield from deepest.asking()
    episodes, posted = yield _discussed.later(by, deep), _posted.later(by, clock.day_in_utc())
    ids, leads = [one.id for one in episodes], {one.lead_id for one in episodes if one.lead_id}
    moved, waits, names, grouped = yield from together(
        moved_in.asking(by, ids), _waits(episodes), aliases_of.asking(leads), met_together.asking(by, episodes)
    )
    hidden = (yield from _hidden_leads(episodes)) if by.duty == "supervisor" else ()
    there = {user for user, *_rest in posted}
    return _stuck(OpenOnes(episodes, moved, waits, hidden, names, (), {}, grouped), there, today_for(by))


def _looked_at(by: Actor) -> Asks[OpenOnes]:
    deep = yield from deepest.asking()
    episodes = yield _episodes.later(by, deep)
    ids = [one.id for one in episodes]
    told = yield from together(
        moved_in.asking(by, ids),
        _waits(episodes),
        _hidden_leads(episodes),
        aliases_of.asking({one.lead_id for one in episodes if one.lead_id}),
        met_lately(by, ids, deep),
        days_of_return(episodes),
        met_together.asking(by, episodes),
    )
    return OpenOnes(episodes, *told)


@readymade
def _episodes(by: Actor, deep: int) -> QuerySet[Episode, Episode]:
    return _open_ones(by, deep, SEE)


@readymade
def _discussed(by: Actor, deep: int) -> QuerySet[Episode, Episode]:
    return _open_ones(by, deep, DISCUSS)


def _open_ones(by: Actor, deep: int, policy: Policy) -> QuerySet[Episode, Episode]:
    rows = living_rows(Episode.objects.filter(state__in=OPEN_STATES), by=by, policy=policy, deep=deep)
    known = rows.select_related("person", "programme").only(*SHOWN)
    return with_contacts(known).order_by("opened_on", "id")[:MOST]


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


def _stuck(open_ones: OpenOnes, there: set[UUID], today: date) -> list[Stuck]:
    waits, names, hidden, worse = open_ones.waits, open_ones.names, open_ones.hidden, _worse(open_ones)
    found: list[Stuck] = []

    def add(one: Episode, why: str, since: date | None) -> None:
        found.append(
            Stuck(one.id, last_file(one.person).code, why, since, names.get(one.lead_id, "") if one.lead_id else "")
        )

    for one in open_ones.episodes:
        limits = of_programme(one.programme.code).waits
        if one.lead_id is None or one.lead_id not in there or (one.person_id, one.lead_id) in hidden:
            add(one, "no_lead", None)
        if one.state == "waiting" and one.id not in waits:
            add(one, "no_contact", None)
        since = waits.get(one.id, one.opened_on)
        if one.state in NOT_BEGUN and (today - since).days > limits.waiting_days:
            add(one, "waiting", since)
        last = last_contact(one, open_ones.grouped)
        if one.state == "active" and (today - last).days > limits.silent_days:
            add(one, "silent", last)
        if one.id in worse:
            add(one, "worse", None)
    return sorted(found, key=lambda each: (ORDER[each.why], each.since or today, each.code))


def _waits(episodes: Sequence[Episode]) -> Asks[dict[UUID, date]]:
    """Since when somebody stands on the waiting list, of those whose waiting counts."""
    return dict((yield _standing_there.later([one.id for one in episodes if one.state in NOT_BEGUN])))


@readymade
def _standing_there(episodes: list[UUID]) -> QuerySet[Any]:
    return Wait.objects.filter(episode__in=episodes, until_on__isnull=True).values_list("episode_id", "since_on")


def _hidden_leads(episodes: Sequence[Episode]) -> Asks[set[tuple[UUID, UUID]]]:
    """(person, lead) where the person is hidden from whoever leads her care."""
    leads = list({one.lead_id for one in episodes if one.lead_id is not None})
    return set((yield _hidden.later(leads, [one.person_id for one in episodes])))


@readymade
def _hidden(users: list[UUID], people: list[UUID]) -> QuerySet[Any]:
    rows = HiddenFrom.objects.filter(user_id__in=users, person_id__in=people, lifted_at__isnull=True)
    return rows.values_list("person_id", "user_id")


ORDER = {"no_lead": 0, "no_contact": 1, "worse": 2, "waiting": 3, "silent": 4}


def _worse(open_ones: OpenOnes) -> set[UUID]:
    """Episodes with as many measures reliably worse, from first to last, as the pack wants to be told of."""
    limit = {one.id: of_programme(one.programme.code).waits.worse_measures for one in open_ones.episodes}
    told = {id: {code: one.direction for code, one in ways.items()} for id, ways in open_ones.moved.items()}
    return {episode for episode, directions in told.items() if worse_on(directions, limit[episode])}


def _colleagues(by: Actor) -> Asks[Colleagues]:
    posted = yield _posted.later(by, clock.day_in_utc())
    users = list({user for user, *_rest in posted})
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
        for user, site, alias, duty in posted
    ]
    return Colleagues(staff, timely, harm)


@readymade
def _posted(by: Actor, today: date) -> QuerySet[Any]:
    current = Q(from_on__lte=today) & (Q(until_on__isnull=True) | Q(until_on__gt=today))
    rows = Posting.objects.filter(current, site__in=by.sites, duty__in=CARE_DUTIES, user__is_active=True)
    return rows.order_by("work_alias").values_list("user_id", "site_id", "work_alias", "duty")


def _how_many(by: Actor, users: list[UUID]) -> Asks[dict[UUID, int]]:
    return dict((yield _worked_with.later(by, users)))


@readymade
def _worked_with(by: Actor, users: list[UUID]) -> QuerySet[Any]:
    working = Assignment.objects.filter(user_id__in=users, until__isnull=True, person__site__in=by.sites)
    near = rows_near(working, by=by, policy=SEE).order_by().values_list("user_id")
    return near.annotate(people=Count("pk"))
