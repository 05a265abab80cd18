"""A programme's `staffcare.toml`: who listens to staff, and for how long a colleague may take to answer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from karama.knowledge.pack_staffcare import USUAL, staff_care_from, staff_care_of
from karama.knowledge.packs import PackError, packs

OUTSIDE: dict[str, Any] = {
    "code": "one", "name": "One", "languages": ["en"], "free": True, "outside_the_organisation": True,
    "reach": {"en": "Call her."}, "evidence": "verified: called on 4 May",
}  # fmt: skip


def file(**more: Any) -> dict[str, Any]:
    """A parsed file with one counsellor."""
    return {"version": "1", "outside": [dict(OUTSIDE)]} | more


def test_what_is_not_known_is_refused() -> None:
    """SW060: a pack that names a measure, a question or anything else that is not care is refused by file and key; so
    are hours that leave somebody waiting for days, and a counsellor who charges or works here."""
    wrong: list[tuple[dict[str, Any], str]] = [
        (file(instruments=["phq9"]), "instruments"),
        (file(questions={"suicide": True}), "questions"),
        (file(take_within_hours=72), "take_within_hours"),
        (file(keep_days=3650), "keep_days"),
        (file(outside=[OUTSIDE | {"free": False}]), "free"),
        (file(outside=[OUTSIDE | {"outside_the_organisation": False}]), "outside_the_organisation"),
        (file(outside=[OUTSIDE | {"languages": []}]), "languages"),
        (file(outside=[OUTSIDE | {"reach": {}}]), "reach"),
        (file(outside=[OUTSIDE | {"scale": 5}]), "scale"),
    ]
    for table, key in wrong:
        with pytest.raises(PackError) as refused:
            staff_care_from("somewhere", table)
        assert key in str(refused.value), table
        assert "programmes/somewhere/staffcare.toml" in str(refused.value)


def test_who_is_checked() -> None:
    """SW061: a counsellor counts as checked only when a person has tried that she answers; a draft does not, and a
    programme without the file has nobody and the house's hours."""
    assert staff_care_from("somewhere", file()).outside[0].checked
    draft = OUTSIDE | {"evidence": "draft: to be asked"}
    assert not staff_care_from("somewhere", file(outside=[draft])).outside[0].checked
    assert staff_care_of("nowhere") is USUAL
    assert (USUAL.take_within, USUAL.keep, USUAL.outside) == (timedelta(hours=4), timedelta(days=90), ())
    for code in packs():
        assert not any(one.checked for one in staff_care_of(code).outside), "no invented counsellor is called checked"
