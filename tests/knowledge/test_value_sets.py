"""KN200-KN209: value sets of care for the body: words in each language, a source for each fact, drafts not offered."""

from __future__ import annotations

import pytest

from karama.knowledge.value_sets import coded, medicine, medicines, offered, red_flags

LISTS = ("body_regions", "cautions", "exercises", "assistive_products", "causes", "presentations", "mns", "four_ws")


@pytest.mark.parametrize("name", LISTS)
def test_each_list_has_words_and_a_source(name: str) -> None:
    """KN200: each entry has its code once, words and evidence."""
    entries = coded(name)
    assert len({one.code for one in entries}) == len(entries)
    assert all(len(one.code) <= 24 and one.names.keys() >= {"en", "ar", "es"} for one in entries)
    assert all(one.evidence.source for one in entries)


def test_what_is_a_draft_is_not_offered() -> None:
    """KN201: a red flag or a medicine that was never checked against a source is not offered to anybody."""
    drafts = {one.code for one in red_flags() if one.evidence.draft}
    assert drafts
    assert not drafts & {code for code, _words in offered(red_flags())}
    assert medicine("N03AA02") is None
    assert all(not one.evidence.draft for one in medicines().values())


def test_valproate_is_cautioned_with_its_source() -> None:
    """KN202: valproate has blocking cautions for pregnancy and for who could become pregnant, each with its source."""
    found = medicines()["N03AG01"].cautions
    assert {one.when for one in found} == {"pregnant", "could_become_pregnant"}
    assert all(one.blocking and not one.evidence.draft for one in found)


def test_the_map_has_both_sides() -> None:
    """KN203: the body has a front and a back, and each limb a right and a left."""
    codes = {one.code for one in coded("body_regions")}
    assert len(codes) == 42
    assert {one.replace("_left", "_right") for one in codes if one.endswith("_left")} <= codes
    assert sum(one.startswith("front_") for one in codes) == sum(one.startswith("back_") for one in codes)
