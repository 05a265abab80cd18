"""Writing down a session, held or missed, with its note in the same breath."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from karama.care import pathways, targets
from karama.care.access import SESSION
from karama.care.actions import shapes
from karama.care.actions.notes import keep_note
from karama.care.models import Episode, Session
from karama.care.problems import DayDoesNotFit, NotesAreClosed, SayHow, TechniqueUnknown
from karama.journal import Actor, action, clock
from karama.people.models import Person
from karama.rules.episodes import OPEN_STATES

Codes = Annotated[list[shapes.Code], Field(max_length=20)]


@action("care.record_session", access=SESSION, target=targets.of_person)
def record_session(
    *,
    by: Actor,
    person: UUID,
    attended: Literal["came", "cancelled", "absent", "staff"],
    on: date | None = None,
    modality: Literal["", "in_person", "phone", "online", "home"] = "",
    techniques: Codes = [],  # noqa: B006 - pydantic copies it
    homework: Literal["", "given", "reviewed", "none"] = "",
    interpreted: bool = False,
    interpreter: UUID | None = None,
    risk_asked: Literal["", "yes", "no", "not_appropriate"] = "",
    minutes: Annotated[int, Field(ge=1, le=600)] | None = None,
    next_step: Literal["", "go_on", "sooner", "discuss", "refer", "end"] = "",
    words: shapes.Words = "",
) -> Session:
    """Record a session. `words` becomes a note of the session; what was not said stays not said.

    Raises:
        DayDoesNotFit, SayHow, TechniqueUnknown. NotesAreClosed: words from a duty that keeps no notes.
    """
    file = Person.objects.select_related("programme").get(pk=person)
    today = clock.now().date()
    if on is not None and (on - today).days > 0:
        raise DayDoesNotFit()
    held = attended == "came"
    if held and not (modality and risk_asked):
        raise SayHow("modality" if not modality else "risk_asked")
    known = {one.code for one in pathways.of_programme(file.programme.code).techniques}
    if not set(techniques) <= known:
        raise TechniqueUnknown()
    if words and "clinical" not in by.compartments:
        raise NotesAreClosed()
    episode = Episode.objects.filter(person_id=person, state__in=OPEN_STATES).first()
    row = Session(
        person_id=person,
        episode=episode,
        occurred_on=on or today,
        attended=attended,
        modality=modality if held else "",
        minutes=minutes if held else None,
        interpreted=held and (interpreted or interpreter is not None),
        interpreter_id=interpreter if held else None,
    )
    row.seal("techniques", sorted(set(techniques)) if held and techniques else None)
    row.seal("homework", homework or None if held else None)
    row.seal("risk_asked", risk_asked or None if held else None)
    row.seal("next_step", next_step or None)
    row.save()
    if words:
        keep_note(by=by, person=person, episode=episode, session=row, sections={"session": words})
    return row
