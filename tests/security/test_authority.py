"""A network of its own: telephones trust this server there, and nobody who stole the authority's key elsewhere."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from karama.security import authority
from karama.security.authority import certificate_for


@pytest.fixture(autouse=True)
def keyring(tmp_path: Path, settings: pytest.FixtureRequest) -> None:
    settings.KARAMA_KEYRING = tmp_path / "keyring"  # type: ignore[attr-defined]


def _meets(certificate: Path, key: Path, trusted: Path, name: str) -> bool:
    """Whether somebody who trusts the authority takes this certificate for that name, without any network."""
    server, client = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    server.load_cert_chain(certificate, key)
    client.load_verify_locations(trusted)
    up, down = ssl.MemoryBIO(), ssl.MemoryBIO()
    ends = client.wrap_bio(down, up, server_hostname=name), server.wrap_bio(up, down, server_side=True)
    for _round in range(4):
        for end in ends:
            try:
                end.do_handshake()
            except ssl.SSLWantReadError:
                pass
            except ssl.SSLError:
                return False
    return True


def test_one_authority_vouches_for_this_server() -> None:
    """SC911: whoever trusts the authority meets this server at its addresses and at no other; the authority stays."""
    now = datetime.now(UTC)
    served = certificate_for(["192.168.4.1", "clinic.local"], now)
    assert _meets(served.certificate, served.key, served.authority, "192.168.4.1")
    assert _meets(served.certificate, served.key, served.authority, "clinic.local")
    assert not _meets(served.certificate, served.key, served.authority, "192.168.4.2")
    again = certificate_for(["192.168.4.2"], now + timedelta(days=60))
    assert again.fingerprint == served.fingerprint
    assert {path.stat().st_mode & 0o777 for path in served.key.parent.iterdir()} == {0o600}


@pytest.mark.parametrize("name", ["8.8.8.8", "example.org", "2001:db8::1", "local.example.org"])
def test_it_vouches_for_nothing_outside(name: str) -> None:
    """SC912: an address or name that is not of a local network is refused."""
    with pytest.raises(ValueError, match="not a"):
        certificate_for([name], datetime.now(UTC))


def test_a_stolen_authority_is_no_use_elsewhere(tmp_path: Path) -> None:
    """SC913: a certificate for the wide world, signed with the stolen key, is taken by nobody who trusts it."""
    now = datetime.now(UTC)
    served = certificate_for(["192.168.4.1"], now)
    stolen = serialization.load_pem_private_key((served.key.parent / "authority.key").read_bytes(), None)
    own = x509.load_pem_x509_certificate(served.authority.read_bytes())
    key = ec.generate_private_key(ec.SECP256R1())
    made = (
        authority._begun(own.subject, own.subject, key.public_key(), now, timedelta(days=9))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("example.org")]), critical=False)
        .sign(stolen, hashes.SHA256())  # type: ignore[arg-type]
    )
    (tmp_path / "false.crt").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (tmp_path / "false.key").write_bytes(authority._pem(key))
    assert not _meets(tmp_path / "false.crt", tmp_path / "false.key", served.authority, "example.org")


def test_it_is_renewed_before_it_ends() -> None:
    """SC914: an authority that would end before the server's certificate is made anew."""
    now = datetime.now(UTC)
    served = certificate_for(["192.168.4.1"], now)
    later = certificate_for(["192.168.4.1"], now + authority.YEARS - timedelta(days=60))
    assert later.fingerprint != served.fingerprint
