"""Caseness, recovery and reliable change under the published definitions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from karama.rules.change import NHS_TALKING_THERAPIES as NHS
from karama.rules.change.caseness import (
    Answer,
    OutcomeDefinition,
    OutcomeMeasure,
    Rate,
    person_outcome,
    tally,
)

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN
OUTSIDE, UNCLASSIFIED = Answer.OUTSIDE, Answer.UNCLASSIFIED


def answers(before, after, definition=NHS):
    codes = [measure.code for measure in definition.measures]
    found = person_outcome(definition, dict(zip(codes, before, strict=True)), dict(zip(codes, after, strict=True)))
    return (
        found.case_at_start,
        found.recovery,
        found.reliable_improvement,
        found.reliable_recovery,
        found.reliable_deterioration,
    )


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ((16, 12), (9, 7), (YES, YES, YES, YES, NO)),
        ((16, 12), (10, 7), (YES, NO, YES, NO, NO)),
        ((10, 7), (9, 7), (YES, YES, NO, NO, NO)),
        ((9, 8), (9, 4), (YES, YES, YES, YES, NO)),
        ((9, 7), (3, 7), (NO, OUTSIDE, YES, OUTSIDE, NO)),
        ((9, 7), (9, 11), (NO, OUTSIDE, NO, OUTSIDE, YES)),
        ((16, 5), (9, 9), (YES, NO, NO, NO, NO)),
        ((16, 5), (11, 5), (YES, NO, NO, NO, NO)),
    ],
)
def test_published_definitions(before, after, expected):
    """CH010: PHQ-9 case 10, reliable 6; GAD-7 case 8, reliable 4; lines inclusive; mixed change is neither."""
    assert answers(before, after) == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ((16, 12), (None, None), (YES, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN)),
        ((16, 12), (9, None), (YES, UNKNOWN, UNKNOWN, UNKNOWN, NO)),
        ((16, 12), (12, None), (YES, NO, UNKNOWN, NO, UNKNOWN)),
        ((16, 12), (22, None), (YES, NO, NO, NO, UNKNOWN)),
        ((16, None), (9, 7), (YES, YES, UNCLASSIFIED, UNKNOWN, UNCLASSIFIED)),
        ((9, None), (3, 3), (UNCLASSIFIED,) * 5),
        ((None, None), (3, 3), (UNCLASSIFIED,) * 5),
    ],
)
def test_missing_is_never_no(before, after, expected):
    """CH011: a missing score leaves open what it leaves open; "no" only where the scores present decide."""
    assert answers(before, after) == expected


def test_higher_is_better_as_data():
    """CH012: a measure where higher is better (WHO-5, 0-100) works as data: case at 28 or below."""
    who5 = OutcomeDefinition("who5", (OutcomeMeasure("who5", 28, 10, "better"),), "local")
    assert answers((28,), (40,), who5) == (YES, YES, YES, YES, NO)
    assert answers((29,), (19,), who5) == (NO, OUTSIDE, NO, OUTSIDE, YES)


def test_other_instruments_as_data():
    """CH013: PCL-5 and K6 need a definition, not code."""
    pcl5 = OutcomeDefinition("pcl5", (OutcomeMeasure("pcl5", 33, 10),), "NHS Talking Therapies 32/10")
    assert answers((40,), (30,), pcl5) == (YES, YES, YES, YES, NO)


def test_definitions_are_checked():
    """CH014: a definition without measures, with one twice, or with a line of zero is refused."""
    measure = OutcomeMeasure("k6", 13, 5)
    for wrong in ((), (measure, measure), (OutcomeMeasure("k6", 13, 0),)):
        with pytest.raises(ValueError, match="Outcome definition"):
            OutcomeDefinition("x", wrong, "none")


def test_rate_with_bounds():
    """CH015: 2 yes, 1 no, 1 unknown of 4: rate 2/3, bounds 2/4 and 3/4; others stand apart."""
    rate = tally([YES, YES, NO, UNKNOWN, OUTSIDE, UNCLASSIFIED])
    assert rate == Rate(yes=2, n=4, missing=1, unclassified=1)
    assert (rate.rate, rate.if_missing_no, rate.if_missing_yes) == (2 / 3, 0.5, 0.75)
    assert (Rate(0, 0, 0).rate, Rate(0, 0, 0).if_missing_no) == (None, None)


scores = st.none() | st.integers(0, 27)


@given(st.lists(st.tuples(scores, scores, scores, scores)), st.tuples(*[st.integers(0, 27)] * 4))
def test_truth_lies_within_the_bounds(rows, filling):
    """CH016: whatever the missing answers at follow-up were, the true count lies within the bounds."""
    for question in ("recovery", "reliable_improvement", "reliable_recovery", "reliable_deterioration"):
        found, full = [], []
        for p1, g1, p2, g2 in rows:
            before = {"phq9": p1, "gad7": g1}
            found.append(getattr(person_outcome(NHS, before, {"phq9": p2, "gad7": g2}), question))
            filled = {"phq9": filling[0] if p2 is None else p2, "gad7": filling[1] if g2 is None else g2}
            full.append(getattr(person_outcome(NHS, before, filled), question))
        rate, true = tally(found), tally(full)
        assert rate.yes <= true.yes <= rate.yes + rate.missing
        assert rate.n == true.n
