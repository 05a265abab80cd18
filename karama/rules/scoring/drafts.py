"""The card as it may be used today: without what is still to be checked."""

from __future__ import annotations

from dataclasses import replace

from karama.rules.scoring.card import Band, Banding, Card, Item, MissingRule, Scale
from karama.rules.scoring.conditions import scales_of


def without_drafts(card: Card) -> Card:
    """A copy of the card in which draft facts decide nothing.

    Dropped: draft scales, bandings, cut-offs, algorithms, reliable-change inputs and LOINC codes, and
    whatever reads a dropped scale. Switched off: draft skips and draft missing rules (no score instead). A
    draft band keeps its place without a label. Safety rules and age limits always stay: they only ever make
    us more careful.
    """
    scales = tuple(_usable_scale(scale) for scale in card.scales if not scale.evidence.draft)
    kept = {scale.code for scale in scales}
    return replace(
        card,
        items=tuple(_usable_item(item) for item in card.items),
        scales=scales,
        total=card.total if card.total in kept else None,
        bandings=tuple(
            _usable_banding(banding)
            for banding in card.bandings
            if not banding.evidence.draft and banding.scale in kept
        ),
        cutoffs=tuple(cut for cut in card.cutoffs if not cut.evidence.draft and cut.scale in kept),
        algorithms=tuple(
            algorithm
            for algorithm in card.algorithms
            if not algorithm.evidence.draft and all(set(scales_of(rule.when)) <= kept for rule in algorithm.rules)
        ),
        reliable_change=tuple(
            inputs for inputs in card.reliable_change if not inputs.evidence.draft and inputs.scale in kept
        ),
        loinc=None if card.loinc and card.loinc.evidence.draft else card.loinc,
    )


def _usable_item(item: Item) -> Item:
    return replace(item, skip=None) if item.skip and item.skip.evidence.draft else item


def _usable_scale(scale: Scale) -> Scale:
    if not scale.missing.evidence.draft:
        return scale
    return replace(scale, missing=MissingRule("no_score", 0, scale.missing.evidence))


def _usable_banding(banding: Banding) -> Banding:
    return replace(banding, bands=tuple(_usable_band(band) for band in banding.bands))


def _usable_band(band: Band) -> Band:
    return replace(band, label=None) if band.evidence.draft else band
