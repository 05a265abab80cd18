"""Somebody was to come again and did not: what was tried, why, and whether another day was agreed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from karama.care import targets
from karama.care.access import GIVE
from karama.care.actions import shapes
from karama.care.missed import standing_of
from karama.care.models import MissedVisit
from karama.care.problems.medical import CodeUnknown, NobodyMissed, SayTried
from karama.journal import Actor, action
from karama.knowledge.value_sets import coded, offered
from karama.people.joined import all_files_of
from karama.people.models import Person
from karama.programme.days import today_at

Tried = Annotated[list[Literal["called", "message", "person", "visited"]], Field(max_length=4)]


@action("care.note_missed", access=GIVE, target=targets.of_person)
def note_missed(
    *,
    by: Actor,
    person: UUID,
    missed_on: date,
    tried: Tried = [],  # noqa: B006 - pydantic copies it
    reason: shapes.Code | Literal[""] = "",
    again_in: Annotated[int, Field(ge=1, le=180)] | None = None,
    over: bool = False,
    anew: UUID | None = None,
) -> MissedVisit:
    """Write down what was tried for somebody who did not come on this day, and why, as far as it is known. `again_in`:
    days until the day that is agreed now; `over`: she will not come again. The last one that is written counts: `anew`
    is what was written of the same day that is taken back with it, a wrong end or a wrong day to come.

    Raises:
        NobodyMissed: she was not expected on this day, or has come since, or a colleague wrote of it meanwhile.
        SayTried, CodeUnknown.
    """
    if not tried and not reason:
        raise SayTried()
    if reason and reason not in dict(offered(coded("missed_visit"))):
        raise CodeUnknown("reason")
    file = Person.objects.select_for_update(of=("self",)).get(pk=person)
    today = today_at(file.site_id)
    due, moved = standing_of(all_files_of(person))
    overdue = due is not None and due < today
    written = moved.id if moved is not None and not overdue else None
    about = moved.missed_on if moved is not None and not overdue else due if overdue else None
    if about != missed_on or written != anew:
        raise NobodyMissed()
    row = MissedVisit(
        person_id=person,
        site_id=file.site_id,
        missed_on=missed_on,
        occurred_on=today,
        again_on=today + timedelta(days=again_in) if again_in and not over else None,
        over=over,
    )
    row.seal("tried", sorted(set(tried)))
    row.seal("reason", reason or None)
    row.save()
    return row
