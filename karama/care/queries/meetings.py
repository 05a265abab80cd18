"""Meetings as the reader may see them: the list that makes itself, and what was decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from karama.accounts.queries import aliases_of, staff_at
from karama.care.access import DISCUSS
from karama.care.models import DecisionDone, Discussed, DiscussionWish, Episode, Meeting
from karama.care.queries.files import clinical_words, deepest, living_rows
from karama.care.queries.nextsteps import asked_in_sessions
from karama.care.queries.stuck import stuck_for
from karama.journal import Absent, Actor, clock
from karama.journal.access_log import opening_all
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks
from karama.notices.queries import silent_among
from karama.people.joined import last_file
from karama.programme.days import day_at, today_at, today_for
from karama.programme.models import Site
from karama.rules.classes import CARE_DUTIES
from karama.rules.episodes import OPEN_STATES

SHOWN_FOR = timedelta(days=400)
NEW_FOR = timedelta(days=7)
WEEKLY = timedelta(days=7)
"""A care conference is due so long after the last one: no pack says otherwise yet."""
MOST = 200


@dataclass(frozen=True)
class Point:
    """Somebody to be discussed, by code. `why`: wished, new, waiting, silent, worse, no_lead; `words`: why wished."""

    episode: UUID
    code: str
    why: tuple[str, ...]
    since: date
    words: str = ""


@dataclass(frozen=True)
class Decided:
    """What was decided about somebody. `words` and `done_words` are empty for a reader without the compartment."""

    id: UUID
    episode: UUID
    person: UUID
    code: str
    decision: str
    owner: UUID | None
    who: str
    due_on: date | None
    words: str
    done: bool
    done_words: str
    on: date


@dataclass(frozen=True)
class MeetingShown:
    """A meeting with everybody who was there, what it decided, and who is still to be discussed."""

    row: Meeting
    site: str
    attended: tuple[str, ...]
    decided: list[Decided]
    points: list[Point]


def meetings_of(by: Actor) -> list[tuple[Meeting, str, int]]:
    """Meetings at the reader's sites, the newest first: (meeting, site, decisions the reader may see). Supervision is
    seen by those who were there, and by supervisors."""
    rows = Meeting.objects.filter(site__in=by.sites, occurred_on__gte=clock.day_in_utc() - SHOWN_FOR)
    found = [
        one for one in rows.select_related("site").order_by("-occurred_on", "-recorded_at")[:MOST] if _may(by, one)
    ]
    counts: dict[UUID, int] = {}
    for meeting in _visible(by, Discussed.objects.filter(meeting__in=found)).values_list("meeting_id", flat=True):
        counts[meeting] = counts.get(meeting, 0) + 1
    return [(one, one.site.name, counts.get(one.id, 0)) for one in found]


def meeting_page(by: Actor, meeting: UUID) -> MeetingShown:
    """One meeting. Raises `Absent`."""
    row = Meeting.objects.filter(pk=meeting, site__in=by.sites).select_related("site").first()
    if row is None or by.duty not in CARE_DUTIES or not _may(by, row):
        raise Absent()
    there = _attended(row)
    names = aliases_of(there)
    decided = _decided(by, Discussed.objects.filter(meeting=row))
    spoken_of = {one.episode for one in decided}
    points = [one for one in agenda(by, row.site_id, row.kind, there) if one.episode not in spoken_of]
    attended = tuple(sorted(names.get(one, "") for one in there if names.get(one)))
    return MeetingShown(row, row.site.name, attended, decided, points)


def agenda(by: Actor, site: UUID, kind: str, there: Iterable[UUID]) -> list[Point]:
    """Whom to discuss: intake, everybody new or waiting; conference, whoever a colleague asks for and where it does not
    move; supervision, the same of those who are there. Only people whom the reader may see, the longest first."""
    at = Q(person__site_id=site) | Q(person__merged_into__isnull=False)
    rows = _visible(by, Episode.objects.filter(at, state__in=OPEN_STATES))
    rows = rows.select_related("person").order_by("opened_on", "id")
    if kind == "intake":
        rows = rows.filter(state__in=("screening", "waiting"))
    if kind == "supervision":
        rows = rows.filter(Q(lead__in=list(there)) & ~Q(lead=by.id))
    here = [one for one in rows[:MOST] if last_file(one.person).site_id == site]
    return _intake(here, today_at(site) - NEW_FOR) if kind == "intake" else _conference(by, here)


def _intake(episodes: list[Episode], new_since: date) -> list[Point]:
    return [
        Point(
            one.id, last_file(one.person).code, ("new",) if one.opened_on > new_since else (one.state,), one.opened_on
        )
        for one in episodes
    ]


def _conference(by: Actor, episodes: list[Episode]) -> list[Point]:
    wished = {one: (since, "") for one, since in asked_in_sessions([each.id for each in episodes]).items()}
    wished |= _wishes(by, episodes)
    stuck: dict[UUID, list[str]] = {}
    for one in stuck_for(by):
        stuck.setdefault(one.episode, []).append(one.why)
    found = [
        Point(
            one.id,
            last_file(one.person).code,
            (*(("wished",) if one.id in wished else ()), *stuck.get(one.id, ())),
            wished[one.id][0] if one.id in wished else one.opened_on,
            wished[one.id][1] if one.id in wished else "",
        )
        for one in episodes
        if one.id in wished or one.id in stuck
    ]
    return sorted(found, key=lambda one: ("wished" not in one.why, one.since, one.code))


def _wishes(by: Actor, episodes: list[Episode]) -> dict[UUID, tuple[date, str]]:
    """Episodes of which a colleague wants to speak since the last decision about them: when first, and why."""
    ids, sites = [one.id for one in episodes], {one.id: one.site_id for one in episodes}
    decided = Discussed.objects.filter(episode__in=ids).values("episode").annotate(at=Max("recorded_at"))
    last = dict(decided.values_list("episode", "at"))
    found: dict[UUID, tuple[date, str]] = {}
    rows = list(DiscussionWish.objects.filter(episode__in=ids).order_by("recorded_at"))
    opening_all([one.person_id for one in rows])
    for one in rows:
        if one.episode_id in last and one.recorded_at <= last[one.episode_id]:
            continue
        since, words = found.get(one.episode_id, (day_at(sites[one.episode_id], one.recorded_at), ""))
        why = clinical_words(by, one, "why")
        found[one.episode_id] = (since, " · ".join(each for each in (words, why) if each))
    return found


def decisions_of(by: Actor, episode: UUID) -> list[Decided]:
    """What meetings decided about an episode, the newest first."""
    return _decided(by, Discussed.objects.filter(episode_id=episode))


def decision_page(by: Actor, discussed: UUID) -> Decided:
    """One decision. Raises `Absent`."""
    found = _decided(by, Discussed.objects.filter(pk=discussed))
    if not found:
        raise Absent()
    return found[0]


@asks
def conferences_due(by: Actor) -> Asks[list[tuple[UUID, str, date]]]:
    """(site, its name, since when) of each care conference that is due and that the reader holds: the supervisor of the
    site, and whoever wrote down the last one. Where none was ever held, none is due."""
    if by.duty not in CARE_DUTIES:
        return []
    rows = yield _last_conferences.later(by, clock.day_in_utc() - SHOWN_FOR)
    return [
        (one.site_id, one.site.name, one.occurred_on + WEEKLY)
        for one in rows
        if by.id == one.author_id or by.duty == "supervisor"
        if one.occurred_on + WEEKLY <= today_at(one.site_id)
    ]


@readymade
def _last_conferences(by: Actor, since: date) -> QuerySet[Meeting, Meeting]:
    held = Meeting.objects.filter(kind="conference")
    at = Q(occurred_on=OuterRef("occurred_on"), recorded_at__gt=OuterRef("recorded_at"))
    newer = held.filter(Q(occurred_on__gt=OuterRef("occurred_on")) | at, site=OuterRef("site"))
    rows = held.filter(~Exists(newer), site__in=by.sites, site__closed_on__isnull=True, occurred_on__gte=since)
    return rows.select_related("site").order_by("occurred_on", "id")


@asks
def decisions_to_do(by: Actor) -> Asks[list[tuple[UUID, str, str, date]]]:
    """What the reader is to do, and for a supervisor what is overdue at her sites: (decision, code, what, until)."""
    today, deep = today_for(by), (yield from deepest.asking())
    seen = yield _at_her_sites.later(by, today, deep) if by.duty == "supervisor" else _own.later(by, deep)
    told = [(one, last_file(one.person)) for one in seen if one.due_on]
    dead = yield from silent_among.asking([file.id for _one, file in told])
    return [(one.id, file.code, one.get_decision_display(), one.due_on) for one, file in told if file.id not in dead]


@readymade
def _own(by: Actor, deep: int) -> QuerySet[Discussed, Discussed]:
    return _to_do(by, Q(owner_id=by.id), deep)


@readymade
def _at_her_sites(by: Actor, today: date, deep: int) -> QuerySet[Discussed, Discussed]:
    return _to_do(by, Q(owner_id=by.id) | Q(due_on__lt=today), deep)


def _to_do(by: Actor, whose: Q, deep: int) -> QuerySet[Discussed, Discussed]:
    rows = Discussed.objects.filter(whose, owner__isnull=False, done__isnull=True)
    seen = living_rows(rows, by=by, policy=DISCUSS, deep=deep)
    return seen.select_related("person").order_by("due_on", "id")[:MOST]


def colleagues_to_meet(by: Actor, site: UUID) -> list[tuple[str, str]]:
    """(id, alias) of everybody in care at a site but the reader."""
    found = {user: alias for user, alias, _duty in staff_at(by, site, CARE_DUTIES) if user != by.id}
    return [(str(user), alias) for user, alias in found.items()]


def sites_to_meet_at(by: Actor) -> list[tuple[UUID, str]]:
    """The reader's sites, by name."""
    return list(Site.objects.filter(pk__in=by.sites).order_by("name").values_list("id", "name"))


