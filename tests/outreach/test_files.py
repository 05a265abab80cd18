"""What happens here when a person's files are joined, erased, closed or copied."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from karama.care.actions import record_death
from karama.journal.integrity import check
from karama.outreach import queries
from karama.outreach.actions import come_back, give_to_person, plan_visit, report_security
from karama.outreach.models import Issue, SecurityIncident, SecurityPerson, Visit, VisitPerson
from karama.people.actions import erase_person, join_files
from karama.people.registries import copy_of, work_open_for
from tests.outreach.conftest import NOON, TOWN, Clinic, after
from tests.people.conftest import ERASER


def lived(field: Clinic, person: UUID) -> UUID:
    """A visit to her, something she was given, and an incident at which she was."""
    told: dict[str, Any] = {"site": field.here.id, "area": TOWN, "leaves": NOON, "back": after(hours=2)}
    visit = plan_visit(by=field["chantal"], people=[person], **told).record
    give_to_person(by=field["chantal"], person=person, what="kit", quantity=1)
    report_security(by=field["chantal"], site=field.here.id, kind="threat", words="Shouting.", people=[person])
    assert visit is not None
    return visit


def test_erased(field: Clinic, amal: UUID) -> None:
    """OU080: with an erased person everything that names her goes; visits and incidents of colleagues stay."""
    lived(field, amal)
    erase_person(by=ERASER, person=amal, reason="asked")
    for model in (VisitPerson, SecurityPerson, Issue):
        assert not model.objects.exists()
    assert (Visit.objects.count(), SecurityIncident.objects.count()) == (1, 1)
    assert check() == []


def test_joined(field: Clinic, amal: UUID, reading_as: Any) -> None:
    """OU081: after files were joined, what was written for either shows on the one that remains, and is open work of
    it."""
    second = field.register("chantal", first="Aml")
    visit = lived(field, second)
    join_files(by=field["nadia"], person=second, into=amal, reason="Same card.")
    with reading_as(field["nadia"]):
        assert [one.id for one in queries.visits_of(field["nadia"], amal)] == [visit]
        assert len(queries.given_to(field["nadia"], amal)[2]) == 1
    assert visit in {one.id for one in work_open_for(amal)}


def test_stopped(field: Clinic, amal: UUID, reading_as: Any) -> None:
    """OU082: when everything planned for a person ends, nobody is sent to her any more; the visit itself stays and is
    waited for."""
    visit = lived(field, amal)
    assert visit in {one.id for one in work_open_for(amal)}
    with_her = VisitPerson.objects.get()
    record_death(by=field["chantal"], person=amal, suspected="none")
    with_her.refresh_from_db()
    assert with_her.dropped_at == NOON
    assert visit not in {one.id for one in work_open_for(amal)}
    with reading_as(field["chantal"]):
        assert queries.visit_page(field["chantal"], visit).codes == []
    assert Visit.objects.get().pk == visit


def test_in_her_copy(field: Clinic, amal: UUID, reading_as: Any) -> None:
    """OU083: her copy tells on which days she was visited and what she was given, without colleagues and areas."""
    visit = lived(field, amal)
    come_back(by=field["chantal"], visit=visit)
    with reading_as(field["nadia"]):
        sections = copy_of(by=field["nadia"], person=amal, language="en")
    text = " ".join(f"{one.title} {one.rows}" for one in sections)
    assert "When somebody came to see you" in text
    assert "Kit: 1" in text
    assert "Chantal" not in text
    assert "Town" not in text
