"""What people call the duties of a programme, in free words: `duties_said.toml`."""

from __future__ import annotations

from functools import lru_cache

from karama.knowledge.loader import KnowledgeError
from karama.knowledge.value_sets.lists import table
from karama.rules.classes import DUTIES
from karama.rules.scoring.fields import CardError, Fields

NAME = "duties_said"
Phrases = tuple[str, ...]


@lru_cache(maxsize=1)
def duties_said() -> dict[str, Phrases]:
    """Duty -> words and phrases, as the file writes them. Raises KnowledgeError naming the file and the key."""
    fields = table(NAME)
    try:
        fields.take("version", str)
        found = fields.each("entries", _entry)
        fields.finish()
    except CardError as error:
        raise KnowledgeError(str(error)) from error
    if len(dict(found)) != len(found):
        raise KnowledgeError(f"value_sets/{NAME}.toml: each code must stand there once.")
    return dict(found)


def _entry(each: Fields) -> tuple[str, Phrases]:
    code, said = each.take("code", str), tuple(each.take("said", list))
    each.evidence()
    if code not in DUTIES:
        raise CardError(f"{each.where}: no duty has this code.")
    if not said or not all(isinstance(one, str) and one.strip() for one in said):
        raise CardError(f"{each.where}: 'said' must hold words.")
    return code, said
