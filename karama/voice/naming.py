"""Which colleagues are named in a message: for them it does not exist. Rather one too many than one too few."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise
from typing import Final
from uuid import UUID

from karama.rules.matching import likeness, romanise, skeletons
from karama.voice.around import names_of_colleagues
from karama.voice.usual_names import spellings

WORD: Final = re.compile(r"[^\W\d_]{2,}", re.UNICODE)
SIGNS: Final = re.compile(r"[^\W_]+", re.UNICODE)
ARABIC: Final = re.compile(r"[\u0600-\u06ff]")
STRETCH: Final = "\u0640"
"""Drawn into Arabic words to make them longer."""

LONG: Final = 4
"""Names from this many letters on are also known when they are written a little differently."""

LIKE: Final = 0.8
ACROSS: Final = 0.6
"""How alike two spellings are: in one script; and across two, where short vowels are not written."""

SPELT: Final = {"short": 0.985, "long": 0.95, "arabic": 0.94}
"""How alike (`rules.matching.likeness`) a word must be to a name of the same sound. Of a sound of two consonants only
another way to write the same vowels counts: "nada" is not Nadia."""

SHORT_SOUND: Final = 2
FEWEST: Final = 3
"""Letters that are left of an Arabic word without "and", "in", "to" and the article, which are written onto it."""

WITHIN: Final = re.compile(r"[\u02b9-\u02bf]|(?<=[^\W_])['\u2018\u2019`.\u2010-](?=[^\W_])")
"""What stands between the letters of one name and is often left out: Ra'ed, N'Dri, J.P., Abd-ul-Karim."""

JOINED: Final = 6
COMPOUND: Final = 7
"""Letters that two words have at least which are also read as one ("Abdul Rahman"); and a name that such a one may
sound like: shorter ones would be found between any two words."""

MOST_WORDS: Final = 4000
MOST_PAIRS: Final = 1500
MOST_POINTED: Final = 40


def named_in(words: str, about: str = "") -> set[UUID]:
    """Everybody whose work alias, today's or an older one, or sign-in name stands in the words: letter by letter, with
    what Arabic writes onto a word or without, as another spelling of the same sound, or in another script, by sound or
    as it is usually written, in one word or in two. In `about`, where somebody was asked for a name, also when it is
    spelt a little otherwise. An alias of two letters, with digits, or of short parts alone is known as a whole.
    """
    told = with_bare(_letters(words, MOST_WORDS))
    pointed = with_bare(_letters(about, MOST_POINTED) | _joined(about, MOST_POINTED))
    by_sound, pairs = _by_sound(told), _by_sound(with_bare(_joined(words, MOST_PAIRS, JOINED)))
    rows = [_row(one) for one in (words, about)]
    found: set[UUID] = set()
    for user, called in names_of_colleagues().items():
        names = frozenset().union(*(_parts(one) for one in called))
        usual = frozenset().union(*(spellings(one) for one in names))
        if (
            usual & (told | pointed)
            or any(_stands_whole(one, words, about) for one in called)
            or any(whole in row for whole in map(_whole, called) if whole for row in rows)
            or any(_alike(one, other, LIKE) or _sounds_alike(one, other) for one in names for other in pointed)
            or _is_heard(names, by_sound)
            or _is_heard((one for one in names if len(one) >= COMPOUND), pairs)
        ):
            found.add(user)
    return found


def _stands_whole(alias: str, words: str, about: str) -> bool:
    """Whether an alias of two letters, or with digits, stands in the words: letters as it is written, for "jo" and "al"
    are words elsewhere; with digits, and where a name was asked for, whatever the case."""
    alias = " ".join(SIGNS.findall(WITHIN.sub("", alias)))
    if " " in alias or len(alias) < SHORT_SOUND:
        return False
    has_digit = any(one.isdecimal() for one in alias)
    if not has_digit and len(alias) > SHORT_SOUND:
        return False
    small = alias.casefold()
    asked = {one.casefold() for one in _signs(about)}
    told = _signs(words)
    return small in asked or alias in told or (has_digit and small in {one.casefold() for one in told})


def _signs(text: str) -> list[str]:
    return [*SIGNS.findall(text), *SIGNS.findall(WITHIN.sub("", text))]


def with_bare(words: Iterable[str], *, article_only: bool = False) -> frozenset[str]:
    """The words, and each Arabic one also without "and", "so", "in", "to", "like" and the article before it."""
    return frozenset(form for word in words for form in _forms(word, article_only))


@lru_cache(maxsize=8192)
def _forms(word: str, article_only: bool = False) -> frozenset[str]:
    if not ARABIC.search(word):
        return frozenset((word,))
    forms = {word}
    if not article_only:
        forms |= {one[1:] for one in forms if one[0] in "وف"}
        forms |= {one[1:] for one in forms if one[0] in "بلك"}
    forms |= {one[2:] for one in forms if one.startswith(("ال", "لل"))}
    return frozenset(one for one in forms if one == word or len(one) >= FEWEST)


def plain_letters(text: str) -> str:
    """Lower case, without accents and vowel marks, and without what nobody sees: a soft hyphen, a joiner, a stretched
    line within a word. A joiner may also stand between two words: then both readings are there, one after the other."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(one for one in plain if not unicodedata.combining(one) and one != STRETCH)
    joined = "".join(one for one in bare if unicodedata.category(one) != "Cf")
    if joined == bare:
        return bare
    return joined + "\n" + "".join(" " if unicodedata.category(one) == "Cf" else one for one in bare)


