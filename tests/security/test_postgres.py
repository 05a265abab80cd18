"""Backup and restore of an installation on PostgreSQL, with the real client programs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import psycopg
import pytest
from django.db import connections
from psycopg import sql

from karama.journal import guard
from karama.security import backup, ledger, postgres_restore, restore, rotation, swap, vault
from karama.security.identifiers import uuid7
from karama.security.models import PersonKey
from karama.security.problems import BundleRefused, RestoreImpossible
from tests.security.conftest import Place

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(databases=["default", "keys"], transaction=True)]


@pytest.fixture(autouse=True)
def _notes(request: pytest.FixtureRequest, place: Place) -> Iterator[None]:
    """A table of notes in the main database."""
    (place.home / "installation.toml").write_text('id = "test"\n')
    run("CREATE TABLE IF NOT EXISTS security_test_note (id uuid PRIMARY KEY, sealed bytea)")
    run("DELETE FROM security_test_note")
    yield
    run("DROP TABLE IF EXISTS security_test_note")
    _drop_leftovers()


def run(query: str, *arguments: object) -> list[tuple[object, ...]]:
    """Run one statement on the main database."""
    with guard.suspended("a table of the tests"), connections["default"].cursor() as cursor:
        cursor.execute(query, arguments)
        return list(cursor.fetchall()) if cursor.description else []


def databases() -> set[str]:
    """Every database of the server."""
    return {str(name) for (name,) in run("SELECT datname FROM pg_database")}


def _drop_leftovers() -> None:
    where = connections["default"].settings_dict
    left = [name for name in databases() if "_before_" in name or "_restored_" in name]
    with psycopg.connect(
        dbname="postgres",
        autocommit=True,
        host=where["HOST"],
        port=where["PORT"],
        user=where["USER"],
        password=where["PASSWORD"],
    ) as server:
        for name in left:
            server.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))


def write_note(text: bytes) -> object:
    """Register a person with one note; return her id."""
    vault.create_keys([person := uuid7()])
    sealed = vault.seal(person, "clinical", kind=60, row=person, field="note", value=text)
    run("INSERT INTO security_test_note VALUES (%s, %s)", person, sealed)
    return person


def notes() -> dict[object, bytes]:
    """Every note that opens."""
    found = {}
    for person, sealed in run("SELECT id, sealed FROM security_test_note"):
        try:
            place = {"kind": 60, "row": person, "field": "note", "ciphertext": bytes(sealed)}  # type: ignore[arg-type]
            found[person] = vault.open_sealed(person, "clinical", **place)  # type: ignore[arg-type]
        except vault.Erased:
            continue
    return found


def test_round_trip(place: Place, tmp_path: Path) -> None:
    """SL127: on PostgreSQL a restore brings back data and keys of the backup, erases again who was erased since."""
    staying, leaving = write_note(b"stays"), write_note(b"leaves")
    made = backup.write(tmp_path / "usb")
    assert made.manifest.engine == "postgresql"
    write_note(b"later")
    vault.erase(leaving)  # type: ignore[arg-type]
    done = restore.restore(made.data, made.keys, place.kit.private)
    vault.forget()
    assert notes() == {staying: b"stays"}
    assert len(run("SELECT 1 FROM security_test_note")) == 2
    assert vault.resume_erasures() == [leaving]
    assert done.epoch == ledger.current_epoch() == 2
    assert PersonKey.objects.filter(person_id=staying).count() == 2


@pytest.mark.parametrize("step", ["fill", "take_place", "put_in_place"])
def test_failure_changes_nothing(place: Place, tmp_path: Path, step: str) -> None:
    """SL128: on PostgreSQL too a restore that fails at its last steps leaves both databases as they were."""
    first = write_note(b"first")
    made = backup.write(tmp_path / "usb")
    second = write_note(b"second")
    before = databases()
    owner = swap if step == "put_in_place" else postgres_restore.Scratch
    failing = mock.patch.object(owner, step, side_effect=OSError(28, "no space left"))
    with failing, pytest.raises(RestoreImpossible):
        restore.restore(made.data, made.keys, place.kit.private)
    vault.forget()
    assert notes() == {first: b"first", second: b"second"}
    assert databases() == before


def test_rows_are_counted(place: Place, tmp_path: Path) -> None:
    """SL129: a dump that restores fewer rows than the backup counted is refused."""
    write_note(b"first")
    made = backup.write(tmp_path / "usb")
    fewer = mock.patch.object(postgres_restore.sources, "count_tables", return_value={"security_test_note": 0})
    before = databases()
    with fewer, pytest.raises(BundleRefused):
        restore.restore(made.data, made.keys, place.kit.private)
    assert databases() == before


def test_rotation(place: Place, tmp_path: Path) -> None:
    """SL130: a rotation on PostgreSQL, unmodified and alone, leaves everything readable under the new keys."""
    person = write_note(b"stays")
    done = rotation.rotate(tmp_path / "usb")
    vault.forget()
    assert notes() == {person: b"stays"}
    assert done.rewrapped == 2
    assert set(PersonKey.objects.values_list("kek_version", flat=True)) == {2}
