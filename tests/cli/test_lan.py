"""`karama serve --lan`, as a clinic without internet starts it: real processes, real TLS."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.installation import found
from tests.machinery.kannel import free_ports

ADDRESS = "127.0.0.2"
ASK = """
import ssl, sys, urllib.request
authority = urllib.request.urlopen("http://{address}:{door}/").read()
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
    assert "fingerprint" in told
    assert told.index("Install it") < told.index("Compare its SHA-256") < told.index("Only then open")
    assert "every telephone and screen installs it" in told
    assert not list(tmp_path.rglob("authority.key"))


def _asked(environment: dict[str, str], port: int) -> str:
    code = ASK.format(address=ADDRESS, port=port, door=port + 1)
    for _try in range(30):
        done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
        if done.returncode == 0:
            return done.stdout
        time.sleep(1)
    raise AssertionError(done.stderr[-2000:])
