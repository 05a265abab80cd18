"""One exchange: what came up is received first, then the question is answered, so that the answer knows of both."""

from __future__ import annotations

import struct
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from karama.journal import Actor, clock, reading
from karama.security import digests, places, signing
from karama.sync import attachments, wire
from karama.sync.knowledge import Pieces
from karama.sync.receiving import receive
from karama.sync.registries import Acting, Signer, actings, codes, first, keepings, sightings, signers
from karama.sync.sending import changes_for, lens_of, position, terms_of
from karama.sync.sharing import share_for
from karama.sync.sounds import pieces_for

FRESH = timedelta(minutes=10)

_challenge = struct.Struct(">Q")


def exchange(request: wire.Request) -> dict[str, Any]:
    """The reply to one request. What cannot be answered says so and changes nothing."""
    received = [receive(upload) for upload in request.uploads]
    now = clock.now()
    return {
        "v": wire.VERSION,
        "contract": wire.CONTRACT,
        "installation": places.installation_id(),
        "now": now.astimezone(UTC).isoformat(timespec="milliseconds"),
        "epoch": str(position().epoch),
        "uploads": received,
        "answer": None if request.ask is None else _answer(request.ask, now),
        "challenge": challenge(now),
    }


def challenge(now: datetime) -> str:
    """A moment of this server's clock under a digest only it can make: whoever signs it asks now, not last week."""
    told = _challenge.pack(int(now.timestamp()))
    return wire.b64(told + digests.keyed("sync.challenge", told)[:16])


def is_fresh(told: str, now: datetime) -> bool:
    """Whether this challenge was given out within the last minutes."""
    content = wire.from_b64(told)
    moment, seal = content[: _challenge.size], content[_challenge.size :]
    if len(moment) != _challenge.size:
        return False
    if not digests.constant_time_equal(digests.keyed("sync.challenge", moment)[:16], seal):
        return False
    age = now - datetime.fromtimestamp(_challenge.unpack(moment)[0], UTC)
    return timedelta(seconds=-1) <= age <= FRESH


def _answer(signed: wire.SignedAsk, now: datetime) -> dict[str, Any]:
    signer: Signer | None = first(signers, signed.key)
    if signer is None:
        return {"status": "unknown_key"}
    content = wire.ask_message(signed.key, signed.text)
    ask = wire.read_ask(signed.text)
    if ask is None or not signing.verified(signer.public_key, wire.from_b64(signed.signature), content):
        return {"status": "bad_signature"}
    if not is_fresh(ask.challenge, now):
        return {"status": "again"}
    if ask.part is not None:  # also of a telephone that was taken back: what it did is received, and this is part of it
        return {"status": "ok", "part": attachments.take_part(signer, ask.part)}
    purges = sorted(str(person) for person in ask.holds)
    if signer.revoked_at is not None:
        return {"status": "revoked", "purges": purges}
    first(sightings, signer.device)
    acting: Acting | None = first(actings, signer, ask.posting)
    if acting is None or not acting.current:
        return {"status": "no_duty", "purges": purges}
    if ask.keeps is not None:
        first(keepings, acting.actor, signer.device, ask.keeps)
    if ask.sounds:
        return {"status": "ok", "sounds": pieces_for(acting.actor, ask)}
    if ask.share is not None:
        allowed = terms_of(acting.actor)
        told = share_for(acting.actor, signer.device, ask, allowed, now)
        return {"status": "ok", "lease_days": allowed.lease_days, "share": told}
    return {"status": "ok", **_told(acting.actor, signer, ask)}


def _told(by: Actor, signer: Signer, ask: wire.Ask) -> dict[str, Any]:
    here, allowed = position(), terms_of(by)
    lens = lens_of(by, ask.posting)
    other_life = ask.cursor is not None and ask.cursor.epoch != here.epoch
    reset = other_life or ask.cursor is None or ask.lens != lens or ask.cursor.seq > here.seq
    with reading(by=by, purpose="care", route="sync.down"):
        pieces = Pieces(by, ask)
        pieces.fill(ask.size // 2)
        changes = changes_for(by, ask, reset=reset, used=pieces.used)
        pieces.fill(ask.size - _size(changes["blocks"]))
    return {
        "offer_again": other_life,
        "reset": reset,
        "cursor": {"epoch": str(here.epoch), "seq": here.seq},
        "lens": lens,
        "lease_days": allowed.lease_days,
        "daily": allowed.daily,
        **changes,
        "codes": _codes(by, signer.device, ask.codes),
        **pieces.told(),
    }


def _size(told: Any) -> int:
    return len(wire.text_of(told).encode())


def _codes(by: Actor, device: UUID, number: int) -> list[str]:
    return sorted(first(codes, by, device, number) or []) if number else []
