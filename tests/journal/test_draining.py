"""JR250, JR251: rows of the access log that wait to be written outlive a database that is locked."""

from __future__ import annotations

import logging

import pytest
from django.db import OperationalError, connection
from django.test.utils import override_settings

from karama.journal import access_log
from karama.journal.models import Access
from tests.journal import deeds


def _locked(*_asked: object) -> object:
    raise OperationalError("database is locked")


@pytest.fixture
def queued(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two refusals that wait; nothing else drains them."""
    monkeypatch.setattr(access_log, "_started", _Started())
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
        access_log.drain()
    assert Access.objects.count() == before
    assert access_log.drain() == 2
    assert Access.objects.count() == before + 2
    assert access_log.drain() == 0


def test_the_drainer_outlives_it(
    queued: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """JR251: whoever drains says so in the log, without a word of what was to be written, and goes on."""
    monkeypatch.setattr(access_log, "connection", _Kept())
    with caplog.at_level(logging.ERROR), connection.execute_wrapper(_locked):
        access_log.try_to_drain()
    assert [one.getMessage() for one in caplog.records] == [
        "The access log could not be written now. Its rows wait and are tried again."
    ]
    before = Access.objects.count()
    access_log.try_to_drain()
    assert Access.objects.count() == before + 2


class _Kept:
    def close(self) -> None:
        """The connection of a test stays open."""
