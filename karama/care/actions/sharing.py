"""Goals that a person agrees to share with everybody in care who works with her: set together, marked, taken back."""

from __future__ import annotations

from uuid import UUID

from karama.care import targets
from karama.care.access import AGREE_GOAL, PLAN
from karama.care.actions.planning import Goals, keep_goal, of_goal
from karama.care.models import Episode, Goal
from karama.care.problems import SharingNotAgreed
from karama.care.queries.sidebyside import reads_shared
from karama.journal import ERASED, Absent, Actor, action


@action("care.agree_goal", access=AGREE_GOAL, target=targets.of_episode)
def agree_goal(*, by: Actor, episode: UUID, words: Goals, agreed: bool) -> Goal:
    """Write down a goal that colleagues of several disciplines work towards together, and that the person shares.
    Whoever opens nothing else of what is told in care, a physiotherapist, writes it where she may read it herself.

    Raises:
        SharingNotAgreed: the person was not asked, or did not agree; or no yes to care holds, without which no other
        discipline reads it. NothingWritten, StateNotAllowed: see `set_goal`.
    """
    if not agreed or not reads_shared(by, Episode.objects.values_list("person_id", flat=True).get(pk=episode)):
        raise SharingNotAgreed()
    return keep_goal(episode, words, shared=True)


@action("care.share_goal", access=PLAN, target=of_goal)
def share_goal(*, by: Actor, goal: UUID, shared: bool) -> Goal:
    """The person agrees that everybody in care who works with her reads this goal, or takes that back."""
    row = Goal.objects.select_for_update(of=("self",)).get(pk=goal)
    words = row.unseal("words")
    if words is None or words is ERASED:
        raise Absent()
    row.seal("shared", words if shared else None)
    row.save()
    return row
