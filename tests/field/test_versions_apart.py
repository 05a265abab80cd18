"""Today's app, its real store and queue, and the real views of a server that is newer or older than it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from karama.journal.models import Entry
from karama.safety.models import Alert
from karama.sync import answering, receiving, wire
from tests.field.simulate import Node, Telephone, server
from tests.people.conftest import Clinic, clinic

__all__ = ["clinic"]

Setting = Callable[[pytest.MonkeyPatch], None]


def _newer_messages(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(wire, "VERSION", wire.VERSION + 1)


def _newer_receipts(patch: pytest.MonkeyPatch) -> None:
    real = receiving.receipt_of
    patch.setattr(receiving, "receipt_of", lambda *told: {**real(*told), "v": 2})


def _older(patch: pytest.MonkeyPatch) -> None:
    """One that knows an earlier contract and cannot read a question of this one."""
    patch.setattr(answering.wire, "CONTRACT", wire.CONTRACT - 1)
    patch.setattr(wire, "read_ask", lambda _text: None)


def _told(phone: Telephone) -> tuple[Any, ...]:
    standing = phone.state()["standing"]
    return tuple(standing[name] for name in ("waiting", "urgent", "synced", "trouble"))


def _worked(phone: Telephone, clinic: Clinic) -> list[UUID]:
    site = str(clinic.here.id)
    given = phone.do("outreach.give_to_many", site=site, what="kit", quantity=1, count=9, basis="people")
    return [given, phone.do("safety.raise_worry", kind="suicide")]


@pytest.mark.parametrize("newer", [_newer_messages, _newer_receipts])
def test_a_newer_server(clinic: Clinic, newer: Setting, monkeypatch: pytest.MonkeyPatch) -> None:
    """FD299: the alert reaches a newer server; the app says that it waits for its update, keeps all as it was and takes
    nothing for received. When it can read the server again, all is sent, and stands there once."""
    with Node() as node:
        phone = Telephone(node, "newer", clinic["chantal"])
        phone.sync()
        alerts = Alert.objects.count()
        with monkeypatch.context() as patch:
            newer(patch)
            ops = _worked(phone, clinic)
            phone.sync()
            phone.sync()
            assert _told(phone) == (2, True, False, "app_behind")
            assert {one["outcome"] for one in phone.state()["sent"]} == {"waiting"}
        assert Alert.objects.count() == alerts + 1
        phone.again()
        assert [UUID(one["op"]) for one in phone.state()["sent"]] == ops
        phone.sync()
        assert _told(phone) == (0, False, True, "")
        assert Alert.objects.count() == alerts + 1
        assert Entry.objects.filter(op_id__in=ops).count() == len(ops)


def test_an_older_server(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    """FD300: a server that cannot read the app's question is called older, not said to doubt a signature; its receipts
    count, and nothing is called all sent before it answers again."""
    with Node() as node:
        phone = Telephone(node, "older", clinic["chantal"])
        phone.sync()
        with monkeypatch.context() as patch:
            _older(patch)
            ops = _worked(phone, clinic)
            phone.sync()
            assert _told(phone) == (0, False, False, "server_behind")
        phone.sync()
        assert _told(phone) == (0, False, True, "")
        assert Entry.objects.filter(op_id__in=ops).count() == len(ops)


def test_each_answer_says_which_contract_it_speaks(clinic: Clinic) -> None:
    """SY260: an exchange and a refused one both tell the number of the contract: an app can tell who is older."""
    for body, status in ((b'{"v":1}', 200), (b'{"v":2}', 400)):
        got, content = server("/field/sync", body, "")
        told = json.loads(wire.unpack(content) if status == 200 else content)
        assert (got, told["v"], told["contract"]) == (status, wire.VERSION, wire.CONTRACT)
