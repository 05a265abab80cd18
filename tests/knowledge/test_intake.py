"""Chapters of an intake and the screenings of a pack: words in each language, evidence, no instrument."""

from __future__ import annotations

import pytest

from karama.knowledge.pack_intake import intake_rules, rules_from
from karama.knowledge.packs.reading import PackError
from karama.knowledge.value_sets import intake_chapter, intake_chapters
from karama.rules.intake import MISSING, OWN

ITEM = {"code": "a", "stage": 1, "kind": "fits", "names": {"en": "A?"}, "evidence": "draft: ours"}


def test_chapters_are_data() -> None:
    """KN570: six chapters with questions and choices in words, each with evidence; no choice has the code of
    a missing answer, and what happened asks for kinds only, with the types of survivors of the plan."""
    assert [one.code for one in intake_chapters()] == ["family", "health", "migration", "symptoms", "strengths", OWN]
    for chapter in intake_chapters():
        assert len(chapter.code) <= 12
        for question in chapter.questions:
            assert question.names.keys() >= {"en", "ar", "es"}
            assert question.evidence.source
            for code, names in question.choices:
                assert code not in MISSING
                assert len(code) <= 24
                assert all(names[language].strip() for language in ("en", "ar", "es"))
    own = intake_chapter(OWN)
    assert own is not None
    survivor = own.question("survivor")
    assert survivor is not None
    assert {code for code, _names in survivor.choices} == {
        "primary", "family", "missing", "detention", "defender", "journalist", "other",
    }  # fmt: skip


def test_screenings_are_of_the_pack() -> None:
    """KN571: the Iraqi pack has two screenings, marked as drafts; a programme without the file has none; a wrong file
    names its key."""
    rules = intake_rules("iraq-torture-rehabilitation")
    assert rules is not None
    assert rules.of_stage(1)
    assert rules.of_stage(2)
    assert all(one.evidence.draft for one in rules.questions)
    assert not any("torture" in names for one in rules.questions for names in one.names.values())
    assert intake_rules("colombia-community") is None
    both = [ITEM, ITEM | {"code": "b", "stage": 2}]
    assert rules_from("x", {"version": "1", "questions": both}).kinds(1) == {"a": "fits"}
    for wrong in ([ITEM], [*both, ITEM], [ITEM | {"stage": 3}, *both[1:]], [ITEM | {"names": {}}, *both[1:]]):
        with pytest.raises(PackError):
            rules_from("x", {"version": "1", "questions": wrong})
