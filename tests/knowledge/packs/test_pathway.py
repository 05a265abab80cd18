"""What a pack says about the course of care."""

from __future__ import annotations

import pytest

from karama.knowledge.loader import instruments
from karama.knowledge.pack_pathway import PLAIN, pathway, pathway_from
from karama.knowledge.packs import PackError, packs, programme

WAITS = {
    "recheck_days": [3, 7, 14, 30], "waiting_days": 30, "silent_days": 21, "worse_measures": 2, "missed_days": [1, 7],
}  # fmt: skip
HEADING = {"code": "note", "names": {"en": "Note"}}


@pytest.mark.parametrize("code", packs())
def test_each_pack_says_how_care_goes_on(code: str) -> None:
    """KN090: each pack has techniques and headings in its languages, and lines with their evidence on known cards."""
    found, pack = pathway(code), programme(code)
    assert found.version
    for one in (*found.techniques, *found.headings):
        assert {"ar", "en", "es"} <= set(one.names)
    for line in found.steps:
        assert line.instrument in instruments()
        assert line.evidence.source
        assert line.instrument in {each.code for each in pack.instruments}


def test_a_programme_without_the_file_suggests_nothing() -> None:
    """KN091: no file: no suggestion, and a closure is approved by somebody."""
    assert pathway("nowhere") == PLAIN
    assert not PLAIN.steps
    assert PLAIN.approval


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"headings": []}, "headings"),
        ({"headings": [HEADING, HEADING]}, "twice"),
        ({"waits": {**WAITS, "recheck_days": [30, 7, 14, 3]}}, "recheck_days"),
        ({"waits": {**WAITS, "missed_days": [0, 7]}}, "missed_days"),
        ({"surprise": 1}, "surprise"),
        ({"closure_approved": 1}, "closure_approved"),
    ],
)
def test_a_wrong_file_is_told_by_its_key(changed: dict[str, object], named: str) -> None:
    """KN092: a key that is wrong, twice or unknown is named with its file."""
    right: dict[str, object] = {"version": "1", "closure_approved": True, "waits": WAITS, "headings": [HEADING]}
    assert pathway_from("here", right).headings[0].code == "note"
    with pytest.raises(PackError, match=named):
        pathway_from("here", right | changed)
