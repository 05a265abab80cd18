"""Scoring: one small declarative scorer for every instrument. Pure: no clock, no language, no files."""

from karama.rules.scoring.algorithms import UNDETERMINED
from karama.rules.scoring.card import Card
from karama.rules.scoring.conditions import MISSING_CODES
from karama.rules.scoring.decoding import VALUES, CodingError, codings, decode
from karama.rules.scoring.drafts import without_drafts
from karama.rules.scoring.fields import CardError
from karama.rules.scoring.lock import lock, locked_because
from karama.rules.scoring.reading import card_from
from karama.rules.scoring.scored import SafetySignal, Scored
from karama.rules.scoring.scorer import AnswersError, score
from karama.rules.scoring.validate import validate

__all__ = [
    "MISSING_CODES",
    "UNDETERMINED",
    "VALUES",
    "Card",
    "CardError",
    "AnswersError",
    "CodingError",
    "SafetySignal",
    "Scored",
    "card_from",
    "codings",
    "decode",
    "lock",
    "locked_because",
    "score",
    "validate",
    "without_drafts",
]
