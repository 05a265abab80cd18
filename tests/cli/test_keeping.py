"""Backups, rotation and restores of a whole installation, through the commands that a keeper types (L2)."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from karama.security import digests
from tests.cli.installation import Place, found

WITHDRAW = """
from karama.accounts.queries import actor_by_name
from karama.journal import reading
from karama.people.actions import withdraw_consent
from karama.people.models import Consent
by = actor_by_name("hana")
grant = Consent.objects.filter(decision="yes", purpose="care").order_by("person_id").first()
from karama.journal.actors import Actor
officer = Actor(id=by.id, kind="user", duty="data_protection_officer", programmes=by.programmes, sites=by.sites,
                compartments=frozenset({"general"}), name="Leila")
with reading(by=officer, purpose="rights", route="tests.cli"):
    withdraw_consent(by=officer, person=grant.person_id, consent=grant.id)
print(grant.person_id)
"""
ERASE = """
from karama.accounts.queries import actor_by_name
from karama.journal.actors import Actor
from karama.people.access import ERASURE_JOB
from karama.people.actions import erase_person
from karama.people.models import Person
by = actor_by_name("hana")
person = Person.objects.order_by("-id").first().id
erase_person(by=Actor(id=by.id, kind="job", duty=ERASURE_JOB), person=person, reason="asked to be forgotten")
print(person)
"""
STATE = """
from karama.people.models import Consent, Person
print("withdrawn", Consent.objects.filter(decision="withdrawn").count())
print(*[f"{one} {Person.objects.filter(status=one).count()}" for one in ("erased", "active")])
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """An installation with six people and what they answered."""
    made = found(tmp_path_factory.mktemp("keeping"))
    import_answers(made)
    return made


def import_answers(place: Place) -> None:
    """Six people and what they answered, as an operator brings them in."""
    answers = place.home.with_name("answers.csv")
    with answers.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["key", *(f"GAD{number}" for number in range(1, 8))])
        writer.writerows([f"K{row}", *([row % 4] * 7)] for row in range(6))
    place.karama(
        "import", "responses", answers, "--as", "hana", "--programme", "colombia-community", "--series", "s",
        "--basis", "agreed", "--wave", "baseline", "--key", "key", "--on", "unknown",
        "--instrument", "gad7=GAD1..GAD7", "--yes",
    )  # fmt: skip


