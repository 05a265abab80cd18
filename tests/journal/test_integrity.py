"""JR040-JR049: the check names what differs; any record can be shown as of any number."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import connection, transaction

from karama.journal import Actor, guard
from karama.journal.integrity import as_of, check
from karama.journal.models import Change, Entry
from karama.people.models import Consent
from karama.programme.models import Site
from tests.journal import deeds


def tamper(sql: str, *values: object) -> None:
    """Write behind the journal's back, as somebody with the database file could."""
    with guard.suspended("an attack"), connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_an_untouched_journal_has_no_differences(amal: UUID, diego: Actor, site: UUID) -> None:
    """JR040: after ordinary work the check finds nothing."""
    deeds.agree(by=diego, person=amal, words="yes")
    deeds.rename_twice(by=diego, site=site, first="a", second="b")
    assert check() == []


@pytest.mark.parametrize(
    ("sql", "named"),
    [
        ("UPDATE journal_entry SET actor_duty = 'director' WHERE seq = 2", "altered entry: 2"),
        ("UPDATE journal_change SET fields = '{}' WHERE seq = 2", "altered change: 2"),
        ("UPDATE journal_change SET fields = 'spoilt' WHERE seq = 2", "altered change: 2"),
        ("DELETE FROM journal_change WHERE seq = 2", "altered change: 2"),
        ("DELETE FROM journal_entry WHERE seq = 2", "missing entry: 2"),
        ("DELETE FROM journal_entry WHERE seq = 3", "the counter differs from the last entry: 2"),
        ("UPDATE programme_site SET name = 'x'", "row differs from the journal: programme_site"),
        ("DELETE FROM people_consent", "row is gone: people_consent"),
        ("UPDATE journal_counter SET seq = 9", "the counter differs from the last entry: 3"),
    ],
)
def test_whatever_is_altered_is_named(amal: UUID, diego: Actor, sql: str, named: str) -> None:
    """JR041: an altered, removed or added entry, change or row is named by its number or table."""
    deeds.agree(by=diego, person=amal, words="yes")
    assert Entry.objects.count() == 3
    tamper(sql)
    assert any(str(one).startswith(named) for one in check()), [str(one) for one in check()]


def test_swapped_entries_are_named(amal: UUID, diego: Actor) -> None:
    """JR042: two entries in exchanged places break the chain."""
    deeds.agree(by=diego, person=amal, words="yes")
    tamper("UPDATE journal_entry SET seq = 99 WHERE seq = 2")
    tamper("UPDATE journal_entry SET seq = 2 WHERE seq = 3")
    tamper("UPDATE journal_entry SET seq = 3 WHERE seq = 99")
    assert {"altered entry: 2", "altered entry: 3"} <= {str(one) for one in check()}


def test_a_row_nobody_made_is_named(amal: UUID, diego: Actor) -> None:
    """JR043: a copied row that no action made is found."""
    deeds.agree(by=diego, person=amal, words="yes")
    fact = Consent.objects.get()
    columns = [field.column for field in Consent._meta.concrete_fields if field.column not in ("id", "sequence")]
    names = ", ".join(f'"{column}"' for column in columns)
    tamper(
        f"INSERT INTO people_consent (id, sequence, {names}) SELECT %s, 9, {names} FROM people_consent",
        UUID(int=7).hex if connection.vendor == "sqlite" else UUID(int=7),
    )
    assert fact.id != UUID(int=7)
    assert [one.what for one in check()] == ["row the journal does not know"]


def test_as_of(site: UUID, diego: Actor) -> None:
    """JR044: a record can be shown as it stood after any entry."""
    first = deeds.rename_site(by=diego, site=site, name="one").seq
    second = deeds.rename_site(by=diego, site=site, name="two").seq
    seen = [as_of(Site, site, seq) for seq in (0, 1, first, second)]
    assert seen[0] is None
    assert [one["name"] for one in seen[1:] if one] == ["mosul", "one", "two"]


def test_differences_hold_no_values(amal: UUID, diego: Actor) -> None:
    """JR045: the check names tables, numbers and fields, never what stands in them."""
    deeds.agree(by=diego, person=amal, words="CANARY")
    tamper("UPDATE people_consent SET text_version = 'CANARY'")
    told = " ".join(str(one) for one in check())
    assert "text_version" in told
    assert "CANARY" not in told


def test_an_entry_of_another_history_is_named(site: UUID, diego: Actor) -> None:
    """JR046: the digest of an entry hangs on the entry before: a true entry of another history is not accepted."""
    before = Entry.objects.count()
    with transaction.atomic():
        deeds.rename_site(by=diego, site=site, name="of another history")
        other = Entry.objects.filter(seq=before + 1).values().get()
        changes = list(Change.objects.filter(seq=before + 1).values())
        transaction.set_rollback(True)
    deeds.rename_site(by=diego, site=site, name="what happened")
    deeds.rename_site(by=diego, site=site, name="what happened next")
    with guard.suspended("an attack"):
        Change.objects.filter(seq=before + 1).delete()
        Entry.objects.filter(seq=before + 1).delete()
        Entry.objects.create(**other)
        Change.objects.bulk_create([Change(**{**row, "id": None}) for row in changes])
    assert f"altered entry: {before + 2}" in {str(one) for one in check()}
