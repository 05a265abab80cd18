"""The words of the programme are the words of the code: what people read never uses a word to avoid."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.house.reading import PACKAGE, ROOT, modules, report, strings, text_of, tracked

ROW = re.compile(r"^\|\s*\*\*(?P<word>[^*]+)\*\*.*\|(?P<avoid>[^|]*)\|\s*$")
AVOIDED = re.compile(r"`([^`]+)`")
MARKUP = re.compile(r"{%.*?%}|{#.*?#}|{{.*?}}|<[^>]*>", re.DOTALL)
TRANSLATED = re.compile(r"{%\s*(?:translate|trans)\s+\"([^\"]+)\"")
TITLES = re.compile(
    r"Patient Health Questionnaire|Composite Abuse|just in case|in case|worked cases|cases\.toml|'[\w.]+'",
    re.IGNORECASE,
)


def words_to_avoid() -> dict[str, str]:
    """Each word to avoid with the word to use, as GLOSSARY.md lists them."""
    found: dict[str, str] = {}
    for line in text_of(ROOT / "GLOSSARY.md").splitlines():
        row = ROW.match(line)
        if row:
            found.update({word: row["word"] for word in AVOIDED.findall(row["avoid"])})
    return found


def _what_people_read() -> Iterator[tuple[str, str]]:
    for module in modules():
        for line, value in strings(module):
            if " " in value and not value.isupper():
                yield f"{module.name}:{line}", value
    for path in tracked():
        if path.is_relative_to(PACKAGE) and path.suffix in {".html", ".txt"}:
            text = text_of(path)
            shown = " ".join(TRANSLATED.findall(text)) + " " + MARKUP.sub(" ", text)
            yield str(path.relative_to(ROOT)), shown


def test_the_glossary_has_words_to_avoid() -> None:
    """HS025: GLOSSARY.md names for the words of the programme the words nobody should use instead."""
    avoided = words_to_avoid()
    assert {"beneficiary", "patient", "case", "victim"} <= set(avoided)


def test_words_to_avoid_are_avoided() -> None:
    """HS026: no template and no sentence in the code uses a word that GLOSSARY.md says to avoid."""
    avoided = words_to_avoid()
    pattern = re.compile(rf"\b({'|'.join(sorted(map(re.escape, avoided), key=len, reverse=True))})s?\b", re.IGNORECASE)
    broken = []
    for place, text in _what_people_read():
        for found in pattern.finditer(TITLES.sub(" ", text)):
            broken.append(f"{place} says {found.group()!r}: say {avoided[found.group(1).lower()]!r}")
    report(broken, "use the word of GLOSSARY.md; medication may speak of a patient only in a quoted title.")
