"""Official wording: loaded by an administrator, kept outside the database, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine

from karama.care import cards, wording
from karama.care.actions import install_wording, record_permission, record_response, remove_wording
from karama.care.models import InstalledWording
from karama.care.problems import (
    Locked,
    NoPermissionNeeded,
    NoSuchWording,
    PermissionDays,
    ReasonNeeded,
    WordingDoesNotFit,
    WordingMissing,
)
from karama.care.queries.wordings import loaded, owner_permissions
from karama.journal import Refused, clock
from karama.programme.days import today_for
from tests.care.conftest import Clinic, own_words
from tests.care.test_recording import record


def load(clinic: Clinic, name: str = "samir", **changes: Any) -> Any:
    """Our own PHQ-9 in English, loaded by somebody."""
    return install_wording(by=clinic[name], language="en", **(own_words("phq9") | changes))


def test_a_wording_that_does_not_fit_is_refused(clinic: Clinic) -> None:
    """CA070: a missing or foreign item, a missing answer, or no source is refused by name, and nothing is loaded."""
    own = own_words("phq9")
    less = {item: text for item, text in own["items"].items() if item != "q9"}
    with pytest.raises(WordingDoesNotFit, match="q9"):
        load(clinic, items=less)
    with pytest.raises(WordingDoesNotFit, match="shoe"):
        load(clinic, items=own["items"] | {"shoe": "Our shoes"})
    with pytest.raises(WordingDoesNotFit, match="several_days"):
        load(clinic, answers=own["answers"] | {"frequency": {"not_at_all": "ours"}})
    with pytest.raises(ReasonNeeded):
        load(clinic, licence="")
    assert InstalledWording.objects.count() == 0


@pytest.mark.parametrize("name", ["chantal", "nadia", "leila", "importer"])
def test_only_the_administrator_loads_wording(clinic: Clinic, name: str) -> None:
    """CA071: nobody but the administrator loads or removes wording."""
    with pytest.raises(Refused):
        load(clinic, name)
    load(clinic)
    with pytest.raises(Refused):
        remove_wording(by=clinic[name], instrument="phq9", language="en")


def test_what_is_loaded_is_recorded(clinic: Clinic) -> None:
    """CA072: source, language, licence, validator and digest are recorded; a second loading replaces the first."""
    load(clinic)
    load(clinic, validator="a validator", source="another source")
    (row,) = loaded()
    assert (row.language, row.source, row.licence, row.validator) == ("en", "another source", "our own", "a validator")
    assert row.whole
    assert row.validated


def test_a_changed_file_is_not_asked(clinic: Clinic, amal: UUID) -> None:
    """CA073: a wording file that was changed by hand, or removed, is not asked from."""
    load(clinic, validator="a validator")
    record(clinic, amal)
    path = wording.path_of("phq9", "en")
    path.write_text(path.read_text(encoding="utf-8").replace("Our own", "Another"), encoding="utf-8")
    with pytest.raises(WordingMissing):
        record(clinic, amal)
    assert not loaded()[0].whole


def test_a_removed_wording_is_not_asked(clinic: Clinic, amal: UUID) -> None:
    """CA074: after removing, the instrument is not asked in that language; removing twice says so."""
    load(clinic)
    remove_wording(by=clinic["samir"], instrument="phq9", language="en")
    with pytest.raises(WordingMissing):
        record(clinic, amal)
    with pytest.raises(NoSuchWording):
        remove_wording(by=clinic["samir"], instrument="phq9", language="en")


def test_a_permission_opens_the_lock(clinic: Clinic, amal: UUID, worded: Callable[..., None]) -> None:
    """CA075: once the owner's permission is recorded, with who and which reference, the instrument can be asked."""
    worded("rhs15")
    given: dict[str, Any] = {"instrument": "rhs15", "who": "the owner", "on": date(2026, 1, 5)}
    with pytest.raises(ReasonNeeded):
        record_permission(by=clinic["samir"], reference="", **given)
    record_permission(by=clinic["samir"], reference="letter 7", **given)
    made = record_response(
        by=clinic["chantal"],
        person=amal,
        instrument="rhs15",
        answers={"q1": "refused"},
        language="en",
        on=clinic.programme.opened_on,
    )
    assert made.record is not None


@pytest.mark.parametrize("code", ["whodas12", "epds", "rhs15", "hesper"])
def test_a_permission_holds_for_its_days(clinic: Clinic, code: str) -> None:
    """CA077: each of the four locked instruments opens on the first day of its permission and closes after the last."""
    card = cards.card(code)
    assert wording.locked(card) in ("permission_required", "draft_safety")
    given: dict[str, Any] = {"by": clinic["samir"], "instrument": code, "who": "the owner", "reference": "letter 7"}
    today = today_for(clinic["samir"])
    record_permission(on=today, until=today + timedelta(days=10), **given)
    assert code in wording.permissions()
    assert wording.locked(card) in (None, "draft_safety")
    assert code in wording.permissions(today + timedelta(days=10))
    assert code not in wording.permissions(today + timedelta(days=11))
    assert code not in wording.permissions(today - timedelta(days=1))
    with time_machine.travel(clock.now() + timedelta(days=11)):
        assert wording.locked(card) in ("permission_required", "draft_safety")
        assert code not in wording.permissions()


def test_an_expired_permission_asks_nothing(clinic: Clinic, amal: UUID, worded: Callable[..., None]) -> None:
    """CA078: after the last day of a permission the instrument is refused; a renewed one opens it again."""
    worded("rhs15")
    today = today_for(clinic["samir"])
    given: dict[str, Any] = {"by": clinic["samir"], "instrument": "rhs15", "who": "the owner", "reference": "letter 7"}
    record_permission(on=today - timedelta(days=30), until=today - timedelta(days=1), **given)
    asked: dict[str, Any] = {"by": clinic["chantal"], "person": amal, "instrument": "rhs15", "language": "en"}
    asked |= {"answers": {"q1": "refused"}, "on": clinic.programme.opened_on}
    with pytest.raises(Locked):
        record_response(**asked)
    record_permission(on=today, **given)
    assert record_response(**asked).record is not None


def test_the_newest_permission_counts(clinic: Clinic) -> None:
    """CA079: a permission that was taken back ends by a newer one with its last day; days in disorder are refused."""
    today = today_for(clinic["samir"])
    given: dict[str, Any] = {"by": clinic["samir"], "instrument": "rhs15", "who": "the owner", "reference": "letter 7"}
    record_permission(on=today - timedelta(days=9), **given)
    assert "rhs15" in wording.permissions()
    record_permission(on=today - timedelta(days=9), until=today - timedelta(days=1), **given)
    assert "rhs15" not in wording.permissions()
    with pytest.raises(PermissionDays):
        record_permission(on=today, until=today - timedelta(days=1), **given)
    with pytest.raises(NoPermissionNeeded):
        record_permission(on=today, **(given | {"instrument": "phq9"}))
    one = next(one for one in owner_permissions() if one.instrument == "rhs15")
    assert (one.holds, one.who, one.reference) == (False, "the owner", "letter 7")


def test_a_demonstration_asks_topic_labels_and_says_so(clinic: Clinic, amal: UUID, settings: Any) -> None:
    """CA076: only a marked demonstration asks without wording, and each response says so."""
    settings.KARAMA_DEMO = True
    assert record(clinic, amal).wording == "demonstration"