def _letters(text: str, most: int) -> frozenset[str]:
    bare = plain_letters(text)
    words = [one for one in WORD.findall(bare) if len(one) > 2 or len(bare) <= LONG]
    closed = [one for one in WORD.findall(WITHIN.sub("", bare)) if len(one) > 2]
    return frozenset((*list(dict.fromkeys(words))[:most], *list(dict.fromkeys(closed))[:most]))


def _joined(text: str, most: int, least: int = FEWEST) -> frozenset[str]:
    """Each two words that follow one another, as one."""
    words = _row(text).split()[: most + 1]
    return frozenset(one + other for one, other in pairwise(words) if len(one) + len(other) >= least)


def _row(text: str) -> str:
    """The words one after the other, each between spaces."""
    return f" {' '.join(WORD.findall(WITHIN.sub('', plain_letters(text))))} "


@lru_cache(maxsize=4096)
def _parts(alias: str) -> frozenset[str]:
    """Each word of an alias, and each two that follow one another."""
    return with_bare(_letters(alias, MOST_POINTED) | _joined(alias, MOST_POINTED), article_only=True)


@lru_cache(maxsize=4096)
def _whole(alias: str) -> str:
    """An alias of several words in a row; empty for any other."""
    row = _row(alias)
    return row if row.count(" ") > 2 else ""


def _by_sound(words: frozenset[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word in words:
        for sound in _sounds(word):
            found.setdefault(sound, []).append(word)
    return found


def _is_heard(names: Iterable[str], by_sound: dict[str, list[str]]) -> bool:
    return any(_same_name(one, other) for one in names for other in _sounding_like(one, by_sound))


def _sounding_like(name: str, by_sound: dict[str, list[str]]) -> Iterator[str]:
    for sound in _sounds(name):
        yield from by_sound.get(sound, ())


@lru_cache(maxsize=4096)
def _sounds(word: str) -> tuple[str, ...]:
    return skeletons(word)


def _sounds_alike(one: str, other: str) -> bool:
    return _two_scripts(one, other) and bool(set(_sounds(one)) & set(_sounds(other)))


def _two_scripts(one: str, other: str) -> bool:
    return bool(ARABIC.search(one)) != bool(ARABIC.search(other))


def _same_name(name: str, word: str) -> bool:
    """The same name, spelt otherwise or in another script; its sound is the same already."""
    if _two_scripts(name, word):
        return _alike(romanise(name), romanise(word).removeprefix("al"), ACROSS)
    if min(len(name), len(word)) < LONG:
        return False
    short = max(len(one) for one in _sounds(name)) <= SHORT_SOUND
    least = SPELT["arabic" if ARABIC.search(name) else "short" if short else "long"]
    return likeness(name, word) >= least


def _alike(one: str, other: str, least: float) -> bool:
    return min(len(one), len(other)) >= LONG and SequenceMatcher(None, one, other).ratio() >= least
