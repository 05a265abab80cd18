"""JR030-JR039: facts, states and what is captured of them."""

from __future__ import annotations

import base64
import json
from contextlib import AbstractContextManager
from typing import Any
from uuid import UUID

import pytest
from django.db import OperationalError, connection, models

from karama.journal import ERASED, Actor, action, reading
from karama.journal.access_log import OutsideReading
from karama.journal.models import Access, AccessPerson, Change
from karama.journal.problems import Unchangeable
from karama.people.models import Consent, Person
from karama.security import vault
from tests.journal import deeds


def test_an_update_keeps_before_and_after(site: UUID, diego: Actor) -> None:
    """JR030: of a state that is edited, only what differs is written down, before and after."""
    receipt = deeds.rename_site(by=diego, site=site, name="Ninewa")
    (change,) = Change.objects.filter(seq=receipt.seq)
    fields = json.loads(change.fields)
    assert fields["name"] == ["mosul", "Ninewa"]
    assert set(fields) <= {"name", "author_id", "author_duty"}


def test_a_sealed_field_is_journalled_as_its_ciphertext(amal: UUID) -> None:
    """JR031: the journal holds the same ciphertext as the row, and never the words."""
    row = Person.objects.get(id=amal)
    change = Change.objects.get(row=amal)
    assert json.loads(change.fields)["names"][1] == "b64:" + base64.b64encode(bytes(row.names)).decode()
    assert "Amal" not in change.fields
    assert change.subject == amal


def test_a_fact_is_neither_edited_nor_deleted(amal: UUID, diego: Actor) -> None:
    """JR032: a fact is corrected by a newer one; editing and deleting are refused even inside an action."""
    deeds.agree(by=diego, person=amal, words="yes")

    @action("test.edit_fact", access=deeds.ANYBODY)
    def edit(*, by: Actor, how: str) -> None:
        fact = Consent.objects.get()
        if how == "save":
            fact.save()
        elif how == "delete":
            fact.delete()
        elif how == "update":
            Consent.objects.update(purpose="notes")
        elif how == "delete all":
            Consent.objects.all().delete()
        else:
            Consent.objects.all().erase()

    for how in ("save", "delete", "update", "delete all", "erase"):
        with pytest.raises(Unchangeable):
            edit(by=diego, how=how)
    assert Consent.objects.get().purpose == "care"


def test_unsealing_needs_a_reader_and_is_logged_first(amal: UUID, diego: Actor) -> None:
    """JR033: without a reader nothing opens; with one the access row is there before the value."""
    person = Person.objects.get(id=amal)
    with pytest.raises(OutsideReading):
        person.unseal("names")
    with reading(by=diego, purpose="care", route="people.page"):
        assert person.unseal("names") == {"first": "Amal"}
        assert AccessPerson.objects.get().person_id == amal
        person.unseal("names")
    row = Access.objects.get(outcome="opened")
    assert (row.actor_id, row.purpose, row.route, row.people) == (diego.id, "care", "people.page", 1)


def no_row_in(model: type[models.Model]) -> AbstractContextManager[Any]:
    """A database that takes no new row of this model."""

    def execute(ask: Any, sql: str, *told: Any) -> Any:
        if sql.startswith("INSERT") and f'"{model._meta.db_table}"' in sql:
            raise OperationalError("database or disk is full")
        return ask(sql, *told)

    return connection.execute_wrapper(execute)


def test_no_row_no_reading(amal: UUID, diego: Actor) -> None:
    """JR034: when the access row cannot be written, the value stays sealed."""
    with no_row_in(Access), pytest.raises(OperationalError), reading(by=diego, purpose="care", route="x"):
        Person.objects.get(id=amal).unseal("names")


def test_a_ciphertext_opens_only_where_it_was_sealed(amal: UUID, diego: Actor, site: UUID) -> None:
    """JR035: a ciphertext moved to another row or field does not open."""
    from karama.security.identifiers import uuid7

    other = uuid7()
    vault.create_keys([other])
    deeds.register(by=diego, person=other, site=site, name="Other")
    mine, hers = Person.objects.get(id=amal), Person.objects.get(id=other)
    mine.names, mine.place = hers.names, mine.names
    with reading(by=diego, purpose="care", route="x"):
        for field in ("names", "place"):
            with pytest.raises(vault.CannotOpen):
                mine.unseal(field)


def test_an_erased_person_is_said_to_be_erased(amal: UUID, diego: Actor) -> None:
    """JR036: once the keys are gone, every sealed field answers "erased"."""
    vault.erase(amal)
    with reading(by=diego, purpose="rights", route="x"):
        assert Person.objects.get(id=amal).unseal("names") is ERASED
    vault.settled(amal)


def test_a_page_that_could_not_say_whom_it_opened_has_its_row(amal: UUID, diego: Actor) -> None:
    """JR037: when the row of an opening cannot be written nothing is opened, and the request still has one row."""
    before = Access.objects.count()
    told = reading(by=diego, purpose="care", route="tests.page")
    with told, no_row_in(AccessPerson), pytest.raises(OperationalError):
        Person.objects.get(pk=amal).unseal("names")
    assert Access.objects.count() == before + 1
    assert not AccessPerson.objects.filter(person_id=amal, access__route="tests.page").exists()
