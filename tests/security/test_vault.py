"""The vault: sealing, opening, erasing, merging."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from unittest import mock
from uuid import UUID

import pytest
from django.db import transaction

from karama.security import keyring, ledger, vault
from karama.security.identifiers import uuid7
from karama.security.models import PersonKey, PersonLink
from karama.security.problems import KeyringMissing, LedgerMissing, SweepRefused
from tests.security.conftest import Place

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
ROW = UUID("0190c0de-0000-7000-8000-000000000001")
NOTE = b"a note nobody else may read"


def sealed(person: UUID, value: bytes = NOTE, store: vault.StoreName = "clinical") -> bytes:
    """Seal a value in the place every test uses."""
    return vault.seal(person, store, kind=60, row=ROW, field="note", value=value)


def opened(person: UUID, ciphertext: bytes, store: vault.StoreName = "clinical") -> bytes:
    """Open a value in the place every test uses."""
    return vault.open_sealed(person, store, kind=60, row=ROW, field="note", ciphertext=ciphertext)


@pytest.fixture
def amal(place: Place) -> UUID:
    """A participant with keys."""
    vault.create_keys([person := uuid7()])
    return person


def test_round_trip(amal: UUID) -> None:
    """SL019: what is sealed opens again in its place, also when empty, and is 37 bytes longer."""
    for value in (NOTE, b"", bytes(range(256)) * 40):
        ciphertext = sealed(amal, value)
        assert opened(amal, ciphertext) == value
        assert len(ciphertext) == len(value) + 37
        assert value == b"" or value not in ciphertext


def test_header(amal: UUID) -> None:
    """SL020: a ciphertext begins with format 1 and its key id, and two of the same value share nothing else."""
    one, other = sealed(amal), sealed(amal)
    assert one[0] == 1
    assert int.from_bytes(one[1:9], "big") == PersonKey.objects.get(person_id=amal, store=2).key_id
    assert one[:9] == other[:9]
    assert one[9:] != other[9:]


MOVES: list[tuple[str, Callable[[UUID, bytes], bytes]]] = [
    ("kind", lambda p, c: vault.open_sealed(p, "clinical", kind=61, row=ROW, field="note", ciphertext=c)),
    ("row", lambda p, c: vault.open_sealed(p, "clinical", kind=60, row=uuid7(), field="note", ciphertext=c)),
    ("field", lambda p, c: vault.open_sealed(p, "clinical", kind=60, row=ROW, field="notes", ciphertext=c)),
    ("store", lambda p, c: vault.open_sealed(p, "identity", kind=60, row=ROW, field="note", ciphertext=c)),
]


@pytest.mark.parametrize(("what", "move"), MOVES, ids=[name for name, _ in MOVES])
def test_moved_ciphertext(amal: UUID, what: str, move: Callable[[UUID, bytes], bytes]) -> None:
    """SL021: a ciphertext moved to another kind, row, field or store does not open."""
    with pytest.raises(vault.CannotOpen):
        move(amal, sealed(amal))


def test_moved_between_people(amal: UUID) -> None:
    """SL022: a ciphertext of one person put into the same row of another does not open."""
    vault.create_keys([other := uuid7()])
    with pytest.raises(vault.CannotOpen):
        opened(other, sealed(amal))


def test_every_changed_bit(amal: UUID) -> None:
    """SL023: a ciphertext with any one bit changed, or any byte missing at its end, does not open."""
    ciphertext = sealed(amal, b"short")
    for bit in range(len(ciphertext) * 8):
        changed = bytearray(ciphertext)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(vault.CannotOpen):
            opened(amal, bytes(changed))
    for length in range(len(ciphertext)):
        with pytest.raises(vault.CannotOpen):
            opened(amal, ciphertext[:length])


def test_another_installation(amal: UUID, settings: object) -> None:
    """SL024: a ciphertext of one installation does not open in another, even with the same keys."""
    ciphertext = sealed(amal)
    settings.KARAMA_INSTALLATION_ID = "another"  # type: ignore[attr-defined]
    with pytest.raises(vault.CannotOpen):
        opened(amal, ciphertext)


def test_wrapped_key_moved_between_people(amal: UUID) -> None:
    """SL025: a wrapped key copied to another person's row does not unwrap."""
    vault.create_keys([other := uuid7()])
    stolen = PersonKey.objects.get(person_id=amal, store=2).wrapped
    PersonKey.objects.filter(person_id=other, store=2).update(wrapped=stolen)
    vault.forget()
    with pytest.raises(vault.CannotOpen):
        sealed(other)


def test_keys_first(place: Place) -> None:
    """SL026: nothing can be sealed about a person whose keys were not made first."""
    with pytest.raises(vault.NoKeys):
        sealed(uuid7())


def test_create_keys_is_repeatable(amal: UUID) -> None:
    """SL027: making keys again keeps the ones that are there, and makes only the missing ones."""
    ciphertext = sealed(amal)
    vault.create_keys([amal, other := uuid7(), amal])
    assert PersonKey.objects.filter(person_id=amal).count() == 2
    assert PersonKey.objects.filter(person_id=other).count() == 2
    assert opened(amal, ciphertext) == NOTE


def test_create_keys_survives_the_callers_rollback(amal: UUID) -> None:
    """SL028: keys are committed on their own: a rolled-back registration leaves an orphan key, never data without."""
    person = uuid7()
    with transaction.atomic("default"):
        vault.create_keys([person])
        transaction.set_rollback(True, using="default")
    assert PersonKey.objects.filter(person_id=person).count() == 2


