"""JR020-JR029: nothing is written outside an action."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from django.db import connection

from karama.journal import Actor
from karama.journal.guard import ALLOWED, JOURNAL, journalled_tables
from karama.journal.models import Entry
from karama.journal.problems import OutsideAction
from karama.people.models import Person
from karama.programme.models import Site
from karama.security.identifiers import uuid7


def test_models_cannot_be_written_outside_an_action(site: UUID) -> None:
    """JR020: saving, bulk writing, updating and deleting outside an action are refused."""
    found = Site.objects.get(id=site)
    fresh = Person(code="x", identity_mode="coded", programme_id=found.programme_id, site_id=site)
    fresh.registered_on = date(2026, 1, 1)
    attempts = [
        found.save,
        found.delete,
        fresh.save,
        lambda: Person.objects.bulk_create([fresh]),
        lambda: Site.objects.update(name="x"),
        lambda: Site.objects.all().delete(),
        lambda: Site.objects.bulk_update([found], ["name"]),
        lambda: Site.objects.filter(id=site)._raw_delete("default"),
        lambda: Entry.objects.all().delete(),
        lambda: Entry.objects.update(action="x"),
    ]
    for attempt in attempts:
        with pytest.raises(OutsideAction):
            attempt()
    assert Site.objects.get(id=site).name == "mosul"


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE programme_site SET name = 'x'",
        "update \"programme_site\" set name = 'x'",
        "  DELETE FROM programme_site",
        "INSERT INTO programme_site (id) VALUES ('x')",
        "DELETE FROM journal_entry",
        "UPDATE journal_access SET outcome = 'x'",
        "WITH one AS (SELECT 1) UPDATE programme_site SET name = 'x'",
        "DELETE FROM a_table_nobody_knows",
    ],
)
def test_sql_cannot_write_outside_an_action(site: UUID, sql: str) -> None:
    """JR021: written-out SQL is refused as well, and so is a table that nobody has named."""
    with pytest.raises(OutsideAction), connection.cursor() as cursor:
        cursor.execute(sql)


def test_third_party_tables_have_a_reason() -> None:
    """JR022: every table is a record's, the journal's, or allow-listed with a reason; none is two of these."""
    tables = set(connection.introspection.django_table_names())
    from karama.security.routers import LABEL

    tables = {one for one in tables if not one.startswith(f"{LABEL}_")}
    known = journalled_tables() | set(ALLOWED) | set(JOURNAL)
    assert tables <= known, f"say in journal/guard.py why these may be written: {sorted(tables - known)}"
    assert not journalled_tables() & set(ALLOWED)
    assert all(len(reason) > 15 for reason in ALLOWED.values())


def test_a_bulk_write_inside_an_action_is_captured(site: UUID, diego: Actor) -> None:
    """JR023: bulk writes inside an action are written down row by row."""
    from karama.journal import action
    from karama.journal.models import Change
    from karama.programme.models import Team
    from tests.journal import deeds

    @action("test.teams", access=deeds.ANYBODY)
    def make_teams(*, by: Actor, at: UUID, names: list[str]) -> None:
        Team.objects.bulk_create([Team(id=uuid7(), site_id=at, name=name) for name in names])
        Team.objects.filter(site_id=at).update(name="renamed")

    receipt = make_teams(by=diego, at=site, names=["a"])
    (change,) = Change.objects.filter(seq=receipt.seq)
    assert change.deed == "insert"
    assert '"name":[null,"renamed"]' in change.fields
