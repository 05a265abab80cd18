"""A certificate authority for one local network without internet: it can vouch for nobody outside.

Its certificate may only name private addresses and names below `.local` (RFC 5280, name constraints): whoever stole its
key could pretend to be this server in this building, never a bank. Both keys lie in the keyring folder.
"""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from karama.security import places

YEARS: Final = timedelta(days=730)
WEEKS: Final = timedelta(days=90)
EARLIER: Final = timedelta(days=1)
"""Telephones whose clocks are a little behind trust it too."""
PRIVATE: Final = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8")
NAME: Final = "Local network"
Key = ec.EllipticCurvePrivateKey


@dataclass(frozen=True)
class Served:
    """Paths of the server's certificate (its authority's behind it) and key, and of what telephones install."""

    certificate: Path
    key: Path
    authority: Path
    fingerprint: str


def certificate_for(addresses: Sequence[str], now: datetime) -> Served:
    """The certificate of this server for these private addresses and `.local` names; the authority is made once.

    Raises ValueError when an address is not private.
    """
    folder = places.keyring_folder() / "local"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    authority, key = _authority(folder, now)
    paths = folder / "server.crt", folder / "server.key"
    _write_server(paths, authority, key, addresses, now)
    told = authority.fingerprint(hashes.SHA256()).hex().upper()
    shown = " ".join(told[at : at + 4] for at in range(0, len(told), 4))
    return Served(*paths, folder / "authority.crt", shown)


def _authority(folder: Path, now: datetime) -> tuple[x509.Certificate, Key]:
    certificate, private = folder / "authority.crt", folder / "authority.key"
    if certificate.exists() and private.exists():
        found = x509.load_pem_x509_certificate(certificate.read_bytes())
        key = serialization.load_pem_private_key(private.read_bytes(), None)
        if isinstance(key, ec.EllipticCurvePrivateKey) and found.not_valid_after_utc - now > WEEKS:
            return found, key
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"{NAME} {now:%Y}")])
    allowed: list[x509.GeneralName] = [x509.IPAddress(ipaddress.ip_network(one)) for one in PRIVATE]
    allowed += [x509.DNSName("local"), x509.DNSName("localhost")]
    made = (
        _begun(name, name, key.public_key(), now, YEARS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.NameConstraints(permitted_subtrees=allowed, excluded_subtrees=None), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .sign(key, hashes.SHA256())
    )
    _keep(private, _pem(key))
    _keep(certificate, made.public_bytes(serialization.Encoding.PEM))
    return made, key


def _write_server(
    paths: tuple[Path, Path], authority: x509.Certificate, key: Key, addresses: Sequence[str], now: datetime
) -> None:
    own = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    made = (
        _begun(name, authority.subject, own.public_key(), now, WEEKS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([_name(one) for one in addresses]), critical=False)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .sign(key, hashes.SHA256())
    )
    both = made.public_bytes(serialization.Encoding.PEM) + authority.public_bytes(serialization.Encoding.PEM)
    _keep(paths[0], both)
    _keep(paths[1], _pem(own))


def _begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime, lasts: timedelta
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now.astimezone(UTC) - EARLIER)
        .not_valid_after(now.astimezone(UTC) + lasts)
    )


def _name(told: str) -> x509.GeneralName:
    """An address or name this authority may vouch for. Raises ValueError."""
    try:
        found = ipaddress.ip_address(told)
    except ValueError:
        if told == "localhost" or told.endswith(".local"):
            return x509.DNSName(told)
        raise ValueError("not a name of a local network") from None
    if not any(found in ipaddress.ip_network(one) for one in PRIVATE):
        raise ValueError("not a private address")
    return x509.IPAddress(found)


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates, key_cert_sign=signs_certificates, crl_sign=signs_certificates,
        content_commitment=False, key_encipherment=False, data_encipherment=False, key_agreement=False,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip


def _pem(key: Key) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _keep(path: Path, content: bytes) -> None:
    """Write a file that only this account reads, whole or not at all."""
    beside = path.with_suffix(path.suffix + ".new")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
