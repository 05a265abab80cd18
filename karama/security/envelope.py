"""The ciphertext formats: a sealed field, a wrapped key, a value of the installation, a packet for somebody outside.

Permanent; docs/decisions/0010-ciphertext-header.md is the record. AES-256-GCM throughout (NIST SP 800-38D), a
fresh random 96-bit nonce each time, and the place of the value as associated data, so that it opens nowhere else.
"""

from __future__ import annotations

import os
import struct
from functools import lru_cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from karama.security.problems import CannotOpen

FIELD_FORMAT = 0x01
INSTALLATION_FORMAT = 0x02
PACKET_FORMAT = 0x03
KEY_ID_BYTES = 8
NONCE_BYTES = 12
TAG_BYTES = 16
HEADER_BYTES = 1 + KEY_ID_BYTES
FIELD_OVERHEAD = HEADER_BYTES + NONCE_BYTES + TAG_BYTES
_place = struct.Struct(">H16s")


@lru_cache(maxsize=8)
def _installation_prefix(installation: str) -> bytes:
    name = installation.encode()
    return len(name).to_bytes(2, "big") + name


def field_head(key_id: int) -> bytes:
    """Return the first nine bytes of every field sealed under a key: format, key id."""
    return struct.pack(">BQ", FIELD_FORMAT, key_id)


def _field_place(installation: str, head: bytes, kind: int, row: UUID, field: str) -> bytes:
    return _installation_prefix(installation) + head + _place.pack(kind, row.bytes) + field.encode()


def seal_field(cipher: AESGCM, head: bytes, value: bytes, installation: str, kind: int, row: UUID, field: str) -> bytes:
    """Seal one field: ``format 1 | key id 8 | nonce 12 | ciphertext | tag 16``."""
    nonce = os.urandom(NONCE_BYTES)
    return head + nonce + cipher.encrypt(nonce, value, _field_place(installation, head, kind, row, field))


def key_id_of(ciphertext: bytes) -> int:
    """Return the key id written in a sealed field.

    Raises:
        CannotOpen: the bytes are not a sealed field.
    """
    if len(ciphertext) < FIELD_OVERHEAD or ciphertext[0] != FIELD_FORMAT:
        raise CannotOpen
    return int.from_bytes(ciphertext[1:HEADER_BYTES], "big")


def open_field(cipher: AESGCM, ciphertext: bytes, installation: str, kind: int, row: UUID, field: str) -> bytes:
    """Open one sealed field in the place where it was sealed.

    Raises:
        CannotOpen: another place, another key, or changed bytes.
    """
    place = _field_place(installation, ciphertext[:HEADER_BYTES], kind, row, field)
    start = HEADER_BYTES + NONCE_BYTES
    try:
        return cipher.decrypt(ciphertext[HEADER_BYTES:start], ciphertext[start:], place)
    except InvalidTag:
        raise CannotOpen from None


def _wrap_place(installation: str, person: UUID, store: int, key_id: int, version: int) -> bytes:
    return _installation_prefix(installation) + struct.pack(">4s16sBQI", b"wrap", person.bytes, store, key_id, version)


def wrap(kek: AESGCM, secret: bytes, installation: str, person: UUID, store: int, key_id: int, version: int) -> bytes:
    """Wrap a participant's key: ``nonce 12 | ciphertext 32 | tag 16``, bound to its row and the wrapping version."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + kek.encrypt(nonce, secret, _wrap_place(installation, person, store, key_id, version))


def unwrap(
    kek: AESGCM, wrapped: bytes, installation: str, person: UUID, store: int, key_id: int, version: int
) -> bytes:
    """Return the 32 bytes of a participant's key.

    Raises:
        CannotOpen: the wrapped key was moved, changed, or wrapped by another key.
    """
    place = _wrap_place(installation, person, store, key_id, version)
    try:
        return kek.decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], place)
    except (InvalidTag, ValueError):
        raise CannotOpen from None


def seal_plain(secret: bytes, version: int, place: bytes, value: bytes) -> bytes:
    """Seal a value that belongs to no person: ``format 2 | key version 4 | nonce 12 | ciphertext | tag 16``."""
    head = struct.pack(">BI", INSTALLATION_FORMAT, version)
    nonce = os.urandom(NONCE_BYTES)
    return head + nonce + AESGCM(secret).encrypt(nonce, value, head + place)


def plain_version(ciphertext: bytes) -> int:
    """Return the key version of a value sealed for the installation.

    Raises:
        CannotOpen: the bytes are not such a value.
    """
    if len(ciphertext) < 5 + NONCE_BYTES + TAG_BYTES or ciphertext[0] != INSTALLATION_FORMAT:
        raise CannotOpen
    return int.from_bytes(ciphertext[1:5], "big")


def open_plain(secret: bytes, place: bytes, ciphertext: bytes) -> bytes:
    """Open a value sealed by ``seal_plain``.

    Raises:
        CannotOpen: another purpose, another key, or changed bytes.
    """
    plain_version(ciphertext)
    try:
        return AESGCM(secret).decrypt(ciphertext[5:17], ciphertext[17:], ciphertext[:5] + place)
    except InvalidTag:
        raise CannotOpen from None


def _packet_place(installation: str, packet: UUID) -> bytes:
    return _installation_prefix(installation) + struct.pack(">B6s16s", PACKET_FORMAT, b"packet", packet.bytes)


def seal_packet(secret: bytes, installation: str, packet: UUID, value: bytes) -> bytes:
    """Seal a packet for somebody outside: ``format 3 | nonce 12 | ciphertext | tag 16``, bound to its row."""
    nonce = os.urandom(NONCE_BYTES)
    sealed = AESGCM(secret).encrypt(nonce, value, _packet_place(installation, packet))
    return bytes([PACKET_FORMAT]) + nonce + sealed


def open_packet(secret: bytes, installation: str, packet: UUID, ciphertext: bytes) -> bytes:
    """Open a value sealed by ``seal_packet``.

    Raises:
        CannotOpen: another packet, another key, or changed bytes.
    """
    if len(ciphertext) < 1 + NONCE_BYTES + TAG_BYTES or ciphertext[0] != PACKET_FORMAT:
        raise CannotOpen
    start = 1 + NONCE_BYTES
    try:
        return AESGCM(secret).decrypt(ciphertext[1:start], ciphertext[start:], _packet_place(installation, packet))
    except InvalidTag:
        raise CannotOpen from None
