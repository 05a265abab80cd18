"""Which colleagues are named in a message: for them it does not exist. Rather one too many than one too few."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final
from uuid import UUID

from django.utils import timezone

from karama.accounts import reach
from karama.accounts.models import Posting
from karama.rules.matching import romanise, skeletons

WORD: Final = re.compile(r"[^\W\d_]{2,}", re.UNICODE)
ARABIC: Final = re.compile(r"[\u0600-\u06ff]")
LONG: Final = 4
"""Names from this many letters on are also known when they are written a little differently."""

LIKE: Final = 0.8
ACROSS: Final = 0.6
"""How alike two spellings are: in one script; and across two, where short vowels are not written."""

MOST_WORDS: Final = 4000
MOST_POINTED: Final = 40


def named_in(words: str, about: str = "") -> set[UUID]:
    """Everybody whose work alias or sign-in name stands in the words: letter by letter in the same script, by sound in
    another one. In `about`, where somebody was asked for a name, also when it is spelt a little otherwise.
    """
    told = _letters(words, MOST_WORDS)
    pointed = _letters(about, MOST_POINTED)
    by_sound = _by_sound(told)
    found: set[UUID] = set()
    for user, alias, username in _everybody():
        names = _letters(f"{alias} {username}", MOST_POINTED)
        if (
            names & (told | pointed)
            or any(_alike(one, other, LIKE) or _sounds_alike(one, other) for one in names for other in pointed)
            or any(_across(one, other) for one in names for sound in _sounds(one) for other in by_sound.get(sound, ()))
        ):
            found.add(user)
    return found


def _everybody() -> list[tuple[UUID, str, str]]:
    rows = Posting.objects.filter(reach.not_over(timezone.now()), user__is_active=True).order_by("id")
    return list(rows.values_list("user_id", "work_alias", "user__username"))


def _letters(text: str, most: int) -> frozenset[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(one for one in plain if not unicodedata.combining(one))
    words = [one for one in WORD.findall(bare) if len(one) > 2 or len(bare) <= LONG]
    return frozenset(list(dict.fromkeys(words))[:most])


def _by_sound(words: frozenset[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word in words:
        for sound in _sounds(word):
            found.setdefault(sound, []).append(word)
    return found


@lru_cache(maxsize=4096)
def _sounds(word: str) -> tuple[str, ...]:
    return skeletons(word)


def _sounds_alike(one: str, other: str) -> bool:
    return _two_scripts(one, other) and bool(set(_sounds(one)) & set(_sounds(other)))


def _two_scripts(one: str, other: str) -> bool:
    return bool(ARABIC.search(one)) != bool(ARABIC.search(other))


def _across(name: str, word: str) -> bool:
    """The same name in another script; its sound is the same already."""
    return _two_scripts(name, word) and _alike(romanise(name), romanise(word).removeprefix("al"), ACROSS)


def _alike(one: str, other: str, least: float) -> bool:
    return min(len(one), len(other)) >= LONG and SequenceMatcher(None, one, other).ratio() >= least
