"""The jobs of this room: rotation by a job of its own, and what is done again after a restore."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock
from uuid import UUID

import pytest
import time_machine

from karama.journal import Refused, clock
from karama.journal.models import Access, Entry
from karama.people import jobs
from karama.people.actions import record_consent, withdraw_consent
from karama.people.models import Consent
from karama.people.queries import erasures as told
from karama.security import backup, ledger, places, restore, rotation
from tests.people.conftest import Clinic

DONE = rotation.Rotation(rewrapped=4, bundle=Path("keys.age"), destroyed=[("clinical", 1)])


@pytest.fixture
def rotated() -> Any:
    """The rotation itself is proved in tests/security; here nothing is destroyed."""
    with mock.patch.object(rotation, "rotate", return_value=DONE) as called:
        yield called


def test_who_rotates(clinic: Clinic, rotated: mock.Mock, tmp_path: Path) -> None:
    """PE300: the job of its own policy row and an administrator rotate; everybody else is refused before any key."""
    for name in ("chantal", "nadia", "leila", "rojin", "importer"):
        with pytest.raises(Refused):
            jobs.rotate_keys(tmp_path, by=clinic[name])
    assert not rotated.called
    assert Access.objects.filter(route="people.begin_rotation", outcome="refused").count() == 5
    jobs.rotate_keys(tmp_path)
    jobs.rotate_keys(tmp_path, by=clinic["samir"])
    assert rotated.call_count == 2
    entries = Entry.objects.filter(action__endswith="_rotation").order_by("seq")
    assert list(entries.values_list("action", "actor_duty")) == [
        ("people.begin_rotation", "job:rotation"),
        ("people.finish_rotation", "job:rotation"),
        ("people.begin_rotation", "administrator"),
        ("people.finish_rotation", "administrator"),
    ]


def test_the_monthly_job(clinic: Clinic, amal: UUID, rotated: mock.Mock, tmp_path: Path, settings: Any) -> None:
    """PE301: the job rotates in the last days of the month and makes a backup under the new keys; not before, and
    not where no folder for backups is named."""
    settings.KARAMA_BACKUPS = tmp_path
    due = rotation.due_on()
    assert due is not None
    last_moment = datetime(due.year, due.month, due.day, 8, tzinfo=UTC)
    with mock.patch.object(backup, "write") as written:
        with time_machine.travel(last_moment - timedelta(days=4)):
            jobs.rotate_when_due()
        assert not rotated.called
        with time_machine.travel(last_moment - timedelta(days=3)):
            jobs.rotate_when_due()
        assert (rotated.call_count, written.call_count) == (1, 1)
        settings.KARAMA_BACKUPS = None
        with time_machine.travel(last_moment):
            jobs.rotate_when_due()
        assert (rotated.call_count, written.call_count) == (1, 1)


def test_the_day_follows_the_real_rotations(clinic: Clinic, rotated: mock.Mock, tmp_path: Path) -> None:
    """PE302: an erasure is final on the day of the first rotation that began after it and was finished."""
    with time_machine.travel(datetime(2027, 3, 10, 9, tzinfo=UTC), tick=False):
        jobs.rotate_keys(tmp_path)
    with time_machine.travel(datetime(2027, 3, 30, 9, tzinfo=UTC), tick=False):
        jobs.begin_rotation(by=jobs.ROTATOR)  # the power went before it was done
    with time_machine.travel(datetime(2027, 4, 2, 9, tzinfo=UTC), tick=False):
        jobs.rotate_keys(tmp_path)
    known = told.rotations()
    assert [ended.date() for _begun, ended in known] == [date(2027, 3, 10), date(2027, 4, 2)]
    assert told.final_on(datetime(2027, 3, 1, tzinfo=UTC), known) == date(2027, 3, 10)
    assert told.final_on(datetime(2027, 3, 11, tzinfo=UTC), known) == date(2027, 4, 2)
    later = datetime(2027, 4, 3, tzinfo=UTC)
    assert told.final_on(later, known) == rotation.final_on(later)


def test_a_withdrawal_on_the_edge_of_a_backup(clinic: Clinic, amal: UUID) -> None:
    """PE303: taken back while the backup was copied, the ledger's mark may already include it: still applied, once."""
    yes = record_consent(by=clinic["chantal"], person=amal, purpose="care", decision="yes", method="verbal").record
    assert yes is not None
    lost = UUID(int=clock.now().toordinal())
    ledger.append("withdrawal", {"person": str(amal), "consent": str(yes), "by": str(lost)})
    path = places.ledger_path().parent / restore.REPLAY_NAME
    path.write_text(f'{{"since": {ledger.position().seq}}}')
    assert restore.pending_replay() == []
    assert jobs.finish_restore()[1] == 1
    assert not path.exists()
    assert list(Consent.objects.order_by("sequence").values_list("decision", flat=True)) == ["yes", "withdrawn"]
    assert jobs.finish_restore()[1] == 0


def test_what_is_known_is_not_done_again(clinic: Clinic, amal: UUID) -> None:
    """PE304: a withdrawal that the data knows leaves no second entry, whatever the ledger says."""
    yes = record_consent(by=clinic["chantal"], person=amal, purpose="care", decision="yes", method="verbal").record
    withdraw_consent(by=clinic["chantal"], person=amal, consent=yes)
    before = Entry.objects.count()
    assert jobs.repeat_withdrawals() == 0
    assert Entry.objects.count() == before


def test_what_no_room_can_apply_keeps_it_closed(clinic: Clinic) -> None:
    """PE305: while a publication since the backup is pending, a restored installation stays closed."""
    path = places.ledger_path().parent / restore.REPLAY_NAME
    path.write_text(f'{{"since": {ledger.position().seq}}}')
    ledger.append("publication", {"report": "r"})
    jobs.finish_restore()
    assert restore.unfinished()
    path.unlink()
