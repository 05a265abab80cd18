"""Two short screenings. What cannot wait stands until somebody was told, or until it can wait, with why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from karama.care import intakes, targets
from karama.care.access import INTAKE
from karama.care.actions import shapes
from karama.care.actions.intake import programme_of
from karama.care.actions.intakedrafts import today_of
from karama.care.models import IntakeScreening
from karama.care.problems.apart import NotThatAnswer
from karama.care.problems.intake import NoIntakeHere, UrgencySettled
from karama.journal import Actor, action
from karama.people.actions import papers
from karama.people.problems import ReasonMissing
from karama.rules import intake as rule


@action("care.screen", access=INTAKE, target=targets.of_person)
def screen(
    *,
    by: Actor,
    person: UUID,
    stage: Annotated[int, Field(ge=1, le=2)],
    answers: Annotated[dict[shapes.Code, shapes.Code], Field(max_length=40)] = {},  # noqa: B006 - pydantic copies it
    urgency: Literal["", "now", "days", "weeks"] = "",
    paper: UUID | None = None,
) -> IntakeScreening:
    """Keep a short screening. What was not answered is kept as not asked; nothing of it refuses anybody.

    Raises:
        NoIntakeHere: the programme's pack has none. NotThatAnswer: a question or an answer that is not on the list.
    """
    rules = intakes.rules_of(programme_of(person))
    if rules is None:
        raise NoIntakeHere()
    asked = [one.code for one in rules.of_stage(stage)]
    if not answers.keys() <= set(asked) or not set(answers.values()) <= {*rule.YES_OR_NO, *rule.MISSING}:
        raise NotThatAnswer("answers")
    sheet = papers.being_typed(by, paper, "screening" if stage == 1 else "screening_2", person)
    row = IntakeScreening(
        person_id=person,
        held_on=papers.day_of(sheet, today_of(person)),
        stage=stage,
        pressing=urgency == "now",
    )
    row.seal("answers", {one: answers.get(one, "not_asked") for one in asked})
    row.seal("urgency", urgency or None)
    row.save()
    papers.enter(sheet, row)
    return row


def of_screening(*, by: Actor, screening: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of a screening that was kept."""
    person = IntakeScreening.objects.filter(pk=screening).values_list("person_id", flat=True).first()
    return targets.present_file(by, person) if person is not None else {}


@action("care.lower_urgency", access=INTAKE, target=of_screening)
def lower_urgency(
    *, by: Actor, screening: UUID, urgency: Literal["days", "weeks"], reason: shapes.Reason
) -> IntakeScreening:
    """What could not wait can wait, and why: a newer version of the screening says so, and both stay.

    Raises:
        ReasonMissing: nobody said why. UrgencySettled: it does not say so, or not any more.
    """
    if not reason:
        raise ReasonMissing()
    old = IntakeScreening.objects.select_for_update(of=("self",)).get(pk=screening)
    if old.text_of("urgency") != "now" or IntakeScreening.objects.filter(amends=old).exists():
        raise UrgencySettled()
    row = IntakeScreening(person_id=old.person_id, held_on=old.held_on, stage=old.stage, amends=old)
    row.seal("amend_reason", reason)
    row.seal("answers", old.unseal("answers"))
    row.seal("urgency", urgency)
    row.save()
    return row
