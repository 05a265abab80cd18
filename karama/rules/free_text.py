"""Does a result of an HIV test stand in somebody's free words? A hint to the writer; nothing is ever refused for it.

A word for the virus and a word for a result close together, in either order, or one word that says both. In each
language of the interface, whatever the language of the page: people write as they speak.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

NEAR: Final = 30
"""Characters that may stand between the two words: about a short sentence."""

VIRUS: Final = (
    r"hiv", r"h\.i\.v", r"vih", r"sida", r"aids", r"vvu", r"ukimwi", r"kanjamau", r"virus(?:i)? vya ukimwi",
    r"الايدز", r"ايدز", r"السيدا", r"(?:فيروس )?نقص المناعه", r"ئايدز", r"ئایدز", r"ایدز", r"اچ ای وی", r"ئێچ ئای ڤی",
)  # fmt: skip
RESULT: Final = (
    r"\+", r"pos", r"positive", r"negative", r"neg", r"reactive", r"non.?reactive", r"status", r"infected", r"carrier",
    r"positi[fv]e?", r"negati[fv]e?", r"reactif", r"infectee?", r"porteuse?", r"statut",
    r"positiv[oa]", r"negativ[oa]", r"reactiv[oa]", r"infectad[oa]", r"portador[a]?", r"estado serologico",
    r"ايجابي(?:ه)?", r"سلبي(?:ه)?", r"مصاب(?:ه)?", r"حامل(?:ه)?", r"موجب(?:ه)?", r"سالب(?:ه)?",
    r"پۆزەتیڤ", r"پۆزەتيڤ", r"نێگەتیڤ", r"نێگەتيڤ", r"تووشبوو", r"هەڵگری", r"هەڵگري",
    r"chanya", r"hasi", r"ameambukizwa", r"pozitif", r"negatif", r"enfekte",
)  # fmt: skip
HAS: Final = (
    r"has", r"have", r"living with", r"tiene", r"vive con", r"a le", r"vit avec(?: le)?", r"ana", r"anaishi na",
    r"(?:ya|ta|su)na (?:da|dauke da)", r"mai(?: cutar)?", r"li gen", r"لديه(?:ا)?", r"عنده(?:ا)?", r"متعايش(?:ه)?",
    r"متعايش(?:ه)? مع", r"هەیەتی",
)  # fmt: skip
"""Before a word for the virus, and at once: "has HIV"; after it they say nothing."""

BOTH: Final = (
    r"sero.?positi[fv]e?", r"sero.?negati[fv]e?", r"sero.?positiv[oa]", r"sero.?negativ[oa]", r"sewopozitif",
    r"plhiv", r"pvvih", r"on arvs?", r"on antiretrovirals?", r"viral load", r"carga viral", r"charge virale",
    r"cd4", r"الحمل الفيروسي",
)  # fmt: skip
_HARAKAT = re.compile("[\u064b-\u0652\u0640]")
_ALIKE: Final = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ة": "ه", "ى": "ي"})


def _any(words: tuple[str, ...]) -> str:
    """One of these, as a word of its own; a plus sign stands for itself."""
    return "(?:" + "|".join(word if word == r"\+" else rf"(?<!\w){_before(word)}{word}(?!\w)" for word in words) + ")"


def _before(word: str) -> str:
    """What Arabic writes together with the word that follows: and, with, so, as, the."""
    return "[وبفك]?(?:ال)?" if "\u0600" <= word.lstrip("(?:")[:1] <= "\u06ff" else ""


_PATTERN: Final = re.compile(
    f"{_any(BOTH)}|{_any(VIRUS)}.{{0,{NEAR}}}?{_any(RESULT)}|{_any(RESULT)}.{{0,{NEAR}}}?{_any(VIRUS)}"
    rf"|{_any(HAS)} {_any(VIRUS)}"
)


def names_a_result(words: str) -> bool:
    """Whether the words seem to tell the result of an HIV test, good or bad, or that somebody is treated."""
    return _PATTERN.search(plain(words)) is not None


def plain(words: str) -> str:
    """Small letters without accents, vowel signs and lengthening; letters that people exchange made one; one line."""
    bare = "".join(one for one in unicodedata.normalize("NFKD", words.casefold()) if not _accent(one))
    return re.sub(r"\s+", " ", _HARAKAT.sub("", unicodedata.normalize("NFC", bare)).translate(_ALIKE))


def _accent(sign: str) -> bool:
    """A combining accent of Latin letters; Arabic letters keep the marks that make them another letter."""
    return "\u0300" <= sign <= "\u036f"
