"""Digests: plain, keyed by purpose, and compared without telling how much was right."""

from __future__ import annotations

import hashlib
import hmac
from functools import lru_cache

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from karama.security import keyring


def sha256(content: bytes) -> bytes:
    """Return the SHA-256 digest, 32 bytes."""
    return hashlib.sha256(content).digest()


def constant_time_equal(one: bytes, other: bytes) -> bool:
    """Compare two byte strings in a time that does not depend on where they differ."""
    return hmac.compare_digest(one, other)


@lru_cache(maxsize=256)
def derive(secret: bytes, use: str, purpose: str) -> bytes:
    """Return 32 bytes derived from a secret for one use and purpose (HKDF-SHA256, RFC 5869)."""
    label = b"karama\0" + use.encode() + b"\0" + purpose.encode()
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=label).derive(secret)


def keyed(purpose: str, content: bytes) -> bytes:
    """Return HMAC-SHA256 of the content under a key derived for this purpose from the installation key.

    The same content gives the same 32 bytes for the life of the installation, different ones for every other
    purpose and installation, and cannot be guessed by trying values without the keyring.

    Raises:
        KeyringMissing: the installation key is not there.
    """
    secret = keyring.keyring().current(keyring.INSTALLATION).secret
    return hmac.digest(derive(secret, "digest", purpose), content, "sha256")


def slow_keyed(purpose: str, content: bytes) -> bytes:
    """Return 32 bytes that cost some tens of milliseconds and 16 MiB each to compute (scrypt, RFC 7914).

    For answers a person remembers, which are few: without the installation key they cannot be tried at all, and with
    it only slowly. The same content gives the same bytes for the life of the installation and purpose.

    Raises:
        KeyringMissing: the installation key is not there.
    """
    secret = keyring.keyring().current(keyring.INSTALLATION).secret
    salt = derive(secret, "slow digest", purpose)
    return Scrypt(salt=salt, length=32, n=2**14, r=8, p=1).derive(content)
