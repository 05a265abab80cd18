"""The database says no: every constraint of this room, each by the statement it refuses."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from karama.journal import Problem, guard
from karama.journal.problems import OutsideAction, Unchangeable
from karama.people.actions import explain_limits, hide_from, join_files, record_consent, set_contact_rules
from karama.people.models import Consent, ContactRules, HiddenFrom, Person
from tests.people.conftest import Clinic

REFUSED = (
    "UPDATE people_person SET status = 'merged_into' WHERE merged_into_id IS NULL",
    "UPDATE people_person SET merged_into_id = id, status = 'merged_into'",
    "UPDATE people_person SET reach = 'named_team'",
    "UPDATE people_person SET code = 'SAME'",
    "UPDATE people_assignment SET until = '2001-01-01 00:00:00'",
    "UPDATE people_assignment SET conflict = 'accepted'",
    "UPDATE people_hidden_from SET lifted_at = '2001-01-01 00:00:00'",
    "UPDATE people_contact_rules SET channel = 'never'",
    "UPDATE people_consent SET recipient = 'any'",
    "UPDATE people_consent SET sequence = 1",
    "UPDATE people_limits_explained SET how = 'postponed'",
    "UPDATE people_merge SET into_id = person_id",
)


@pytest.mark.parametrize("statement", REFUSED)
def test_the_database_says_no(clinic: Clinic, amal: UUID, statement: str) -> None:
    """PE120: states and pairs that make no sense are refused by the database itself."""
    second = clinic.register("diego", first="Aml")
    for purpose in ("care", "notes"):
        record_consent(by=clinic["chantal"], person=amal, purpose=purpose, decision="yes", method="verbal")
    set_contact_rules(by=clinic["chantal"], person=amal, channel="call", address="111")
    hide_from(by=clinic["chantal"], person=amal, user=clinic["tunde"].id)
    join_files(by=clinic["nadia"], person=second, into=amal, reason="same card")
    with guard.suspended("a test of constraints"), pytest.raises(IntegrityError), transaction.atomic():
        connection.cursor().execute(statement)


def test_one_open_row_for_each_pair(clinic: Clinic, amal: UUID) -> None:
    """PE121: a worker is assigned once at a time, and a person is hidden from a user once at a time."""
    hide_from(by=clinic["chantal"], person=amal, user=clinic["tunde"].id)
    hide_from(by=clinic["chantal"], person=amal, user=clinic["tunde"].id)
    assert HiddenFrom.objects.count() == 1
    for table in ("people_assignment", "people_hidden_from"):
        with guard.suspended("a test of constraints"), pytest.raises(IntegrityError), transaction.atomic():
            _insert_again(table)


def _insert_again(table: str) -> None:
    """The first row of a table once more, under another id."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        row = dict(zip([column[0] for column in cursor.description], cursor.fetchone(), strict=True))
        row["id"] = str(UUID(int=77)) if connection.vendor == "postgresql" else UUID(int=77).hex
        places = ", ".join(["%s"] * len(row))
        cursor.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places})", list(row.values()))


def test_facts_are_not_edited(clinic: Clinic, amal: UUID) -> None:
    """PE122: a decision and an explanation are never edited or deleted, and nothing is written outside an action."""
    record_consent(by=clinic["chantal"], person=amal, purpose="care", decision="no", method="verbal")
    explain_limits(by=clinic["chantal"], person=amal, how="own_reading")
    fact = Consent.objects.get()
    for deed in (fact.save, fact.delete):
        with pytest.raises(Unchangeable):
            deed()
    with pytest.raises(OutsideAction):
        Person.objects.get(pk=amal).save()
    with pytest.raises(Problem):
        ContactRules.objects.create(person_id=amal, channel="never")


def test_a_record_tells_no_name(clinic: Clinic, amal: UUID) -> None:
    """PE123: what a record is called in a log is its code or id."""
    person = Person.objects.get(pk=amal)
    assert str(person) == person.code
    assert "Amal" not in repr(person)
