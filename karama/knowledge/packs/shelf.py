"""Finds the packs on disk. A folder with the four files is a programme: there is no list."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from karama.knowledge.packs.pack import Pack
from karama.knowledge.packs.reading import FILES, PackError, pack_from


@lru_cache(maxsize=1)
def packs() -> tuple[str, ...]:
    """The codes of every programme pack that ships, in alphabetical order."""
    return tuple(sorted(folder.name for folder in _home().iterdir() if (folder / FILES[0]).is_file()))


@lru_cache(maxsize=64)
def programme(code: str) -> Pack:
    """The pack of a programme. Raises PackError when there is none, or naming the file and key it cannot read."""
    if code not in packs():
        raise PackError(f"There is no programme pack {code!r}: choose one of {', '.join(packs())}.")
    return read_pack(_home() / code)


def read_pack(folder: Traversable) -> Pack:
    """Read one folder, wherever it is. Raises PackError naming the file and the key."""
    present = [name for name in FILES if (folder / name).is_file()]
    return pack_from(folder.name, {name: _read(folder, name) for name in present})


def _home() -> Traversable:
    return files("karama.knowledge") / "programmes"


def _read(folder: Traversable, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads((folder / name).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PackError(f"programmes/{folder.name}/{name}: {error}") from error
