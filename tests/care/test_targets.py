"""What a policy asks about a person is the same, asked once or for many at once."""

from __future__ import annotations

from uuid import UUID

from karama.care import targets
from karama.care.actions import record_response
from karama.journal import Call, batch
from karama.people.actions import hide_from, register_person
from karama.security.identifiers import uuid7
from tests.care.conftest import all_answers
from tests.people.conftest import Clinic


def _imported(clinic: Clinic, key: str) -> UUID:
    made = register_person(
        by=clinic["importer"], site=clinic.here.id, identity_mode="coded", series="s", series_key=key, basis="agreed"
    )
    assert made.record is not None
    return made.record


def _call(clinic: Clinic, person: UUID) -> Call:
    arguments = {
        "person": person,
        "instrument": "phq9",
        "answers": all_answers(),
        "mode": "imported",
        "precision": "unknown",
    }
    return Call(record_response, clinic["importer"], arguments)


def test_many_targets_are_the_single_ones(clinic: Clinic, amal: UUID) -> None:
    """AN483: the attributes fetched for many people at once are those fetched for each alone, for every viewer."""
    people = [amal, _imported(clinic, "1"), uuid7()]
    hide_from(by=clinic["chantal"], person=amal, user=clinic["diego"].id, reason="she asks for it")
    for name, by in clinic.actors.items():
        many = targets.people_seen_by(by, people)
        assert [many.get(one, {}) for one in people] == [targets.person_seen_by(by, one) for one in people], name


def test_a_batch_refuses_whom_a_single_call_refuses(clinic: Clinic) -> None:
    """AN484: in a batch, answers about a person hidden from the operator are refused and the others are kept."""
    people = [_imported(clinic, str(number)) for number in range(3)]
    hide_from(by=clinic["nadia"], person=people[1], user=clinic["importer"].id, reason="she asks for it")
    found = list(batch(_call(clinic, one) for one in people))
    assert [one.receipt is not None for one in found] == [True, False, True]
