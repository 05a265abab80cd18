"""Likeness of two names, to rank opened candidates for a person who decides. It decides nothing itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from karama.rules.matching.letters import ARABIC, VOWELLED, romanise, romanise_word
from karama.rules.matching.sound import name_words, skeletons

_TYPING_SLIP = 0.8
_VOWELS_DO_NOT_FIT = 0.15
_VOWEL_FOLDS = (("ou", "u"), ("oo", "u"), ("ee", "i"), ("ai", "i"), ("ei", "i"), ("ay", "i"), ("ey", "i"))
_LETTER_FOLDS = str.maketrans({"o": "u", "w": "u", "e": "i", "y": "i", "q": "k", "c": "k", "v": "f", "p": "b"})


class Word(NamedTuple):
    """A word of a name, with what is compared of it."""

    text: str
    sounds: tuple[str, ...]
    folded: str
    unvowelled: bool


@dataclass(frozen=True)
class Name:
    """A name that is compared with several others: what is heard and written of its words, worked out once."""

    words: tuple[Word, ...]
    letters: str
    arabic: bool

    @classmethod
    def of(cls, text: str) -> Name:
        """Work it out."""
        words = tuple(Word(one, skeletons(one), _folded(one), _unvowelled(one)) for one in name_words(text))
        return cls(words, romanise(text), bool(ARABIC.search(text)))


def likeness(one: str | Name, other: str | Name) -> float:
    """Return how alike two whole names are, 0 to 1; 1 only for the same letters. Symmetric.

    Words are paired by best fit, so swapped order costs little and a missing word costs some.
    """
    one, other = _name(one), _name(other)
    left, right = sorted((one.words, other.words))
    if not left or not right:
        return 0.0
    if one.letters == other.letters:
        return 1.0
    pairs = _pairing(left, right)
    total = sum(score for _, _, score in pairs)
    fit = 0.8 * total / min(len(left), len(right)) + 0.2 * total / max(len(left), len(right))
    return round(min(0.99, fit - (0.02 if _swapped(pairs) else 0.0)), 4)


def explain(one: str | Name, other: str | Name) -> tuple[str, ...]:
    """Return why two names may be one, as codes for the screen to word.

    `same_letters`, `other_script`, `same_sound`, `similar_spelling`, `order_swapped`, `part_missing`,
    `different`.
    """
    one, other = _name(one), _name(other)
    left, right = sorted((one.words, other.words))
    if not left or not right:
        return ("different",)
    reasons: list[str] = []
    if one.arabic != other.arabic:
        reasons.append("other_script")
    pairs = _pairing(left, right)
    if one.letters == other.letters:
        reasons.append("same_letters")
    elif all(set(left[i].sounds) & set(right[j].sounds) for i, j, _ in pairs):
        reasons.append("same_sound")
    elif min(score for _, _, score in pairs) >= _TYPING_SLIP:
        reasons.append("similar_spelling")
    else:
        return ("different",)
    reasons += ["order_swapped"] if _swapped(pairs) else []
    reasons += ["part_missing"] if len(left) != len(right) else []
    return tuple(reasons)


def _name(one: str | Name) -> Name:
    return one if isinstance(one, Name) else Name.of(one)


def jaro_winkler(one: str, other: str) -> float:
    """Return the Jaro-Winkler similarity of two strings, 0 to 1 (Winkler 1990; prefix 0.1, up to 4)."""
    if one == other:
        return 1.0
    reach = max(len(one), len(other)) // 2 - 1
    taken = [False] * len(other)
    common_one: list[str] = []
    for place, letter in enumerate(one):
        for spot in range(max(0, place - reach), min(len(other), place + reach + 1)):
            if not taken[spot] and other[spot] == letter:
                taken[spot] = True
                common_one.append(letter)
                break
    if not common_one:
        return 0.0
    common_other = [letter for letter, used in zip(other, taken, strict=True) if used]
    moved = sum(x != y for x, y in zip(common_one, common_other, strict=True)) / 2
    same = len(common_one)
    jaro = (same / len(one) + same / len(other) + (same - moved) / same) / 3
    prefix = 0
    for x, y in zip(one[:4], other[:4], strict=False):
        if x != y:
            break
        prefix += 1
    return jaro + prefix * 0.1 * (1 - jaro)


def _pairing(left: Sequence[Word], right: Sequence[Word]) -> list[tuple[int, int, float]]:
    """Pair words by best fit: (place left, place right, score), in order of the left name."""
    scores = sorted(
        ((_word_likeness(x, y), -abs(i - j), i, j) for i, x in enumerate(left) for j, y in enumerate(right)),
        reverse=True,
    )
    pairs: list[tuple[int, int, float]] = []
    for score, _, i, j in scores:
        if all(i != used and j != spent for used, spent, _ in pairs):
            pairs.append((i, j, score))
    return sorted(pairs)


def _swapped(pairs: list[tuple[int, int, float]]) -> bool:
    places = [j for _, j, _ in pairs]
    return places != sorted(places)


def _word_likeness(one: Word, other: Word) -> float:
    if not set(one.sounds).isdisjoint(other.sounds):
        sound = 1.0
    else:
        sound = max((jaro_winkler(x, y) for x in one.sounds for y in other.sounds), default=0.0)
    return 0.55 * sound + 0.45 * _spelling_likeness(one, other)


def _spelling_likeness(one: Word, other: Word) -> float:
    """Compare spellings; where one script writes no short vowels, consonants, and whether its vowels fit."""
    if one.unvowelled == other.unvowelled:
        return jaro_winkler(one.folded, other.folded)
    short, full = (one.folded, other.folded) if one.unvowelled else (other.folded, one.folded)
    consonants = jaro_winkler(_consonants(short), _consonants(full))
    return max(0.0, consonants - (0.0 if _within(short, full) else _VOWELS_DO_NOT_FIT))


def _unvowelled(word: str) -> bool:
    return bool(ARABIC.search(word)) and not VOWELLED.search(word)


def _folded(word: str) -> str:
    text = re.sub(r"(.)\1+", r"\1", romanise_word(word))
    for written, heard in _VOWEL_FOLDS:
        text = text.replace(written, heard)
    return text.translate(_LETTER_FOLDS)


def _consonants(folded: str) -> str:
    return re.sub("[aiu]", "", folded) or folded


def _within(short: str, full: str) -> bool:
    """Say whether every letter of `short` stands in `full` in the same order."""
    rest = iter(full)
    return all(letter in rest for letter in short)
