"""Putting names and facts under seal, and keeping the blind keys that find them again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from karama.people.models import NameKey, Person
from karama.people.problems import NameMissing, NameNotKept
from karama.rules import matching
from karama.security import blind_index

NAMELESS = ("coded", "anonymous")


def check_mode(mode: str, *, names: Mapping[str, Any], birth_year: int | None, place: str) -> None:
    """Refuse what the chosen identity mode does not keep, and a named person without a name.

    Raises:
        NameNotKept: a coded or anonymous person with a name, a birth year or a place.
        NameMissing: a named or alias person without anything to call her by.
    """
    given = any(names.values())
    if mode in NAMELESS and (given or birth_year is not None or place):
        raise NameNotKept()
    if mode not in NAMELESS and not given:
        raise NameMissing()


def names_of(called: str, first: str, last: str, others: Iterable[str]) -> dict[str, Any]:
    """The value of the sealed field `names`; what to call her is her first name unless she said otherwise."""
    return {"called": called or first or last, "first": first, "last": last, "others": [one for one in others if one]}


def precision_of(person: Person) -> str:
    """How certain the birth year on record is: `approx`, or `year`, also where there is none."""
    return str((person.unseal("birth") or {}).get("precision", "year"))


def seal_identity(
    person: Person, *, names: Mapping[str, Any], birth_year: int | None, precision: str, place: str
) -> None:
    """Put the three identity fields under seal; empty ones stay empty."""
    person.seal("names", dict(names) if any(names.values()) else None)
    person.seal("birth", None if birth_year is None else {"year": birth_year, "precision": precision})
    person.seal("place", place or None)


def seal_profile(person: Person, given: Mapping[str, Any], today: date) -> None:
    """Put the facts that were given under seal, as of today. Her own words for her gender stand apart."""
    words = given.get("gender_words")
    own = given.get("gender") == "own_words" or bool(words)
    if own:
        person.seal("gender_own", {"words": words or ""})
        person.seal("gender", "not_said")
    if given.get("age_band"):
        person.seal("age_noted_on", today.isoformat())
    for name in ("age_band", "sex_for_reporting", "languages", "displacement", "ethnicity"):
        if given.get(name):
            person.seal(name, given[name])
    if given.get("gender") and not own:
        person.seal("gender", given["gender"])
        person.seal("gender_own", None)


def blind_strings(person: Person, names: Mapping[str, Any], birth_year: int | None) -> list[str]:
    """The compound strings under which a person is filed, at most `matching.MOST_KEYS`, likeliest spelling first.

    An alias or a single name files nothing: such a person is found by her code.
    """
    if person.identity_mode != "named":
        return []
    pairs = [(str(names.get("first", "")), str(names.get("last", "")))]
    pairs += [(first, last) for first, _space, last in (str(one).partition(" ") for one in names.get("others", []))]
    found: dict[str, None] = {}
    for first, last in pairs:
        found.update(dict.fromkeys(sorted(matching.keys(first, last, birth_year, str(person.site_id)))))
    return list(found)[: matching.MOST_KEYS]


def index_names(person: Person, names: Mapping[str, Any], birth_year: int | None, *, fresh: bool = False) -> None:
    """Replace the person's blind keys by those of these names. `fresh`: she has none yet."""
    if not fresh:
        NameKey.objects.filter(person=person).delete()
    if blind_strings(person, names, birth_year):
        NameKey.objects.bulk_create(name_keys(person, names, birth_year, blind_index.current_version()))


def name_keys(person: Person, names: Mapping[str, Any], birth_year: int | None, version: int) -> list[NameKey]:
    """The person's blind keys under one version of the index key, not saved."""
    strings = blind_strings(person, names, birth_year)
    keys = dict.fromkeys(blind_index.keys_for(strings, version=version)) if strings else {}
    return [NameKey(person=person, version=version, key=key) for key in keys]
