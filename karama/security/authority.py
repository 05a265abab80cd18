"""A certificate authority for one local network without internet: it signs one certificate, and its key is gone.

Telephones that trust it trust whatever its key signs: some (older Android) do not read the private addresses and
`.local` names to which it is limited (RFC 5280, name constraints). So the key is never written anywhere, is let go of
as soon as it has signed, and cannot be stolen afterwards. What lies in the keyring folder is the server's own key:
whoever steals it can pretend to be this server at its names, until the certificate ends, and to be nobody else.
"""

from __future__ import annotations

import ipaddress
import os
import re
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from karama.security import places

LASTS: Final = timedelta(days=397)
"""Of both certificates alike: nothing could sign another one."""
BEFORE: Final = timedelta(days=30)
"""So long before the end everything is made anew."""
EARLIER: Final = timedelta(days=1)
"""Telephones whose clocks are a little behind trust it too."""
PRIVATE: Final = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8")
NAME: Final = "Local network"
HOST: Final = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,60}[A-Za-z0-9])?")
Key = ec.EllipticCurvePrivateKey


@dataclass(frozen=True)
class Served:
    """Paths of the server's certificate (its authority's behind it) and key, and of what telephones install."""

    certificate: Path
    key: Path
    authority: Path
    fingerprint: str
    until: datetime
    fresh: bool
    """Made now: every telephone and screen installs this one."""
    earlier: tuple[str, ...] = ()
    """Made now because the address changed: those of before. What telephones hold unsent waits for them."""


def certificate_for(addresses: Sequence[str], now: datetime) -> Served:
    """The certificate of this server for these private addresses and `.local` names, and for its own name.

    It stays the same until an address is not among its names, or it ends soon; then authority and certificate are made
    anew together. Raises ValueError when an address is not private.
    """
    told = [_name(one) for one in addresses]
    folder = places.keyring_folder() / "local"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    paths = folder / "server.crt", folder / "server.key", folder / "authority.crt"
    old = folder / "authority.key"
    authority = None if old.exists() else _standing(paths, told, now)
    fresh = authority is None
    earlier = _vouched_before(paths[0])
    if authority is None:
        authority = _make(paths, list(dict.fromkeys([*told, *map(_name, own_names())])), now)
        old.unlink(missing_ok=True)
    shown = authority.fingerprint(hashes.SHA256()).hex().upper()
    groups = " ".join(shown[at : at + 4] for at in range(0, len(shown), 4))
    moved = earlier if fresh and not any(str(one.value) in earlier for one in told) else ()
    return Served(*paths, groups, authority.not_valid_after_utc, fresh, moved)


def own_names() -> list[str]:
    """What this machine is called on its network, and by itself."""
    host = socket.gethostname()
    named = [f"{host.removesuffix('.local')}.local"] if HOST.fullmatch(host) else []
    return [*named, "localhost", "127.0.0.1"]


def _standing(
    paths: tuple[Path, Path, Path], told: Sequence[x509.GeneralName], now: datetime
) -> x509.Certificate | None:
    """The authority, when all three files are there, belong together, name what was told and do not end soon."""
    try:
        server, authority = (x509.load_pem_x509_certificate(one.read_bytes()) for one in (paths[0], paths[2]))
        key = serialization.load_pem_private_key(paths[1].read_bytes(), None)
        server.verify_directly_issued_by(authority)
        named = server.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (OSError, ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound):
        return None
    ends = min(server.not_valid_after_utc, authority.not_valid_after_utc)
    whole = server.public_key() == key.public_key() and all(one in list(named) for one in told)
    return authority if whole and ends - now > BEFORE else None


def _vouched_before(server: Path) -> tuple[str, ...]:
    """The addresses on the network of the certificate that lies there, or none."""
    try:
        found = x509.load_pem_x509_certificate(server.read_bytes())
        named = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (OSError, ValueError, x509.ExtensionNotFound):
        return ()
    addresses = named.get_values_for_type(x509.IPAddress)
    return tuple(str(one) for one in addresses if str(one) != "127.0.0.1")


def _make(paths: tuple[Path, Path, Path], names: Sequence[x509.GeneralName], now: datetime) -> x509.Certificate:
    """Both certificates. The authority's key lives as long as this call."""
    signing, own = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"{NAME} {now:%Y-%m-%d %H:%M:%S}")])
    allowed: list[x509.GeneralName] = [x509.IPAddress(ipaddress.ip_network(one)) for one in PRIVATE]
    allowed += [x509.DNSName("local"), x509.DNSName("localhost")]
    authority = (
        _begun(called, called, signing.public_key(), now)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.NameConstraints(permitted_subtrees=allowed, excluded_subtrees=None), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .sign(signing, hashes.SHA256())
    )
    server = (
        _begun(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)]), called, own.public_key(), now)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .sign(signing, hashes.SHA256())
    )
    first, second = (one.public_bytes(serialization.Encoding.PEM) for one in (server, authority))
    for path, content in zip(paths, (first + second, _pem(own), second), strict=True):
        _keep(path, content)
    return authority


def _begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now.astimezone(UTC) - EARLIER)
        .not_valid_after(now.astimezone(UTC) - EARLIER + LASTS)
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
