"""Bulk scoring: the same cards as `karama.rules.scoring`, over columns of answers instead of one response.

Answers are columns of small numbers (see `answer_codes`): the place of the answer in its answer set, or a
missing code of 0x80 and above. What comes out equals, to the bit, what the row scorer says of every row.
"""

from karama.analytics.scoring.bulk import bulk_score
from karama.analytics.scoring.codes import ABSENT, MISSING, answer_codes, encode
from karama.analytics.scoring.scored import (
    DOES_NOT_APPLY,
    NO,
    NONE,
    UNKNOWN,
    YES,
    BulkScored,
    Named,
    Scores,
)

__all__ = [
    "ABSENT",
    "DOES_NOT_APPLY",
    "MISSING",
    "NO",
    "NONE",
    "UNKNOWN",
    "YES",
    "BulkScored",
    "Named",
    "Scores",
    "answer_codes",
    "bulk_score",
    "encode",
]
