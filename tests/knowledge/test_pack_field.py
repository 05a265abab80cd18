"""`field.toml`: how long a telephone keeps records readable, and of how many people."""

from __future__ import annotations

from typing import Any

import pytest

from karama.knowledge.pack_field import FieldTerms, terms_from, terms_of
from karama.knowledge.packs.reading import PackError


def table(**more: Any) -> dict[str, Any]:
    return {"version": "1", "evidence": "verified: the routes", "lease_days": 21, "people": 30} | more


def test_what_is_not_confirmed_never_lengthens_the_lease() -> None:
    """SY100: a confirmed lease counts as it stands; a draft is never longer than seven days, nor is no file."""
    assert terms_from("x", table()) == FieldTerms(21, 30)
    assert terms_from("x", table(evidence="draft: a guess")) == FieldTerms(7, 30)
    assert terms_of("no-such-programme") == FieldTerms(7, 60)
    assert terms_of("colombia-community").people <= 60


def test_the_share_is_off_until_somebody_asks_for_it() -> None:
    """SY248: without a word in the pack the first unlock of a day needs no server; a draft may turn it on."""
    assert not terms_from("x", table()).daily_share
    assert not terms_of("no-such-programme").daily_share
    assert terms_from("x", table(daily_share=True)).daily_share
    assert terms_from("x", table(evidence="draft: a guess", daily_share=True)).daily_share


@pytest.mark.parametrize(
    "wrong",
    [
        {"lease_days": 6},
        {"lease_days": 31},
        {"people": 0},
        {"people": 61},
        {"extra": 1},
        {"evidence": "yes"},
        {"daily_share": "yes"},
    ],
)
def test_a_wrong_file_is_refused(wrong: dict[str, Any]) -> None:
    """SY101: a lease outside seven to thirty days, more than sixty people, an unknown key: refused with its place."""
    with pytest.raises(PackError, match=r"field\.toml"):
        terms_from("x", table(**wrong))
