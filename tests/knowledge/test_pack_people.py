"""`people.toml`: read whole or refused with file and key."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from karama.knowledge.pack_people import CAUTIOUS, people_rules, rules_from
from karama.knowledge.packs import PackError, packs

GOOD: dict[str, Any] = {
    "version": "1",
    "outside_search": "ask",
    "consent_months": {"share": 6},
    "minors": {
        "majority": 18,
        "decides_alone_from": 16,
        "protection_duties": ["supervisor"],
        "emergency_hours": 48,
        "review_days": 5,
        "evidence": "verified: the law of the country, article 1",
    },
    "find_me": {
        "tries": 3,
        "locked_hours": 12,
        "questions": [{"code": "a", "words": {"en": "A?"}}, {"code": "b", "words": {"en": "B?"}}],
    },
}


def test_every_pack_has_rules_about_people() -> None:
    """KN040: each shipped programme says how long a yes lasts, who decides for a child, and asks two questions."""
    for code in packs():
        rules = people_rules(code)
        assert rules is not CAUTIOUS
        assert rules.consent_months
        assert len(rules.questions) >= 2
        for question in rules.questions:
            assert {"en", "es", "ar"} <= set(question.words)


def test_a_draft_age_lowers_nothing() -> None:
    """KN041: a lower age of deciding alone counts only when it was verified; a programme without a file is cautious."""
    assert rules_from("x", copy.deepcopy(GOOD)).ages.alone_from == 16
    draft = copy.deepcopy(GOOD)
    draft["minors"]["evidence"] = "draft: somebody said so"
    assert rules_from("x", draft).ages.alone_from == 18
    assert people_rules("no-such-programme") is CAUTIOUS
    assert (CAUTIOUS.outside_search, CAUTIOUS.ages.alone_from) == ("nothing", 18)


@pytest.mark.parametrize(
    ("where", "value"),
    [
        (("outside_search",), "names"),
        (("consent_months", "share"), 0),
        (("consent_months", "unknown"), 3),
        (("minors", "protection_duties"), ["reception"]),
        (("minors", "protection_duties"), []),
        (("minors", "decides_alone_from"), 21),
        (("find_me", "tries"), 100),
        (("find_me", "questions"), [{"code": "a", "words": {"en": "A?"}}]),
        (("find_me", "questions"), [{"code": "a", "words": {"en": "A?"}}] * 2),
        (("find_me", "questions"), [{"code": "a", "words": {}}, {"code": "b", "words": {"en": "B"}}]),
        (("left_over",), 1),
    ],
)
def test_what_is_wrong_is_refused(where: tuple[str, ...], value: object) -> None:
    """KN042: a wrong or unknown key refuses the file and names the place."""
    table = copy.deepcopy(GOOD)
    part = table
    for key in where[:-1]:
        part = part[key]
    part[where[-1]] = value
    with pytest.raises(PackError, match=r"programmes/x/people\.toml"):
        rules_from("x", table)
