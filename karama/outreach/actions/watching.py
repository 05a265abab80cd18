"""The steps of a visit: setting out, signs of life, coming back; and who is called when none comes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from karama.journal import Actor, action, clock
from karama.notices.actions import tell
from karama.outreach import access
from karama.outreach.actions.planning import LONGEST, Words
from karama.outreach.models import REMINDED, Visit, VisitStep
from karama.outreach.problems import CountNeedsBasis, NotNow, SayHowYouKnow, TimesDoNotFit
from karama.outreach.standing import Standing, standing_of
from karama.rules.visits import allowed_steps

Reached = Annotated[int, Field(ge=0, le=100_000)]
PURPOSE = "safety"


def of_visit(*, by: Actor, visit: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of an action about one visit; nothing when there is none, which denies."""
    found = Visit.objects.filter(pk=visit).select_related("site").first()
    return standing_of(found).attributes() if found is not None else {}


@action("outreach.set_out", access=access.STEP, target=of_visit, purpose=PURPOSE)
def set_out(*, by: Actor, visit: UUID, note: Words = "") -> VisitStep:
    """Check in: they set out now. Also after a visit was called off or ended too early. Raises `NotNow`."""
    return _step(by, visit, "out", note)


@action("outreach.say_fine", access=access.STEP, target=of_visit, purpose=PURPOSE)
def say_fine(*, by: Actor, visit: UUID, back: datetime | None = None, note: Words = "") -> VisitStep:
    """They were heard of, all is well. `back`: a new time of coming back.

    Raises:
        NotNow. SayHowYouKnow: somebody else says it. TimesDoNotFit: a time that is over or too far.
    """
    now = clock.now()
    if back is not None and (back.tzinfo is None or not now < back <= now + LONGEST):
        raise TimesDoNotFit()
    return _step(by, visit, "fine", note, back_at=back)


@action("outreach.come_back", access=access.STEP, target=of_visit, purpose=PURPOSE)
def come_back(
    *,
    by: Actor,
    visit: UUID,
    reached: Reached | None = None,
    basis: Literal["", "people", "contacts", "unsure"] = "",
    note: Words = "",
) -> VisitStep:
    """Check out: they are back. `reached`: how many were met, with what the number counts.

    Raises:
        NotNow. SayHowYouKnow: somebody else says it. CountNeedsBasis.
    """
    if reached is not None and not basis:
        raise CountNeedsBasis()
    counted: dict[str, Any] = {"reached": reached, "basis": basis} if reached is not None else {}
    return _step(by, visit, "back", note, **counted)


@action("outreach.call_off", access=access.STEP, target=of_visit, purpose=PURPOSE)
def call_off(*, by: Actor, visit: UUID, note: Words = "") -> VisitStep:
    """They do not go. Raises `NotNow`; `SayHowYouKnow` when somebody else says it."""
    return _step(by, visit, "called_off", note)


@action("outreach.look_after", access=access.STEP, target=of_visit, purpose=PURPOSE)
def look_after(*, by: Actor, visit: UUID) -> VisitStep:
    """Take an overdue visit in hand. The line is called again when nothing is heard. Raises `NotNow`."""
    return _step(by, visit, "taken", "")


@action("outreach.note_not_reached", access=access.STEP, target=of_visit, purpose=PURPOSE)
def note_not_reached(*, by: Actor, visit: UUID, note: Words = "") -> VisitStep:
    """Write down that they could not be reached. No clock is stopped. Raises `NotNow`."""
    return _step(by, visit, "not_reached", note)


@action("outreach.call_next", access=access.CALL, purpose=PURPOSE)
def call_next(*, by: Actor, visit: UUID, to: UUID) -> VisitStep:
    """Note that somebody who is called now was told. It informs and changes nothing. Raises `NotNow`."""
    found = Visit.objects.select_related("site").get(pk=visit)
    standing = standing_of(found)
    if standing.call is None or to not in standing.call.asked:
        raise NotNow()
    tell(by=by, user=to, kind="outreach.called", place=visit)
    return VisitStep.objects.create(visit=found, step=REMINDED, to_id=to)


OF_OVERDUE = ("taken", "not_reached")
"""Steps that only an overdue visit has."""


def steps_now(standing: Standing) -> tuple[str, ...]:
    """The steps that may follow now."""
    late = standing.call is not None
    return tuple(one for one in allowed_steps(standing.state.state) if late or one not in OF_OVERDUE)


def _step(by: Actor, visit: UUID, kind: str, note: str, **values: Any) -> VisitStep:
    found = Visit.objects.select_for_update(of=("self",)).select_related("site").get(pk=visit)
    standing = standing_of(found)
    if kind not in steps_now(standing):
        raise NotNow()
    if kind in ("fine", "back", "called_off") and not note and by.id not in standing.goers:
        raise SayHowYouKnow()
    row = VisitStep(visit=found, step=kind, **values)
    row.seal("note", note or None)
    row.save()
    return row
