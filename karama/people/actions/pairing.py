"""Two files that may be one person: a machine suggests, a supervisor decides, and the decision is remembered."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from karama.journal import Actor, Refused, action, clock
from karama.people.access import MERGE, SUGGEST
from karama.people.actions import shapes
from karama.people.attributes import person_attributes
from karama.people.models import Suggestion
from karama.people.problems import CannotJoin
from karama.rules.permission import permit


class Pair(BaseModel):
    """Two files, how alike (0 to 1000), and what agrees: codes of `rules.matching.explain` and of `pairing`."""

    person: UUID
    other: UUID
    likeness: Annotated[int, Field(ge=0, le=1000)]
    reasons: Annotated[list[Annotated[str, Field(pattern=r"^[a-z_]{1,24}$")]], Field(max_length=8)]


Pairs = Annotated[list[Pair], Field(max_length=500)]


@action("people.note_suggestions", access=SUGGEST)
def note_suggestions(*, by: Actor, pairs: Pairs) -> int:
    """Write down pairs the comparison found. A pair that somebody has decided is never suggested again."""
    ordered = {tuple(sorted((one.person, one.other))): one for one in pairs if one.person != one.other}
    firsts = {pair[0] for pair in ordered}
    known = set(Suggestion.objects.filter(person_id__in=firsts).values_list("person_id", "other_id"))
    rows = [
        Suggestion(
            person_id=pair[0],
            other_id=pair[1],
            likeness=one.likeness,
            reasons=",".join(one.reasons)[:120],
            found_by="round",
        )
        for pair, one in ordered.items()
        if pair not in known
    ]
    Suggestion.objects.bulk_create(rows)
    return len(rows)


@action("people.decide_pair", access=MERGE, target=shapes.of_person)
def decide_pair(
    *, by: Actor, person: UUID, other: UUID, decision: Literal["not_same", "ask"], note: shapes.Line = ""
) -> Suggestion:
    """Say that two files are two people, or that it has to be asked. "The same" is said by joining them.

    Raises:
        Refused: the other file is not within this supervisor's reach. CannotJoin: the same file twice.
    """
    if person == other:
        raise CannotJoin()
    if not permit(MERGE, by.attributes(), person_attributes(other), "care", clock.now()).allowed:
        raise Refused("other")
    for one in sorted((person, other)):
        shapes.locked(one)
    return remember_pair(person, other, decision, note)


def remember_pair(person: UUID, other: UUID, state: str, note: str = "") -> Suggestion:
    """Keep what was decided about two files, inside the action that decides it."""
    first, second = sorted((person, other))
    row = Suggestion.objects.filter(person_id=first, other_id=second).first()
    usual: dict[str, Any] = {"likeness": 0, "reasons": "", "found_by": "registration"}
    row = row or Suggestion(person_id=first, other_id=second, **usual)
    row.state, row.decided_at = state, clock.now()
    row.seal("note", note or None)
    row.save()
    return row
