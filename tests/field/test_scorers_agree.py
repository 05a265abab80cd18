"""The telephone scores as the server does: every worked answer, and answers nobody thought of, bit for bit."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from karama.knowledge.loader import cases, instrument, instruments
from karama.rules.scoring import MISSING_CODES, AnswersError, Card, SafetySignal, Scored, score
from karama.rules.scoring.travelling import plain
from tests.field.made_up_cards import made_up_cards
from tests.field.node import Telephone
from tests.knowledge.test_instruments import ARGUMENTS, checked

CODES = instruments()
ABOUT = ("age", "sex", "population", "language")
CASES = [pytest.param(code, case, id=f"{code}: {case['why']}") for code in CODES for case in cases(code)]
EVERYDAY, FULL = 20, 200
"""Answer sets for each of thirty instruments."""

Asked = dict[str, Any]


@pytest.fixture(scope="module")
def telephone() -> Iterator[Telephone]:
    """The telephone's scorer with every card, as it travels, with and without drafts."""
    with Telephone() as found:
        for code in CODES:
            found.ask("card", code, _sent(plain(instrument(code))))
            found.ask("card", f"{code}, drafts", _sent(plain(instrument(code), drafts=True)))
        yield found


def _sent(card: dict[str, Any]) -> Any:
    """Through JSON, as it goes over the wire."""
    return json.loads(json.dumps(card))


def on_server(card: Card, answers: Mapping[str, str | None], about: Asked, *, drafts: bool) -> Asked:
    """The server's result, in the telephone's words."""
    try:
        told = score(card, answers, **about, drafts=drafts)
    except AnswersError as error:
        return {"ok": False, "said": str(error)}
    return {
        "ok": True,
        "total": told.total,
        "whyNoTotal": told.why_no_total,
        "subscales": dict(told.subscales),
        "band": told.band,
        "bands": dict(told.bands),
        "algorithms": dict(told.algorithms),
        "cutoffs": dict(told.cutoffs),
        "nAnswered": told.n_answered,
        "nItems": told.n_items,
        "safety": [{"code": s.code, "kind": s.kind, "grade": s.grade, "state": s.state} for s in told.safety],
    }


