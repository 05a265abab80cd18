"""A file that somebody carried here: each upload in it is received exactly as if its author's telephone had sent it.

docs/decisions/0093-files-of-couriers.md.
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass, field
from typing import Any

import pydantic

from karama.security import courier, digests, signing
from karama.security.problems import CannotOpen
from karama.sync import wire
from karama.sync.problems import FileChanged, FileTooLarge, ForAnother, NoCourierFile, NotReadable, TooLarge
from karama.sync.receiving import NOT_OURS, Tally, received

LOG = logging.getLogger(__name__)
LARGEST_FILE = 2 * 1024 * 1024
MOST_CARRIED = 2_000
"""Uploads in one file: a telephone puts no more in."""

CARRIED = "karama.carried.1"
_PACKED = b"\x1f\x8b"


@dataclass(frozen=True)
class Brought:
    """What became of a file: how many operations, and how many uploads nobody touched (no author here signed them)."""

    tally: Tally = field(default_factory=Tally)
    untouched: int = 0

    @property
    def whole(self) -> bool:
        """Whether everything in it is here now."""
        return self.untouched == 0


def bring(file: bytes) -> Brought:
    """Receive everything in a file. Again is harmless: what was received before is known.

    Raises:
        FileTooLarge, NoCourierFile, ForAnother, FileChanged: nothing was received.
    """
    tally, untouched = Tally(), 0
    for told in _uploads(file):
        counted = _one(told)
        if counted is None:
            untouched += 1
        else:
            tally += counted
    return Brought(tally, untouched)


def _one(told: Any) -> Tally | None:
    """One upload; whatever it is, it is in nobody's way.

    What breaks unforeseen counts as untouched: its carrier is told `partly` and keeps the file. Only the kind of the
    error is logged, because its words may be somebody's.
    """
    try:
        upload = wire.Upload.model_validate(told)
    except (pydantic.ValidationError, ValueError, RecursionError):
        return None
    try:
        return received(upload)[1]
    except NOT_OURS:
        raise
    except Exception as wrong:
        LOG.warning("an upload in a file of a courier failed: %s", type(wrong).__name__)
        return None


def _uploads(file: bytes) -> list[Any]:
    if len(file) > LARGEST_FILE:
        raise FileTooLarge()
    if not courier.is_one(file):
        raise NoCourierFile()
    if not courier.is_for_us(file):
        raise ForAnother()
    try:
        plain = courier.opened(file)
    except CannotOpen:
        raise FileChanged() from None
    try:
        told = json.loads(wire.unpack(plain) if plain.startswith(_PACKED) else plain)
    except (ValueError, RecursionError, NotReadable, TooLarge):
        raise NoCourierFile() from None
    uploads = told.get("uploads") if isinstance(told, dict) and told.get("v") == wire.VERSION else None
    if not isinstance(uploads, list) or len(uploads) > MOST_CARRIED:
        raise NoCourierFile()
    return uploads


def receipt(file: bytes, *, whole: bool) -> dict[str, Any]:
    """What its carrier's telephone is told, under this server's signature: that it is here, not what is in it."""
    digest = digests.sha256(file)
    signed = signing.sign(signing.message(CARRIED, digest, b"whole" if whole else b"partly"))
    return {"v": wire.VERSION, "file": wire.b64(digest), "whole": whole, "signature": wire.b64(signed)}
