"""E3: the shortage is an indicator: days without anything usable, of the days on which the stock is known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine

from karama.accounts.models import User
from karama.care.actions import correct_stock, expire_stock, receive_stock
from karama.care.stockfacts import StockOutRow, stock_out_rows
from karama.journal import Refused, clock
from karama.programme.days import today_at
from tests.accounts.signing import browser
from tests.care.conftest import Clinic
from tests.care.test_medicines import zana
from tests.care.test_pages import text

__all__ = ["zana"]
FLUOXETINE = "N06AB03"


@pytest.fixture
def nurse(clinic: Clinic, zana: Any, amal: UUID) -> Any:
    """Berivan."""
    return clinic["berivan"]


@pytest.fixture
def on(clinic: Clinic) -> Callable[[int], Any]:
    """That many days ago, or ahead."""
    return lambda days: time_machine.travel(clock.now() + timedelta(days=days))


def rows(clinic: Clinic, first: date, last: date) -> list[StockOutRow]:
    """The stock-outs that the MEL officer counts."""
    return list(stock_out_rows(by=clinic["rojin"], programme=clinic.programme.id, first=first, last=last))


def come(clinic: Clinic, nurse: Any, number: str, expires: date, quantity: int = 10) -> UUID:
    """Packages that came."""
    made: UUID = receive_stock(
        by=nurse, site=clinic.here.id, medicine_code=FLUOXETINE, number=number, expires_on=expires, quantity=quantity
    ).value.batch_id
    return made


def test_days_out_of_stock(clinic: Clinic, nurse: Any, on: Any) -> None:
    """CA734: E3: days at whose end nothing usable was left count as out; days before the first delivery are not known,
    never in stock; two gaps are two times."""
    start = today_at(clinic.here.id)
    far = start + timedelta(days=900)
    with on(10):
        batch = come(clinic, nurse, "A1", far)
    with on(20):
        correct_stock(by=nurse, batch=batch, quantity=-10, why="Broken.")
    with on(25):
        second = come(clinic, nurse, "A2", far, 5)
    with on(30):
        correct_stock(by=nurse, batch=second, quantity=-5, why="Lost.")
    with on(33):
        (row,) = rows(clinic, start, start + timedelta(days=39))
        assert (row.site, row.medicine) == (clinic.here.id, FLUOXETINE)
        assert row.last == start + timedelta(days=33), "of days to come nothing is said"
        assert (row.unknown, row.known, row.out, row.times, row.still_out) == (10, 24, 9, 2, True)
        (before,) = rows(clinic, start, start + timedelta(days=12))
        assert (before.unknown, before.out, before.still_out) == (10, 0, False)


def test_what_has_expired_is_out(clinic: Clinic, nurse: Any, on: Any) -> None:
    """CA735: E3: what has expired is not usable, whether somebody took it out of the stock or not."""
    start = today_at(clinic.here.id)
    batch = come(clinic, nurse, "A1", start + timedelta(days=5))
    with on(8):
        assert [one.out for one in rows(clinic, start, start + timedelta(days=8))] == [4]
        expire_stock(by=nurse, batch=batch)
        assert [one.out for one in rows(clinic, start, start + timedelta(days=8))] == [4]


def test_who_counts_shortages(clinic: Clinic, nurse: Any) -> None:
    """CA736: E3: only duties that count get the rows, nobody stands in them, a medicine that never came is in none; the
    page of outcomes shows them with what is not known."""
    today = today_at(clinic.here.id)
    assert rows(clinic, today, today) == []
    client = browser(User.objects.get(pk=clinic["rojin"].id))
    address = f"/outcomes/{clinic.programme.code}/"
    empty = client.get(address)
    assert empty.status_code == 200
    assert "Medicines out of stock" not in text(empty)
    come(clinic, nurse, "A1", today + timedelta(days=90))
    assert len(rows(clinic, today, today)) == 1
    for name in ("berivan", "chantal", "samir"):
        with pytest.raises(Refused):
            list(stock_out_rows(by=clinic[name], programme=clinic.programme.id, first=today, last=today))
    with pytest.raises(ValueError, match="too long"):
        rows(clinic, today - timedelta(days=500), today)
    page = text(client.get(address))
    for words in ("Medicines out of stock", "Days not known", "89", clinic.here.name):
        assert words in page
