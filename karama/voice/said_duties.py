"""Which duties are named in free words, in the languages these pages speak: "la supervisora", "المشرفة"."""

from __future__ import annotations

from functools import lru_cache

from karama.knowledge.value_sets import duties_said
from karama.voice.naming import MOST_WORDS, WORD, plain_letters, with_bare

ONE_FORM = str.maketrans({"ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "ە": "ه", "ھ": "ه"})
"""Letters that are written one for the other."""


def duties_in(*texts: str) -> set[str]:
    """The duties whose word, or all words of whose phrase one after the other, stand in one of these texts."""
    found: set[str] = set()
    for text in texts:
        words = _words(text)[:MOST_WORDS]
        forms = [_forms(one) for one in words]
        starts: dict[str, list[int]] = {}
        for place, each in enumerate(forms):
            for form in each:
                starts.setdefault(form, []).append(place)
        found |= {
            duty
            for duty, phrase in _phrases()
            if any(_stands_at(phrase, forms, place) for place in starts.get(phrase[0], ()))
        }
    return found


def _stands_at(phrase: tuple[str, ...], forms: list[frozenset[str]], place: int) -> bool:
    part = forms[place : place + len(phrase)]
    return len(part) == len(phrase) and all(word in form for word, form in zip(phrase, part, strict=True))


def _forms(word: str) -> frozenset[str]:
    """A word with and without what is written onto it, and without the ending of several."""
    bare = with_bare((word,))
    return bare | {one.removesuffix("s") for one in bare}


@lru_cache(maxsize=1)
def _phrases() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((duty, tuple(_words(said))) for duty, phrases in duties_said().items() for said in phrases)


def _words(text: str) -> list[str]:
    return WORD.findall(plain_letters(text).translate(ONE_FORM))
