"""The catalogue files: brought up to date from the messages found, checked, compiled."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import polib

from karama.ui.messages.extract import Message

LOCALE = Path(__file__).resolve().parents[1] / "locale"
WHOLE = ("ar", "es")
"""Languages in which nothing may be missing."""

GROWING = ("ckb", "fr", "ha", "ht", "sw")
"""Languages whose newest messages may still stand in English."""

LANGUAGES = (*WHOLE, *GROWING)
"""Catalogues of this release. English is the language of the source."""

PLURALS = {
    "ar": (
        "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : "
        "n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5;"
    ),
    "ckb": "nplurals=2; plural=(n != 1);",
    "es": "nplurals=2; plural=(n != 1);",
    "fr": "nplurals=2; plural=(n > 1);",
    "ha": "nplurals=2; plural=(n != 1);",
    "ht": "nplurals=2; plural=(n != 1);",
    "sw": "nplurals=2; plural=(n != 1);",
}
UNREVIEWED = "unreviewed"
"""The extracted comment of an entry that no person who speaks the language has read yet."""

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w*)\}")


def path_of(language: str) -> Path:
    """The catalogue file of a language."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def load(language: str) -> polib.POFile:
    """The catalogue of a language; an empty one when it has none yet."""
    path = path_of(language)
    if path.exists():
        return polib.pofile(str(path), wrapwidth=110)
    catalogue = polib.POFile(wrapwidth=110)
    catalogue.metadata = {
        "Project-Id-Version": "karama",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }
    return catalogue


def update(language: str, messages: Iterable[Message]) -> int:
    """Bring a catalogue up to date. Returns how many messages lack words.

    New messages are added empty; those no longer used are kept as obsolete and come back, unreviewed, when
    used again.
    """
    old = {(entry.msgctxt or "", entry.msgid): entry for entry in load(language)}
    fresh = load(language)
    fresh.clear()
    forms = range(int(PLURALS[language].split("nplurals=")[1][0]))
    for message in messages:
        entry = old.get(message.key) or polib.POEntry(msgid=message.msgid, comment=UNREVIEWED)
        if entry.obsolete:
            entry.obsolete, entry.comment = False, UNREVIEWED
        entry.msgctxt = message.context or None
        entry.occurrences = [(place, "") for place in message.places]
        if message.plural:
            entry.msgid_plural = message.plural
            entry.msgstr_plural = {form: entry.msgstr_plural.get(form, "") for form in forms}
        fresh.append(entry)
        old.pop(message.key, None)
    for entry in old.values():
        if _has_words(entry):
            entry.obsolete = True
            fresh.append(entry)
    path_of(language).parent.mkdir(parents=True, exist_ok=True)
    fresh.save(str(path_of(language)))
    return len(missing(language, messages))


def missing(language: str, messages: Iterable[Message]) -> list[Message]:
    """Messages of the package without words in a language."""
    done = {(entry.msgctxt or "", entry.msgid) for entry in load(language) if _translated(entry)}
    return [message for message in messages if message.key not in done]


def unequal(language: str) -> list[str]:
    """Messages whose placeholders differ between the English words and the translation."""
    wrong = []
    for entry in load(language):
        if entry.obsolete:
            continue
        wanted = _placeholders(entry.msgid)
        allowed = wanted | _placeholders(entry.msgid_plural)
        for form, words in [(-1, entry.msgstr), *entry.msgstr_plural.items()]:
            if words and not (_placeholders(words) == wanted if form == -1 else _placeholders(words) <= allowed):
                wrong.append(entry.msgid)
    return wrong


@lru_cache(maxsize=16)
def is_reviewed(language: str) -> bool:
    """Whether a person has read every entry. English is its own review; a language without a catalogue is
    not reviewed.
    """
    code = language.split("-")[0]
    if code == "en":
        return True
    if not path_of(code).exists():
        return False
    # Read as text: the first page of a process would otherwise wait seconds for seven whole catalogues.
    entries = path_of(code).read_text(encoding="utf-8").split("\n\n")
    return not any(f"#. {UNREVIEWED}\n" in entry and "\n#~ " not in entry for entry in entries)


def compile_all(force: bool = False) -> list[Path]:
    """Write the `.mo` of each catalogue that is newer than it. Returns the files written.

    A package installed read-only ships its `.mo`: where it cannot be written and one exists, the existing
    one serves.
    Raises `OSError` when there is none and none can be written.
    """
    written = []
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/django.po")):
        target = source.with_suffix(".mo")
        if not force and target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        draft = target.with_name(f"{target.name}.new")
        try:
            polib.pofile(str(source)).save_as_mofile(str(draft))
            draft.replace(target)
        except OSError:
            if target.exists():
                continue
            raise
        written.append(target)
    return written


def _translated(entry: polib.POEntry) -> bool:
    return not entry.obsolete and _has_words(entry)


def _has_words(entry: polib.POEntry) -> bool:
    return all(entry.msgstr_plural.values()) if entry.msgid_plural else bool(entry.msgstr)


def _placeholders(text: str) -> set[str]:
    return {match.group(0) for match in PLACEHOLDER.finditer(text.replace("%%", ""))}
