"""Assistive products: needed, asked for, delivered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal
from uuid import UUID

from karama.care import targets
from karama.care.access import NEED
from karama.care.actions import shapes
from karama.care.days import today_of
from karama.care.medicalwords import APART
from karama.care.models import AssistiveNeed
from karama.care.problems import DayDoesNotFit
from karama.care.problems.medical import CodeUnknown, EndedAlready
from karama.journal import Actor, action
from karama.knowledge.value_sets import coded, offered
from karama.people.actions import papers

CAUSE_READERS = frozenset({"body"})


def causes_for(by: Actor) -> list[str]:
    """The causes this actor may write down: none that would lie in a compartment she does not open."""
    if not by.compartments & CAUSE_READERS:
        return []
    known = [code for code, _words in offered(coded("causes"))]
    return [code for code in known if code != APART or APART in by.compartments]


@action("care.note_need", access=NEED, target=targets.of_person)
def note_need(
    *,
    by: Actor,
    person: UUID,
    product: shapes.Code,
    cause: shapes.Code | Literal[""] = "",
    paper: UUID | None = None,
) -> AssistiveNeed:
    """A product the person needs. Raises `CodeUnknown`, also for a cause this duty may not write down."""
    sheet = papers.being_typed(by, paper, "need", person)
    if product not in dict(offered(coded("assistive_products"))):
        raise CodeUnknown("product")
    if cause and cause not in causes_for(by):
        raise CodeUnknown("cause")
    row = AssistiveNeed(person_id=person, needed_on=papers.day_of(sheet, today_of(person)))
    row.seal("product", product)
    row.seal("cause_torture" if cause == APART else "cause", cause or None)
    row.save()
    papers.enter(sheet, row)
    return row


def of_need(*, by: Actor, need: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of an action about a need."""
    person = AssistiveNeed.objects.filter(pk=need).values_list("person_id", flat=True).first()
    return targets.present_file(by, person) if person is not None else {}


@action("care.follow_need", access=NEED, target=of_need)
def follow_need(*, by: Actor, need: UUID, step: Literal["asked", "provided"], on: date | None = None) -> AssistiveNeed:
    """The product was asked for, or is there. Raises `EndedAlready`, `DayDoesNotFit`."""
    row = AssistiveNeed.objects.select_for_update().get(pk=need)
    today = today_of(row.person_id)
    day = on or today
    if not row.needed_on <= day <= today:
        raise DayDoesNotFit()
    if row.provided_on is not None or (step == "asked" and row.asked_on is not None):
        raise EndedAlready()
    if step == "asked":
        row.asked_on = day
    else:
        row.provided_on = day
    row.save()
    return row
