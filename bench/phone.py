"""How large the telephone's app is, and how fast it opens: from a server, and from the telephone without one.

    python bench/phone.py                   on a demonstration in a temporary folder, in Debian's Chromium
    python bench/phone.py --write           keeps the tables in docs/explanation/benchmarks.md

Opening ends when the first screen can be tapped. The processor is slowed four times, as of a five-year-old telephone.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import kept
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
BUILT = ROOT / "karama" / "sync" / "static" / "field"
HEADING = "## The telephone's app"
SLOWER, TURNS, PORT = 4, 7, 8471
KNOWLEDGE = 41
"""Packed kB of everything a community agent's programme knows (docs/explanation/sync.md)."""


def sizes() -> str:
    """Packed sizes of what was built, beside those of others."""
    found = json.loads((BUILT / "build.json").read_text(encoding="utf-8"))["sizes"]
    rows = [
        ("scripts and styles of the first screen", found["first"], "45"),
        ("all scripts", found["scripts"], "100 (Enketo 410, CHT 1,002)"),
        ("everything with Spanish, and what its programme knows", found["all"] + KNOWLEDGE * 1000, "250"),
    ]
    lines = ["| what | kB, brotli | aim |", "| --- | --- | --- |"]
    return "\n".join([*lines, *(f"| {name} | {size / 1000:,.1f} | {aim} |" for name, size, aim in rows)])


def opening(page: Page) -> float:
    """Milliseconds from the address to a first screen that can be tapped."""
    began = time.perf_counter()
    page.goto(f"http://127.0.0.1:{PORT}/field/", wait_until="commit")
    page.locator(".code-entry input").wait_for()
    return 1000 * (time.perf_counter() - began)


def openings() -> str:
    """Both ways in one run."""
    found: dict[str, list[float]] = {"from the server, nothing kept": [], "without a server, from the telephone": []}
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        for kept, times in zip((False, True), found.values(), strict=True):
            for _turn in range(TURNS):
                context = browser.new_context(viewport={"width": 360, "height": 740})
                page = context.new_page()
                if kept:
                    opening(page)
                    page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
                    context.set_offline(True)
                    page.goto("about:blank")
                slow = context.new_cdp_session(page)
                slow.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
                times.append(opening(page))
                context.close()
        browser.close()
    lines = ["| opened | ms, half | ms, longest | aim |", "| --- | --- | --- | --- |"]
    lines += [
        f"| {name} | {statistics.median(times):,.0f} | {max(times):,.0f} | {'1,500' if 'without' in name else ''} |"
        for name, times in found.items()
    ]
    return "\n".join(lines)


def main() -> None:
    """Make a demonstration, serve it, measure, print."""
    options = argparse.ArgumentParser(description="How large and how fast the telephone's app is.")
    options.add_argument("--write", action="store_true")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        here = os.environ | {"KARAMA_HOME": str(home), "KARAMA_KEYRING": f"{home}.keyring", "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "karama", "demo", "--home", str(home), "--port", str(PORT)]
        subprocess.run([*command, "--people", "1", "--no-serve"], env=here, check=True, stdout=subprocess.DEVNULL)
        server = subprocess.Popen(command, env=here, stdout=subprocess.DEVNULL, start_new_session=True)
        try:
            time.sleep(15)
            told = f"{sizes()}\n\n{openings()}"
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(timeout=20)
    print(told)
    if asked.write:
        how = f"`python bench/phone.py --write`, {kept.machine()}, slowed {SLOWER} times, {TURNS} openings each."
        kept.keep(HEADING, f"{how}\n\n{told}")


if __name__ == "__main__":
    main()
