"""Is a card whole and consistent? Every sentence says which part and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from karama.rules.scoring.card import Algorithm, Banding, Card, Cutoff, Item, Scale
from karama.rules.scoring.conditions import (
    MISSING_CODES,
    AnswerIs,
    Condition,
    CountOf,
    Not,
    ScaleAtLeast,
    leaves,
    scales_of,
)
from karama.rules.scoring.evidence import Evidence


def validate(card: Card) -> list[str]:
    """What is wrong with the card, as sentences; an empty list when nothing is."""
    return [f"{card.code}: {problem}" for check in _CHECKS for problem in check(card)]


def _head(card: Card) -> Iterator[str]:
    for key in ("code", "version", "name", "recall", "reviewer"):
        if not getattr(card, key).strip():
            yield f"{key} is empty."
    if card.reviewer != "not yet reviewed" and not card.review_date:
        yield "a reviewer is named but review_date is empty."
    if card.total is not None and card.total not in {scale.code for scale in card.scales}:
        yield f"total names the scale {card.total!r}, which does not exist."
    if not (card.scales or card.algorithms):
        yield "there is neither a scale nor an algorithm."


def _codes_once(card: Card) -> Iterator[str]:
    groups: dict[str, Iterable[str]] = {
        "items": (item.code for item in card.items),
        "answer sets": (answer_set.code for answer_set in card.answer_sets),
        "scales": (scale.code for scale in card.scales),
        "bandings": (banding.code for banding in card.bandings),
        "cutoffs": (cut.code for cut in card.cutoffs),
        "algorithms": (algorithm.code for algorithm in card.algorithms),
        "safety rules": (rule.code for rule in card.safety),
        "codings": (f"{coding.code}/{coding.answer_set}" for coding in card.codings),
        "LOINC codes": (item.loinc for item in card.items if item.loinc),
    }
    for group, codes in groups.items():
        seen: set[str] = set()
        for code in codes:
            if code in seen:
                yield f"{code!r} stands twice among the {group}."
            seen.add(code)


def _evidence(card: Card) -> Iterator[str]:
    cited: list[tuple[str, Evidence]] = [("licence", card.licence.evidence)]
    cited += [(f"scale {scale.code}", scale.evidence) for scale in card.scales]
    cited += [(f"scale {scale.code} missing rule", scale.missing.evidence) for scale in card.scales]
    cited += [(f"banding {banding.code}", banding.evidence) for banding in card.bandings]
    cited += [(f"cutoff {cut.code}", cut.evidence) for cut in card.cutoffs]
    cited += [(f"algorithm {algorithm.code}", algorithm.evidence) for algorithm in card.algorithms]
    cited += [(f"safety rule {rule.code}", rule.evidence) for rule in card.safety]
    for where, evidence in cited:
        if evidence.status not in ("verified", "draft") or not evidence.source.strip():
            yield f"{where} has no citation."
    if card.loinc is None and any(item.loinc for item in card.items):
        yield "items carry LOINC codes but the card cites no source for them."
    if any(rule.threshold == 0 for rule in card.reliable_change):
        yield "a reliable change of zero points means nothing."


def _answer_sets(card: Card) -> Iterator[str]:
    for answer_set in card.answer_sets:
        codes = [answer.code for answer in answer_set.answers]
        if not codes or len(set(codes)) != len(codes):
            yield f"answer set {answer_set.code} is empty or repeats a code."
        for code in set(codes) & set(MISSING_CODES):
            yield f"answer set {answer_set.code} uses the missing code {code!r} as an answer."
    sets = {answer_set.code: answer_set.values() for answer_set in card.answer_sets}
    for coding in card.codings:
        known = {*sets.get(coding.answer_set, {}), *MISSING_CODES}
        if coding.answer_set not in sets or not {answer for _, answer in coding.raw} <= known:
            yield f"coding {coding.code} names an answer or answer set that does not exist."
        if len({raw for raw, _ in coding.raw}) != len(coding.raw):
            yield f"coding {coding.code} repeats a raw value."


def _items(card: Card) -> Iterator[str]:
    sets = {answer_set.code: answer_set.values() for answer_set in card.answer_sets}
    earlier: set[str] = set()
    for item in card.items:
        yield from _item(item, sets)
        if item.skip:
            yield from _condition(card, item.skip.asked_if, f"item {item.code} skip", answers_only=True)
            if not {leaf.item for leaf in leaves(item.skip.asked_if) if not isinstance(leaf, ScaleAtLeast)} <= earlier:
                yield f"item {item.code} skip reads an item that is not asked before it."
        earlier.add(item.code)


def _item(item: Item, sets: dict[str, dict[str, int | float]]) -> Iterator[str]:
    if not item.topic.strip():
        yield f"item {item.code} has no topic."
    if item.answers is None:
        if item.scored or item.reverse or item.skip:
            yield f"item {item.code} is free words: it cannot be scored, reversed or skipped."
    elif item.answers not in sets:
        yield f"item {item.code} names the answer set {item.answers!r}, which does not exist."
    elif item.skip and item.skip.implied is not None and item.skip.implied not in sets[item.answers]:
        yield f"item {item.code} skip implies an answer that is not in its answer set."


def _scales(card: Card) -> Iterator[str]:
    items = {item.code: item for item in card.items}
    sets = {answer_set.code: answer_set.values() for answer_set in card.answer_sets}
    for scale in card.scales:
        if not scale.items or len(set(scale.items)) != len(scale.items):
            yield f"scale {scale.code} is empty or repeats an item."
        unknown = [code for code in scale.items if code not in items or not items[code].scored]
        for code in unknown:
            yield f"scale {scale.code} reads {code!r}, which is no scored item."
        for code, answer_set in scale.recodes:
            if code not in scale.items or set(sets.get(answer_set, {})) != set(sets.get(items[code].answers or "", {})):
                yield f"scale {scale.code} recodes {code!r} with an answer set that has other answers."
        if scale.missing.allowed >= len(scale.items) and scale.missing.method != "no_score":
            yield f"scale {scale.code} allows every item to be missing."
        if scale.missing.counted_over == "total" and card.total is None:
            yield f"scale {scale.code} counts missing answers over a total that does not exist."
        if not unknown:
            yield from _range(card, scale)


def _range(card: Card, scale: Scale) -> Iterator[str]:
    recodes = dict(scale.recodes)
    sets = {answer_set.code: list(answer_set.values().values()) for answer_set in card.answer_sets}
    values = [sets.get(recodes.get(code, card.item(code).answers or ""), [0]) for code in scale.items]
    lows, highs = [min(v) for v in values], [max(v) for v in values]
    n = len(scale.items)
    low, high = {
        "sum": (sum(lows), sum(highs)),
        "mean": (sum(lows) / n, sum(highs) / n),
        "count": (0, n),
        "max": (max(lows), max(highs)),
    }[scale.method]
    expected = (low * scale.multiply / scale.divide, high * scale.multiply / scale.divide)
    if expected != (scale.lowest, scale.highest):
        yield f"scale {scale.code} should run from {expected[0]:g} to {expected[1]:g}."


def _bandings(card: Card) -> Iterator[str]:
    scales = {scale.code: scale for scale in card.scales}
    for banding in card.bandings:
        if banding.scale not in scales or not banding.bands:
            yield f"banding {banding.code} has no bands or no scale."
        else:
            yield from _bands(banding, scales[banding.scale])


def _bands(banding: Banding, scale: Scale) -> Iterator[str]:
    first, last = banding.bands[0], banding.bands[-1]
    if first.low != scale.lowest or last.high != scale.highest:
        yield f"banding {banding.code} does not cover {scale.lowest:g} to {scale.highest:g}."
    if any(not band.label for band in banding.bands):
        yield f"banding {banding.code} has a band without a name."
    if any(band.low > band.high for band in banding.bands):
        yield f"banding {banding.code} has a band that ends before it begins."
    for before, after in zip(banding.bands, banding.bands[1:], strict=False):
        distance = round(after.low - before.high, 9)
        if distance > banding.step:
            yield f"banding {banding.code} has a gap before {after.low:g}."
        elif distance < banding.step:
            yield f"banding {banding.code} overlaps at {after.low:g}."


def _cutoffs(card: Card) -> Iterator[str]:
    scales = {scale.code: scale for scale in card.scales}
    for cut in card.cutoffs:
        if cut.scale not in scales:
            yield f"cutoff {cut.code} names the scale {cut.scale!r}, which does not exist."
        elif not _one_line_within(cut, scales[cut.scale]):
            yield f"cutoff {cut.code} needs exactly one of at_least and at_most, within its scale."
        if not cut.population.strip() or not cut.purpose.strip():
            yield f"cutoff {cut.code} names no population or no purpose."


def _one_line_within(cut: Cutoff, scale: Scale) -> bool:
    lines = [line for line in (cut.at_least, cut.at_most) if line is not None]
    return len(lines) == 1 and scale.lowest <= lines[0] <= scale.highest


def _algorithms(card: Card) -> Iterator[str]:
    for algorithm in card.algorithms:
        for rule in algorithm.rules:
            yield from _condition(card, rule.when, f"algorithm {algorithm.code}")
            if algorithm.missing == "ignored" and (_negates(rule.when) or scales_of(rule.when)):
                yield f"algorithm {algorithm.code} ignores missing answers: it cannot negate or read scales."
        yield from _labels(algorithm)


def _labels(algorithm: Algorithm) -> Iterator[str]:
    labels = [rule.label for rule in algorithm.rules]
    if not labels or "undetermined" in {*labels, algorithm.otherwise}:
        yield f"algorithm {algorithm.code} has no rules, or uses 'undetermined' as a label."


def _negates(condition: Condition) -> bool:
    if isinstance(condition, CountOf):
        return any(_negates(part) for part in condition.conditions)
    return isinstance(condition, Not)


def _safety(card: Card) -> Iterator[str]:
    for rule in card.safety:
        yield from _condition(card, rule.when, f"safety rule {rule.code}", answers_only=True)


def _condition(card: Card, condition: Condition, where: str, *, answers_only: bool = False) -> Iterator[str]:
    items = {item.code: item for item in card.items}
    sets = {answer_set.code: answer_set.values() for answer_set in card.answer_sets}
    scales = {scale.code for scale in card.scales}
    for count in _counts(condition):
        if not 1 <= count.at_least <= len(count.conditions):
            yield f"{where} asks for {count.at_least} of {len(count.conditions)} conditions."
    for leaf in leaves(condition):
        if isinstance(leaf, ScaleAtLeast):
            if answers_only:
                yield f"{where} must read answers, not the scale {leaf.scale!r}."
            elif leaf.scale not in scales:
                yield f"{where} reads the scale {leaf.scale!r}, which does not exist."
        elif leaf.item not in items or items[leaf.item].answers not in sets:
            yield f"{where} reads {leaf.item!r}, which is no item with fixed answers."
        elif isinstance(leaf, AnswerIs):
            for code in set(leaf.answers) - set(sets[items[leaf.item].answers or ""]) - set(MISSING_CODES):
                yield f"{where} reads the answer {code!r}, which {leaf.item!r} does not have."


def _counts(condition: Condition) -> Iterator[CountOf]:
    if isinstance(condition, CountOf):
        yield condition
        for part in condition.conditions:
            yield from _counts(part)
    elif isinstance(condition, Not):
        yield from _counts(condition.condition)


_CHECKS = (
    _head, _codes_once, _evidence, _answer_sets, _items, _scales, _bandings, _cutoffs, _algorithms, _safety,
)  # fmt: skip
