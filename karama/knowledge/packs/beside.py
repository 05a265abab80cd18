"""A file that a programme may have beside its pack (`programmes/<code>/<noun>.toml`), read by `pack_<noun>.py`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from karama.knowledge.packs.reading import PackError
from karama.rules.scoring.fields import CardError, Fields


def table_of(code: str, file: str) -> Mapping[str, Any] | None:
    """The file as a table; None when the programme has none. Raises PackError naming the file when it is no TOML."""
    path = files("karama.knowledge") / "programmes" / code / file
    if not code or not path.is_file():
        return None
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PackError(f"programmes/{code}/{file}: {error}") from error


def between(fields: Fields, key: str, least: int, most: int, usual: int | None = None) -> int:
    """A whole number within limits; `usual` when it is not given and may be left out. Raises CardError."""
    value = usual if usual is not None and not fields.has(key) else int(fields.take(key, int))
    if not least <= value <= most:
        raise CardError(f"{fields.where}: {key!r} must lie between {least} and {most}.")
    return value
