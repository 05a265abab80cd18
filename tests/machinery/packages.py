"""What the tests need from the machine: Chromium, PostgreSQL 15 or newer, a tracer, letters for Arabic."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

POSTGRES_FOLDERS = Path("/usr/lib/postgresql")
OLDEST_POSTGRES = 15
FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
CLUSTER_SETTINGS = Path("/etc/postgresql-common/createcluster.conf")
KANNEL_FOLDER = Path("/usr/sbin")
FAKE_NETWORK = Path("/usr/lib/kannel/test/fakesmsc")
TRIES = 3


class Missing(Exception):
    """Something is not on the machine and may not be installed from here. The text is what to do."""


@dataclass(frozen=True)
class Need:
    """One Debian package, why the tests want it, and how to see whether it is here already."""

    package: str
    reason: str
    is_here: Callable[[], bool]


def postgres_programs() -> Path | None:
    """The folder with `initdb` and `postgres` of the newest version from 15 on; none when there is none."""
    versions = sorted(
        (folder for folder in POSTGRES_FOLDERS.glob("[0-9]*") if (folder / "bin" / "initdb").exists()),
        key=lambda folder: int(folder.name.split(".")[0]),
    )
    fitting = [folder for folder in versions if int(folder.name.split(".")[0]) >= OLDEST_POSTGRES]
    return fitting[-1] / "bin" if fitting else None


def chromium() -> str | None:
    """The path of the Chromium that Debian installs, or of a Chrome that is here already."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def kannel() -> Path | None:
    """The folder with Kannel's `bearerbox` and `smsbox`, when the network for tests is here too; else none."""
    needed = (KANNEL_FOLDER / "bearerbox", KANNEL_FOLDER / "smsbox", FAKE_NETWORK)
    return KANNEL_FOLDER if all(one.exists() for one in needed) else None


def has_arabic_letters() -> bool:
    """Whether a font is here that can draw Arabic and Kurdish."""
    wanted = ("NotoSansArabic-Regular*", "NotoNaskhArabic-Regular*", "DejaVuSans.ttf")
    return any(next(folder.rglob(name), None) for folder in FONT_FOLDERS if folder.exists() for name in wanted)


NEEDS = (
    Need("chromium", "stories in a real browser", lambda: chromium() is not None),
    Need("postgresql", "the database tests on a real PostgreSQL", lambda: postgres_programs() is not None),
    Need("strace", "records every write for the power-loss tests", lambda: shutil.which("strace") is not None),
    Need("kannel", "neutral text messages through a real gateway", lambda: (KANNEL_FOLDER / "bearerbox").exists()),
    Need("kannel-extras", "the network into which that gateway sends", FAKE_NETWORK.exists),
    Need("fonts-noto-core", "letters for Arabic pages", has_arabic_letters),
)


def install_what_is_missing() -> None:
    """Install what is missing, as root on Debian. Raises `Missing` with the one line to run otherwise."""
    missing = [need for need in NEEDS if not need.is_here()]
    if not missing:
        return
    names = [need.package for need in missing]
    for need in missing:
        print(f"Missing: {need.package} ({need.reason}).", flush=True)
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        line = f"sudo apt install --no-install-recommends {' '.join(names)}"
        raise Missing(f"The tests need more than Python. Run this once, then start again:\n  {line}")
    _keep_debian_from_starting_a_cluster()
    _apt("update", "-qq")
    _apt("install", "-y", "-qq", "--no-install-recommends", *names)
    still = [need.package for need in NEEDS if not need.is_here()]
    if still:
        raise Missing(f"Installed, but not found: {', '.join(still)}. Is this Debian 12 or newer?")


def _keep_debian_from_starting_a_cluster() -> None:
    """The tests start their own PostgreSQL; a second one on the usual port would only stand in the way."""
    if postgres_programs() is None and not CLUSTER_SETTINGS.exists():
        CLUSTER_SETTINGS.parent.mkdir(parents=True, exist_ok=True)
        CLUSTER_SETTINGS.write_text("create_main_cluster = false\n", encoding="utf-8")


def _apt(*arguments: str) -> None:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "-o", "Dpkg::Options::=--force-confold", *arguments]
    for attempt in range(1, TRIES + 1):
        if (
            subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL).returncode
            == 0
        ):
            return
        if attempt < TRIES:
            print(f"apt-get {arguments[0]} did not work; trying again ({attempt + 1} of {TRIES}).", flush=True)
            time.sleep(5 * attempt)
    raise Missing(f"apt-get {' '.join(arguments)} did not work. Mend what it says above, then start again.")
