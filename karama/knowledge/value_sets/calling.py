"""How telephone numbers of a country are written: `calling_codes.toml`."""

from __future__ import annotations

from functools import lru_cache

from karama.knowledge.loader import KnowledgeError
from karama.knowledge.value_sets.lists import table
from karama.rules.dialling import Country
from karama.rules.scoring.fields import CardError, Fields

NAME = "calling_codes"


@lru_cache(maxsize=1)
def calling_codes() -> dict[str, Country]:
    """ISO 3166 code of a country -> how its numbers are written. Raises KnowledgeError naming the file and the key."""
    fields = table(NAME)
    try:
        fields.take("version", str)
        fields.evidence()
        rows = fields.take("countries", dict)
        fields.finish()
        return {code: _country(Fields(row, f"{fields.where}: {code}")) for code, row in rows.items()}
    except CardError as error:
        raise KnowledgeError(str(error)) from error


def _country(each: Fields) -> Country:
    code, trunk, lengths = each.take("code", str), each.take("trunk", str), each.take("lengths", list)
    each.finish()
    if not code.isdecimal() or not (trunk == "" or trunk.isdecimal()) or not lengths:
        raise CardError(f"{each.where}: a code, what is dialled before a number, and how many digits follow.")
    return Country(code, trunk, frozenset(lengths))
