"""What a pack says about going out."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

import pytest

from karama.knowledge.pack_outreach import AROUND, FILE, USUAL, outreach_from, outreach_of
from karama.knowledge.packs import PackError, programme

SHIPPED = ("colombia-community", "iraq-torture-rehabilitation")


def table(code: str = SHIPPED[0]) -> dict[str, Any]:
    path = files("karama.knowledge") / "programmes" / code / FILE
    return tomllib.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("code", SHIPPED)
def test_shipped_packs_fit(code: str) -> None:
    """OU013: each area lies at a site of its pack, and areas, goods and the last instruction have words in each of its
    languages."""
    pack, rules = programme(code), outreach_of(code)
    sites = {one.code for one in pack.sites}
    assert {one.site for one in rules.areas} == sites
    for texts in (rules.nobody_answers, *(one.names for one in (*rules.areas, *rules.goods))):
        assert set(pack.languages) <= set(texts)
    assert rules.area("nowhere", "town") is None


def test_without_a_file_the_cautious_rules() -> None:
    """OU014: a programme that says nothing gets one area, nobody alone without somebody who waits, and no fare."""
    rules = outreach_of("another-programme")
    assert rules is USUAL
    (area,) = rules.areas_of("anywhere")
    assert (area.code, area.fare, rules.lone_rule(area)) == (AROUND, None, "with_calls")
    assert rules.lone_rule(None) == "never"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("lone", "sometimes"),
        ("set_by", ["volunteer"]),
        ("set_by", []),
        ("minutes", {"grace": 1, "recall": 30, "alone": 120}),
        ("minutes", {"grace": 30, "recall": 30}),
        ("waits", {"companion": 500, "supervisor": 15, "director": 15}),
        ("areas", [{"code": "a", "site": "quibdo", "names": {"es": ""}}]),
        ("areas", [{"code": "a", "site": "quibdo", "names": {"es": "A"}, "usual": "maybe"}]),
        ("areas", [{"code": "a", "site": "quibdo", "names": {"es": "A"}}] * 2),
        ("goods", [{"code": "a", "kind": "therapy", "names": {"es": "A"}}]),
        ("nobody_answers", {}),
        ("evidence", "perhaps"),
        ("colour", "red"),
    ],
)
def test_a_wrong_file_names_itself(key: str, value: Any) -> None:
    """OU015: what cannot be so is refused, naming the file and what is wrong in it."""
    with pytest.raises(PackError, match=FILE):
        outreach_from(SHIPPED[0], {**table(), key: value})
