"""Why an instrument may not be put to a person."""

from __future__ import annotations

from collections.abc import Collection

from karama.rules.scoring.card import Card


def locked_because(card: Card) -> str | None:
    """``"draft_safety"`` when a safety rule still has to be checked: no permission opens that lock."""
    return "draft_safety" if any(rule.evidence.draft for rule in card.safety) else None


def lock(card: Card, permissions: Collection[str]) -> str | None:
    """Why the instrument may not be administered, or ``None`` when it may.

    ``permissions`` are the codes of the instruments whose owner's permission is recorded. Returns
    ``"draft_safety"`` or ``"permission_required"``. Answers collected elsewhere may still be scored.
    """
    if reason := locked_because(card):
        return reason
    if card.licence.permission_required and card.code not in permissions:
        return "permission_required"
    return None
