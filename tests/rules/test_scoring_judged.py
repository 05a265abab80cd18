"""What a score and its answers mean: bands, lines, rules, safety signals and locks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from karama.rules.scoring import (
    lock,
    locked_because,
    score,
    without_drafts,
)
from tests.rules.scoring_card import DRAFT, FOUR, HARM, SAFETY, VERIFIED, answered, card, scale


def test_bands_have_edges() -> None:
    """SC013: a score has the band whose lower edge it reaches last."""
    bands = [
        {"low": 0, "high": 4, "label": "low"},
        {"low": 5, "high": 9, "label": "middle"},
        {"low": 10, "high": 12, "label": "high"},
    ]
    made = card(bandings=[{"code": "b", "scale": "total", "evidence": VERIFIED, "bands": bands}])
    for answers, label in (
        (("always", "once", "never", "never"), "low"),
        (("always", "twice", "never", "never"), "middle"),
        (("always", "always", "always", "once"), "high"),
        (("always", "always", "always", None), None),
    ):
        assert score(made, answered(*answers)).band == label


def test_draft_bands_give_no_band() -> None:
    """SC014: a draft band, or a draft set of bands, gives no band by default."""
    bands = [
        {"low": 0, "high": 4, "label": "low"},
        {"low": 5, "high": 12, "label": "high", "evidence": DRAFT},
    ]
    one = card(bandings=[{"code": "b", "scale": "total", "evidence": VERIFIED, "bands": bands}])
    high = answered("always", "always", "never", "never")
    assert score(one, high).band is None
    assert score(one, high, drafts=True).band == "high"
    assert score(one, answered("once", "never", "never", "never")).band == "low"
    every = card(bandings=[{"code": "b", "scale": "total", "evidence": DRAFT, "bands": bands}])
    assert score(every, answered("never", "never", "never", "never")).band is None


def test_cutoffs_apply_only_where_everything_matches() -> None:
    """SC023: a cut-off applies only where its population, sex, language and age are known and match."""
    cut = {
        "code": "here",
        "scale": "total",
        "population": "valley",
        "purpose": "screening",
        "at_least": 4,
        "sex": "F",
        "languages": ["ar"],
        "age_from": 18,
        "age_to": 60,
        "evidence": VERIFIED,
    }
    general = cut | {"code": "all", "population": "general", "sex": "F", "languages": [], "at_least": 5}
    made = card(cutoffs=[cut, {k: v for k, v in general.items() if k not in ("sex", "age_from", "age_to")}])
    answers = answered("once", "once", "once", "once")
    right: dict[str, Any] = {"population": "valley", "sex": "F", "language": "ar", "age": 18}
    assert score(made, answers, **right).cutoffs == {"here": True, "all": False}
    for wrong in ({"population": "hill"}, {"sex": "M"}, {"language": "fr"}, {"age": 61}, {"age": 17}):
        assert "here" not in score(made, answers, **(right | wrong)).cutoffs
    for key in right:
        assert "here" not in score(made, answers, **(right | {key: None})).cutoffs
    assert score(made, answered("once", "once", "once", None), **right).cutoffs == {"here": None, "all": None}


def test_a_cutoff_at_most() -> None:
    """SC024: a line may be met from below."""
    cut = {"code": "low", "scale": "total", "population": "general", "purpose": "p", "at_most": 3}
    made = card(cutoffs=[cut | {"evidence": VERIFIED}])
    assert score(made, answered("once", "once", "once", "never")).cutoffs == {"low": True}
    assert score(made, answered("once", "once", "once", "once")).cutoffs == {"low": False}


def test_ordered_rules_and_undetermined() -> None:
    """SC025: the first rule that holds names the result, and an unknown rule before it leaves it open."""
    rules = [
        {"label": "high", "when": {"items": ["q1", "q2"], "value": 2, "count": 1}},
        {"label": "low", "when": {"item": "q3", "value": 1}},
    ]
    made = card(algorithms=[{"code": "a", "otherwise": "none", "evidence": VERIFIED, "rules": rules}])
    for answers, label in (
        ({"q1": "twice"}, "high"),
        ({"q1": "never", "q2": "never", "q3": "once"}, "low"),
        ({"q1": "never", "q3": "once"}, "undetermined"),
        ({"q1": "never", "q2": "never", "q3": "never"}, "none"),
        ({}, "undetermined"),
    ):
        assert score(made, answers).algorithms["a"] == label


def test_missing_ignored_only_where_published() -> None:
    """SC026: where the rule ignores missing answers, only all of them missing leaves it open."""
    rules = [{"label": "yes", "when": {"items": list(FOUR), "value": 2, "count": 1}}]
    made = card(
        algorithms=[{"code": "a", "otherwise": "no", "evidence": VERIFIED, "missing": "ignored", "rules": rules}]
    )
    assert score(made, {"q1": "once"}).algorithms["a"] == "no"
    assert score(made, {"q1": "twice"}).algorithms["a"] == "yes"
    assert score(made, answered("refused", "refused", None, "skipped")).algorithms["a"] == "undetermined"


def test_safety_is_apart_from_the_total() -> None:
    """SC018: a safety answer alone signals, with the lowest total and with no total at all."""
    made = card(safety=[HARM])
    assert score(made, answered("never", "never", "never", "once")).safety[0].state == "positive"
    assert score(made, {"q4": "once"}).safety[0].state == "positive"
    assert score(made, answered("always", "always", "always", "never")).safety[0].state == "negative"


def test_a_missing_safety_answer_is_unknown() -> None:
    """SC019: a missing safety answer is unknown, never negative."""
    made = card(safety=[HARM])
    for missing in (None, "skipped", "refused", "not_asked", "dont_know"):
        result = score(made, answered("never", "never", "never", missing))
        assert result.safety[0].state == "unknown"


def test_a_refusal_may_count_as_positive() -> None:
    """SC020: a safety rule may list a missing code, which then fires."""
    rule = SAFETY | {"when": {"item": "q4", "answers": ["always", "refused"]}}
    made = card(safety=[rule])
    assert score(made, {"q4": "refused"}).safety[0].state == "positive"
    assert score(made, {"q4": "skipped"}).safety[0].state == "unknown"


def test_draft_safety_stays_on_and_locks() -> None:
    """SC021: a draft safety rule still signals, and locks the instrument whatever the permissions."""
    made = card(safety=[HARM | {"evidence": DRAFT}])
    assert score(made, {"q4": "always"}).safety[0].state == "positive"
    assert locked_because(made) == "draft_safety"
    assert lock(made, {"made_up"}) == "draft_safety"


def test_permission_lock() -> None:
    """SC022: an instrument whose owner wants to be asked is locked until that permission is recorded."""
    made = card(licence={"terms": "ask", "permission_required": True, "evidence": VERIFIED})
    assert lock(made, ()) == "permission_required"
    assert lock(made, {"another"}) == "permission_required"
    assert lock(made, {"made_up"}) is None
    assert locked_because(made) is None
    assert lock(card(), ()) is None


def test_without_drafts_keeps_only_what_was_checked() -> None:
    """SC036: the card for use has no draft scale, cut-off, algorithm or change input, and all its safety."""
    made = card(
        scales=[scale(), scale(code="unsure", evidence=DRAFT)],
        cutoffs=[
            {"code": "c", "scale": "total", "population": "general", "purpose": "p", "at_least": 1}
            | {"evidence": DRAFT}
        ],
        algorithms=[
            {
                "code": "reads_a_draft",
                "otherwise": "no",
                "evidence": VERIFIED,
                "rules": [{"label": "yes", "when": {"scale": "unsure", "value": 1}}],
            }
        ],
        reliable_change=[{"scale": "total", "alpha": 0.9, "evidence": DRAFT}],
        safety=[HARM | {"evidence": DRAFT}],
    )
    usable = without_drafts(made)
    assert [s.code for s in usable.scales] == ["total"]
    assert (usable.cutoffs, usable.algorithms, usable.reliable_change) == ((), (), ())
    assert usable.safety == made.safety
    assert without_drafts(replace(made, total="unsure")).total is None
