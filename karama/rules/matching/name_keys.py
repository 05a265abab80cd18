"""Compound keys of a person: what blind indexes are made from, and what a search asks for.

A key always joins both names and a birth year (or, where no year is known, a site). A key of one name alone
is never made: public name statistics undo it. The two names stand in alphabetical order of their sound, so
that first and last name written the other way round give the same key.
"""

from __future__ import annotations

from karama.rules.matching.sound import skeletons

MOST_KEYS = 12
"""Most keys of one person."""

_PAIRS = 6
_PAIRS_NEAR_YEAR = 3


def keys(first: str, last: str, birth_year: int | None, site: str | None = None) -> frozenset[str]:
    """Return the 1 to 12 keys under which a person is filed, or none.

    With a birth year: up to six pairs of sounds in that year, the three likeliest also one year earlier and
    later. Without: pairs with `site` (any stable text, such as an id). None when a name has no letter, or
    when neither year nor site is known: such a person is found by code only.
    """
    if birth_year is None:
        return _site_keys(first, last, site)
    pairs = _pairs(first, last)
    exact = [_year_key(pair, birth_year) for pair in pairs]
    near = [_year_key(pair, birth_year + step) for pair in pairs[:_PAIRS_NEAR_YEAR] for step in (-1, 1)]
    return frozenset(exact + near)


def search_keys(first: str, last: str, birth_year: int | None, site: str | None = None) -> frozenset[str]:
    """Return the keys a search asks for: the exact year (filing covers its neighbours), and the site.

    With year and site it also finds people filed without a year. At most 12.
    """
    exact = [] if birth_year is None else [_year_key(pair, birth_year) for pair in _pairs(first, last)]
    return frozenset(exact) | _site_keys(first, last, site)


def _site_keys(first: str, last: str, site: str | None) -> frozenset[str]:
    if not site:
        return frozenset()
    return frozenset(f"site:{one}:{other}:{site}" for one, other in _pairs(first, last))


def _year_key(pair: tuple[str, str], year: int) -> str:
    return f"year:{pair[0]}:{pair[1]}:{year}"


def _pairs(first: str, last: str) -> list[tuple[str, str]]:
    """Return up to six pairs of sounds, likeliest first, each in alphabetical order."""
    ranked = sorted(
        (rank_first + rank_last, rank_first, first_sound, last_sound)
        for rank_first, first_sound in enumerate(skeletons(first))
        for rank_last, last_sound in enumerate(skeletons(last))
    )
    pairs = [(min(one, other), max(one, other)) for _, _, one, other in ranked]
    return list(dict.fromkeys(pairs))[:_PAIRS]
