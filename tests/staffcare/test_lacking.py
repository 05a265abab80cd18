"""What `karama programme check` says about care for staff, and what it must never tell."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from karama.knowledge.pack_staffcare import Outside, StaffCare
from karama.programme.queries import what_blocks, what_lacks
from karama.staffcare import lacking, packs
from karama.staffcare.actions import agree_to_be_asked, offer, stop_being_asked
from karama.staffcare.jobs import CARER
from tests.staffcare.conftest import Clinic, asked, clinic, house

__all__ = ["clinic", "house"]

HER = Outside("counsellor", "Somebody", ("en",), {"en": "Call"}, phone="+57 1", checked=True)


def told(clinic: Clinic) -> list[str]:
    """The codes of this room in the check."""
    found = what_lacks(clinic["samir"], clinic.programme.id)
    return [one.code for one in found if one.code.startswith("staffcare.")]


def with_outside(monkeypatch: pytest.MonkeyPatch, *outside: Outside) -> None:
    care = StaffCare(timedelta(hours=4), timedelta(days=90), outside)
    monkeypatch.setattr(packs, "staff_care_of", lambda _code: care)


def test_who_agreed_to_be_asked(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    """SW070: nobody agreed; somebody agreed, who has nobody herself; two who do not lead each other: nothing is
    missing. It is put right by those who agree, and hides no question."""
    with_outside(monkeypatch, HER)
    assert told(clinic) == ["staffcare.nobody_agreed"]
    agree_to_be_asked(by=clinic["diego"])
    assert told(clinic) == ["staffcare.left_without"]
    agree_to_be_asked(by=clinic["nadia"])
    assert told(clinic) == ["staffcare.left_without"]
    agree_to_be_asked(by=clinic["tunde"])
    assert told(clinic) == []
    stop_being_asked(by=clinic["tunde"])
    assert told(clinic) == ["staffcare.left_without"]
    assert not [one for one in what_blocks(clinic["samir"], clinic.programme.id) if one.code.startswith("staffcare.")]


def test_who_listens_outside(house: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    """SW071: the pack names nobody outside, an example, somebody without a way to reach her, or somebody who was tried:
    each is told apart, with what to do now."""
    assert told(house) == ["staffcare.outside_not_tried"]
    with_outside(monkeypatch)
    assert told(house) == ["staffcare.nobody_outside"]
    with_outside(monkeypatch, Outside("c", "Somebody", ("en",), {"en": "Call"}, checked=True))
    assert told(house) == ["staffcare.outside_no_contact"]
    with_outside(monkeypatch, HER)
    assert told(house) == []


def test_it_tells_nothing_of_anybody(clinic: Clinic) -> None:
    """SW072: a talk that is asked for and an offer that is made change no word of the check: it reads only what every
    colleague may know."""
    for name in ("diego", "tunde"):
        agree_to_be_asked(by=clinic[name])
    before = what_lacks(clinic["samir"], clinic.programme.id)
    asked(clinic, "diego")
    offer(by=CARER, user=clinic["chantal"].id)
    assert what_lacks(clinic["samir"], clinic.programme.id) == before


@pytest.mark.parametrize("language", ["ar", "es"])
def test_in_the_managers_language(language: str) -> None:
    """SW073: what is lacking and what to do now are said in the language of the reader."""
    every: list[Any] = [one for one in vars(lacking).values() if isinstance(one, lacking.Missing)]
    assert len(every) == 5
    with translation.override("en"):
        english = {str(part) for one in every for part in (one.what, one.do)}
    with translation.override(language):
        assert not english & {str(part) for one in every for part in (one.what, one.do)}
