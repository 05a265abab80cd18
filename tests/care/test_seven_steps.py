"""The change since the last visit in seven steps, beside the three of telephones and older visits; a code of ICD-11."""

from __future__ import annotations

from typing import Any, get_args
from uuid import UUID

import pytest

from karama.care.actions import amend_visit, record_visit
from karama.care.actions.visiting import ChangeStep
from karama.care.medicalwords import CHANGE, CHANGE_STEPS, icd_words
from karama.care.models import NurseVisit
from karama.care.problems import SayHow
from karama.care.problems.medical import CodeUnknown
from karama.journal import Actor, Refused
from karama.rules import icd11
from karama.rules.change_steps import STEPS, THREE, in_three
from tests.care.conftest import Clinic
from tests.care.test_medicines import medicines_read, zana
from tests.care.test_pages import sign_in, text

__all__ = ["sign_in", "zana"]
FIRST: dict[str, Any] = {"kind": "new", "seen": ["fits"], "category": "epilepsy"}


@pytest.fixture
def nurse(clinic: Clinic, zana: Actor, amal: UUID) -> Actor:
    """Berivan, the nurse who works with Amal."""
    return clinic["berivan"]


def test_seven_steps_are_three(clinic: Clinic, amal: UUID, nurse: Actor) -> None:
    """CA730: J2: each of the seven steps is kept with the one of three that follows from it, whatever was sent beside
    it; what a telephone says in three steps stays in three."""
    assert tuple(CHANGE_STEPS) == STEPS == get_args(ChangeStep)[1:]
    assert set(THREE.values()) == set(CHANGE)
    for step in STEPS:
        row = record_visit(by=nurse, person=amal, kind="follow_up", change_step=step, change="same").value
        with medicines_read(nurse):
            assert (row.unseal("change_step"), row.unseal("change")) == (step, in_three(step, ""))
    row = record_visit(by=nurse, person=amal, kind="follow_up", change="worse").value
    with medicines_read(nurse):
        assert (row.unseal("change_step"), row.unseal("change")) == (None, "worse")
    with pytest.raises(SayHow):
        record_visit(by=nurse, person=amal, kind="follow_up")


def test_a_visit_of_before_is_read_and_corrected(clinic: Clinic, amal: UUID, nurse: Actor, sign_in: Any) -> None:
    """CA731: a visit told in three steps is read in three, and can be corrected in three and in seven."""
    old = record_visit(by=nurse, person=amal, kind="follow_up", change="better").value
    client = sign_in("berivan")
    assert "Better" in text(client.get(f"/people/{amal}/visits/"))
    address = f"/nurse-visits/{old.id}/correct/"
    assert 'value="better"' in text(client.get(address))
    sent = {"kind": "follow_up", "change_step": "better", "return_in": "7", "reason": "The day was wrong."}
    gone = client.post(address, sent)["Location"]
    newer = NurseVisit.objects.get(amends=old)
    with medicines_read(nurse):
        assert (newer.unseal("change"), newer.unseal("change_step")) == ("better", None)
    again = {**sent, "change_step": "a_little_better", "reason": "Only a little."}
    assert client.post(f"{gone}correct/", again).status_code == 302
    assert "A little better" in text(client.get(f"/people/{amal}/visits/"))


@pytest.mark.parametrize(
    ("text_", "kept"),
    [
        ("6a70", "6A70"),
        (" 6A70.1 ", "6A70.1"),
        ("8A6Z", "8A6Z"),
        ("F32.1", ""),
        ("6O70", ""),
        ("6A7", ""),
        ("6A70.123", ""),
    ],
)
def test_the_shape_of_a_code(text_: str, kept: str) -> None:
    """CA732: a code of ICD-11 has four signs and at most two after a dot; anything else is none."""
    assert icd11.plain(text_) == kept


def test_a_code_beside_the_category(clinic: Clinic, amal: UUID, nurse: Actor, sign_in: Any) -> None:
    """CA733: J2: a prescriber may name a code of ICD-11, a nurse is not asked for one and cannot; whoever reads visits
    reads it; words that nobody verified say so; a correction by the nurse leaves it."""
    prescriber, client = clinic["zana"], sign_in("zana")
    assert 'name="icd"' in text(client.get(f"/people/{amal}/visits/form/"))
    assert 'name="icd"' not in text(sign_in("berivan").get(f"/people/{amal}/visits/form/"))
    assert client.post(f"/people/{amal}/visits/draft/", {"icd": " 6a70.1", "seen": "fits"}).status_code == 200
    assert 'value="6A70.1"' in text(client.get(f"/people/{amal}/visits/form/"))
    assert client.post(f"/people/{amal}/visits/draft/", {"icd": "<b>", "seen": "fits"}).status_code == 200
    with pytest.raises(Refused):
        record_visit(by=nurse, person=amal, icd="6A70", **FIRST)
    with pytest.raises(CodeUnknown):
        record_visit(by=prescriber, person=amal, icd="F32", **FIRST)
    row = record_visit(by=prescriber, person=amal, icd="8a6z", **FIRST).value
    told: dict[str, Any] = {"nurse_visit": row.id, "reason": "More was seen.", **FIRST, "seen": ["fits", "forgets"]}
    newer = amend_visit(by=nurse, **told).value
    with medicines_read(nurse):
        assert newer.unseal("icd") == "8A6Z"
    page = text(sign_in("diego").get(f"/people/{amal}/visits/"))
    assert "8A6Z" not in page, "he does not work with her"
    shown = text(sign_in("berivan").get(f"/people/{amal}/visits/"))
    assert "8A6Z" in shown
    assert "not verified" in shown
    assert icd_words("6A70.1") == icd_words("6A70").replace("6A70", "6A70.1")
    assert "(" not in icd_words("5A11")
    with pytest.raises(Refused):
        amend_visit(by=nurse, **told | {"nurse_visit": newer.id, "reason": "x"}, icd="6A20")
