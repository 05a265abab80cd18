"""`karama serve --lan`, as a clinic without internet starts it: real processes, real TLS."""

from __future__ import annotations

import hashlib  # noqa: TID251 - what a telephone shows is worked out apart from the seal door
import ssl
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from karama.cli import lan
from karama.security.authority import Served
from tests.cli.installation import Place, found
from tests.machinery.kannel import free_ports

ADDRESS = "127.0.0.2"
ASK = """
import ssl, sys, urllib.request
authority = urllib.request.urlopen("http://{address}:{door}/local-network.crt").read()
trusting = ssl.create_default_context(cadata=authority.decode())
answer = urllib.request.urlopen("https://{address}:{port}/field/worker.js", context=trusting)
print(answer.status, answer.headers["Content-Type"])
page = urllib.request.urlopen("https://{address}:{port}/field/", context=trusting)
print("wasm-unsafe-eval" in page.headers["Content-Security-Policy"], b"type=\\"module\\"" in page.read())
try:
    urllib.request.urlopen("https://{address}:{port}/field/")
except urllib.error.URLError as refused:
    print(type(refused.reason).__name__)
"""


@pytest.mark.sqlite
@pytest.mark.slow
@pytest.mark.database
def test_a_network_without_internet(tmp_path: Path) -> None:
    """CL070: --lan hands out its authority, serves the app over TLS to whoever trusts it, and says to compare first."""
    place, port = found(tmp_path), free_ports(1)[0]
    command = [sys.executable, "-m", "karama", "serve", "--lan", "--no-jobs", "--address", ADDRESS, "--port", str(port)]
    server = subprocess.Popen(command, cwd=tmp_path, env=place.environment, stdout=subprocess.PIPE, text=True)
    try:
        said = _asked(place.environment, port)
    finally:
        server.terminate()
        told = server.communicate(timeout=20)[0]
    assert said.split() == ["200", "text/javascript;", "charset=utf-8", "True", "True", "SSLCertVerificationError"]
    assert f"https://{ADDRESS}:{port}/field/" in told
    assert f"http://{ADDRESS}:{port + 1}/" in told
    assert told.index("Install the certificate") < told.index("Then compare") < told.index("Only then open")
    assert [row for row in _rows(place) if row not in told] == []
    assert "every telephone and screen installs it" in told
    assert not list(tmp_path.rglob("authority.key"))


def _rows(place: Place) -> list[str]:
    """The fingerprint of the authority as Android writes it, in eight parts."""
    authority = Path(place.environment["KARAMA_KEYRING"]) / "local" / "authority.crt"
    shown = hashlib.sha256(ssl.PEM_cert_to_DER_cert(authority.read_text())).digest().hex(":").upper()
    return [shown[at : at + 11] for at in range(0, 95, 12)]


def test_the_fingerprint_is_read_aloud_row_by_row() -> None:
    """CL079: four rows of eight pairs, whole and in order, as they stand on a telephone."""
    hexadecimal = bytes(range(32)).hex().upper()
    rows = lan.fingerprint_rows(" ".join(hexadecimal[at : at + 4] for at in range(0, 64, 4)))
    assert [row.split()[:2] for row in rows] == [["row", str(number)] for number in (1, 2, 3, 4)]
    assert ":".join(part for row in rows for part in row.split()[2:]) == bytes(range(32)).hex(":").upper()


def test_a_changed_address_is_said_loudly(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """CL082: when the address changed, whoever starts reads which it was, that work waits for it, and the way back."""
    until = datetime(2027, 1, 1, tzinfo=UTC)
    paths = tmp_path / "server.crt", tmp_path / "server.key", tmp_path / "authority.crt"
    for earlier in ((), ("192.168.4.1",)):
        lan.say(Served(*paths, "AB" * 32, until, True, earlier), "192.168.4.9", 8000)
        told = capsys.readouterr().out
        assert ("THE ADDRESS CHANGED: it was 192.168.4.1, now it is 192.168.4.9." in told) is bool(earlier)
        assert ("have not sent waits on them for 192.168.4.1" in told) is bool(earlier)


def _asked(environment: dict[str, str], port: int) -> str:
    code = ASK.format(address=ADDRESS, port=port, door=port + 1)
    for _try in range(30):
        done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
        if done.returncode == 0:
            return done.stdout
        time.sleep(1)
    raise AssertionError(done.stderr[-2000:])
