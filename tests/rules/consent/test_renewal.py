"""What is asked again, and what never is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from karama.rules.classes import CAPACITIES, CONSENT_PURPOSES
from karama.rules.consent import Consent
from karama.rules.consent.renewal import REASONS, TextInForce, due

NOW = datetime(2026, 3, 1, tzinfo=UTC)
TEXT = TextInForce("2", {"ar": "a" * 64, "en": "e" * 64})
YES = Consent(
    id=1, sequence=1, purpose="share", state="given", data_classes=frozenset({"general"}), text_version="2",
    text_digest="a" * 64, language="ar",
)  # fmt: skip


def why(*consents: Consent, capacity: str = "own") -> list[str]:
    return [one.why for one in due(consents, {"share": TEXT}, capacity=capacity, now=NOW)]


@pytest.mark.parametrize(
    ("change", "capacity", "expected"),
    [
        ({}, "own", []),
        ({"ends_at": NOW - timedelta(days=1)}, "own", ["expired"]),
        ({"ends_at": NOW + timedelta(days=3)}, "own", ["expires_soon"]),
        ({"ends_at": NOW + timedelta(days=30)}, "own", []),
        ({"text_version": "1"}, "own", ["new_text"]),
        ({"text_digest": "b" * 64}, "own", ["new_text"]),
        ({"text_digest": "b" * 64, "language": "ckb"}, "own", []),
        ({"text_version": "", "text_digest": ""}, "own", []),
        ({"given_by": "guardian", "assent": True}, "own", ["of_age"]),
        ({"given_by": "guardian", "assent": True}, "minor", []),
        ({"given_by": "guardian", "assent": True}, "guardian_unsafe", ["other_decider"]),
    ],
)
def test_one_yes(change: dict[str, object], capacity: str, expected: list[str]) -> None:
    """CO050: a yes is asked again when it lapsed or soon will, its words changed, or another person decides now."""
    assert why(replace(YES, **change), capacity=capacity) == expected  # type: ignore[arg-type]


def test_only_the_newest_of_a_line_counts() -> None:
    """CO051: asking again settles it, and a withdrawal or a no ends the reminder with the yes."""
    old = replace(YES, text_version="1")
    assert why(old, replace(YES, id=2, sequence=2)) == []
    for state in ("withdrawn", "refused"):
        for cites, classes in ((frozenset({1}), frozenset({"x"})), (frozenset(), frozenset())):
            no = replace(old, id=2, sequence=2, state=state, recipient="any", cites=cites, data_classes=classes)
            assert why(old, no) == []
    other = replace(old, id=2, sequence=2, state="refused", purpose="research")
    assert why(old, other) == ["new_text"]


@given(
    st.lists(
        st.builds(
            Consent,
            id=st.integers(1, 99),
            sequence=st.integers(1, 99),
            purpose=st.sampled_from(CONSENT_PURPOSES),
            state=st.sampled_from(["refused", "withdrawn", "never_asked"]),
            data_classes=st.frozensets(st.sampled_from(["general", "clinical"])),
            recipient=st.sampled_from(["none", "any", "partner_health"]),
        ),
        max_size=8,
    ),
    st.sampled_from(CAPACITIES),
)
def test_a_no_is_never_asked_again(consents: list[Consent], capacity: str) -> None:
    """CO052: nobody is put on a list for having said no, later, or for having taken a yes back."""
    texts = {purpose: TEXT for purpose in CONSENT_PURPOSES}
    assert due(consents, texts, capacity=capacity, now=NOW) == ()


def test_the_most_pressing_comes_first() -> None:
    """CO053: a lapsed yes stands before a changed text, whatever the order of the decisions."""
    lapsed = replace(YES, id=2, sequence=2, purpose="photo", ends_at=NOW)
    found = [one.why for one in due([replace(YES, text_version="1"), lapsed], {"share": TEXT}, capacity="own", now=NOW)]
    assert found == sorted(found, key=REASONS.index) == ["expired", "new_text"]