def exact(value: Any) -> Any:
    """A value in which a number is its 64 bits, and true is no number."""
    if isinstance(value, Mapping):
        return {key: exact(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [exact(one) for one in value]
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    return struct.pack(">d", float(value)).hex()


def agree(card: Card, here: Asked, there: Asked) -> None:
    """Both give the same; of answers that belong to no card, both name the same item for the same reason."""
    if here["ok"]:
        assert exact(there) == exact(here)
        return
    assert there["ok"] is False
    begins = {
        "no_item": f"{card.code} has no item {there['item']!r}.",
        "no_answer": f"{card.code} item {there['item']!r} ",
    }
    assert here["said"].startswith(begins[there["why"]])


def compare(
    telephone: Telephone,
    name: str,
    card: Card,
    answers: Mapping[str, str | None],
    about: Asked,
    *,
    drafts: bool = False,
) -> None:
    here = on_server(card, answers, about, drafts=drafts)
    agree(card, here, telephone.ask("score", name, answers, about))


@pytest.mark.parametrize(("code", "case"), CASES)
def test_worked_answers_on_the_telephone(telephone: Telephone, code: str, case: dict[str, Any]) -> None:
    """FD160: each worked answer gives on the telephone what it says, and exactly what the server gives."""
    about = {key: case[key] for key in ABOUT if key in case}
    name = f"{code}, drafts" if case.get("drafts") else code
    told = telephone.ask("score", name, case["answers"], about)
    assert set(case) <= {*ARGUMENTS, "why", "answers", "expect", "published"}
    assert checked(_as_scored(told), case["expect"]) == []
    compare(telephone, name, instrument(code), case["answers"], about, drafts=bool(case.get("drafts")))


def _as_scored(told: Asked) -> Scored:
    return Scored(
        told["total"], told["whyNoTotal"], told["subscales"], told["band"], told["bands"], told["algorithms"],
        told["cutoffs"], told["nAnswered"], told["nItems"], tuple(SafetySignal(**one) for one in told["safety"]),
    )  # fmt: skip


@st.composite
def responses(draw: st.DrawFn, card: Card) -> dict[str, str | None]:
    """Answers with any gaps: items left out, empty, or with a code for why they are missing; now and then a stray."""
    gaps = draw(st.sampled_from([0.0, 0.0, 0.05, 0.3, 0.9]))
    rng = draw(st.randoms(use_true_random=False))
    found: dict[str, str | None] = {}
    for item in card.items:
        if rng.random() < gaps:
            if rng.random() < 0.7:
                found[item.code] = rng.choice([None, *MISSING_CODES])
        else:
            found[item.code] = (
                "words" if item.answers is None else rng.choice([*card.answer_set(item.answers).values()])
            )
    if rng.random() < 0.05:
        stray = rng.choice(
            [*(item.code for item in card.items), "q999", "Q1", "__proto__", "constructor", "\U0001f600", "ﬀ"]
        )
        found[stray] = rng.choice(["", "YES", "constructor", "3"])
    return found


def about_somebody(card: Card) -> st.SearchStrategy[Asked]:
    """Who answers: mostly somebody for whom a line of the card stands."""
    ages = {0, 12, 17, 18, 65, *(age for cut in card.cutoffs for age in (cut.age_from, cut.age_to) if age is not None)}
    if card.age is not None:
        ages |= {age + step for age in (card.age.lowest, card.age.highest) if age is not None for step in (-1, 0, 1)}
    return st.fixed_dictionaries(
        {
            "age": st.sampled_from([None, *sorted(ages)]),
            "sex": st.sampled_from([None, "F", "M"]),
            "population": st.sampled_from([None, "general", *sorted({cut.population for cut in card.cutoffs})]),
            "language": st.sampled_from([None, "en", *sorted({one for cut in card.cutoffs for one in cut.languages})]),
        }
    )


def any_answers_agree(telephone: Telephone, code: str, number: int) -> None:
    card = instrument(code)

    @settings(max_examples=number)
    @given(responses(card), about_somebody(card), st.booleans())
    def tried(answers: dict[str, str | None], about: Asked, drafts: bool) -> None:
        compare(telephone, f"{code}, drafts" if drafts else code, card, answers, about, drafts=drafts)

    tried()


@pytest.mark.parametrize("code", CODES)
def test_any_answers_agree(telephone: Telephone, code: str) -> None:
    """FD161: whatever is answered, left out or refused, by whomever, the telephone and the server give the same."""
    any_answers_agree(telephone, code, EVERYDAY)


@pytest.mark.long
@pytest.mark.parametrize("code", CODES)
def test_any_answers_agree_at_length(telephone: Telephone, code: str) -> None:
    """FD162: the same, with six thousand sets of answers."""
    any_answers_agree(telephone, code, FULL)


def any_cards_agree(telephone: Telephone, number: int) -> None:
    @settings(max_examples=number)
    @given(st.data())
    def tried(data: st.DataObject) -> None:
        card = data.draw(made_up_cards())
        telephone.ask("card", "made up", _sent(plain(card)))
        for _ in range(3):
            compare(telephone, "made up", card, data.draw(responses(card)), data.draw(about_somebody(card)))

    tried()


def test_any_card_agrees(telephone: Telephone) -> None:
    """FD163: cards nobody wrote yet, with every word of the scoring language, score the same on both."""
    any_cards_agree(telephone, 60)


@pytest.mark.long
def test_any_card_agrees_at_length(telephone: Telephone) -> None:
    """FD164: the same, with many cards."""
    any_cards_agree(telephone, 1_500)


def test_every_word_of_the_language_was_tried(telephone: Telephone) -> None:
    """FD165: cards that are made up use each method, missing rule and condition there is: what agrees was tried."""
    drawn: set[str] = set()

    @settings(max_examples=80, database=None)
    @given(made_up_cards())
    def look(card: Card) -> None:
        text = json.dumps(plain(card))
        drawn.update(word for word in WORDS if word in text)

    look()
    assert drawn == set(WORDS)


WORDS = tuple(
    [f'"is": "{kind}"' for kind in ("answer", "value", "scale", "count", "not")]
    + [f'"method": "{method}"' for method in ("sum", "mean", "count", "max", "no_score", "prorate", "zero")]
    + ['"countedOver": "total"', '"reverse": true', '"scored": false', '"missing": "ignored"', '"label": null']
    + ['"answeredAnyway": "missing"', '"answeredAnyway": "keep"', '"recodes": [["', '"age": {']
)


@pytest.mark.parametrize("code", CODES)
def test_what_is_not_put_to_anybody(telephone: Telephone, code: str) -> None:
    """FD166: the telephone leaves out what nobody at the site could answer: the items that the server leaves out."""
    from karama.care.cards import safety_items

    read = safety_items(instrument(code))
    for open_kinds in ([], ["suicide"], ["suicide", "gbv", "injecting"]):
        closed = sorted(item for item, kinds in read.items() if kinds - set(open_kinds))
        assert telephone.ask("notToAsk", code, open_kinds) == closed


def test_halves_are_rounded_alike(telephone: Telephone) -> None:
    """FD167: a prorated sum is rounded half to even on both: each eighth up to fifty."""
    for eighths in range(400):
        assert telephone.ask("round", eighths / 8) == round(eighths / 8)
