"""Letters: one plain form of every way to write them, and a Latin spelling of Arabic and Sorani.

Standard library only. Tables follow common romanisations of Arabic (IJMES, French usage in the Maghreb) and
the Sorani and Kurmanji alphabets.
"""

from __future__ import annotations

import re
import unicodedata

ARABIC = re.compile("[\u0600-\u06ff]")
"""Any letter of the Arabic block, Persian and Sorani letters included."""

VOWELLED = re.compile("[\u06d5\u06ce\u06c6]")
"""Letters that only an orthography with written vowels (Sorani) uses: ae, e, o."""

_SILENT = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_APOSTROPHES = re.compile("['`\u2018\u2019\u02bc\u02be\u02bf\u02bb\u00b4]")

_ONE_FORM = str.maketrans(
    {
        "\u0649": "\u064a",  # alef maqsura
        "\u06cc": "\u064a",  # Persian and Sorani yeh
        "\u06a9": "\u0643",  # keheh
        "\u06be": "\u0647",  # heh doachashmee
        "\u06c1": "\u0647",  # heh goal
        "\u0671": "\u0627",  # alef wasla
        "\u0622": "\u0627",  # alef madda
        "\u0623": "\u0627",  # alef with hamza above
    }
)

_LATIN_SPECIAL = str.maketrans(
    {
        "ş": "sh",
        "ș": "sh",
        "š": "sh",
        "ç": "ch",
        "č": "ch",
        "ž": "zh",
        "ğ": "g",
        "ı": "i",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "đ": "d",
        "ð": "dh",
        "þ": "th",
        "ł": "l",
        "ɓ": "b",
        "ɗ": "d",
        "ƙ": "k",
        "ƴ": "y",
    }
)

_CONSONANTS = {
    "ب": "b", "پ": "p", "ت": "t", "ط": "t", "ث": "th", "ج": "j", "چ": "ch", "ح": "h", "ه": "h", "خ": "kh",
    "د": "d", "ذ": "dh", "ض": "d", "ر": "r", "ڕ": "r", "ز": "z", "ظ": "z", "ژ": "zh", "س": "s", "ص": "s",
    "ش": "sh", "غ": "gh", "ف": "f", "ڤ": "v", "ق": "q", "ك": "k", "گ": "g", "ل": "l", "ڵ": "l", "م": "m",
    "ن": "n", "ں": "n",
}  # fmt: skip
_VOWELS = {"ا": "a", "إ": "i", "ە": "a", "ێ": "e", "ۆ": "o", "ة": "a", "ؤ": "u"}
_HALF_VOWELS = {"و": ("w", "u"), "ي": ("y", "i")}
_UNSOUNDED = frozenset("ءئع")


def tokens(name: str) -> list[str]:
    """Split a name into words of plain letters: lower case, no accents or vowel marks, one form each."""
    text = _SILENT.sub("", unicodedata.normalize("NFKC", name))
    text = _APOSTROPHES.sub("", text).casefold().translate(_LATIN_SPECIAL).translate(_ONE_FORM)
    words = re.findall(r"[^\W\d_]+", _plain_latin(text))
    return [_without_doubles(word) if VOWELLED.search(word) else word for word in words]


def romanise(name: str) -> str:
    """Return a Latin spelling of a name in Arabic, Sorani or Latin script, lower case, words by one space.

    Arabic writes no short vowels, so its spelling has none either ("mhmd"); Sorani and Latin keep theirs.
    Letters of other scripts stay as they are.
    """
    return " ".join(romanise_word(word) for word in tokens(name))


def romanise_word(word: str) -> str:
    """Return the Latin spelling of one word from `tokens`."""
    return "".join(_latin(word, place) for place in range(len(word))) if ARABIC.search(word) else word


def _latin(word: str, place: int) -> str:
    letter = word[place]
    after = word[place + 1 : place + 2]
    if letter in _CONSONANTS:
        return _CONSONANTS[letter]
    if letter in _VOWELS:
        return _VOWELS[letter]
    if letter in _HALF_VOWELS:
        consonant, vowel = _HALF_VOWELS[letter]
        before = word[place - 1] if place else ""
        return consonant if not before or before in _VOWELS or after in _VOWELS and after else vowel
    if letter in _UNSOUNDED:
        return "a" if place == 0 and after not in _VOWELS and after not in _HALF_VOWELS else ""
    return letter


def _plain_latin(text: str) -> str:
    """Strip accents from Latin letters only: a hamza above an Arabic letter is no accent."""
    return "".join(
        part
        for letter in text
        for part in (letter if ARABIC.match(letter) else unicodedata.normalize("NFD", letter))
        if unicodedata.category(part) != "Mn"
    )


def _without_doubles(word: str) -> str:
    return re.sub(r"([^و])\1+", r"\1", word)
