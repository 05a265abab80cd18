"""The card as it travels to a telephone."""

from __future__ import annotations

import json
from typing import Any

import pytest

from karama.knowledge.loader import instrument, instruments
from karama.rules.scoring import without_drafts
from karama.rules.scoring.travelling import plain
from tests.rules.scoring_card import DRAFT, HARM, VERIFIED, card, scale

CODES = instruments()


@pytest.mark.parametrize("code", CODES)
def test_every_card_travels_whole(code: str) -> None:
    """FD100: every shipped card is plain JSON and the same after the wire, with all its usable parts and no other."""
    told = plain(instrument(code))
    usable = without_drafts(instrument(code))
    assert json.loads(json.dumps(told)) == told
    assert plain(usable) | {"whyWithoutTotal": ""} == told | {"whyWithoutTotal": ""}
    for part in ("items", "scales", "bandings", "cutoffs", "algorithms", "safety"):
        assert [one["code"] for one in told[part]] == [one.code for one in getattr(usable, part)]
    assert {name: dict(pairs) for name, pairs in told["answers"].items()} == {
        one.code: one.values() for one in usable.answer_sets
    }


def test_no_draft_travels() -> None:
    """FD101: a draft scale, band, line, algorithm, skip or missing rule stays at home; safety and ages always go."""
    items: list[dict[str, Any]] = [{"code": code, "topic": code} for code in ("q1", "q2", "q3", "q4")]
    items[1]["skip"] = {"asked_if": {"item": "q1", "value": 1}, "answered_anyway": "keep", "evidence": DRAFT}
    kept = scale(code="kept", missing={"method": "prorate", "allowed": 1, "evidence": DRAFT})
    line = {"code": "c", "scale": "kept", "population": "general", "purpose": "p", "at_least": 3, "evidence": DRAFT}
    found = {"code": "a", "otherwise": "no", "evidence": DRAFT}
    made = card(
        items=items,
        scales=[scale(evidence=DRAFT), kept],
        bandings=[
            {
                "code": "b",
                "scale": "kept",
                "evidence": VERIFIED,
                "bands": [{"low": 0, "high": 12, "label": "secret", "evidence": DRAFT}],
            }
        ],
        cutoffs=[line],
        algorithms=[found | {"rules": [{"label": "yes", "when": {"item": "q1", "value": 1}}]}],
        age={"lowest": 8, "evidence": DRAFT},
        safety=[HARM | {"evidence": DRAFT}],
    )
    told = plain(made)
    assert [one["code"] for one in told["scales"]] == ["kept"]
    assert told["scales"][0]["missing"] == {"method": "no_score", "allowed": 0, "countedOver": "scale"}
    assert (told["total"], told["whyWithoutTotal"]) == (None, "draft_rule")
    assert (told["cutoffs"], told["algorithms"]) == ([], [])
    assert told["bandings"][0]["bands"] == [{"low": 0, "high": 12, "label": None}]
    assert told["items"][1]["skip"] is None
    assert told["age"] == {"lowest": 8, "highest": None}
    assert [one["code"] for one in told["safety"]] == ["harm"]
    assert "secret" not in json.dumps(told)
    assert "secret" in json.dumps(plain(made, drafts=True))


def test_labels_in_other_languages() -> None:
    """FD102: topics travel in the languages that have words for them, and always in English."""
    told = plain(card(), topics={"es": {"q1": "sueño"}, "ar": {}})
    assert told["items"][0]["topic"] == {"es": "sueño", "en": "q1"}
    assert told["items"][1]["topic"] == {"en": "q2"}
