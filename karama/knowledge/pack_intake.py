"""A programme's `intake.toml`: what its two screenings ask, in our own words. They suggest and never refuse.

A programme without the file has no screening and no intake in chapters.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from karama.knowledge.packs.beside import table_of
from karama.knowledge.packs.reading import PackError
from karama.rules.intake import KINDS, STAGES
from karama.rules.scoring.evidence import Evidence
from karama.rules.scoring.fields import CardError, Fields

FILE: Final = "intake.toml"


@dataclass(frozen=True)
class ScreeningQuestion:
    """A question of a screening. `kind`: `fits` speaks for this service, `elsewhere` for another one."""

    code: str
    stage: int
    kind: str
    names: Mapping[str, str]
    evidence: Evidence


@dataclass(frozen=True)
class IntakeRules:
    """What `intake.toml` says."""

    version: str
    questions: tuple[ScreeningQuestion, ...]

    def of_stage(self, stage: int) -> tuple[ScreeningQuestion, ...]:
        """The questions of the first or the second screening."""
        return tuple(one for one in self.questions if one.stage == stage)

    def kinds(self, stage: int) -> dict[str, str]:
        """Question -> kind, of everything asked up to a stage."""
        return {one.code: one.kind for one in self.questions if one.stage <= stage}


@lru_cache(maxsize=64)
def intake_rules(code: str) -> IntakeRules | None:
    """The rules of a programme; None without the file. Raises PackError naming the file and the key."""
    table = table_of(code, FILE)
    return None if table is None else rules_from(code, table)


def rules_from(code: str, table: Mapping[str, Any]) -> IntakeRules:
    """The rules of a parsed file. Raises PackError."""
    where = f"programmes/{code}/{FILE}"
    fields = Fields(table, where)
    try:
        found = IntakeRules(fields.take("version", str), fields.each("questions", _question))
        fields.finish()
    except CardError as error:
        raise PackError(str(error)) from error
    codes = [one.code for one in found.questions]
    if len(set(codes)) != len(codes) or {one.stage for one in found.questions} != set(STAGES):
        raise PackError(f"{where}: each question must stand there once, and both screenings need one.")
    return found


def _question(each: Fields) -> ScreeningQuestion:
    code, stage, kind = each.take("code", str), each.take("stage", int), each.choose("kind", KINDS)
    names = each.take("names", dict)
    if stage not in STAGES:
        raise CardError(f"{each.where}: 'stage' must be 1 or 2.")
    if not names or any(not isinstance(one, str) or not one.strip() for one in names.values()):
        raise CardError(f"{each.where}: 'names' must hold words for each language.")
    return ScreeningQuestion(code, stage, kind, dict(names), each.evidence())
