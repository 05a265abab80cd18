"""Faults of peers (F13 to F17 of the promises), put back on purpose: the days of the simulator must notice each.

Each takes a monkeypatch and breaks the telephone of `tests/sync/phone.py` or the real server code in one place.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from karama.security.identifiers import uuid7
from karama.sync import attachments, holding, receiving
from karama.sync.holding import DONE, HELD, receipt_of
from tests.sync.phone import Group, Lost, Phone

Break = Callable[[pytest.MonkeyPatch], None]


def who_left_stays(patch: pytest.MonkeyPatch) -> None:
    """F13: whoever leaves the caseload stays on the old worker's telephone."""
    taken = Phone._take_changes
    patch.setattr(Phone, "_take_changes", lambda phone, answer: taken(phone, answer | {"purges": []}))


def refused_vanishes(patch: pytest.MonkeyPatch) -> None:
    """F13: what is refused is answered as received, and kept by nobody."""

    def held(_signer: Any, _acting: Any, _posting: Any, piece: Any) -> None:
        piece.receipt = receipt_of(piece, HELD, None, 0)

    patch.setattr(holding, "_held", held)


def synced_after_a_timeout(patch: pytest.MonkeyPatch) -> None:
    """F14: a request that timed out is said to have arrived."""
    exchange = Phone.exchange

    def exchanged(phone: Phone, groups: list[Group], *, pull: bool = True) -> dict[str, Any]:
        try:
            return exchange(phone, groups, pull=pull)
        except Lost:
            phone.outbox, phone.answered = [], True
            raise

    patch.setattr(Phone, "exchange", exchanged)


def restored_server_has_it(patch: pytest.MonkeyPatch) -> None:
    """F15: after a restore the telephone believes that all was sent already."""
    taken = Phone._take_changes
    patch.setattr(Phone, "_take_changes", lambda phone, answer: taken(phone, answer | {"offer_again": False}))


def sent_again_as_new(patch: pytest.MonkeyPatch) -> None:
    """F16: what is tried again gets another id, and becomes two."""
    exchange = Phone.exchange

    def exchanged(phone: Phone, groups: list[Group], *, pull: bool = True) -> dict[str, Any]:
        try:
            return exchange(phone, groups, pull=pull)
        except Lost:
            phone.unsigned = [_as_new(text) for group in phone.outbox for text in group.texts] + phone.unsigned
            phone.outbox = []
            raise

    patch.setattr(Phone, "exchange", exchanged)


def deleted_after_a_failure(patch: pytest.MonkeyPatch) -> None:
    """F16: what could not be sent is taken off the telephone."""
    exchange = Phone.exchange

    def exchanged(phone: Phone, groups: list[Group], *, pull: bool = True) -> dict[str, Any]:
        try:
            return exchange(phone, groups, pull=pull)
        except Lost:
            phone.outbox = phone.outbox[len(groups) :]
            raise

    patch.setattr(Phone, "exchange", exchanged)


def edited_on_the_way(patch: pytest.MonkeyPatch) -> None:
    """F16: what may have been sent is edited under the same id."""
    exchange = Phone.exchange

    def exchanged(phone: Phone, groups: list[Group], *, pull: bool = True) -> dict[str, Any]:
        try:
            return exchange(phone, groups, pull=pull)
        except Lost:
            phone.unsigned = [_edited(text) for group in phone.outbox for text in group.texts] + phone.unsigned
            phone.outbox = []
            raise

    patch.setattr(Phone, "exchange", exchanged)


def received_means_nothing(patch: pytest.MonkeyPatch) -> None:
    """F17: a receipt says "complete" for what was not kept."""
    noted = receiving._note

    def note(piece: Any, receipt: Any, problem: Any) -> None:
        noted(piece, receipt, problem)
        if piece.receipt is None:
            piece.receipt = receipt_of(piece, DONE, None, 0)

    patch.setattr(receiving, "_note", note)


def sound_means_nothing(patch: pytest.MonkeyPatch) -> None:
    """F17: a receipt lists every attachment that was named, whether it came or not."""
    patch.setattr(
        attachments, "stored_of", lambda operation, _record: [one.sha256 for one in attachments.named_in(operation)]
    )


PEERS: tuple[Break, ...] = (
    who_left_stays, refused_vanishes, synced_after_a_timeout, restored_server_has_it, sent_again_as_new,
    deleted_after_a_failure, edited_on_the_way, received_means_nothing, sound_means_nothing,
)  # fmt: skip


def _as_new(text: str) -> str:
    return json.dumps(json.loads(text) | {"id": str(uuid7())}, separators=(",", ":"), ensure_ascii=False)


def _edited(text: str) -> str:
    return json.dumps(json.loads(text) | {"done_at": "later"}, separators=(",", ":"), ensure_ascii=False)
