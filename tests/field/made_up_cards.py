"""Cards nobody wrote: every method, rule and condition of the scoring language, put together at random but whole."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from karama.rules.scoring import MISSING_CODES, Card
from tests.rules.scoring_card import DRAFT, VERIFIED, card

SETS = {
    "often": {"never": 0, "once": 1, "twice": 2, "always": 3},
    "short": {"never": 0, "once": 0, "twice": 1, "always": 1},
    "halves": {"low": 0.5, "middle": 1.25, "high": 4},
}
ITEMS = ("q1", "q2", "q3", "q4", "q5", "q6")
GATE, OWN = "gate", "own"

evidence = st.sampled_from([VERIFIED, VERIFIED, VERIFIED, DRAFT])


@st.composite
def leaf(draw: st.DrawFn, items: dict[str, str], scales: tuple[str, ...]) -> dict[str, Any]:
    kind = draw(st.sampled_from(["answer", "value", *(["scale"] if scales else [])]))
    if kind == "scale":
        return {"scale": draw(st.sampled_from(scales)), "value": draw(st.sampled_from([0, 1.5, 3, 6]))}
    item = draw(st.sampled_from(sorted(items)))
    if kind == "value":
        return {"item": item, "value": draw(st.sampled_from([0, 0.5, 1, 2, 3]))}
    codes = st.sampled_from([*SETS[items[item]], *MISSING_CODES])
    return {"item": item, "answers": draw(st.lists(codes, min_size=1, max_size=3, unique=True))}


def condition(items: dict[str, str], scales: tuple[str, ...] = (), *, negates: bool = True) -> st.SearchStrategy[Any]:
    """A condition over these items and scales, a few levels deep."""

    def deeper(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        parts = st.lists(inner, min_size=1, max_size=4)
        counted = parts.flatmap(lambda of: st.integers(1, len(of)).map(lambda n: {"count": n, "of": of}))
        ways = [counted, parts.map(lambda of: {"all": of}), parts.map(lambda of: {"any": of})]
        return st.one_of(*ways, *([inner.map(lambda one: {"not": one})] if negates else []))

    return st.recursive(leaf(items, scales), deeper, max_leaves=5)


@st.composite
def scale(draw: st.DrawFn, code: str, scored: dict[str, str]) -> dict[str, Any]:
    items = draw(st.lists(st.sampled_from(sorted(scored)), min_size=2, max_size=6, unique=True))
    method = draw(st.sampled_from(["no_score", "prorate", "zero"]))
    over = draw(st.sampled_from(["scale", "scale", "total"]))
    recoded = [item for item in items if scored[item] in ("often", "short") and draw(st.booleans())]
    return {
        "code": code,
        "label": code,
        "items": items,
        "method": draw(st.sampled_from(["sum", "mean", "count", "max"])),
        "lowest": 0,
        "highest": 100,
        "higher": draw(st.sampled_from(["worse", "better"])),
        "evidence": draw(evidence),
        "multiply": draw(st.sampled_from([1, 1, 4, 100, 0.5])),
        "divide": draw(st.sampled_from([1, 1, 3, 36, 7])),
        "count_from": draw(st.sampled_from([1, 0.5, 2])),
        "recodes": {"short": recoded} if recoded and draw(st.booleans()) else {},
        "missing": {
            "method": method,
            "allowed": draw(st.integers(0, len(items) - 1)),
            "counted_over": over,
            "evidence": draw(evidence),
        },
    }


@st.composite
def made_up_cards(draw: st.DrawFn) -> Card:
    """Any card."""
    sets = {item: draw(st.sampled_from(sorted(SETS))) for item in ITEMS}
    known = {**sets, GATE: "often"}
    items: list[dict[str, Any]] = [{"code": GATE, "topic": "gate", "answers": "often", "scored": draw(st.booleans())}]
    earlier = {GATE: "often"}
    for item in ITEMS:
        made: dict[str, Any] = {"code": item, "topic": item, "answers": sets[item], "reverse": draw(st.booleans())}
        if draw(st.integers(0, 3)) == 0:
            implied = draw(st.sampled_from(["", next(iter(SETS[sets[item]]))]))
            made["skip"] = {
                "asked_if": draw(condition(earlier)),
                "answered_anyway": draw(st.sampled_from(["keep", "missing"])),
                "evidence": draw(evidence),
            } | ({"implied": implied} if implied else {})
        items.append(made)
        earlier[item] = sets[item]
    items.append({"code": OWN, "topic": "own words", "answers": "words"})
    names = ("total", "other", "third")
    scales = [draw(scale(name, sets)) for name in names]
    lines = [0, 1.5, 4, 9]
    return card(
        items=items,
        answer_sets=SETS,
        answers="often",
        scales=scales,
        total=draw(st.sampled_from(["total", "total", ""])),
        age=draw(
            st.sampled_from(
                [None, {"lowest": 8, "highest": 18, "evidence": VERIFIED}, {"lowest": 12, "evidence": DRAFT}]
            )
        )
        or {"evidence": VERIFIED},
        safety=[
            {
                "code": f"s{n}",
                "kind": kind,
                "grade": "today",
                "evidence": draw(evidence),
                "when": draw(condition(known)),
            }
            for n, kind in enumerate(("suicide", "gbv"))
        ],
        bandings=[
            {
                "code": f"b{n}",
                "scale": draw(st.sampled_from(names)),
                "evidence": draw(evidence),
                "bands": [
                    {"low": low, "high": low + 1, "label": f"from {low}", "evidence": draw(evidence)} for low in lines
                ],
            }
            for n in range(2)
        ],
        cutoffs=[
            {
                "code": f"c{n}",
                "scale": draw(st.sampled_from(names)),
                "population": draw(st.sampled_from(["general", "refugees"])),
                "purpose": "screening",
                "evidence": draw(evidence),
                draw(st.sampled_from(["at_least", "at_most"])): draw(st.sampled_from(lines)),
            }
            | draw(st.sampled_from([{}, {"sex": "F"}, {"languages": ["ar", "es"]}, {"age_from": 18, "age_to": 64}]))
            for n in range(3)
        ],
        algorithms=[
            draw(algorithm("strict", known, names, ignores=False)),
            draw(algorithm("loose", known, names, ignores=True)),
        ],
    )


@st.composite
def algorithm(
    draw: st.DrawFn, code: str, items: dict[str, str], scales: tuple[str, ...], *, ignores: bool
) -> dict[str, Any]:
    when = condition(items, negates=False) if ignores else condition(items, scales)
    return {
        "code": code,
        "otherwise": "none",
        "evidence": draw(evidence),
        "missing": "ignored" if ignores else "undetermined",
        "rules": [{"label": f"rule {n}", "when": draw(when)} for n in range(draw(st.integers(1, 3)))],
    }
