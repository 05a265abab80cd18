"""Numbers of forms on paper."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from karama.rules import papers as rule
from karama.rules.codes import ALPHABET

parts = st.text(ALPHABET, min_size=rule.RANDOM_LENGTH, max_size=rule.RANDOM_LENGTH)


@given(st.sampled_from(sorted(rule.VERSIONS)), parts, st.integers(0, rule.LENGTH - 1), st.sampled_from(ALPHABET))
def test_a_mistyped_number_is_no_other_sheet(form: str, drawn: str, place: int, sign: str) -> None:
    """CA770: a number reads back as it was printed, however it is typed; with one wrong character it is no number."""
    printed = rule.number(form, drawn)
    assert rule.parse(printed.lower().replace("-", " ")) == (printed, form, rule.VERSIONS[form])
    plain = printed.replace("-", "")
    wrong = plain[:place] + sign + plain[place + 1 :]
    if wrong != plain:
        with pytest.raises(rule.BadNumber):
            rule.parse(wrong)
