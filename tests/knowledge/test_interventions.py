"""GR020-GR029: interventions are data with their evidence, and a programme says which of them it runs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from karama.knowledge.intervention_cards import intervention, intervention_from, interventions
from karama.knowledge.languages import LANGUAGES
from karama.knowledge.loader import KnowledgeError
from karama.knowledge.pack_groups import USUAL, groups_from, groups_of
from karama.knowledge.packs import PackError, packs
from karama.knowledge.value_sets import coded


@pytest.mark.parametrize("code", interventions())
def test_each_card_is_read(code: str) -> None:
    """GR020: each card has words in the languages of the interface, a source for each fact, somebody who may deliver
    it, and a 4Ws code that exists."""
    card = intervention(code)
    for one in (card, *card.components, *card.fidelity):
        assert set(one.names) == set(LANGUAGES), one
    for told in (card.eligibility, card.exclusion):
        assert told is None or set(told.words) == set(LANGUAGES), told
    assert card.provider.duties
    assert card.components
    assert card.fidelity
    assert card.four_ws is None or card.four_ws.code in {one.code for one in coded("four_ws")}
    assert not card.plan or card.meetings is None or len(card.plan) == card.meetings.most


def test_a_draft_is_never_a_default() -> None:
    """GR021: what was written from memory never becomes a number of meetings by itself; what is verified does."""
    assert len(interventions()) >= 15
    assert intervention("group_pm_plus").usual_meetings == 5
    assert intervention("ipt_g").meetings is not None
    assert intervention("ipt_g").usual_meetings is None
    assert intervention("ceta").usual_meetings is None, "twelve to fourteen is not one number"
    assert all(intervention(code).draft for code in interventions()), "no clinician has reviewed our own words yet"


def test_the_activities_of_a_meeting() -> None:
    """GR022: the curriculum says what each meeting is about, and nothing where it does not know."""
    card = intervention("problem_expression")
    assert [one.code for one in card.activities(1)] == ["meeting", "body"]
    assert card.activities(9) == ()
    assert intervention("ncgt").activities(1) == ()
    assert card.impossible_at_a_distance() == {"expression"}


def _card(**changes: Any) -> Mapping[str, Any]:
    proved = {"evidence": "draft: memory"}
    return {
        "code": "one", "version": "1", "format": "group", "names": {"en": "One"},
        "provider": {"duties": ["nurse"], "words": "Nurses.", **proved},
        "components": [{"code": "a", "names": {"en": "A"}, **proved}],
        "fidelity": [{"code": "f", "names": {"en": "F"}, "at_a_distance": True, **proved}],
    } | changes  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"code": "other"}, "folder"),
        ({"provider": {"duties": ["king"], "words": "-", "evidence": "draft: x"}}, "duties"),
        ({"plan": [{"number": 1, "activities": ["b"], "evidence": "draft: x"}]}, "plan"),
        ({"plan": [{"number": 2, "activities": ["a"], "evidence": "draft: x"}]}, "plan"),
        ({"meetings": {"least": 5, "most": 4, "evidence": "draft: x"}}, "least"),
        ({"meetings": {"least": 5, "most": 5}}, "evidence"),
        ({"names": {"es": "Uno"}}, "names"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_wrong_card_names_its_key(changes: dict[str, Any], said: str) -> None:
    """GR023: a card that is wrong is refused with its file and key."""
    assert intervention_from("one", _card()).code == "one"
    with pytest.raises(KnowledgeError, match=said):
        intervention_from("one", _card(**changes))


def test_an_intervention_that_is_not_there() -> None:
    """GR024: an unknown code, or a path, is no intervention."""
    for code in ("nothing", "../programmes", "pm_plus/x", ""):
        with pytest.raises(KnowledgeError):
            intervention(code)


@pytest.mark.parametrize("code", packs())
def test_each_pack_is_read(code: str) -> None:
    """GR025: what a programme runs in groups exists, and each adaptation says what, why, with whom and how tested."""
    found = groups_of(code)
    for run in found.runs:
        card = intervention(run.intervention)
        assert card.format == "group"
    for one in found.adaptations:
        assert one.what
        assert one.why
        assert one.with_whom
        assert one.tested


def test_a_programme_without_the_file_runs_nothing() -> None:
    """GR026: without `groups.toml` no intervention runs in groups, and nothing is due after a meeting."""
    assert groups_of("no-such-programme") is USUAL
    assert USUAL.runs == ()
    run = groups_of("iraq-torture-rehabilitation").run("rehabilitation_ten")
    assert run is not None
    assert run.check_in_after == (4,)


RUN = {"intervention": "ipt_g", "evidence": "draft: x"}
TEXT = {"en": "Words."}
CHANGE: dict[str, Any] = {
    "intervention": "ipt_g", "version": "1", "since": date(2026, 1, 1), "what": TEXT,
    "why": TEXT, "with_whom": TEXT, "tested": TEXT,
}  # fmt: skip


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"runs": [RUN | {"intervention": "magic"}]}, "intervention"),
        ({"runs": [RUN, RUN]}, "twice"),
        ({"runs": [RUN | {"meetings": 0}]}, "meetings"),
        ({"runs": [RUN | {"meetings": 5, "check_in_after": [6]}]}, "check_in_after"),
        ({"runs": [RUN | {"check_in_after": [4, 4]}]}, "check_in_after"),
        ({"runs": [RUN | {"instruments": ["horoscope"]}]}, "instruments"),
        ({"adaptations": [CHANGE]}, "adaptations"),
        ({"runs": [RUN], "adaptations": [CHANGE, CHANGE]}, "version"),
        ({"runs": [RUN], "adaptations": [{**CHANGE, "tested": {}}]}, "tested"),
        ({"weather": "fine"}, "weather"),
    ],
)
def test_a_wrong_pack_names_its_key(table: dict[str, Any], said: str) -> None:
    """GR027: nonsense in `groups.toml` is refused with its file and key."""
    with pytest.raises(PackError, match=said):
        groups_from("a-pack", {"version": "1", **table})
