"""One episode that does not move, on one page: why, since when, who leads, what was last, what is next, goals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from karama.accounts.queries import alias_of, aliases_of
from karama.care.access import REVIEW_STUCK
from karama.care.asking import opens
from karama.care.models import Episode, StuckReview
from karama.care.queries.changes import Moved
from karama.care.queries.course import GoalShown, episode_in_reach, plan_of_episode
from karama.care.queries.files import clinical_words
from karama.care.queries.looking import HOLDS, worse_in
from karama.care.queries.questions import QuestionShown, questions_about
from karama.care.queries.sessions import SessionLine, sessions_of
from karama.care.queries.stuck import Why, why_stuck
from karama.journal import Absent, Actor
from karama.people.models import Person
from karama.reception.queries import Entry, appointments_of

SESSIONS = 3


@dataclass(frozen=True)
class LookShown:
    """What a supervisor said. `again_on`: None where nothing is off the list by it."""

    decision: str
    who: str
    at: datetime
    words: str
    again_on: date | None


@dataclass(frozen=True)
class StuckPage:
    """`lead`: by alias, empty where nobody leads; `askable`: the reader can ask her; `plain`: what is asked may be read
    by everybody in care with the person; `off`: the newest look, where it may be taken back."""

    episode: Episode
    person: Person
    why: Why
    worse: Mapping[str, Moved]
    lead: str
    own: bool
    askable: bool
    plain: bool
    sessions: Sequence[SessionLine]
    coming: Sequence[Entry]
    goals: Sequence[GoalShown]
    looks: Sequence[LookShown]
    questions: Sequence[QuestionShown]

    @property
    def off(self) -> bool:
        """Whether the newest look holds the line off the list, or did."""
        return bool(self.looks) and self.looks[0].decision in HOLDS


def stuck_episode(by: Actor, episode: UUID) -> tuple[Episode, Person]:
    """An episode that this supervisor may look at, and whose it is. Raises `Absent`, whichever it is, at one cost."""
    return episode_in_reach(by, episode, REVIEW_STUCK)


def stuck_page(by: Actor, episode: UUID) -> StuckPage:
    """An episode for a supervisor who looks why it does not move. Raises `Absent`."""
    row, person = stuck_episode(by, episode)
    why = why_stuck(by, row.id)
    asked = opens(row.lead_id, "episode", row.id, person.id) if row.lead_id not in (None, by.id) else None
    return StuckPage(
        episode=row,
        person=person,
        why=why,
        worse=worse_in(why.moved),
        lead=alias_of(row.lead_id),
        own=row.lead_id == by.id,
        askable=asked is not None,
        plain=asked is False,
        sessions=sessions_of(by, person.id, most=SESSIONS),
        coming=_coming(by, person.id),
        goals=plan_of_episode(by, row.id)[2],
        looks=_looks(by, row),
        questions=questions_about(by, [row.id]),
    )


def _coming(by: Actor, person: UUID) -> Sequence[Entry]:
    try:
        return appointments_of(by, person, coming=True)[1][:1]
    except Absent:
        return ()


def _looks(by: Actor, row: Episode) -> list[LookShown]:
    rows = list(StuckReview.objects.filter(episode=row).order_by("-recorded_at", "-id")[:5])
    names = aliases_of({one.author_id for one in rows})
    return [
        LookShown(
            one.decision,
            names.get(one.author_id, ""),
            one.recorded_at,
            clinical_words(by, one, "words"),
            one.again_on,
        )
        for one in rows
    ]
