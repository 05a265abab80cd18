"""A programme's `family.toml`: how a family says how it is doing together, on a scale in our own words.

No instrument on our list measures a family. This scale is none: nobody has validated it, it has no lines and no bands,
and nothing is concluded from it. A programme without the file does not ask.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from karama.knowledge.packs.beside import between, table_of
from karama.knowledge.packs.reading import PackError
from karama.rules.scoring.fields import CardError, Fields

FILE: Final = "family.toml"


@dataclass(frozen=True)
class Scale:
    """An ordinal scale from `lowest` to `highest`; each text by language. `validated` is false until somebody shows it.

    `asked` is asked of each member alone, `together` of all of them at once.
    """

    code: str
    version: str
    lowest: int
    highest: int
    validated: bool
    title: Mapping[str, str]
    asked: Mapping[str, str]
    together: Mapping[str, str]
    low: Mapping[str, str]
    high: Mapping[str, str]


@lru_cache(maxsize=64)
def scale_of(code: str) -> Scale | None:
    """The scale of a programme; None when it has none. Raises PackError naming the file and the key."""
    table = table_of(code, FILE)
    return None if table is None else scale_from(code, table)


def scale_from(code: str, table: Mapping[str, Any]) -> Scale:
    """The scale of a parsed file. Raises PackError."""
    where = f"programmes/{code}/{FILE}"
    fields = Fields(table, where)
    try:
        version, own = fields.take("version", str), fields.part("scale")
        fields.finish()
        found = Scale(
            code=own.take("code", str),
            version=version,
            lowest=between(own, "lowest", 0, 1),
            highest=between(own, "highest", 2, 20),
            validated=own.take("validated", bool),
            **{name: _texts(own, name) for name in ("title", "asked", "together", "low", "high")},
        )
        own.finish()
    except CardError as error:
        raise PackError(str(error)) from error
    if found.validated:
        raise PackError(f"{where}: a scale in our own words is not validated; a validated one is an instrument.")
    return found


def _texts(own: Fields, name: str) -> Mapping[str, str]:
    texts = own.take(name, dict)
    if not texts or any(not isinstance(one, str) or not one.strip() for one in texts.values()):
        raise CardError(f"{own.where}: {name!r} must hold words for each language.")
    return dict(texts)
