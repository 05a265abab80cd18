"""Care after sexual violence that cannot wait, with the hours within which it has to begin."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from karama.knowledge.languages import unread
from karama.knowledge.loader import KnowledgeError
from karama.knowledge.value_sets.lists import Coded, once, said_in, table
from karama.rules.scoring.fields import CardError, Fields
from karama.rules.urgent_care import TimedCare

NAME = "urgent_care"


@dataclass(frozen=True)
class UrgentCare(Coded):
    """`within`: hours within which it has to begin; None when no hour is set. A draft never states an hour."""

    within: int | None

    @property
    def timed(self) -> TimedCare:
        """For the rule that counts the hours left."""
        return TimedCare(self.code, None if self.evidence.draft else self.within)


@lru_cache(maxsize=1)
def urgent_care() -> tuple[UrgentCare, ...]:
    """Every entry, in its order. Raises KnowledgeError naming the file and the key."""
    fields = table(NAME)
    try:
        fields.take("version", str)
        unread(fields)
        found = fields.each("entries", _entry)
        fields.finish()
    except CardError as error:
        raise KnowledgeError(str(error)) from error
    once(NAME, found)
    return found


def _entry(each: Fields) -> UrgentCare:
    within = each.take("within_hours", int, None)
    if within is not None and not 1 <= within <= 240:
        raise CardError(f"{each.where}: 'within_hours' must lie between 1 and 240.")
    return UrgentCare(*said_in(each), within=within)
