"""What the supervisor in Mosul did with whoever was stuck: one looked at, one asked about, and answered."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from karama.accounts.queries import actor_by_name
from karama.care.actions import agree_goal, answer_question, review_stuck
from karama.care.models import Episode, Question
from karama.journal import reading
from karama.rules.episodes import OPEN_STATES


def tell(people: Mapping[str, UUID]) -> None:
    """Make it as Nadia, Shilan and Diego would."""
    nadia, shilan, diego = (actor_by_name(one) for one in ("nadia", "shilan", "diego"))
    of = dict(Episode.objects.filter(state__in=OPEN_STATES).values_list("person_id", "id"))
    with reading(by=nadia, purpose="supervision", route="demonstration"):
        review_stuck(by=nadia, episode=of[people["Nour"]], decision="ok", words="Comes when the harvest is over.")
        waits = of[people["Karwan"]]
        review_stuck(by=nadia, episode=waits, decision="ask", words="Does he still want to come?", plain=True)
    asked = Question.objects.get(subject=waits).id
    answer_question(by=shilan, question=asked, words="Yes. His sister was ill. We meet next week.")
    agree_goal(by=diego, episode=of[people["Ziad"]], words="Walk to the market by myself.", agreed=True)
