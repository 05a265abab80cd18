"""The follow-up screener of the programme, in the same contact: its result sets the grade."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from karama.journal import Actor, action
from karama.knowledge.loader import KnowledgeError, instrument
from karama.rules.risk import FollowUp, grade_of
from karama.rules.scoring import AnswersError, Card, SafetySignal, score
from karama.safety import access
from karama.safety.actions.stepping import PURPOSE, Note, not_of_her_own_word, step
from karama.safety.actions.target import alert_meant, of_alert, seen_by
from karama.safety.lines import pack_of
from karama.safety.models import Alert, AlertStep
from karama.safety.problems import AnswersDoNotFit, NoScreener

Answers = Annotated[dict[str, str], Field(max_length=60)]


@action("safety.record_screening", access=access.CONTACT, target=of_alert, purpose=PURPOSE)
def record_screening(
    *,
    by: Actor,
    alert: UUID,
    state: Literal["done", "refused", "not_done"],
    answers: Answers = {},  # noqa: B006  (pydantic copies it for every call)
    response: UUID | None = None,
    note: Note = "",
) -> AlertStep:
    """Record the follow-up. Done: its answers set the grade. Refused or not done: today, or more urgent.

    `answers`: item code -> answer code of the programme's screener; an item that is not there is missing, never "no".
    `response`: the record in which care keeps the same answers.

    Raises:
        NoScreener: the programme names none for this kind. AnswersDoNotFit: an item or answer it does not know.
        WroteItAlone: nobody but she says that this person has died, whom she has asked now.
    """
    rows = Alert.objects.select_for_update(of=("self",)).select_related("site__programme")
    found = rows.get(id=alert_meant(by, alert))
    raised = seen_by(by, found)
    if state == "done":
        not_of_her_own_word(by, alert)
    code: str = ""
    signals: tuple[SafetySignal, ...] = ()
    if state == "done":
        card = screener_of(found)
        if card is None:
            raise NoScreener()
        code, signals = card.code, _signals(card, answers)
    grade = grade_of(raised.grade, FollowUp(state, signals))
    kept = {"state": state, "instrument": code, "answers": answers if state == "done" else {}}
    return step(by, alert, "follow_up", note, grade=grade, source_record_id=response, follow_up=kept)


def screener_of(alert: Alert) -> Card | None:
    """The follow-up screener the programme names for this kind of danger; None when it names none. Opens the kind."""
    pack = pack_of(alert.site.programme.code) if alert.site else None
    kind = alert.unseal("kind")
    code = pack.safety.follow_up.get(kind) if pack and isinstance(kind, str) else None
    try:
        return instrument(code) if code else None
    except KnowledgeError:
        return None


def _signals(card: Card, answers: dict[str, str]) -> tuple[SafetySignal, ...]:
    try:
        return score(card, answers).safety
    except AnswersError:
        raise AnswersDoNotFit() from None
