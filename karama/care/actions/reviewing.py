"""A supervisor looks at somebody with whom it does not move, and takes care over."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from karama.care import targets
from karama.care.access import REVIEW_STUCK
from karama.care.actions import shapes
from karama.care.actions.questions import ask, end_questions
from karama.care.models import Episode, Question, StuckReview
from karama.care.problems import MovesAgain, StateNotAllowed
from karama.care.queries.looking import HOLDS, seen_now
from karama.care.queries.stuck import why_stuck
from karama.journal import Actor, action
from karama.notices.actions import tell
from karama.people.actions import assign, conflicts
from karama.people.joined import file_that_remains, files_of
from karama.people.models import HiddenFrom
from karama.programme.days import today_at
from karama.rules.episodes import OPEN_STATES
from karama.rules.stuck import LOOKED_AT

Answers = Annotated[list[UUID], Field(max_length=100)]
TAKEN_OVER = "care.taken_over"


@action("care.review_stuck", access=REVIEW_STUCK, target=targets.of_episode)
def review_stuck(
    *,
    by: Actor,
    episode: UUID,
    decision: Literal["ok", "ask", "take_over", "back"],
    weeks: Literal[2, 4, 8] = 4,
    words: shapes.Words = "",
    plain: bool = False,
    read: Answers = [],  # noqa: B006 - pydantic copies it
    conflict: conflicts.OwnSaid = "not_asked",
    conflict_note: shapes.Line = "",
) -> StuckReview:
    """It is as it should be, whoever leads is asked, or the supervisor leads from now on. The first two take the line
    off the list for so many weeks, unless something new arises; `back` puts it on the list again. `plain`: the page
    had said that everybody in care with the person can read what is asked; `read`: the questions whose answers stood
    on it.

    Raises:
        StateNotAllowed: it is closed. MovesAgain: there is nothing to look away from, or no look to take back.
        ReasonNeeded: asking needs words. NobodyToAsk: nobody leads, or the supervisor herself.
        ReadByMore: see `questions.ask`.
    """
    row = Episode.objects.select_for_update(of=("self",)).get(pk=episode)
    if row.state not in OPEN_STATES:
        raise StateNotAllowed()
    look = StuckReview(person_id=row.person_id, episode=row, decision=decision)
    if decision in HOLDS:
        found = why_stuck(by, episode)
        if decision == "ok" and not any(one.why in LOOKED_AT for one in found.stuck):
            raise MovesAgain()
        look.seal("seen", seen_now(found.stuck, found.moved))
        look.again_on = today_at(row.site_id) + timedelta(weeks=weeks)
    if decision == "back" and not StuckReview.objects.filter(episode=row, decision__in=HOLDS).exists():
        raise MovesAgain()
    look.seal("words", (words if decision != "ask" else "") or None)
    look.save()
    mine = Question.objects.filter(about="episode", subject=row.id, asker_id=by.id)
    end_questions(by, mine.filter(pk__in=read), "read")
    if decision == "take_over":
        end_questions(by, mine, "settled")
        take_over(by, row.person_id, conflict, conflict_note)
        return look
    conflicts.note(by, file_that_remains(row.person_id), by.id, conflict, conflict_note)
    if decision == "ask":
        ask(by, about="episode", subject=row.id, person=row.person_id, asked=row.lead_id, words=words, plain=plain)
    return look


def take_over(by: Actor, person: UUID, conflict: conflicts.OwnSaid, conflict_note: str) -> None:
    """The supervisor leads a person's care from now on. Whoever led before stays with her as a colleague, and is told.
    Called inside an action."""
    file = file_that_remains(person)
    told: dict[str, Any] = {"conflict": conflict, "conflict_note": conflict_note}
    assign(by=by, person=file, user=by.id, role="lead", **told)
    before = set()
    for episode in Episode.objects.filter(person_id__in=files_of(file), state__in=OPEN_STATES):
        before.add(episode.lead_id)
        episode.lead_id = by.id
        episode.save()
    hidden = HiddenFrom.objects.filter(person_id=file, lifted_at__isnull=True).values_list("user_id", flat=True)
    for user in before - {None, by.id, *hidden}:
        tell(by=by, user=user, kind=TAKEN_OVER, place=file)
