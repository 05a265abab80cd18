"""Where alerts stand at a moment: state, grade, owner and escalation, derived from steps, rota, leave and `now`.

Nothing here is kept: each reading derives it anew, so that no alert depends on a job.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from karama.journal import clock
from karama.journal.actors import NOBODY
from karama.journal.readymade import Later
from karama.journal.together import Asks, asks, one_list, together
from karama.people.models import Person
from karama.people.workers import kept_from
from karama.rules.risk import AlertState, Escalation, Responder, Step, alert_state, escalation, most_urgent
from karama.safety import ready
from karama.safety.lines import Lines
from karama.safety.models import LIVES, OTHERS_LEFT, Alert, AlertSource, AlertStep

PART = 400
"""So many alerts are looked at together: a database takes no endless list of ids."""

BY_CODE = "worry_by_code"
"""The source of a worry about a code that somebody typed, whether or not anybody has it."""


@dataclass(frozen=True)
class Around:
    """What the records around an alert say: `person` is her last file, None when she is not known here."""

    person: Person | None
    barred: frozenset[UUID]
    assigned: frozenset[UUID]


@dataclass(frozen=True)
class Standing:
    """An alert at a moment. `grade` is the present one; `escalation` says who has it and who is asked next."""

    alert: Alert
    sources: tuple[AlertSource, ...]
    steps: tuple[AlertStep, ...]
    state: AlertState
    grade: str
    escalation: Escalation
    around: Around

    @property
    def owner(self) -> UUID | None:
        """Who has it now; None when no permitted person exists."""
        found = self.escalation.owner
        return found if isinstance(found, UUID) else None

    @property
    def site(self) -> UUID | None:
        """Where it is answered: the present site of a person who is known here, else where it was raised."""
        return site_of(self.alert, self.around)

    @property
    def names_somebody(self) -> bool:
        """Whether it was raised about an id or a code, not about somebody whom the raiser could not name."""
        return self.alert.person_id is not None or any(one.source == BY_CODE for one in self.sources)

    def attributes(self) -> dict[str, object]:
        """What a policy may ask about it."""
        level = self.escalation
        asked = {*level.asked, *level.until_a_death, self.owner} - {None} - self.around.barred
        return {
            "site": self.site,
            "asked": frozenset(asked),
            "worked": frozenset(one.author_id for one in self.steps),
            "assigned": self.around.assigned,
            "barred": self.around.barred,
            "held": _is_held(self.around.person),
            "names_somebody": self.names_somebody,
            "open": self.state.is_open,
        }


@asks
def standings(alerts: Iterable[Alert] | Later, now: datetime | None = None) -> Asks[list[Standing]]:
    """Where these alerts stand. A fixed number of queries for the records, and one chain for each site and grade."""
    found = list((yield alerts) if isinstance(alerts, QuerySet | Later) else alerts)
    lines = Lines(now or clock.now())
    return (yield from one_list(*(_part(found[at : at + PART], lines) for at in range(0, len(found), PART))))


def _part(found: list[Alert], lines: Lines) -> Asks[list[Standing]]:
    ids = [one.id for one in found]
    told, around = yield from together(_told_of(ids), around_of.asking(found))
    steps, sources = (_grouped(rows, found) for rows in told)
    return [_standing(one, sources[one.id], steps[one.id], around[one.id], lines) for one in found]


def _told_of(alerts: list[UUID]) -> Asks[tuple[list[AlertStep], list[AlertSource]]]:
    found: tuple[list[AlertStep], list[AlertSource]]
    found = yield ready.steps_of.later(alerts), ready.sources_of.later(alerts)
    return found


def standing_of(alert: Alert, now: datetime | None = None) -> Standing:
    """Where one alert stands."""
    return standings([alert], now)[0]


def is_open(alert: Alert) -> bool:
    """Whether an alert is open, without asking who has it."""
    rows = AlertStep.objects.filter(alert=alert).order_by("recorded_at", "id")
    return alert_state([as_rule(one) for one in rows], alert.raised_at).is_open


def open_ones(alerts: Iterable[Alert]) -> list[Alert]:
    """Those of the alerts that are open, in their order, without asking who has them: one query for all their steps."""
    found = list(alerts)
    ids = [one.id for one in found]
    steps = _grouped(AlertStep.objects.filter(alert__in=ids).order_by("recorded_at", "id") if ids else [], found)
    return [one for one in found if alert_state([as_rule(each) for each in steps[one.id]], one.raised_at).is_open]


def others_left(steps: Iterable[AlertStep]) -> bool:
    """Whether the person it is about has died, and it stays open for whoever else may be in danger."""
    told = [one.step for one in steps if one.step in (OTHERS_LEFT, LIVES)]
    return told[-1:] == [OTHERS_LEFT]


def as_rule(step: AlertStep) -> Step:
    """A step as the rules read it."""
    return Step(step.step, step.recorded_at, step.author_id, step.to_id)


def grade_now(sources: Sequence[AlertSource], steps: Sequence[AlertStep], raised: str) -> str:
    """The grade that counts: the most urgent of all sources, until a follow-up with the person has set another."""
    told: list[AlertSource | AlertStep] = [*sources, *(one for one in steps if one.step == "follow_up")]
    grade = raised
    for one in sorted(told, key=lambda each: (each.recorded_at, each.id)):
        grade = one.grade if isinstance(one, AlertStep) else most_urgent(grade, one.grade)
    return grade


def _standing(
    alert: Alert, sources: list[AlertSource], steps: list[AlertStep], around: Around, lines: Lines
) -> Standing:
    rule_steps = [as_rule(one) for one in steps]
    grade = grade_now(sources, steps, alert.grade)
    followed_up = any(one.step == "follow_up" for one in steps)
    limit = None if followed_up else alert.due_at - alert.raised_at
    site = site_of(alert, around)
    chain = _ordered(lines.chain_for(site, around.person, grade), alert, sources, around, lines, limit)
    taken = alert_state(rule_steps, alert.raised_at)
    told: dict[str, Any] = {
        "absent": lines.absent(site),
        "deputies": lines.deputies(site) if not _is_held(around.person) else {},
        "hidden_from": around.barred,
        "waits": lines.waits(site, grade),
        "historic": alert.historic,
    }
    level = escalation(rule_steps, alert.raised_at, lines.now, chain, **told)
    for outside in (True, False):
        if level.owner is None and taken.is_open:
            further = lines.outside(site, alert.historic) if outside else lines.beyond()
            level = escalation(rule_steps, alert.raised_at, lines.now, _limited(further, limit), **told)
    return Standing(alert, tuple(sources), tuple(steps), taken, grade, level, around)


def site_of(alert: Alert, around: Around) -> UUID | None:
    """The site whose line is asked: it goes with the person when another site takes her over."""
    return around.person.site_id if around.person is not None else alert.site_id


def _is_held(person: Person | None) -> bool:
    return person is not None and person.reach == "named_team"


def _ordered(
    chain: list[Responder],
    alert: Alert,
    sources: list[AlertSource],
    around: Around,
    lines: Lines,
    limit: timedelta | None,
) -> list[Responder]:
    """The chain for this alert: whom its pathway names first; about a person nobody knows, its raiser last.

    The raiser comes last so that her own Today does not tell her whether the person exists here.
    """
    first = alert.asked_first_id
    if first is not None and first in lines.able(site_of(alert, around)):
        wait = chain[0].wait if chain else lines.WAIT
        chain = [Responder(first, wait), *(one for one in chain if one.id != first)]
    if around.person is None and (alert.person_id or any(one.source == BY_CODE for one in sources)):
        raisers = {one.author_id for one in sources}
        chain = sorted(chain, key=lambda one: one.id in raisers)
    return _limited(chain, limit)


def _limited(chain: list[Responder], limit: timedelta | None) -> list[Responder]:
    """Nobody is waited for longer than the clock of the alert allows."""
    return chain if limit is None else [replace(one, wait=min(one.wait, limit)) for one in chain]


def _grouped(rows: Iterable[Any], alerts: list[Alert]) -> dict[UUID, list[Any]]:
    by_id = {one.id: one for one in alerts}
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        row.alert = by_id[row.alert_id]
        found[row.alert_id].append(row)
    return found


@asks
def files_of(people: Iterable[UUID]) -> Asks[dict[UUID, list[Person]]]:
    """For each id its file and the files it was joined into, the last one last; empty for an id nobody knows."""
    known: dict[UUID, Person] = {}
    fresh = set(people)
    while fresh:
        rows = yield ready.files.later(fresh)
        known |= {one.id: one for one in rows}
        fresh = {one.merged_into_id for one in known.values() if one.merged_into_id} - set(known)
    found: dict[UUID, list[Person]] = {}
    for one in people:
        line: list[Person] = []
        current = known.get(one)
        while current is not None and current not in line:
            line.append(current)
            current = known.get(current.merged_into_id) if current.merged_into_id else None
        found[one] = line
    return found


@asks
def around_of(alerts: list[Alert]) -> Asks[dict[UUID, Around]]:
    """What the records around these alerts say. As many queries whether anybody is known or not; one or two more where
    a file was joined with another."""
    people = {one.person_id for one in alerts if one.person_id} or {NOBODY}
    of = [one.id for one in alerts]
    files, joined, told = yield from together(files_of.asking(people), _joined_with(people), _told_around(people, of))
    remaining = {line[-1].id if line else one for one, line in files.items()}
    if remaining != people:
        joined = yield from _joined_with(remaining)
    ids = {one.id for line in files.values() for one in line} | people | set().union(*joined.values())
    if ids != people:
        told = yield from _told_around(ids, of)
    hidden, related, working, kept = map(_pairs, told)
    found = {}
    for one in alerts:
        line = files.get(one.person_id, []) if one.person_id else []
        own = {line[-1].id, *joined[line[-1].id]} if line else set()
        barred = kept[one.id].union(*(hidden[each] | related[each] for each in own))
        assigned: set[UUID] = set().union(*(working[each] for each in own))
        found[one.id] = Around(line[-1] if line else None, frozenset(barred), frozenset(assigned))
    return found


def _told_around(people: set[UUID], alerts: list[UUID]) -> Asks[tuple[Any, ...]]:
    """From whom these files are hidden, who is related to and who works with them; from whom the alerts are kept."""
    found: tuple[Any, ...]
    found = yield (
        kept_from.later(people),
        ready.related_to.later(people),
        ready.working_with.later(people),
        ready.kept_from.later(alerts),
    )
    return found


def _joined_with(people: set[UUID]) -> Asks[dict[UUID, set[UUID]]]:
    """For each file that remains those that were joined with it, directly or through another. A caution that stands in
    any of them counts, whichever of them the alert was raised about."""
    into = {one: one for one in people}
    found: dict[UUID, set[UUID]] = {one: set() for one in people}
    fresh = set(people)
    while fresh:
        rows = yield ready.joined_into.later(fresh)
        fresh = set()
        for file, other in rows:
            if file not in into:
                into[file] = into[other]
                found[into[file]].add(file)
                fresh.add(file)
    return found


def _pairs(rows: Iterable[tuple[UUID, UUID]]) -> dict[UUID, set[UUID]]:
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for key, user in rows:
        found[key].add(user)
    return found
