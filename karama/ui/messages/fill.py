"""Puts words from a JSON file into a catalogue. What comes this way has been read by nobody yet and is
marked so.
"""

from __future__ import annotations

import json
from pathlib import Path

from karama.ui.messages.catalogue import UNREVIEWED, load, path_of, update
from karama.ui.messages.extract import messages_of_package

CONTEXT_ENDS = "\x04"
"""What stands between the context of a message and its English, as in gettext's own files."""


def fill(language: str, file: str | Path) -> int:
    """Fill empty entries from `{english: words}`, or `{english: [form 0, form 1, ...]}` for plurals.
    Returns how many. Of a message with a context the key may be `context`, `CONTEXT_ENDS` and the English.

    Entries that have words keep them. Raises `ValueError` for a plural with the wrong number of forms.
    """
    update(language, messages_of_package())
    words = json.loads(Path(file).read_text(encoding="utf-8"))
    catalogue, filled = load(language), 0
    for entry in catalogue:
        given = words.get(f"{entry.msgctxt}{CONTEXT_ENDS}{entry.msgid}") or words.get(entry.msgid)
        if not given:
            continue
        if entry.msgid_plural:
            forms = given if isinstance(given, list) else [given] * len(entry.msgstr_plural)
            if len(forms) != len(entry.msgstr_plural):
                raise ValueError(f"{entry.msgid!r} needs {len(entry.msgstr_plural)} plural forms in {language}")
            if not all(entry.msgstr_plural.values()):
                entry.msgstr_plural = dict(enumerate(forms))
                entry.comment, filled = UNREVIEWED, filled + 1
        elif not entry.msgstr:
            entry.msgstr, entry.comment, filled = str(given), UNREVIEWED, filled + 1
    catalogue.save(str(path_of(language)))
    return filled
