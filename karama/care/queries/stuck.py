"""With whom it does not move: who waits too long, whom nobody has met, who got worse, whom nobody leads."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from karama.accounts.models import Posting
from karama.accounts.queries import aliases_of
from karama.care.access import DISCUSS, SEE
from karama.care.models import Episode, Wait
from karama.care.pathways import of_programme
from karama.care.queries.changes import Moved, moved_in
from karama.care.queries.files import deepest, living_rows
from karama.care.queries.lastmet import last_contact, met_together, with_contacts
from karama.care.queries.looking import looks_of
from karama.care.queries.remarkable import OpenOnes, days_of_return, met_lately
from karama.journal import Actor, clock
from karama.journal.readymade import readymade
from karama.journal.together import Asks, answered, asks, together
from karama.people.joined import last_file
from karama.people.models import HiddenFrom
from karama.programme.days import today_for
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


@asks
def stuck_for(by: Actor) -> Asks[list[Stuck]]:
    """Where it does not move, of those whom the reader may see in whatever duty of care: for a conference, whose list
    makes itself. Answers count for whoever opens them; who is hidden from whom, a supervisor only may learn."""
    deep = yield from deepest.asking()
    episodes, staff = yield _discussed.later(by, deep), posted.later(by, clock.day_in_utc())
    ids, leads = [one.id for one in episodes], {one.lead_id for one in episodes if one.lead_id}
    moved, waits, names, grouped = yield from together(
        moved_in.asking(by, ids), _waits(episodes), aliases_of.asking(leads), met_together.asking(by, episodes)
    )
    hidden = (yield from _hidden_leads(episodes)) if by.duty == "supervisor" else ()
    there = {user for user, *_rest in staff}
    return stuck_among(OpenOnes(episodes, moved, waits, hidden, names, (), {}, grouped), there, today_for(by))


def open_ones_of(by: Actor, only: UUID | None = None) -> Asks[OpenOnes]:
    """The open episodes that a supervisor looks at, and what is known of each. `only`: this one."""
    deep = yield from deepest.asking()
    episodes = yield _episodes.later(by, deep) if only is None else _one.later(by, only, deep)
    ids = [one.id for one in episodes]
    told = yield from together(
        moved_in.asking(by, ids),
        _waits(episodes),
        _hidden_leads(episodes),
        aliases_of.asking({one.lead_id for one in episodes if one.lead_id}),
        met_lately(by, ids, deep),
        days_of_return(episodes),
        met_together.asking(by, episodes),
        looks_of(ids),
    )
    return OpenOnes(episodes, *told)


@dataclass(frozen=True)
class Why:
    """Why one episode does not move, how its measures moved, and the last day on which anybody met the person."""

    stuck: Sequence[Stuck]
    moved: Mapping[str, Moved]
    last: date | None


def why_stuck(by: Actor, episode: UUID) -> Why:
    """Why one episode does not move; nothing for whoever may not see it."""
    open_ones = answered(open_ones_of(by, episode))
    there = {user for user, *_rest in posted(by, clock.day_in_utc())}
    last = [last_contact(one, open_ones.grouped) for one in open_ones.episodes]
    stuck = stuck_among(open_ones, there, today_for(by))
    return Why(stuck, open_ones.moved.get(episode, {}), last[0] if last else None)


@readymade
def _episodes(by: Actor, deep: int) -> QuerySet[Episode, Episode]:
    return _open_ones(by, deep, SEE)


@readymade
def _one(by: Actor, episode: UUID, deep: int) -> QuerySet[Episode, Episode]:
    return _open_ones(by, deep, SEE, pk=episode)


@readymade
def _discussed(by: Actor, deep: int) -> QuerySet[Episode, Episode]:
    return _open_ones(by, deep, DISCUSS)


def _open_ones(by: Actor, deep: int, policy: Policy, **only: UUID) -> QuerySet[Episode, Episode]:
    rows = living_rows(Episode.objects.filter(state__in=OPEN_STATES, **only), by=by, policy=policy, deep=deep)
    known = rows.select_related("person", "programme").only(*SHOWN)
    return with_contacts(known).order_by("opened_on", "id")[:MOST]


def stuck_among(open_ones: OpenOnes, there: Collection[UUID], today: date) -> list[Stuck]:
    """Each reason why somebody of these does not move, the most pressing first. `there`: who works in care here."""
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


@readymade
def posted(by: Actor, today: date) -> QuerySet[Any]:
    current = Q(from_on__lte=today) & (Q(until_on__isnull=True) | Q(until_on__gt=today))
    rows = Posting.objects.filter(current, site__in=by.sites, duty__in=CARE_DUTIES, user__is_active=True)
    return rows.order_by("work_alias").values_list("user_id", "site_id", "work_alias", "duty")
