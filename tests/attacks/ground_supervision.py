"""Supervision on the ground: the supervisor and the agent spoke of Amal; an alert of hers is closed and asked about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from karama.care.actions import (
    answer_question,
    answer_supervision,
    record_supervision,
    review_alert,
    review_stuck,
)
from karama.care.models import Question, SupervisionSeat, SupervisionTask
from karama.programme.days import today_at
from karama.safety.actions import close_alert, hand_over, raise_worry, record_first_contact, take_alert
from karama.safety.models import AlertSource


def made_supervision(made: Any, canary: Callable[[str], str]) -> None:
    """What the two wrote down, what was agreed, how she sees it; and what the supervisor asks of a closed alert."""
    agent, ada, nadia = (
        made.actors[one] for one in ("community_agent.assigned", "psychologist.assigned", "supervisor.near")
    )
    held = record_supervision(
        by=nadia, site=made.ids["site"], colleagues=[agent.id], mode="observed", people=[made.ids["person"]],
        ratings={"danger": "could_harm"}, words=canary("supervision_words"),
        agreed=[{"owner": agent.id, "until": today_at(made.ids["site"]), "words": canary("supervision_task")}],
    ).value.id  # fmt: skip
    seat = SupervisionSeat.objects.get(held_id=held).id
    answer_supervision(by=agent, seat=seat, agrees=False, words=canary("supervision_answer"))
    made.ids |= {"supervision": held, "task": SupervisionTask.objects.get(held_id=held).id}
    raise_worry(by=agent, kind="medical_emergency", person=made.ids["person"])
    source = AlertSource.objects.filter(author_id=agent.id, source="worry").latest("recorded_at")
    take_alert(by=nadia, alert=source.alert_id)
    hand_over(by=nadia, alert=source.alert_id, to=ada.id)
    record_first_contact(by=ada, alert=source.alert_id)
    close_alert(by=ada, alert=source.alert_id, outcome="plan_made", note="Words.")
    made.ids["closed"] = source.alert_id
    for decision, said in (("ask", "stuck_asked"), ("back", "stuck_words")):
        review_stuck(by=nadia, episode=made.ids["episode"], decision=decision, words=canary(said))
    review_alert(by=nadia, closed=source.alert_id, decision="ask", words=canary("alert_asked"))
    made.ids["question"] = Question.objects.get(subject=source.alert_id).id
    answer_question(by=ada, question=made.ids["question"], words=canary("question_answer"))


SUPERVISION: dict[str, dict[str, Any]] = {
    "care.review_stuck": {"decision": "take_over"},
    "care.follow_question": {"how": "settled"},
    "care.agree_goal": {"words": "words", "agreed": True},
    "care.share_goal": {"shared": True},
}
"""Arguments that fit looks, questions and shared goals (AT072)."""
