"""A small card to score in tests, changed part by part."""

from __future__ import annotations

from typing import Any

from karama.rules.scoring import Card, card_from

VERIFIED = "verified: made for this test"
DRAFT = "draft: made for this test"
FOUR = ("q1", "q2", "q3", "q4")


def card(**changes: Any) -> Card:
    data: dict[str, Any] = {
        "code": "made_up",
        "version": "1",
        "name": "Made up",
        "audience": "participant",
        "recall": "one week",
        "total": "total",
        "reviewer": "not yet reviewed",
        "review_date": "",
        "topics_evidence": VERIFIED,
        "answers": "often",
        "items": [{"code": code, "topic": code} for code in FOUR],
        "answer_sets": {"often": {"never": 0, "once": 1, "twice": 2, "always": 3}},
        "licence": {"terms": "free", "permission_required": False, "evidence": VERIFIED},
        "scales": [scale()],
    }
    data.update(changes)
    return card_from(data)


def scale(**changes: Any) -> dict[str, Any]:
    data: dict[str, Any] = {
        "code": "total",
        "label": "total",
        "items": list(FOUR),
        "method": "sum",
        "lowest": 0,
        "highest": 12,
        "higher": "worse",
        "evidence": VERIFIED,
    }
    data.update(changes)
    return data


def answered(*answers: str | None) -> dict[str, str | None]:
    return dict(zip(FOUR, answers, strict=True))


SAFETY = {"code": "harm", "kind": "suicide", "grade": "today", "evidence": VERIFIED}
HARM = SAFETY | {"when": {"item": "q4", "value": 1}}