def digest_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its digest; logs and what SQLite keeps beside a database come and go."""
    return {
        str(path.relative_to(folder)): digests.sha256(path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "logs" not in path.parts and not path.name.endswith(("-wal", "-shm"))
    }


def restore(place: Place, folder: Path, *more: str, expect: int = 0) -> str:
    """Restore the newest pair of a backup folder."""
    data, keys = (sorted(folder.glob(f"*.{kind}.age"))[-1] for kind in ("data", "keys"))
    return place.karama("restore", data, keys, "--kit", place.home.parent / "kit.txt", "--yes", *more, expect=expect)


def test_what_was_taken_back_or_erased_since_stays_so(place: Place, tmp_path: Path) -> None:
    """CL001: a withdrawal and an erasure made after a backup are done again before the restored one opens (P11)."""
    assert "found whole" in place.karama("backup", tmp_path)
    place.python(WITHDRAW)
    place.python(ERASE)
    said = restore(place, tmp_path)
    assert "1 people who were erased since the backup were erased again" in said
    state = place.python(STATE)
    assert "withdrawn 1" in state
    assert "erased 1 active 5" in state
    assert "the chain is whole" in place.karama("check")
    restore(place, tmp_path)  # and again, from the same backup: still once
    assert "withdrawn 1" in place.python(STATE)


def test_rotation_from_the_command_line(place: Place, tmp_path: Path) -> None:
    """CL002: `karama rotate` wraps every key anew, closes older bundles of keys, and leaves everything readable."""
    place.karama("backup", tmp_path / "before")
    said = place.karama("rotate", tmp_path / "after")
    assert "old key files destroyed" in said
    assert "the chain is whole" in place.karama("check")
    before = digest_of(place.home)
    refused = restore(place, tmp_path / "before", expect=3)
    assert "older than the last rotation" in refused
    assert digest_of(place.home) == before
    data = sorted((tmp_path / "before").glob("*.data.age"))[-1]
    keys = sorted((tmp_path / "after").glob("*.keys.age"))[-1]
    place.karama("restore", data, keys, "--kit", place.home.parent / "kit.txt", "--yes")
    assert "the chain is whole" in place.karama("check")


@pytest.mark.parametrize("harm", ["cut", "flip"])
def test_a_damaged_backup_changes_nothing(place: Place, tmp_path: Path, harm: str) -> None:
    """CL003: a truncated or bit-flipped bundle is refused with a sentence and exit code 3; nothing is changed (P11)."""
    place.karama("backup", tmp_path)
    bundle = sorted(tmp_path.glob("*.data.age"))[-1]
    content = bytearray(bundle.read_bytes())
    if harm == "cut":
        content = content[: len(content) // 2]
    else:
        content[len(content) // 2] ^= 1
    bundle.write_bytes(bytes(content))
    before = digest_of(place.home)
    said = restore(place, tmp_path, expect=3)
    assert "Traceback" not in said
    assert digest_of(place.home) == before


def test_the_wrong_kit_opens_nothing(place: Place, tmp_path: Path) -> None:
    """CL004: with another recovery key nothing is restored, and the sentence does not repeat what was typed."""
    place.karama("backup", tmp_path)
    data, keys = (sorted(tmp_path.glob(f"*.{kind}.age"))[-1] for kind in ("data", "keys"))
    wrong = "AGE-SECRET-KEY-1QQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQ"
    said = place.karama("restore", data, keys, "--yes", typed=f"{wrong}\n", expect=3)
    assert wrong not in said
    assert "Traceback" not in said


def test_nobody_works_before_a_restore_is_finished(place: Place) -> None:
    """CL005: a restore that was cut off is finished by a command of its own; nothing else starts before."""
    (place.home / "ledger" / "replay.json").write_text('{"since": 1}', encoding="utf-8")
    assert "karama restore --finish" in place.karama("serve", "--port", "1", expect=3)
    assert "journal says the same" in place.karama("restore", "--finish")
    assert "Keys last rotated on" in place.karama("check")


def test_what_is_typed_wrongly_is_said_clearly(place: Place, tmp_path: Path) -> None:
    """CL006: wrong files, a wrong order, a folder inside the data folder or none at all: a sentence, no traceback."""
    data, keys = tmp_path / "b.data.age", tmp_path / "b.keys.age"
    for path in (data, keys):
        path.write_bytes(b"\xff\x00 no bundle")
    kit = place.home.parent / "kit.txt"
    assert "other way round" in place.karama("restore", keys, data, "--kit", kit, "--yes", expect=2)
    assert "not a text file" in place.karama("restore", data, keys, "--kit", keys, "--yes", expect=2)
    assert "Nothing was changed" in place.karama("restore", data, keys, "--kit", kit, "--yes", expect=3)
    assert "inside the data folder" in place.karama("backup", place.home / "inside", expect=3)
    assert "karama rotate FOLDER" in place.karama("rotate", expect=2)


def test_a_rotation_explains_itself(place: Place, tmp_path: Path) -> None:
    """CL007: `karama rotate --explain` says what would happen and changes nothing."""
    before = digest_of(place.home.with_name("home.keyring"))
    said = place.karama("rotate", tmp_path, "--explain")
    assert "only then destroys the old wrapping keys" in said
    assert "Keys last rotated on" in said
    assert digest_of(place.home.with_name("home.keyring")) == before
    assert not list(tmp_path.iterdir())
