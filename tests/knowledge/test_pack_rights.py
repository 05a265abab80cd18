"""`rights.toml`: days to answer, never longer than the house's while nobody has confirmed them."""

from __future__ import annotations

from typing import Any

import pytest

from karama.knowledge.pack_rights import answer_days, days_from, record_keeping, rules_from
from karama.knowledge.packs.reading import PackError


def table(**more: Any) -> dict[str, Any]:
    return {"version": "1", "evidence": "verified: a law", "days": {"access": 45}} | more


def test_what_is_not_confirmed_never_lengthens() -> None:
    """VO005: confirmed days count as they stand; a draft is never longer than thirty; what is not said is thirty."""
    assert days_from("x", table())["access"] == 45
    assert days_from("x", table(evidence="draft: hearsay"))["access"] == 30
    assert days_from("x", table(evidence="draft: hearsay", days={"delete": 10}))["delete"] == 10
    assert days_from("x", table())["delete"] == 30
    assert set(answer_days("no-such-programme").values()) == {30}
    assert answer_days("colombia-community")["access"] == 10


@pytest.mark.parametrize("wrong", [{"days": {"access": 0}}, {"days": {"axess": 3}}, {"evidence": "yes"}, {"extra": 1}])
def test_a_wrong_file_is_refused(wrong: dict[str, Any]) -> None:
    """VO006: a day out of range, an unknown right, missing evidence or an unknown key is refused with its place."""
    with pytest.raises(PackError, match=r"rights\.toml"):
        days_from("x", table(**wrong))


def test_keeping_is_never_guessed() -> None:
    """VO436: how long a record is kept has no default; a draft is told as one; years out of range are refused."""
    assert record_keeping("no-such-programme") is None
    assert rules_from("x", table()).keeping is None
    said = {"years_after_last_entry": 15, "evidence": "draft: hearsay"}
    draft = rules_from("x", table(keeping=said)).keeping
    assert draft is not None
    assert (draft.years, draft.confirmed) == (15, False)
    confirmed = rules_from("x", table(keeping=said | {"evidence": "verified: a law"})).keeping
    assert confirmed is not None
    assert confirmed.confirmed
    for wrong in ({"years_after_last_entry": 0}, {"years_after_last_entry": 51}, {"evidence": ""}, {"extra": 1}):
        with pytest.raises(PackError, match=r"rights\.toml"):
            rules_from("x", table(keeping=said | wrong))
