"""What scoring gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from karama.rules.scoring.card import Grade, SafetyKind
from karama.rules.scoring.conditions import Number

WhyNoTotal = Literal["missing_answers", "outside_age", "draft_rule", "no_total"]
SafetyState = Literal["positive", "negative", "unknown"]


@dataclass(frozen=True, slots=True)
class SafetySignal:
    """One safety rule's state. ``unknown`` means a needed answer is missing: somebody must ask."""

    code: str
    kind: SafetyKind
    grade: Grade
    state: SafetyState


@dataclass(frozen=True, slots=True)
class Scored:
    """The result of one response.

    ``total`` is the score of the card's total scale, or ``None`` with the reason in ``why_no_total``
    (``missing_answers``, ``outside_age``, ``draft_rule``: the scale is still draft, ``no_total``: the
    instrument has none). ``subscales`` holds every other scale. ``band`` is the total's band in its first
    usable banding and ``bands`` every banding's; ``cutoffs`` those that apply to this population, sex,
    language and age: met, not met, or ``None`` without a score. ``n_answered`` counts given answers to the
    ``n_items`` scored items, never implied ones. ``safety`` does not depend on any of the others.
    """

    total: Number | None
    why_no_total: WhyNoTotal | None
    subscales: Mapping[str, Number | None]
    band: str | None
    bands: Mapping[str, str | None]
    algorithms: Mapping[str, str]
    cutoffs: Mapping[str, bool | None]
    n_answered: int
    n_items: int
    safety: tuple[SafetySignal, ...]
