"""The medicines a programme may prescribe: ATC code, units, and cautions, each with its source."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from karama.knowledge.languages import unread
from karama.knowledge.loader import KnowledgeError
from karama.knowledge.value_sets.lists import Texts, once, table, words_in
from karama.rules.scoring.evidence import Evidence
from karama.rules.scoring.fields import CardError, Fields

WHEN = ("pregnant", "could_become_pregnant", "child")
"""What a caution asks about the person."""


@dataclass(frozen=True)
class Caution:
    """`when`: the state of the person it is about. `blocking`: prescribing all the same needs a written reason."""

    code: str
    when: str
    blocking: bool
    names: Texts
    evidence: Evidence


@dataclass(frozen=True)
class Medicine:
    """`atc`: the fifth level of the code; its first five characters are the class that must not stand twice."""

    atc: str
    names: Texts
    units: tuple[str, ...]
    cautions: tuple[Caution, ...]
    evidence: Evidence

    @property
    def code(self) -> str:
        """The ATC code."""
        return self.atc

    @property
    def group(self) -> str:
        """The fourth level of the ATC code: medicines of one kind."""
        return self.atc[:5]


@lru_cache(maxsize=1)
def medicines() -> dict[str, Medicine]:
    """Every medicine whose code is verified, by ATC code. Raises KnowledgeError."""
    fields = table("medicines")
    try:
        fields.take("version", str)
        unread(fields)
        found = fields.each("entries", _medicine)
        fields.finish()
    except CardError as error:
        raise KnowledgeError(str(error)) from error
    once("medicines", found)
    return {one.atc: one for one in found if not one.evidence.draft}


def medicine(atc: str) -> Medicine | None:
    """The medicine of an ATC code; None when it is not on the list."""
    return medicines().get(atc)


def _medicine(each: Fields) -> Medicine:
    atc = each.take("code", str)
    if not (len(atc) == 7 and atc.isascii() and atc.isalnum() and atc == atc.upper()):
        raise CardError(f"{each.where}: 'code' must be an ATC code of seven characters.")
    units = each.take("units", list)
    if not units or not all(isinstance(one, str) for one in units):
        raise CardError(f"{each.where}: 'units' must name at least one unit.")
    return Medicine(atc, words_in(each), tuple(units), each.each("cautions", _caution), each.evidence())


def _caution(each: Fields) -> Caution:
    return Caution(
        code=each.take("code", str),
        when=each.choose("when", WHEN),
        blocking=each.take("blocking", bool),
        names=words_in(each),
        evidence=each.evidence(),
    )
