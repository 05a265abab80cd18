"""Where an installation lives: its data folder, its keyring beside it, and what `installation.toml` says.

`KARAMA_HOME` names the data folder everywhere. The keyring (key-encryption keys and the web secret) is never inside it.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

DEFAULT_HOME = Path.home() / "karama"


@dataclass(frozen=True)
class Installation:
    """What `installation.toml` says. `id` is empty before `karama init` has run.

    `backups`: the folder, on another disk, into which the system itself writes backups and rotates keys.
    """

    id: str = ""
    organisation: str = ""
    programmes: tuple[str, ...] = ()
    demo: bool = False
    database: str = ""
    keys_database: str = ""
    backups: str = ""
    hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "[::1]")
    found: bool = field(default=False, compare=False)


def home() -> Path:
    """The data folder: `KARAMA_HOME`, else `karama` in the user's own folder."""
    return Path(os.environ.get("KARAMA_HOME") or DEFAULT_HOME).expanduser().resolve()


def keyring_of(folder: Path) -> Path:
    """The keyring folder: `KARAMA_KEYRING`, else a folder next to the home, never inside it."""
    chosen = os.environ.get("KARAMA_KEYRING")
    return Path(chosen).expanduser().resolve() if chosen else folder.with_name(folder.name + ".keyring")


def installation(folder: Path) -> Installation:
    """Read `installation.toml`. A missing file is an installation not yet made.

    Raises `ValueError` when the file cannot be read: half a configuration must not start a server.
    """
    path = folder / "installation.toml"
    if not path.exists():
        return Installation()
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    try:
        return Installation(
            id=str(data["id"]),
            organisation=str(data["organisation"]),
            programmes=tuple(data["programmes"]),
            demo=bool(data.get("demo", False)),
            database=str(data.get("database", "")),
            keys_database=str(data.get("keys_database", "")),
            backups=str(data.get("backups", "")),
            hosts=tuple(data.get("hosts", Installation.hosts)),
            found=True,
        )
    except KeyError as missing:
        raise ValueError(f"installation.toml lacks {missing}: restore it from a backup, or run karama init") from None


def write_installation(folder: Path, installation: Installation) -> None:
    """Write `installation.toml` in one step (a new file, then renamed over the old one)."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [
        f"id = {_quoted(installation.id)}",
        f"organisation = {_quoted(installation.organisation)}",
        f"programmes = [{', '.join(_quoted(code) for code in installation.programmes)}]",
        f"demo = {'true' if installation.demo else 'false'}",
        f"database = {_quoted(installation.database)}",
        f"keys_database = {_quoted(installation.keys_database)}",
        f"backups = {_quoted(installation.backups)}",
        f"hosts = [{', '.join(_quoted(name) for name in installation.hosts)}]",
    ]
    draft = folder / "installation.toml.new"
    draft.write_text("\n".join(lines) + "\n", encoding="utf-8")
    draft.replace(folder / "installation.toml")


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    if any(ord(letter) < 32 for letter in escaped):
        raise ValueError("a name in installation.toml holds a control character: type it again without line breaks")
    return f'"{escaped}"'
