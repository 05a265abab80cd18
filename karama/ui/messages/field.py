"""The words of the telephone's app as one small file a language, out of the same catalogues as the pages."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parents[1] / "locale"
IN_APP = "field/"
UNREVIEWED = "unreviewed"
FORMS = {
    "ar": "zero one two few many other",
    "fr": "one other",
}
"""Names of plural forms, in the order of the catalogue, where there are more or others than one and other."""


def words_of(catalogue: polib.POFile) -> dict[str, str | list[str]]:
    """English -> words, only what the app says and only what has words."""
    found: dict[str, str | list[str]] = {}
    for entry in catalogue:
        if entry.obsolete or entry.msgctxt or not any(place.startswith(IN_APP) for place, _line in entry.occurrences):
            continue
        if entry.msgid_plural:
            forms = [words for _form, words in sorted(entry.msgstr_plural.items())]
            if all(forms):
                found[entry.msgid] = forms
        elif entry.msgstr:
            found[entry.msgid] = entry.msgstr
    return found


def export(folder: Path) -> list[Path]:
    """Write a file a language into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/django.po")):
        language = source.parts[-3]
        catalogue = polib.pofile(str(source))
        told = {
            "words": words_of(catalogue),
            "plural": FORMS.get(language, "one other"),
            "reviewed": not any(UNREVIEWED in entry.comment for entry in catalogue if not entry.obsolete),
        }
        path = folder / f"{language}.json"
        path.write_text(json.dumps(told, ensure_ascii=False, sort_keys=True), encoding="utf-8")
        written.append(path)
    return written


if __name__ == "__main__":
    export(Path(sys.argv[1]))
