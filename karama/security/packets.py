"""Packets for somebody outside: a token and a code, told on two ways, open one together; neither is kept here.

What is stored is a keyed digest of the token, to find the packet, and a check of both, to tell whether they are right.
The key that opens the packet is computed from both at each opening, slowly, under the installation's key: the
databases and the keyring without the token open nothing. The format is docs/decisions/0075-sealed-packets.md.
"""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from karama.security import digests, envelope, key_store, randomness

CODE_DIGITS: Final = 8
TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{43}")
CODE: Final = re.compile(rf"[0-9]{{{CODE_DIGITS}}}")


@dataclass(frozen=True)
class Opening:
    """What opens a packet: the token of a slip or address, and the code that is told separately."""

    token: str = field(repr=False)
    code: str = field(repr=False)


@dataclass(frozen=True)
class Unlocked:
    """Computed from an opening: `check` tells whether it is the right one, `secret` opens the packet."""

    check: bytes = field(repr=False)
    secret: bytes = field(repr=False)


def fresh() -> Opening:
    """A new token of 256 random bits and a new code of eight digits, which can be said by telephone."""
    return Opening(randomness.token(), randomness.code(CODE_DIGITS, "0123456789"))


def well_formed(opening: Opening) -> bool:
    """Whether these can be a token and a code at all."""
    return bool(TOKEN.fullmatch(opening.token) and CODE.fullmatch(opening.code))


def token_digest(token: str) -> bytes:
    """The keyed digest by which a packet is found.

    Raises:
        KeyringMissing: the installation key is not there.
    """
    return digests.keyed("packet.token", token.encode("utf-8"))


def unlock(opening: Opening) -> Unlocked:
    """Compute check and key: some tens of milliseconds, whatever is right or wrong.

    Raises:
        KeyringMissing: the installation key is not there.
    """
    told = f"{opening.token}\0{opening.code}".encode()
    material = digests.slow_keyed("packet.opening", told)
    return Unlocked(hmac.digest(material, b"check", "sha256"), hmac.digest(material, b"seal", "sha256"))


def seal(unlocked: Unlocked, packet: UUID, value: bytes) -> bytes:
    """Seal the content of one packet; it opens only as this packet of this installation."""
    return envelope.seal_packet(unlocked.secret, key_store.installation(), packet, value)


def opened(unlocked: Unlocked, packet: UUID, ciphertext: bytes) -> bytes:
    """Open the content of a packet.

    Raises:
        CannotOpen: another token, code, packet or installation, or changed bytes.
    """
    return envelope.open_packet(unlocked.secret, key_store.installation(), packet, ciphertext)
