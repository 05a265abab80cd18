"""The statement put together once writes the row that a save writes."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from karama.journal import Actor
from karama.journal.models import Change
from karama.journal.problems import Collided
from karama.people.models import Consent, Person
from karama.programme.models import Site
from tests.journal import deeds


def test_a_new_row_reads_back_as_it_was_made(amal: UUID, diego: Actor) -> None:
    """AN480: what is inserted by the prepared statement reads back field by field, sealed bytes included."""
    receipt = deeds.agree(by=diego, person=amal, words="yes")
    kept = Consent.objects.get(pk=receipt.record)
    assert receipt.value.snapshot() == kept.snapshot()
    assert not receipt.value._state.adding
    assert Site.objects.get().snapshot() == Person.objects.get(pk=amal).site.snapshot()


def test_an_insert_is_one_statement(amal: UUID, diego: Actor) -> None:
    """AN481: a new record costs one INSERT, and the journal's changes are numbered by the database."""
    with CaptureQueriesContext(connection) as asked:
        deeds.agree(by=diego, person=amal, words="yes")
    made = [one["sql"] for one in asked if one["sql"].startswith("INSERT") and "people_consent" in one["sql"]]
    assert len(made) == 1
    assert Change.objects.filter(pk__isnull=False).count() == Change.objects.count() > 0


def test_a_refused_insert_undoes_the_whole_action(amal: UUID, diego: Actor) -> None:
    """AN482: a row that the database refuses undoes the action, and the next action works."""
    deeds.agree(by=diego, person=amal, words="yes")
    with pytest.raises(Collided):
        deeds.agree(by=diego, person=amal, words="again")
    assert Consent.objects.count() == 1
    deeds.agree(by=diego, person=amal, words="second", sequence=2)
    assert Consent.objects.count() == 2
