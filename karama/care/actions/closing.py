"""Closing an episode with everything that belongs to it, approving that, and opening it again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal
from uuid import UUID

from karama.care import pathways, targets
from karama.care.access import APPROVE, CLOSE
from karama.care.actions import shapes
from karama.care.actions.episodes import put_in_state
from karama.care.actions.nextsteps import keep_after_closing
from karama.care.actions.planning import check_colleague
from karama.care.models import Closure, ClosureAnswer, Episode, Goal
from karama.care.problems import ClosingWaits, DecidedAlready, ReasonNeeded, StateNotAllowed, WorkLeft
from karama.journal import Actor, action
from karama.people import registries
from karama.people.actions import assign, conflicts, papers
from karama.people.joined import file_that_remains, last_file
from karama.reception.actions import hand_over_appointments
from karama.rules.episodes import count_goals

Reason = Literal[
    "goals_met", "completed", "improved", "transferred", "referred", "moved", "not_reached", "stopped_coming",
    "own_wish", "declined", "ineligible", "unsafe", "service_ended",
]  # fmt: skip
"""Reasons that a closing page offers; `died` comes by recording the death."""


@action("care.close_episode", access=CLOSE, target=targets.of_episode)
def close_episode(
    *,
    by: Actor,
    episode: UUID,
    reason: Reason,
    outcome: Literal["improved", "partly", "unchanged", "worse", "unknown"],
    follow_up: Literal["yes", "no", "not_asked"],
    words: shapes.Words = "",
    handed_to: UUID | None = None,
    paper: UUID | None = None,
    conflict: conflicts.OwnSaid = "not_asked",
    conflict_note: shapes.Line = "",
) -> Closure:
    """Ask to close an episode; where the pack wants no approval, or a supervisor asks, it is closed at once. `paper`:
    the sheet from which it is typed in. `conflict`: whether whoever takes over what is open is involved with the
    person; whoever approves is asked again.

    Raises:
        PaperEntered. ConflictOfInterest, ReasonMissing: a declared conflict; see `people.assign`.
        WorkLeft: something open is neither resolved nor handed over; an alert is never handed over here.
        ClosingWaits, StateNotAllowed, NoSuchColleague.
    """
    row = Episode.objects.select_for_update(of=("self",)).select_related("person", "programme").get(pk=episode)
    sheet = papers.being_typed(by, paper, "closing", file_that_remains(row.person_id))
    if row.state == "closed":
        raise StateNotAllowed()
    if Closure.objects.filter(episode=row, answer__isnull=True).exists():
        raise ClosingWaits()
    if handed_to is not None:
        check_colleague(last_file(row.person), handed_to, "handed_to")
        _note_conflict(by, file_that_remains(row.person_id), handed_to, conflict, conflict_note)
    _check_work(by, row.person_id, handed_to)
    made = keep_closure(row, reason=reason, outcome=outcome, follow_up=follow_up, words=words, handed_to=handed_to)
    papers.enter(sheet, made)
    if by.duty == "supervisor" or not pathways.of_programme(row.programme.code).approval:
        _finish(by, made, approved=True, words="", conflict=conflict, note=conflict_note)
    return made


def _note_conflict(by: Actor, person: UUID, user: UUID, conflict: conflicts.OwnSaid, note: str) -> None:
    """What is said of somebody who works with the person already stands at once, approved or not."""
    working = conflicts.works_with(person, user)
    conflicts.check(by, user, conflict, note)
    if working:
        conflicts.note(by, person, user, conflict, note)


def keep_closure(
    row: Episode, *, reason: str, outcome: str, follow_up: str, words: str, handed_to: UUID | None
) -> Closure:
    """Save a closure as it was asked for, with how the goals stood. Called inside an action."""
    goals = count_goals(Goal.objects.filter(episode=row).values_list("state", flat=True))
    made = Closure(
        person_id=row.person_id,
        episode=row,
        reason=reason,
        outcome=outcome,
        follow_up=follow_up,
        handed_to_id=handed_to,
    )
    made.seal("goals", {name: getattr(goals, name) for name in ("met", "partly", "not_met", "open", "dropped")})
    made.seal("words", words or None)
    made.save()
    return made


def _check_work(by: Actor, person: UUID, handed_to: UUID | None) -> None:
    """What is kept from the actor does not stop her, or the refusal would tell: it stays open, with its owner."""
    left = registries.work_open_for(person, by)
    if any(one.kind == "alert" for one in left) or (left and handed_to is None):
        raise WorkLeft()


def _finish(
    by: Actor, closure: Closure, *, approved: bool, words: str, conflict: conflicts.OwnSaid, note: str
) -> ClosureAnswer:
    answer = ClosureAnswer(person_id=closure.person_id, closure=closure, approved=approved)
    answer.seal("words", words or None)
    answer.save()
    person = file_that_remains(closure.person_id)
    if not approved and closure.handed_to_id is not None:
        conflicts.check(by, closure.handed_to_id, conflict, note)
        conflicts.note(by, person, closure.handed_to_id, conflict, note)
    if approved:
        if closure.handed_to_id is not None:
            told: dict[str, Any] = {"conflict": conflict, "conflict_note": note}
            assign(by=by, person=person, user=closure.handed_to_id, role="lead", **told)
            hand_over_appointments(by=by, person=person, user=None, to=closure.handed_to_id)
            keep_after_closing(closure.episode_id, closure.handed_to_id)
        put_in_state(closure.episode, "closed", closure.reason)
    return answer


def of_closure(*, by: Actor, closure: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of answering a closure."""
    row = Closure.objects.filter(pk=closure).values("person_id", "author_id").first()
    return {**targets.present_file(by, row["person_id"]), "author": row["author_id"]} if row else {}


@action("care.answer_closure", access=APPROVE, target=of_closure)
def answer_closure(
    *,
    by: Actor,
    closure: UUID,
    approved: bool,
    words: shapes.Words = "",
    conflict: conflicts.OwnSaid = "not_asked",
    conflict_note: shapes.Line = "",
) -> ClosureAnswer:
    """Approve a closure, or send it back with words. What is open is looked at again at this moment. `conflict`:
    whether whoever takes over what is open is involved with the person.

    Raises:
        DecidedAlready, WorkLeft, StateNotAllowed. ReasonNeeded: sent back without words.
        ReasonMissing: a declared conflict without a note.
    """
    row = Closure.objects.select_related("episode__person").get(pk=closure)
    row.episode = Episode.objects.select_for_update(of=("self",)).get(pk=row.episode_id)
    if ClosureAnswer.objects.filter(closure=row).exists():
        raise DecidedAlready()
    if not approved and not words:
        raise ReasonNeeded("words")
    if approved:
        if row.episode.state == "closed":
            raise StateNotAllowed()
        _check_work(by, row.person_id, row.handed_to_id)
    return _finish(by, row, approved=approved, words=words, conflict=conflict, note=conflict_note)
