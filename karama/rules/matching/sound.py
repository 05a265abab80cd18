"""Sounds: the consonant skeleton of a name, the same across scripts, spellings and most slips of the hand.

Consonants fall into a few classes that no writer confuses across: P (b p f v), T (t d th), S (s z sh ch),
k (k q g gh), h, j, l, m, n, r; vowels are dropped, except that a first vowel leaves "a", a first w or y
itself.
A letter with two readings gives a second skeleton (th: T or S; kh: h or k; Egyptian j: k; c: k, S or j).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import product

from karama.rules.matching.letters import ARABIC, VOWELLED, romanise_word, tokens

MOST_SKELETONS = 4

Reading = tuple[str, ...]
"""The classes a letter may stand for, likeliest first; "" is silent."""

_ARABIC: dict[str, Reading] = {
    **dict.fromkeys("بپفڤ", ("P",)),
    **dict.fromkeys("تطد", ("T",)),
    **dict.fromkeys("ثذض", ("T", "S")),
    **dict.fromkeys("سصشچز", ("S",)),
    **dict.fromkeys("كقگغ", ("k",)),
    "ظ": ("S", "T"),
    "ج": ("j", "k"),
    "ژ": ("j", "S"),
    "ح": ("h",),
    "ه": ("h",),
    "خ": ("h", "k"),
    "ة": ("", "T"),
    **dict.fromkeys("لڵ", ("l",)),
    **dict.fromkeys("رڕ", ("r",)),
    "م": ("m",),
    **dict.fromkeys("نں", ("n",)),
    **dict.fromkeys("اإعءئؤويەێۆ", ("",)),
}

_LATIN = re.compile(r"tch|tsh|sch|dj|dg(?=e)|sh|ch|kh|gh|th|dh|zh|ph|ck|qu|.")
_LATIN_READINGS: dict[str, Reading] = {
    **dict.fromkeys(("tch", "tsh", "sch", "sh", "s", "z"), ("S",)),
    "ch": ("S", "k"),
    "kh": ("h", "k"),
    **dict.fromkeys(("gh", "ck", "qu", "q", "k"), ("k",)),
    **dict.fromkeys(("th", "dh"), ("T", "S")),
    "zh": ("j", "S"),
    **dict.fromkeys(("dj", "dg", "j"), ("j",)),
    **dict.fromkeys(("ph", "b", "p", "f"), ("P",)),
    **dict.fromkeys("td", ("T",)),
    "v": ("P", ""),
    "x": ("kS", "h"),
    "g": ("k",),
    "c": ("k", "j"),
    **{letter: (letter,) for letter in "hlmnr"},
    **dict.fromkeys("aeiouwy", ("",)),
}
_BEFORE_FRONT_VOWEL: dict[str, Reading] = {"c": ("S", "j"), "g": ("k", "j")}
_FIRST: dict[str, Reading] = {
    "v": ("w", "P"),
    "w": ("w",),
    "x": ("h", "S"),
    "j": ("j", "y"),
    "h": ("h", "a"),
    "g": ("k", "j"),
}

_PARTICLES = frozenset(
    {
        "al", "el", "il", "ul", "l", "ar", "er", "as", "es", "ash", "esh", "ad", "ed", "an", "en", "at", "et",
        "az", "ez", "de", "del", "la", "las", "los", "da", "do", "dos", "di", "van", "von", "y",
        "bin", "ben", "ibn", "bint", "bn", "ould", "wuld", "ال", "بن", "ابن", "بنت",
    }
)  # fmt: skip
_SERVANT = re.compile(r"(?:a|e)(?:b|v)e?d(?:[aeiou]*[lr]?)$|عبد$")
_SERVANT_JOINED = re.compile(r"(?:a|e)(?:b|v)e?d[aeiou]+(l?)(.{2,}|a)$")
_PARENT = frozenset({"abu", "abou", "abo", "ebu", "um", "umm", "om", "oum", "ابو", "ام"})
_OF_FAITH = re.compile(r"(?:[aeou]?l?d+[ie]+ne?|(?:ال)?دين)$")
_LATIN_ARTICLE = re.compile(r"[ae]l(?=[bcdfghjkmnpqrstvwxyz].{3})")


def skeletons(name: str, most: int = MOST_SKELETONS) -> tuple[str, ...]:
    """Return up to `most` skeletons of a name, likeliest first; empty when the name has no letter.

    A name of several words gives the skeleton of its first word, of all words joined, and of its last word.
    """
    words = name_words(name)
    if not words:
        return ()
    choices = [words[0]] if len(words) == 1 else [words[0], "".join(words), words[-1]]
    ranked = [
        (rank + step, sound)
        for rank, word in enumerate(choices)
        for step, sound in enumerate(_word_skeletons(word, most))
    ]
    ordered = sorted(enumerate(ranked), key=lambda entry: (entry[1][0], entry[0]))
    return tuple(dict.fromkeys(sound for _, (_, sound) in ordered if sound))[:most]


def skeleton(name: str) -> str:
    """Return the likeliest skeleton of a name ("mhmT" for Mohammed in any script), "" without a letter."""
    return next(iter(skeletons(name)), "")


def name_words(name: str) -> list[str]:
    """Return the words of a name that carry it: particles dropped, compounds (Abd-, Abu-, -ud-Din) joined.

    Sorani, which writes its vowels, is given in Latin letters; Arabic stays in its own.
    """
    words = [romanise_word(word) if VOWELLED.search(word) else word for word in tokens(name)]
    kept = [word for word in words if word not in _PARTICLES] or words
    joined: list[str] = []
    prefix = ""
    for place, word in enumerate(kept):
        last = place == len(kept) - 1
        if not last and not prefix and (_SERVANT.fullmatch(word) or word in _PARENT):
            prefix = _prefix(word)
        elif joined and not prefix and _OF_FAITH.fullmatch(word):
            joined[-1] += "دين" if ARABIC.search(word) else "din"
        else:
            joined.append(prefix + (_bare(word) if prefix else word))
            prefix = ""
    return joined


def _prefix(word: str) -> str:
    if word in _PARENT:
        return word
    return "عبد" if ARABIC.search(word) else "abd"


def _bare(word: str) -> str:
    return word.removeprefix("ال")


def _word_skeletons(word: str, most: int) -> list[str]:
    forms = _arabic_forms(word) if ARABIC.search(word) else _latin_forms(word)
    return list(dict.fromkeys(sound for form in forms for sound in _spell(_readings(form), most)))[:most]


def _arabic_forms(word: str) -> list[str]:
    if word.startswith("عبدال") and len(word) > 6:
        return ["عبد" + word.removeprefix("عبدال")]
    if word.startswith("ال") and len(word) > 4:
        return [word.removeprefix("ال"), word]
    return [word]


def _latin_forms(word: str) -> list[str]:
    servant = _SERVANT_JOINED.fullmatch(word)
    if servant:
        article, rest = servant.groups()
        if rest.lstrip("l") in ("ah", "a", "ahi") and (article or rest[0] == "l"):
            return ["abdlah"]
        return ["abd" + rest, "abdl" + rest] if article and rest[0] in "aeiou" else ["abd" + rest]
    if _LATIN_ARTICLE.match(word):
        return [word, word[2:]]
    return [word]


def _readings(word: str) -> list[Reading]:
    return _arabic_readings(word) if ARABIC.search(word) else _latin_readings(word)


def _arabic_readings(word: str) -> list[Reading]:
    readings = [_ARABIC.get(letter, (letter,)) for letter in word]
    if word[0] in "وي":
        readings[0] = ("w",) if word[0] == "و" else ("y",)
    elif readings[0] == ("",):
        maybe_silent = word[0] == "إ" or word.startswith(("اب", "اس", "ئيب", "ئيس"))
        readings[0] = ("a", "") if maybe_silent else ("a",)
    if len(word) > 1 and word[-1] == "ه":
        readings[-1] = ("", "h")
    return readings


def _latin_readings(word: str) -> list[Reading]:
    word = re.sub(r"(.)\1+", r"\1", word)
    if re.match(r"ou[aeiy]", word):
        word = "w" + word[2:]
    if len(word) > 2 and word[-1] == "h" and word[-2] in "aeiou":
        word = word[:-1]
    parts = [(match.group(), match.end()) for match in _LATIN.finditer(word)]
    readings = [_latin_reading(part, word[end : end + 1]) for part, end in parts]
    readings[0] = _first_reading(word, parts[0][0], readings[0])
    return readings


def _latin_reading(part: str, after: str) -> Reading:
    if part in _BEFORE_FRONT_VOWEL and after and after in "eiy":
        return _BEFORE_FRONT_VOWEL[part]
    return _LATIN_READINGS.get(part, (part,))


def _first_reading(word: str, part: str, usual: Reading) -> Reading:
    if part in _FIRST:
        return _FIRST[part]
    if part not in "aeiouy":
        return usual
    if re.match(r"[iy][aeou]", word):
        return ("y", "a")
    return ("a", "") if re.match(r"[ie][^aeiouy]{2}", word) else ("a",)


def _spell(readings: Sequence[Reading], most: int) -> Iterable[str]:
    """Return spellings of a word, fewest unlikely readings first."""
    doubtful = [place for place, reading in enumerate(readings) if len(reading) > 1][:6]
    picks = product(*(range(len(readings[place])) for place in doubtful))
    for pick in sorted(picks, key=lambda ranks: (sum(ranks), ranks))[:most]:
        chosen = dict(zip(doubtful, pick, strict=True))
        yield "".join(reading[chosen.get(place, 0)] for place, reading in enumerate(readings))
