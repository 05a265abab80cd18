"""Signatures: what a colleague's device signed, and what this server signs with a key of its own.

ECDSA on P-256 with SHA-256 (FIPS 186-5), because every browser has it. Keys travel as the 65 bytes of an uncompressed
point, signatures as the 64 bytes `r | s` that WebCrypto makes. Each kind of message begins with a label of its own, so
that a signature for one thing never fits another. docs/decisions/0082-signatures-and-receipts.md is the record.
"""

from __future__ import annotations

from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from karama.security import digests, keyring, places

POINT_BYTES = 65
HALF = 32
SIGNATURE_BYTES = 2 * HALF
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""The order of the group of P-256 (NIST SP 800-186, section 3.2.1.3)."""


def message(label: str, *parts: bytes) -> bytes:
    """What is signed: label, installation and parts, each after its length, so that none runs into another."""
    told = [label.encode(), places.installation_id().encode(), *parts]
    return b"".join(len(one).to_bytes(4, "big") + one for one in told)


def is_point(public_key: bytes) -> bool:
    """Tell whether these bytes are a public key that can be used."""
    return _public(bytes(public_key)) is not None


def verified(public_key: bytes, signature: bytes, content: bytes) -> bool:
    """Tell whether the owner of this key signed the content. False also for what is no key or no signature."""
    key = _public(bytes(public_key))
    if key is None or len(signature) != SIGNATURE_BYTES:
        return False
    r, s = int.from_bytes(signature[:HALF], "big"), int.from_bytes(signature[HALF:], "big")
    try:
        key.verify(utils.encode_dss_signature(r, s), content, ec.ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True


def sign(content: bytes) -> bytes:
    """Sign with this server's own key, which comes from the installation key and stays for the installation's life.

    Raises:
        KeyringMissing: the installation key is not there.
    """
    return signed_by(_own(), content)


def own_public_key() -> bytes:
    """Return the public key with which `sign` can be checked."""
    return point_of(_own())


def signed_by(key: ec.EllipticCurvePrivateKey, content: bytes) -> bytes:
    """Sign with a private key; 64 bytes."""
    r, s = utils.decode_dss_signature(key.sign(content, ec.ECDSA(SHA256())))
    return r.to_bytes(HALF, "big") + s.to_bytes(HALF, "big")


def point_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    """Return the public half of a key as 65 bytes."""
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def new_key() -> ec.EllipticCurvePrivateKey:
    """Make a key as a phone makes its own: for tests, the demonstration and measurements; a server keeps none."""
    return ec.generate_private_key(ec.SECP256R1())


def _own() -> ec.EllipticCurvePrivateKey:
    return derived(keyring.keyring().current(keyring.INSTALLATION).secret, "signing", "receipts")


@lru_cache(maxsize=8)
def derived(secret: bytes, use: str, purpose: str) -> ec.EllipticCurvePrivateKey:
    """Return the private key of a secret for one use, the same each time.

    Two derived halves are reduced into the group, so that no number of it is likelier than another.
    """
    wide = digests.derive(secret, use, f"{purpose}.1") + digests.derive(secret, use, f"{purpose}.2")
    return ec.derive_private_key(int.from_bytes(wide, "big") % (ORDER - 1) + 1, ec.SECP256R1())


@lru_cache(maxsize=2048)
def _public(point: bytes) -> ec.EllipticCurvePublicKey | None:
    if len(point) != POINT_BYTES or point[0] != 0x04:
        return None
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError:
        return None
