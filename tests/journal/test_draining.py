"""Rows of the access log that wait to be written outlive a database that is locked, and the end of their process."""

from __future__ import annotations

import logging
import multiprocessing
from pathlib import Path

import pytest
from django.db import IntegrityError, InterfaceError, OperationalError, connection
from django.test.utils import override_settings

from karama.journal import access_log, access_queue
from karama.journal.models import Access
from karama.journal.writing import may_write
from tests.journal import deeds


def _locked(*_asked: object) -> object:
    raise OperationalError("database is locked")


def _wrong(*_asked: object) -> object:
    raise TypeError("a private word")


def _gone(*_asked: object) -> object:
    raise InterfaceError("connection already closed")


@pytest.fixture
def queued(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two refusals that wait; nothing else drains them."""
    monkeypatch.setattr(access_queue._waiting, "started", _Started())
    with override_settings(KARAMA_ACCESS_LOG_AT_ONCE=False):
        for _time in range(2):
            access_log.note_refusal(deeds.PLACE, "care", "tests.page", "tests.refused")


class _Started:
    def is_set(self) -> bool:
        return True


def test_rows_wait_for_a_locked_database(queued: None) -> None:
    """JR250: what could not be written is written the next time, whole and once."""
    before = Access.objects.count()
    with connection.execute_wrapper(_locked), pytest.raises(OperationalError):
        access_queue.drain()
    assert Access.objects.count() == before
    assert access_queue.drain() == 2
    assert Access.objects.count() == before + 2
    assert access_queue.drain() == 0


def test_an_answer_that_was_lost_holds_nothing_up(queued: None) -> None:
    """JR254: rows that were written, while only the database's answer was lost, are not written twice, and what waits
    behind them is written the next time."""
    before = Access.objects.count()
    one, other = access_queue._waiting.taken_out()
    with may_write("access"):
        one.save(force_insert=True)
    access_queue._waiting.put([one, other])
    with pytest.raises(IntegrityError):
        access_queue.drain()
    assert access_queue.drain() == 1
    assert Access.objects.count() == before + 2


def test_a_process_that_ends_leaves_none(queued: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """JR255: a forked process, as those of the web server are, writes at its end what still waits in it, also where its
    parent had begun to write rows, and nothing of its parent's."""
    told = tmp_path / "told"
    monkeypatch.setattr(access_queue, "PAUSE", 60)
    waiting = access_queue._waiting
    monkeypatch.setattr(access_queue, "try_to_drain", lambda: told.write_text(str(len(waiting.taken_out()))))

    def serve() -> None:
        with override_settings(KARAMA_ACCESS_LOG_AT_ONCE=False):
            access_log.note_refusal(deeds.PLACE, "care", "tests.page", "tests.refused")

    process = multiprocessing.get_context("fork").Process(target=serve)
    process.start()
    process.join(60)
    assert told.read_text() == "1"
    assert len(waiting.taken_out()) == 2


def test_a_row_that_failed_is_written_at_the_end(transactional_db: None) -> None:
    """JR256: a reading whose first row could not be written opens nothing, and still stands in the log."""
    before = Access.objects.count()
    with access_log.reading(by=deeds.PLACE, purpose="care", route="tests.page") as current:
        with connection.execute_wrapper(_locked), pytest.raises(OperationalError):
            current.count([deeds.PLACE.id])
        assert not current.counted
    assert Access.objects.count() == before + 1


NOW = "The access log could not be written now. Its rows wait and are tried again."
FAULT = "A fault of Karama keeps the access log from being written. Its rows wait: tell its maintainers."


@pytest.mark.parametrize(("fault", "said"), [(_locked, NOW), (_gone, NOW), (_wrong, FAULT)])
def test_the_drainer_outlives_it(
    queued: None, fault: object, said: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """JR251: whoever drains says so in the log, without a word of what was to be written, and goes on."""
    monkeypatch.setattr(access_queue, "connection", _Kept())
    with caplog.at_level(logging.ERROR), connection.execute_wrapper(fault):
        access_queue.try_to_drain()
    assert [one.getMessage() for one in caplog.records] == [said]
    before = Access.objects.count()
    access_queue.try_to_drain()
    assert Access.objects.count() == before + 2


class _Kept:
    def close(self) -> None:
        """The connection of a test stays open."""