def _decided(by: Actor, rows: Any) -> list[Decided]:
    seen = list(_visible(by, rows).select_related("person", "meeting").order_by("-recorded_at"))
    opening_all([one.person_id for one in seen])
    names = aliases_of({one.owner_id for one in seen if one.owner_id})
    done = {one.discussed_id: one for one in DecisionDone.objects.filter(discussed__in=[each.id for each in seen])}
    return [
        Decided(
            id=one.id,
            episode=one.episode_id,
            person=last_file(one.person).id,
            code=last_file(one.person).code,
            decision=one.decision,
            owner=one.owner_id,
            who=names.get(one.owner_id, "") if one.owner_id else "",
            due_on=one.due_on,
            words=clinical_words(by, one, "words"),
            done=one.id in done,
            done_words=clinical_words(by, done[one.id], "words") if one.id in done else "",
            on=one.meeting.occurred_on,
        )
        for one in seen
    ]


def last_supervision(by: Actor, site: UUID, users: Iterable[UUID]) -> dict[UUID, date | None]:
    """The newest supervision of each of these colleagues at a site: of all for a supervisor, else of herself only."""
    found: dict[UUID, date | None] = {one: None for one in users if by.duty == "supervisor" or one == by.id}
    if not found or site not in by.sites:
        return {}
    held = Meeting.objects.filter(site_id=site, kind="supervision").order_by("-occurred_on")
    for row in held[:MOST]:
        for user in _attended(row) & found.keys():
            found[user] = found[user] or row.occurred_on
    return found


def _visible(by: Actor, rows: Any) -> Any:
    return living_rows(rows, by=by, policy=DISCUSS)


def _may(by: Actor, row: Meeting) -> bool:
    return row.kind != "supervision" or by.duty == "supervisor" or by.id in _attended(row)


def _attended(row: Meeting) -> set[UUID]:
    return {UUID(one) for one in row.unseal("attended") or ()}
