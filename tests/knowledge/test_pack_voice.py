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


@pytest.mark.parametrize(
    "wrong",
    [
        {"sensitive": {"handlers": ["supervisor"]}},
        {"sensitive": {"handlers": ["administrator"]}},
        {"usual": {"handlers": []}},
        {"usual": {"handlers": ["supervisor"], "acknowledge_hours": 0}},
        {"usual": {"handlers": ["supervisor"], "answer_days": 400}},
        {"outside": [{"name": {}, "how": {"en": "x"}, "evidence": "draft: x"}]},
        {"extra": 1},
    ],
)
def test_a_wrong_file_is_refused(wrong: dict[str, Any]) -> None:
    """VO310: a duty of a site for what is sensitive, nobody at all, a clock out of range, or an unknown key is
    refused with its place."""
    with pytest.raises(PackError, match=r"voice\.toml"):
        voice_from("x", table(**wrong))
