"""Files sealed to this installation's public key, on a telephone or at a desk; opened here and nowhere else.

ECDH on P-256, HKDF-SHA256, AES-256-GCM, exactly as `field/sync/courier.ts` seals:
`"KRMC1" | key 8 | point 65 | nonce 12 | ciphertext | tag 16`. The whole head and the installation are associated data.
The private half is derived from the installation key, as the one that signs receipts is: it lies nowhere of its own.
docs/decisions/0093-files-of-couriers.md is the record.
"""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from karama.security import digests, keyring, places, signing
from karama.security.problems import CannotOpen

MARK = b"KRMC1"
KEY_ID_BYTES = 8
NONCE_BYTES = 12
TAG_BYTES = 16
POINT_AT = len(MARK) + KEY_ID_BYTES
NONCE_AT = POINT_AT + signing.POINT_BYTES
HEAD_BYTES = NONCE_AT + NONCE_BYTES
INFO = b"karama.courier.1"


def public_key() -> bytes:
    """The public half, for telephones. The same for the life of the installation: 65 bytes.

    Raises:
        KeyringMissing: the installation key is not there.
    """
    return signing.point_of(_own())


def key_id(point: bytes) -> bytes:
    """By which a file says for which key it is sealed: eight bytes of the key's digest."""
    return digests.sha256(point)[:KEY_ID_BYTES]


def is_one(file: bytes) -> bool:
    """Tell whether this begins and is long enough to be a file of a courier, of whichever installation."""
    return file.startswith(MARK) and len(file) > HEAD_BYTES + TAG_BYTES


def is_for_us(file: bytes) -> bool:
    """Tell whether a file of a courier says that it is sealed to this installation's key."""
    return file[len(MARK) : POINT_AT] == key_id(public_key())


def sealed(plain: bytes) -> bytes:
    """A file that only this installation opens, for what leaves a desk. Raises `KeyringMissing`."""
    one, own = signing.new_key(), _own()
    point = signing.point_of(one)
    head = MARK + key_id(signing.point_of(own)) + point + secrets.token_bytes(NONCE_BYTES)
    return head + _cipher(one.exchange(ec.ECDH(), own.public_key()), point, own).encrypt(*_around(head, plain))


def opened(file: bytes) -> bytes:
    """What was sealed in a file.

    Raises:
        CannotOpen: it was changed, cut, or sealed for another installation. KeyringMissing.
    """
    point, head = file[POINT_AT:NONCE_AT], file[:HEAD_BYTES]
    own = _own()
    try:
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        cipher = _cipher(own.exchange(ec.ECDH(), theirs), point, own)
        return cipher.decrypt(*_around(head, file[HEAD_BYTES:]))
    except (InvalidTag, ValueError):
        raise CannotOpen from None


def _cipher(shared: bytes, point: bytes, own: ec.EllipticCurvePrivateKey) -> AESGCM:
    """The cipher of one file, from what both halves agree on and from both points."""
    info = INFO + point + signing.point_of(own)
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(shared))


def _around(head: bytes, content: bytes) -> tuple[bytes, bytes, bytes]:
    """Nonce, content, and what is bound to it: the whole head and the installation."""
    return head[NONCE_AT:], content, head + places.installation_id().encode()


def _own() -> ec.EllipticCurvePrivateKey:
    return signing.derived(keyring.keyring().current(keyring.INSTALLATION).secret, "courier", "file")
