"""What is known about an instrument, and how well: evidence, licence, ages, LOINC codes, reliable change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from karama.rules.scoring.conditions import Number

Status = Literal["verified", "draft"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """How well a fact is known, and from where. ``source`` is never empty."""

    status: Status
    source: str

    @property
    def draft(self) -> bool:
        """True while the fact still has to be checked against its primary source."""
        return self.status == "draft"


@dataclass(frozen=True, slots=True)
class AgeRange:
    """Completed years within which the instrument may be scored. A draft limit still limits."""

    lowest: int | None
    highest: int | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Licence:
    """What the owner allows. ``permission_required``: locked until a permission is recorded."""

    terms: str
    permission_required: bool
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Loinc:
    """Verified LOINC codes of the panel and its total score."""

    panel: str | None
    total: str | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class ReliableChange:
    """Inputs of reliable change for a scale: published threshold (score points), alpha, retest r, SD."""

    scale: str
    evidence: Evidence
    threshold: Number | None = None
    alpha: float | None = None
    retest: float | None = None
    sd: float | None = None
    note: str = ""
