"""Official wording: loaded by an administrator, kept outside the database, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from karama.care import wording
from karama.care.actions import install_wording, record_permission, record_response, remove_wording
from karama.care.models import InstalledWording
from karama.care.problems import NoSuchWording, ReasonNeeded, WordingDoesNotFit, WordingMissing
from karama.care.queries.wordings import loaded
from karama.journal import Refused
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


def test_a_demonstration_asks_topic_labels_and_says_so(clinic: Clinic, amal: UUID, settings: Any) -> None:
    """CA076: only a marked demonstration asks without wording, and each response says so."""
    settings.KARAMA_DEMO = True
    assert record(clinic, amal).wording == "demonstration"