def test_without_the_keyring(amal: UUID, place: Place) -> None:
    """SL029: without the key-encryption key nothing opens, and the message names no person."""
    ciphertext = sealed(amal)
    keyring.path_of(place.keyring, "clinical", 1).rename(place.home / "stolen")
    vault.forget()
    with pytest.raises(KeyringMissing) as caught:
        opened(amal, ciphertext)
    assert str(amal) not in str(caught.value)
    assert opened(amal, sealed(amal, store="identity"), "identity") == NOTE


def test_erase(amal: UUID) -> None:
    """SL030: after an erasure nothing about the person opens, nothing can be sealed, and her id never comes back."""
    ciphertext = sealed(amal)
    assert vault.erase(amal) == [amal]
    for attempt in (lambda: opened(amal, ciphertext), lambda: sealed(amal), lambda: vault.create_keys([amal])):
        with pytest.raises(vault.Erased):
            attempt()
    assert vault.is_erased(amal)
    assert not PersonKey.objects.filter(person_id=amal).exists()
    assert [entry.what for entry in ledger.entries() if entry.kind == "erasure"] == [{"person": str(amal)}]


def test_erase_writes_the_ledger_first(amal: UUID, place: Place) -> None:
    """SL031: when the ledger cannot be written no key is destroyed."""
    ciphertext = sealed(amal)
    (place.home / "ledger" / "outlives.ledger").unlink()
    with pytest.raises(LedgerMissing):
        vault.erase(amal)
    assert opened(amal, ciphertext) == NOTE


def test_erase_resumes_after_a_crash_between_ledger_and_keys(amal: UUID) -> None:
    """SL032: an erasure cut off after the ledger is finished at start-up, and named until its rows are settled."""
    ledger.append("erasure", {"person": str(amal)})
    assert vault.resume_erasures() == [amal]
    assert not PersonKey.objects.filter(person_id=amal).exists()
    assert vault.resume_erasures() == [amal]
    vault.settled(amal)
    assert vault.resume_erasures() == []


def test_erase_twice(amal: UUID) -> None:
    """SL033: erasing twice writes one ledger record and changes nothing more."""
    vault.erase(amal)
    vault.erase(amal)
    assert len([entry for entry in ledger.entries() if entry.kind == "erasure"]) == 1


def test_link_and_unlink(amal: UUID) -> None:
    """SL035: after a merge each person's fields open under the other's id; undoing the merge takes that back."""
    vault.create_keys([twin := uuid7()])
    hers, twins = sealed(amal), sealed(twin)
    vault.link(twin, into=amal)
    assert opened(amal, twins) == opened(twin, hers) == NOTE
    vault.unlink(twin)
    for person, ciphertext in ((amal, twins), (twin, hers)):
        with pytest.raises(vault.CannotOpen):
            opened(person, ciphertext)
    assert opened(twin, twins) == NOTE


def test_link_refuses_circles_and_the_erased(amal: UUID) -> None:
    """SL036: nobody is merged into herself by any way round, and nobody into or out of an erased person."""
    vault.create_keys([twin := uuid7(), third := uuid7()])
    vault.link(twin, into=amal)
    for person, into in ((amal, twin), (amal, amal)):
        with pytest.raises(ValueError):
            vault.link(person, into)
    vault.erase(third)
    with pytest.raises(vault.Erased):
        vault.link(third, into=amal)


def test_erase_takes_everyone_merged_into_her(amal: UUID) -> None:
    """SL037: erasing a person erases the keys of everyone merged into her, however many merges ago."""
    vault.create_keys([second := uuid7(), third := uuid7()])
    old = sealed(third)
    vault.link(third, into=second)
    vault.link(second, into=amal)
    assert set(vault.erase(amal)) == {amal, second, third}
    with pytest.raises(vault.Erased):
        opened(amal, old)
    assert not PersonLink.objects.exists()


def test_sweep_orphans(amal: UUID) -> None:
    """SL038: keys older than 24 hours of people the main database does not know are swept, young ones stay."""
    vault.create_keys([old := uuid7(), young := uuid7()])
    day_ago = datetime.now(UTC) - timedelta(hours=25)
    PersonKey.objects.filter(person_id__in=[old, amal]).update(made_at=day_ago)
    assert vault.sweep_orphans(lambda ids: {amal} & set(ids)) == 1
    assert set(PersonKey.objects.values_list("person_id", flat=True)) == {amal, young}


def test_sweep_refuses_too_many(amal: UUID) -> None:
    """SL039: a sweep that would take more than interrupted registrations explain is refused and deletes nothing."""
    PersonKey.objects.update(made_at=datetime.now(UTC) - timedelta(days=2))
    with mock.patch.object(vault, "SWEEP_FLOOR", 0), pytest.raises(SweepRefused):
        vault.sweep_orphans(lambda ids: set())
    assert PersonKey.objects.filter(person_id=amal).count() == 2


def test_sweep_keeps_linked_people(amal: UUID) -> None:
    """SL040: people who take part in a merge are never swept."""
    vault.create_keys([twin := uuid7()])
    vault.link(twin, into=amal)
    PersonKey.objects.update(made_at=datetime.now(UTC) - timedelta(days=2))
    assert vault.sweep_orphans(lambda ids: set()) == 0


def test_installation_values(place: Place) -> None:
    """SL041: a value of the installation opens for its purpose only, and with no bit changed."""
    ciphertext = vault.seal_installation("totp:1", b"seed")
    assert vault.open_installation("totp:1", ciphertext) == b"seed"
    for purpose, content in (
        ("totp:2", ciphertext),
        ("totp:1", ciphertext[:-1]),
        ("totp:1", ciphertext[:-1] + bytes([ciphertext[-1] ^ 1])),
        ("totp:1", b""),
    ):
        with pytest.raises(vault.CannotOpen):
            vault.open_installation(purpose, content)
