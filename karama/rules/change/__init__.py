"""Change between two answers of one person: reliable change, caseness, recovery, and sizes of change.

`reliable` says whether one measure moved more than its error; `caseness` combines measures into the published
outcome definitions and counts them with their missing answers; `effect` gives standardised sizes of change.
Numbers without a comparison group are change, not effect, and say so.
"""

from karama.rules.change.caseness import (
    NHS_TALKING_THERAPIES,
    Answer,
    OutcomeDefinition,
    OutcomeMeasure,
    PersonOutcome,
    Rate,
    person_outcome,
    tally,
)
from karama.rules.change.effect import (
    Change,
    EffectSize,
    between_groups,
    correction,
    pre_post,
    pre_post_control,
)
from karama.rules.change.reliable import (
    CannotCompute,
    HigherIs,
    Reliability,
    ReliableChange,
    Verdict,
    clinical_cutoff,
    cronbach_alpha,
    improvement,
    reliable_change,
    reliable_change_index,
    sample_variance,
    verdict,
    verdict_by,
)

__all__ = [
    "NHS_TALKING_THERAPIES",
    "Answer",
    "CannotCompute",
    "Change",
    "EffectSize",
    "HigherIs",
    "OutcomeDefinition",
    "OutcomeMeasure",
    "PersonOutcome",
    "Rate",
    "Reliability",
    "ReliableChange",
    "Verdict",
    "between_groups",
    "clinical_cutoff",
    "correction",
    "cronbach_alpha",
    "improvement",
    "person_outcome",
    "pre_post",
    "pre_post_control",
    "reliable_change",
    "reliable_change_index",
    "sample_variance",
    "tally",
    "verdict",
    "verdict_by",
]
