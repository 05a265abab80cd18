"""A network of its own: telephones trust this server there, and the key of what they trust lies nowhere."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from karama.security import authority
from karama.security.authority import certificate_for


@pytest.fixture(autouse=True)
def keyring(tmp_path: Path, settings: pytest.FixtureRequest) -> None:
    settings.KARAMA_KEYRING = tmp_path / "keyring"  # type: ignore[attr-defined] of pytest-django


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
    """SC911: whoever trusts the authority meets this server at its addresses and own name, at no other; it stays."""
    now = datetime.now(UTC)
    served = certificate_for(["192.168.4.1", "clinic.local"], now)
    for name in ("192.168.4.1", "clinic.local", "localhost", *authority.own_names()):
        assert _meets(served.certificate, served.key, served.authority, name), name
    assert any(name.endswith(".local") for name in authority.own_names())
    assert not _meets(served.certificate, served.key, served.authority, "192.168.4.2")
    assert served.fresh
    before = served.certificate.read_bytes()
    again = certificate_for(["192.168.4.1"], now + timedelta(days=300))
    assert (again.fingerprint, again.fresh) == (served.fingerprint, False)
    assert served.certificate.read_bytes() == before
    assert {path.stat().st_mode & 0o777 for path in served.key.parent.iterdir()} == {0o600}


@pytest.mark.parametrize("name", ["8.8.8.8", "example.org", "2001:db8::1", "local.example.org"])
def test_it_vouches_for_nothing_outside(name: str) -> None:
    """SC912: an address or name that is not of a local network is refused."""
    with pytest.raises(ValueError, match="not a"):
        certificate_for([name], datetime.now(UTC))


def test_the_key_of_the_authority_lies_nowhere() -> None:
    """SC913: nothing in the folder could sign another trusted certificate; an earlier key is destroyed."""
    now = datetime.now(UTC)
    served = certificate_for(["192.168.4.1"], now)
    folder = served.key.parent
    assert {path.name for path in folder.iterdir()} == {"server.crt", "server.key", "authority.crt"}
    trusted = x509.load_pem_x509_certificate(served.authority.read_bytes()).public_key()
    limited = x509.load_pem_x509_certificate(served.authority.read_bytes()).extensions
    assert limited.get_extension_for_class(x509.NameConstraints).critical, "for those telephones that read it"
    private = [path for path in folder.iterdir() if b"PRIVATE KEY" in path.read_bytes()]
    assert private == [served.key]
    own = serialization.load_pem_private_key(served.key.read_bytes(), None).public_key()
    assert own != trusted
    server = x509.load_pem_x509_certificate(served.certificate.read_bytes())
    assert server.extensions.get_extension_for_class(x509.BasicConstraints).value.ca is False
    (folder / "authority.key").write_bytes(served.key.read_bytes())
    later = certificate_for(["192.168.4.1"], now)
    assert not (folder / "authority.key").exists()
    assert later.fingerprint != served.fingerprint, "what was signed with a key that lay on a disk is not gone on with"


def test_it_is_made_anew_when_it_must() -> None:
    """SC914: another address, a near end, or files that do not belong together: all is made anew, and it says so."""
    now = datetime.now(UTC)
    served = certificate_for(["192.168.4.1"], now)
    ends = [
        x509.load_pem_x509_certificate(one.read_bytes()).not_valid_after_utc
        for one in (served.certificate, served.authority)
    ]
    assert ends[0] == ends[1] == served.until
    assert timedelta(days=395) < served.until - now <= timedelta(days=397)
    assert not certificate_for(["192.168.4.1"], served.until - timedelta(days=31)).fresh
    late = certificate_for(["192.168.4.1"], served.until - timedelta(days=29))
    moved = certificate_for(["192.168.4.2"], served.until - timedelta(days=29))
    assert late.fresh
    assert moved.fresh
    assert len({served.fingerprint, late.fingerprint, moved.fingerprint}) == 3
    assert _meets(moved.certificate, moved.key, moved.authority, "127.0.0.1") is False, "it begins only later"
    moved.key.write_bytes(b"torn")
    torn = certificate_for(["192.168.4.2"], now)
    assert torn.fresh
    assert _meets(torn.certificate, torn.key, torn.authority, "192.168.4.2")


def test_it_remembers_the_earlier_address() -> None:
    """SC915: made anew because the address changed, it says which it was; made anew for the time or at first, none."""
    now = datetime.now(UTC)
    assert certificate_for(["192.168.4.1"], now).earlier == ()
    assert certificate_for(["192.168.4.1"], now).earlier == ()
    assert certificate_for(["192.168.4.9"], now).earlier == ("192.168.4.1",)
    assert certificate_for(["192.168.4.9"], now).earlier == ()
    late = certificate_for(["192.168.4.9"], now + timedelta(days=390))
    assert (late.fresh, late.earlier) == (True, ())
    late.certificate.write_bytes(b"torn")
    assert certificate_for(["192.168.4.1"], now).earlier == ()
