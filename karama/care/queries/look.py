"""A person in one look: where care stands, her goals, each measure beside the time before, the last notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

from karama.care.access import SEE
from karama.care.models import Episode, Goal, LayerStep, Note, NoteReview, Response, Session
from karama.care.queries.changes import change
from karama.care.queries.company import company_of
from karama.care.queries.episodes import episodes_of
from karama.care.queries.files import files_of
from karama.care.queries.responses import responses_of
from karama.care.queries.scoring import Result, Terms, result_of, terms_of
from karama.journal import ERASED, Actor
from karama.journal.access_log import opening_all
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks, together
from karama.people.models import Person
from karama.people.queries import fields_of, person_in_reach
from karama.rules.episodes import OPEN_STATES
from karama.security import vault

NOTES: Final = 3
DRAWN: Final = 8
"""Answers of one measure that are opened for its picture; all of them stand on its own page."""

ON_A_LOOK: Final = "clinical"
"""What was told alone, such as answers about violence, is not opened for a page that somebody may see over a shoulder:
it is there by name, as in the list, and its score stands behind the link."""

WHO: Final = ("age_band", "gender", "gender_own", "languages")
STILL: Final = ("in_progress", "planned")
"""States in which a goal is still hers to reach: those stand first."""


@dataclass(frozen=True)
class GoalSeen:
    """A goal in the person's words, and where it stands."""

    id: UUID
    words: str
    state: str
    episode: UUID


@dataclass(frozen=True)
class MeasureSeen:
    """One measure, the oldest of its `results` first. `direction`: of the newest against the one before, by the
    reliable change of the measure: better, worse, unchanged or unknown."""

    results: tuple[Result, ...]
    direction: str

    @property
    def last(self) -> Result:
        return self.results[-1]

    @property
    def before(self) -> Result | None:
        return self.results[-2] if len(self.results) > 1 else None


@dataclass(frozen=True)
class NoteSeen:
    """A note: by whom in which duty, under which heading it begins, its first words. `state`: as of `NoteShown`.

    `words` is empty while somebody else is in the room.
    """

    id: UUID
    at: datetime
    duty: str
    heading: str
    words: str
    state: str


@dataclass(frozen=True)
class Look:
    """What stands on one page. `came`: days of sessions of the episode, the newest first. `closed`: newest answers to
    measures that are not opened here."""

    person: Person
    who: dict[str, Any]
    episode: Episode | None
    layer: str
    came: list[date]
    goals: list[GoalSeen]
    measures: list[MeasureSeen]
    closed: list[Response]
    notes: list[NoteSeen]


@asks
def look_of(by: Actor, person: UUID) -> Asks[Look]:
    """All of it, for whoever reads answers, goals and notes of this person. Raises `Absent`."""
    found = yield from person_in_reach.asking(by, person, SEE)
    company, files, episodes, responses = yield from together(
        company_of.asking(by, found.id),
        files_of.asking(by, found),
        episodes_of.asking(by, found.id),
        responses_of.asking(by, found.id),
    )
    (goals, layers, came, notes, reviewed) = yield (
        _goals.later(files), _layers.later(files), _came.later(files), _notes.later(files, NOTES),
        _reviewed.later(files, NOTES),
    )  # fmt: skip
    reviews = {one.note_id: one for one in reviewed}
    _open([found.id, *(one.person_id for one in (*goals, *notes, *responses))])
    episode = _present(episodes)
    seen, closed = _measures(responses, terms_of(by, found))
    return Look(
        person=found,
        who=fields_of(by, found, WHO),
        episode=episode,
        layer=next((one.layer for one in layers if episode is not None and one.episode_id == episode.id), ""),
        came=[on for on in came if episode is not None and on >= episode.opened_on],
        goals=_seen_goals(goals, episodes),
        measures=seen,
        closed=closed,
        notes=[_note(one, reviews.get(one.id), hide=company.hide) for one in notes],
    )


def _open(people: Sequence[UUID]) -> None:
    opened = list(dict.fromkeys(people))
    opening_all(opened)
    vault.warm(opened, "clinical")


def _present(episodes: Sequence[Episode]) -> Episode | None:
    """The newest one that is open, else the newest."""
    return next((one for one in episodes if one.state in OPEN_STATES), episodes[0] if episodes else None)


@readymade
def _goals(files: list[UUID]) -> QuerySet[Goal, Goal]:
    return Goal.objects.filter(person__in=files).order_by("recorded_at", "id")


@readymade
def _layers(files: list[UUID]) -> QuerySet[LayerStep, LayerStep]:
    return LayerStep.objects.filter(person__in=files).order_by("-recorded_at", "-id")


@readymade
def _came(files: list[UUID]) -> QuerySet[Any]:
    rows = Session.objects.filter(person_id__in=files, attended="came", amended_by__isnull=True)
    return rows.order_by("-occurred_on").values_list("occurred_on", flat=True)


@readymade
def _notes(files: list[UUID], most: int) -> QuerySet[Note, Note]:
    return Note.objects.filter(person_id__in=files, amended_by__isnull=True).order_by("-recorded_at", "-id")[:most]


@readymade
def _reviewed(files: list[UUID], most: int) -> QuerySet[NoteReview, NoteReview]:
    """What was decided on these notes, the last word last."""
    rows = NoteReview.objects.filter(note__in=_notes.make(files, most).values("pk"))
    return rows.order_by("recorded_at", "id")


def _seen_goals(goals: Sequence[Goal], episodes: Sequence[Episode]) -> list[GoalSeen]:
    """Those of episodes that are open, else of the newest that has any; what is still to be reached first."""
    among = {one.id for one in episodes if one.state in OPEN_STATES}
    if not any(one.episode_id in among for one in goals):
        among = {next((one.id for one in episodes if any(each.episode_id == one.id for each in goals)), UUID(int=0))}
    shown = [one for one in reversed(goals) if one.episode_id in among]
    shown.sort(key=lambda one: STILL.index(one.state) if one.state in STILL else len(STILL))
    told = [GoalSeen(one.id, one.text_of("words"), one.state, one.episode_id) for one in shown]
    return [one for one in told if one.words]


def _measures(responses: Sequence[Response], terms: Terms) -> tuple[list[MeasureSeen], list[Response]]:
    """Each measure with its newest answers, the one asked last first; and the newest of each that is not opened."""
    of: dict[str, list[Response]] = {}
    for one in sorted(responses, key=lambda one: one.occurred_on is None):  # a day that is not known comes last
        of.setdefault(one.instrument, []).append(one)
    seen: list[MeasureSeen] = []
    closed: list[Response] = []
    for rows in of.values():
        if any(one.compartment != ON_A_LOOK for one in rows):
            closed.append(rows[0])
            continue
        dated = [one for one in rows if one.occurred_on is not None] or rows[:1]
        opened = (result_of(row, terms) for row in reversed(dated[:DRAWN]))
        results = [each for each in opened if each is not None]
        if results:
            seen.append(MeasureSeen(tuple(results), change(*results[-2:]) if len(results) > 1 else "unknown"))
    return seen, closed


def _note(row: Note, review: NoteReview | None, *, hide: bool) -> NoteSeen:
    told = row.unseal("sections")
    sections = {} if told is None or told is ERASED or hide else dict(told)
    heading = next(iter(sections), "")
    state = review.decision if review is not None else "waiting" if row.needs_cosign else ""
    return NoteSeen(row.id, row.recorded_at, row.author_duty, heading, str(sections.get(heading, "")), state)
