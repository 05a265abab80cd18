"""`python -m karama.ui.messages extract | missing | compile`."""

from __future__ import annotations

import json
import sys

from karama.ui.messages import LANGUAGES, compile_all, messages_of_package, missing, update

HELP = """python -m karama.ui.messages extract      find every message, bring the catalogues up to date
python -m karama.ui.messages missing      list what has no words yet, with the files that use it (exit code 1)
python -m karama.ui.messages missing --json LANGUAGE     the same as JSON {english: ""}, to be filled in
python -m karama.ui.messages fill LANGUAGE FILE.json     put words from such a file into a catalogue, as
unreviewed
python -m karama.ui.messages compile      write the .mo files"""


def main(arguments: list[str]) -> int:
    """Returns the exit code: 0 all well, 1 something is missing, 2 not understood."""
    match arguments:
        case ["extract"]:
            found = messages_of_package()
            for language in LANGUAGES:
                print(f"{language}: {len(found)} messages, {update(language, found)} without words")
        case ["missing"]:
            return _list_missing()
        case ["missing", "--json", language] if language in LANGUAGES:
            words = {message.msgid: "" for message in missing(language, messages_of_package())}
            print(json.dumps(words, ensure_ascii=False, indent=1))
        case ["fill", language, file] if language in LANGUAGES:
            from karama.ui.messages.fill import fill

            print(f"{language}: {fill(language, file)} messages filled")
        case ["compile"]:
            for path in compile_all(force=True):
                print(path.parent.parent.name)
        case _:
            print(HELP)
            return 2
    return 0


def _list_missing() -> int:
    found, code = messages_of_package(), 0
    for language in LANGUAGES:
        for message in missing(language, found):
            code = 1
            print(f"{language}\t{message.msgid!r}\t{', '.join(message.places)}")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
