"""The words of the telephone's app as one small file a language, out of the same catalogues as the pages."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
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


def english_of(catalogue: polib.POFile) -> dict[str, str | list[str]]:
    """What the app says in English: what stands in where a language has no words yet."""
    return {one.msgid: [one.msgid, one.msgid_plural] if one.msgid_plural else one.msgid for one in _said(catalogue)}


def _said(catalogue: polib.POFile) -> Iterator[polib.POEntry]:
    for entry in catalogue:
        in_app = any(place.startswith(IN_APP) for place, _line in entry.occurrences)
        if in_app and not (entry.obsolete or entry.msgctxt):
            yield entry


def words_of(catalogue: polib.POFile) -> dict[str, str | list[str]]:
    """English -> words, only what the app says and only what has words."""
    found: dict[str, str | list[str]] = {}
    for entry in _said(catalogue):
        if entry.msgid_plural:
            forms = [words for _form, words in sorted(entry.msgstr_plural.items())]
            if all(forms):
                found[entry.msgid] = forms
        elif entry.msgstr:
            found[entry.msgid] = entry.msgstr
    return found


def export(folder: Path) -> list[Path]:
    """Write a file a language into a folder, English among them."""
    folder.mkdir(parents=True, exist_ok=True)
    sources = {source.parts[-3]: polib.pofile(str(source)) for source in sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))}
    told = {
        language: {
            "words": words_of(catalogue),
            "plural": FORMS.get(language, "one other"),
            "reviewed": not any(UNREVIEWED in entry.comment for entry in catalogue if not entry.obsolete),
        }
        for language, catalogue in sources.items()
    }
    told["en"] = {"words": english_of(sources["es"]), "plural": "one other", "reviewed": True}
    for language, words in told.items():
        text = json.dumps(words, ensure_ascii=False, sort_keys=True)
        (folder / f"{language}.json").write_text(text, encoding="utf-8")
    return [folder / f"{language}.json" for language in told]


if __name__ == "__main__":
    export(Path(sys.argv[1]))
