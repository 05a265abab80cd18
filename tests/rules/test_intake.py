"""What screenings suggest, what is an answer, what stands."""

from __future__ import annotations

import pytest

from karama.rules import intake as rule

KINDS = {"weighs": "fits", "daily": "fits", "helped": "elsewhere"}


@pytest.mark.parametrize(
    ("answers", "suggested"),
    [
        ({"weighs": "yes"}, "fits"),
        ({"weighs": "yes", "helped": "yes"}, "unclear"),
        ({"weighs": "no", "daily": "no"}, "elsewhere"),
        ({}, "unclear"),
        *(({"weighs": "no", "daily": missing}, "unclear") for missing in rule.MISSING),
        ({"weighs": "no"}, "unclear"),
        ({"helped": "yes"}, "unclear"),
    ],
)
def test_a_missing_answer_is_no_no(answers: dict[str, str], suggested: str) -> None:
    """CA900: one yes suggests this service; only a no to everything speaks for another; missing is never no."""
    assert rule.suggestion(KINDS, answers) == suggested
    assert rule.suggestion({}, answers) == "unclear"


def test_what_is_an_answer() -> None:
    """CA901: an answer is choices of the list or one reason for none, never both, never nothing."""
    fits = rule.fits_choices
    assert fits(["a"], ["a", "b"], many=False)
    assert fits(["a", "b"], ["a", "b"], many=True)
    for missing in rule.MISSING:
        assert fits([missing], ["a"], many=False)
        assert not fits([missing, "a"], ["a"], many=True)
    assert not fits([], ["a"], many=True)
    assert not fits(["a", "b"], ["a", "b"], many=False)
    assert not fits(["a", "a"], ["a"], many=True)
    assert not fits(["x"], ["a"], many=True)


def test_what_stands_once() -> None:
    """CA902: what was told, stopped or refused is asked no more; what was only skipped may be asked on another day."""
    assert [one for one in ("told", "stopped", *rule.MISSING, "") if rule.asked_once(one)] == [
        "told", "stopped", "refused",
    ]  # fmt: skip
    assert rule.to_ask(["a", "b"], ["a"]) == "b"
    assert rule.to_ask(["a"], ["a"]) == ""
