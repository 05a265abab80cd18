"""`voice.toml`: who answers, how soon, and who outside may be told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from karama.knowledge.pack_voice import USUAL, voice_from, voice_of
from karama.knowledge.packs.reading import PackError

OUTSIDE = {"name": {"en": "Somebody"}, "how": {"en": "Go there"}, "evidence": "draft: x"}


def table(**more: Any) -> dict[str, Any]:
    usual = {"handlers": ["supervisor"], "answer_days": 10}
    return {"version": "1", "usual": usual, "sensitive": {"handlers": ["director"]}} | more


def test_a_programme_says_who_answers() -> None:
    """VO309: handlers, clocks and who is outside come from the file; without one the house's own hold."""
    found = voice_from("x", table(outside=[OUTSIDE]))
    assert found.answering("complaint").handlers == ("supervisor",)
    assert found.answering("sensitive").handlers == ("director",)
    assert found.usual.answer == timedelta(days=10)
    assert found.sensitive.acknowledge == timedelta(hours=24)
    assert found.outside[0].draft
    assert voice_of("no-such-programme") == USUAL
    for code in ("colombia-community", "iraq-torture-rehabilitation"):
        assert voice_of(code).outside


def test_a_programme_says_how_long_words_are_kept() -> None:
    """VO370: the days come from the file with the mark whether a lead has confirmed them; the house's own year holds
    without it, unconfirmed. Every pack that ships says its days, as a proposal."""
    said = {"days_after_closing": 90, "evidence": "verified: the lead of the programme, 2026-11-02"}
    found = voice_from("x", table(keeping=said)).keeping
    assert (found.after, found.said, found.confirmed) == (timedelta(days=90), True, True)
    usual = voice_from("x", table()).keeping
    assert (usual.after, usual.said, usual.confirmed) == (timedelta(days=365), False, False)
    for code in ("colombia-community", "iraq-torture-rehabilitation", "nigeria-key-populations"):
        keeping = voice_of(code).keeping
        assert keeping.said
        assert not keeping.confirmed


@pytest.mark.parametrize(
    "wrong",
    [
        {"sensitive": {"handlers": ["supervisor"]}},
        {"sensitive": {"handlers": ["administrator"]}},
        {"usual": {"handlers": []}},
        {"usual": {"handlers": ["supervisor"], "acknowledge_hours": 0}},
        {"usual": {"handlers": ["supervisor"], "answer_days": 400}},
        {"outside": [{"name": {}, "how": {"en": "x"}, "evidence": "draft: x"}]},
        {"keeping": {"days_after_closing": 3, "evidence": "draft: x"}},
        {"keeping": {"days_after_closing": 9999, "evidence": "draft: x"}},
        {"keeping": {"days_after_closing": 90}},
        {"keeping": {"days_after_closing": 90, "evidence": "draft: x", "sensitive": 5}},
        {"extra": 1},
    ],
)
def test_a_wrong_file_is_refused(wrong: dict[str, Any]) -> None:
    """VO310: a duty of a site for what is sensitive, nobody at all, a clock out of range, or an unknown key is
    refused with its place."""
    with pytest.raises(PackError, match=r"voice\.toml"):
        voice_from("x", table(**wrong))
