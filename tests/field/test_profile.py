"""P13: a telephone that is taken while it is locked: the browser's whole profile is looked through, byte by byte."""

from __future__ import annotations

import functools
import subprocess
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.field.node import ROOT, node
from tests.machinery.packages import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CANARY, CONTROL = "canary-of-the-profile", "control-of-the-profile"
SESSIONS, ALL_SESSIONS = 4, 200


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing."""

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing."""


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Where the page with the store is served."""
    folder = tmp_path / "page"
    folder.mkdir()
    program = "node_modules/esbuild/bin/esbuild"
    told = ["tests/field/profile.ts", "--bundle", "--format=iife", "--target=chrome88", "--log-level=warning"]
    built = [node(), program, *told, f"--outfile={folder / 'profile.js'}"]
    done = subprocess.run(built, cwd=ROOT, capture_output=True, text=True, timeout=120)
    if done.returncode:  # the program itself, where the package was installed as one
        subprocess.run([program, *built[2:]], cwd=ROOT, check=True, timeout=120)
    (folder / "index.html").write_text('<!doctype html><title>-</title><script src="profile.js"></script>')
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}/index.html"
    server.shutdown()


@pytest.mark.browser
def test_a_taken_telephone_says_nothing(browser: Browser, address: str, tmp_path: Path, full_run: bool) -> None:
    """FD263: after sessions in a real browser its profile holds no word of hers and no key, only the control."""
    profile = tmp_path / "profile"
    context = browser.browser_type.launch_persistent_context(
        str(profile), executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"]
    )
    page = context.new_page()
    page.set_default_timeout(0)
    page.goto(address)
    number = ALL_SESSIONS if full_run else SESSIONS
    told = page.evaluate(f"live({CANARY!r}, {CONTROL!r}, {number})")
    page.wait_for_timeout(2_000)
    context.close()
    assert told["sent"] == 6 * number
    assert len(told["keys"]) >= 4
    everything = b"".join(path.read_bytes() for path in sorted(profile.rglob("*")) if path.is_file())
    assert _stands(CONTROL, everything), "the look finds nothing at all"
    assert not _stands(CANARY, everything)
    for key in told["keys"]:
        assert bytes.fromhex(key) not in everything
        assert not _stands(key, everything)


def _stands(words: str, everything: bytes) -> bool:
    return words.encode() in everything or words.encode("utf-16-le") in everything
