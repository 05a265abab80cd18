"""Which grants pay for which episodes: worked out from site, service and team, and what a supervisor wrote down."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from karama.accounts.models import Posting
from karama.accounts.reach import on
from karama.care.access import ATTRIBUTE, FAREWELL
from karama.care.models import Attribution, Episode, LayerStep
from karama.care.queries.files import deepest, living_rows
from karama.journal import Actor, clock
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks, together
from karama.people.joined import last_file
from karama.people.models import Person
from karama.programme import packs
from karama.programme.days import today_at
from karama.programme.grants import payers
from karama.programme.models import Grant
from karama.programme.problems import NoPack
from karama.programme.registries import PaidAt
from karama.rules.episodes import OPEN_STATES
from karama.rules.grants import Payer, Work, carries, left_by, pays, until

FEW = 10
"""Below so many whoever opens no record is told only that there are some."""

Pair = tuple[Episode, Person]
"""An open episode, and the file that its person now has."""


def pairs_of(rows: Iterable[Episode]) -> list[Pair]:
    """Episodes, each with the file of its person that remains."""
    return [(one, last_file(one.person)) for one in rows]


def in_order(rows: QuerySet[Episode, Episode]) -> QuerySet[Episode, Episode]:
    """With their people, the oldest first."""
    return rows.select_related("person").order_by("opened_on", "id")


@readymade
def open_in(programme: UUID) -> QuerySet[Episode, Episode]:
    """Every open episode of a programme; of folded files those of all programmes, until it is known where they went."""
    return in_order(_open_in(programme))


@readymade
def open_seen_in(by: Actor, programme: UUID, deep: int) -> QuerySet[Episode, Episode]:
    """Those of them whose people the reader may say goodbye to. `deep`: what `files.deepest` answers."""
    return in_order(living_rows(_open_in(programme), by=by, policy=FAREWELL, deep=deep))


def _open_in(programme: UUID) -> QuerySet[Episode, Episode]:
    here = Q(person__programme_id=programme) | Q(person__merged_into__isnull=False)
    return Episode.objects.filter(here, state__in=OPEN_STATES)


@asks
def works(pairs: Sequence[Pair]) -> Asks[dict[UUID, Work]]:
    """What is known of these episodes that decides who pays: one answer for each, in four questions for all."""
    if not pairs:
        return {}
    ids = [one.id for one, _file in pairs]
    leads = {one.lead_id for one, _file in pairs if one.lead_id}
    decided, written, held_now, named = yield (
        _layers.later(ids),
        _attributed.later(ids),
        _held_by.later(leads, clock.day_in_utc()),
        _codes.later({file.programme_id for _one, file in pairs}),
    )
    layers, codes = dict(decided), dict(named)
    said: dict[UUID, dict[UUID, bool]] = defaultdict(dict)
    for episode, grant, paid in written:
        said[episode][grant] = paid
    posts: dict[UUID | None, list[Posting]] = defaultdict(list)
    for post in held_now:
        posts[post.user_id].append(post)
    found = {}
    for one, file in pairs:
        held = [post for post in posts.get(one.lead_id, []) if post.site_id in (None, file.site_id)]
        services = _services(codes.get(file.programme_id, ""), layers.get(one.id), {post.duty for post in held})
        teams = frozenset(post.team_id for post in held if post.team_id) if held else None
        found[one.id] = Work(file.site_id, services, teams, said[one.id])
    return found


@readymade
def _layers(episodes: list[UUID]) -> QuerySet[Any]:
    rows = LayerStep.objects.filter(episode__in=episodes).order_by("recorded_at", "id")
    return rows.values_list("episode_id", "layer")


@readymade
def _attributed(episodes: list[UUID]) -> QuerySet[Any]:
    rows = Attribution.objects.filter(episode__in=episodes).order_by("recorded_at", "id")
    return rows.values_list("episode_id", "grant_id", "paid")


@readymade
def _held_by(users: set[UUID], day: date) -> QuerySet[Posting, Posting]:
    return Posting.objects.filter(on(day), user__in=users)


@readymade
def _codes(programmes: set[UUID]) -> QuerySet[Any]:
    return Grant.objects.filter(programme__in=programmes).values_list("programme_id", "programme__code")


def _services(programme: str, layer: str | None, duties: set[str]) -> frozenset[str] | None:
    """The services of a pack that this may be: of the decided layer, given by a duty of the lead. None: unknown."""
    try:
        services = packs.find(programme).services if programme else ()
    except NoPack:
        return None
    fitting = [one for one in services if layer is None or one.layer == layer]
    fitting = [one for one in fitting if not duties or duties & set(one.cadres)]
    return frozenset(one.code for one in fitting) or None


@asks
def left_with(grant: Grant, pairs: Sequence[Pair], day: date) -> Asks[tuple[list[Pair], list[Pair]]]:
    """Of these, those whom nobody would surely pay for after a grant ends on a day; and those who stay, as another
    one goes on."""
    here = [pair for pair in pairs if pair[1].programme_id == grant.programme_id]
    everything, known = yield from together(payers.asking(grant.programme_id), works.asking(here))
    ending = next((one for one in everything if one.id == grant.id), None)
    if ending is None:
        return [], []
    left = [pair for pair in here if left_by(ending, known[pair[0].id], everything, day)]
    without = {one.id for one, _file in left}
    paid = [pair for pair in here if pair[0].id not in without and pays(ending, known[pair[0].id]) != "no"]
    return left, paid


def goes_on_at(grant: Grant, site: UUID, day: date) -> list[Grant]:
    """The grants that may take somebody over when one ends: they pay something at the site and go on after the day."""
    others = [one for one in payers(grant.programme_id) if one.id != grant.id and may_carry(one, site, day)]
    return list(Grant.objects.filter(pk__in=[one.id for one in others]).order_by("to_on", "code"))


def may_carry(payer: Payer, site: UUID, day: date) -> bool:
    """Whether a grant could surely pay at a site after a day, once somebody says that it does."""
    said = Work(site, said={payer.id: True})
    return carries(payer, said, day) and any(line.site == site for line in payer.lines)


def paid_for(by: Actor, grant: UUID) -> Sequence[PaidAt]:
    """How many people in care a grant may pay for, by site: those whom the reader may see; without a number below ten
    for whoever opens no record."""
    row = Grant.objects.get(pk=grant)
    whole = by.duty != "supervisor"
    pairs = pairs_of(open_in(row.programme_id) if whole else open_seen_in(by, row.programme_id, deepest()))
    ending = next((one for one in payers(row.programme_id) if one.id == grant), None)
    if ending is None:
        return []
    pairs = [pair for pair in pairs if pair[1].programme_id == row.programme_id]
    known = works(pairs)
    return counted([pair for pair in pairs if pays(ending, known[pair[0].id]) != "no"], whole)


def counted(pairs: Iterable[Pair], whole: bool) -> list[PaidAt]:
    """People by site. `whole`: of everybody, for a reader who learns no number below ten."""
    people: dict[UUID, set[UUID]] = defaultdict(set)
    for _one, file in pairs:
        people[file.site_id].add(file.id)
    return [
        PaidAt(site, 0, few=True) if whole and len(found) < FEW else PaidAt(site, len(found))
        for site, found in people.items()
    ]


def unpaid_in(programme: UUID, within: timedelta) -> tuple[int, int]:
    """How many people in care no grant pays for, and how many only one that ends within so many days."""
    everything = payers(programme)
    pairs = [pair for pair in pairs_of(open_in(programme)) if pair[1].programme_id == programme]
    known = works(pairs)
    days = {site: today_at(site) for site in {file.site_id for _one, file in pairs}}
    last = {one.id: until(known[one.id], everything, days[file.site_id]) for one, file in pairs}
    nobody = {file.id for one, file in pairs if last[one.id] is None}
    ends = {file.id for one, file in pairs if (day := last[one.id]) is not None and day <= days[file.site_id] + within}
    return len(nobody), len(ends - nobody)


def who_pays(by: Actor, episode: Episode) -> list[tuple[Grant, str, bool, str]]:
    """For a supervisor: each open grant of the programme with whether it pays for this episode, whether somebody wrote
    that down, and why."""
    pair = (episode, last_file(episode.person))
    work = works([pair])[episode.id]
    rows = Attribution.objects.filter(episode=episode).order_by("recorded_at", "id")
    why = {one.grant_id: one.text_of("reason") for one in rows}
    known = {one.id: one for one in payers(pair[1].programme_id)}
    grants = Grant.objects.filter(pk__in=list(known)).order_by("to_on", "code")
    return [(one, pays(known[one.id], work), one.id in work.said, why.get(one.id, "")) for one in grants]


def attributable(by: Actor, episode: UUID) -> QuerySet[Episode]:
    """An open episode whose grants this reader may write down, as a query of none or one."""
    rows = Episode.objects.filter(pk=episode, state__in=OPEN_STATES).select_related("person")
    return living_rows(rows, by=by, policy=ATTRIBUTE)
