"""Finds every message in Python files and templates of the package."""

from __future__ import annotations

import ast
import io
import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from babel.messages.extract import extract_python
from django.template.base import Lexer, Token, TokenType
from django.utils.translation import trim_whitespace

MEASURE = "measure"
CARDS = "karama/knowledge/instruments"
PACKAGE = Path(__file__).resolve().parents[2]
KEYWORDS: dict[str, Any] = {
    name: None
    for name in (
        "_",
        "gettext",
        "gettext_lazy",
        "gettext_noop",
        "ngettext",
        "ngettext_lazy",
        "pgettext",
        "pgettext_lazy",
    )
}
_STRING = r"""(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')"""
_UNDERSCORE = re.compile(r"(?<![\w.])_\(" + _STRING + r"\)")
_TRANSLATE = re.compile(r"^(?:translate|trans)\s+" + _STRING + r"(.*)$", re.DOTALL)
_BLOCK = re.compile(r"^(?:blocktranslate|blocktrans)\b(.*)$", re.DOTALL)
_CONTEXT = re.compile(r"\bcontext\s+" + _STRING)
_SAID = re.compile(r"(?<![\w.])tn?\(\s*" + _STRING + r"(?:\s*,\s*" + _STRING + r")?")
FIELD = "field"
"""The folder of the telephone's app, beside the package."""


@dataclass(frozen=True)
class Message:
    """One message: its English words, plural, context, and the files that use it (relative to the package)."""

    msgid: str
    plural: str = ""
    context: str = ""
    places: tuple[str, ...] = field(default=(), compare=False)

    @property
    def key(self) -> tuple[str, str]:
        """What makes a message the same message in a catalogue."""
        return (self.context, self.msgid)


def messages_of_package(folder: Path = PACKAGE) -> list[Message]:
    """Every message of the package, sorted by its words; the same words in two files are one message."""
    found: dict[tuple[str, str], Message] = {}
    for path in sorted(
        [*folder.rglob("*.py"), *folder.rglob("templates/**/*.html"), *folder.rglob("templates/**/*.txt")]
    ):
        place = path.relative_to(folder.parent).as_posix()
        reader = from_python if path.suffix == ".py" else from_template
        for message in reader(path.read_text(encoding="utf-8")):
            known = found.get(message.key, message)
            places = tuple(dict.fromkeys([*known.places, place]))
            plural = known.plural or message.plural
            found[message.key] = Message(message.msgid, plural, message.context, places)
    for path in sorted((folder.parent / FIELD).rglob("*.ts*")):
        place = path.relative_to(folder.parent).as_posix()
        for message in from_typescript(path.read_text(encoding="utf-8")):
            known = found.get(message.key, message)
            places = tuple(dict.fromkeys([*known.places, place]))
            found[message.key] = Message(message.msgid, known.plural or message.plural, "", places)
    for path in sorted(folder.rglob("instruments/*/instrument.toml")):
        for message in from_card(path.read_text(encoding="utf-8")):
            found.setdefault(message.key, Message(message.msgid, "", message.context, (CARDS,)))
    return sorted(found.values(), key=lambda message: (message.msgid, message.context))


def from_card(source: str) -> Iterator[Message]:
    """The labels of an instrument's card: our own words for topics, answers, scales, ranges, lines and rules."""
    card = tomllib.loads(source)
    labels = [item["topic"] for item in card.get("items", [])]
    labels += [answer for answers in card.get("answer_sets", {}).values() for answer in answers]
    labels += [scale["label"] for scale in card.get("scales", [])]
    labels += [band["label"] for banding in card.get("bandings", []) for band in banding["bands"]]
    labels += [cut[part] for cut in card.get("cutoffs", []) for part in ("population", "purpose")]
    for rules in card.get("algorithms", []):
        labels += [rules["code"], rules["otherwise"], *(rule["label"] for rule in rules["rules"])]
    yield from (Message(label.replace("_", " "), context=MEASURE) for label in labels if label)


def from_python(source: str) -> Iterator[Message]:
    """Messages in calls of `_`, `gettext` and their relatives."""
    names = _names_of(source)
    for _line, function, words, _comments in extract_python(
        io.BytesIO(source.encode("utf-8")), KEYWORDS | dict.fromkeys(names), [], {"encoding": "utf-8"}
    ):
        parts = list(words) if isinstance(words, tuple | list) else [words]
        called = names.get(str(function), str(function))
        if called.startswith("pgettext"):
            if len(parts) > 1 and parts[0] and parts[1]:
                yield Message(parts[1], context=parts[0])
        elif called.startswith("ngettext"):
            if len(parts) > 1 and parts[0] and parts[1]:
                yield Message(parts[0], plural=parts[1])
        elif parts and parts[0]:
            yield Message(parts[0])


def from_typescript(source: str) -> Iterator[Message]:
    """Messages in calls of `t` and `tn` of field/words/words.ts."""
    for match in _SAID.finditer(source):
        words = [json.loads(f'"{part}"') if part else "" for part in (match[1] or match[2], match[3] or match[4])]
        if words[0]:
            yield Message(words[0], plural=words[1] if match[0].startswith("tn(") else "")


def _names_of(source: str) -> dict[str, str]:
    """What a module calls the functions of Django's translation: own name -> name there."""
    return {
        alias.asname or alias.name: alias.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in KEYWORDS
    }


def from_template(source: str) -> Iterator[Message]:
    """Messages in `{% translate %}`, `{% blocktranslate %}` and `_("...")` inside any tag or variable."""
    tokens = iter(Lexer(source).tokenize())
    for token in tokens:
        if token.token_type not in (TokenType.BLOCK, TokenType.VAR):
            continue
        for match in _UNDERSCORE.finditer(token.contents):
            yield Message(_unquote(match))
        single = _TRANSLATE.match(token.contents) if token.token_type is TokenType.BLOCK else None
        if single:
            yield Message(_unquote(single).replace("%", "%%"), context=_context(single.group(3)))
        block = _BLOCK.match(token.contents) if token.token_type is TokenType.BLOCK else None
        if block:
            yield _block(tokens, block.group(1))


def _block(tokens: Iterator[Token], options: str) -> Message:
    singular: list[str] = []
    plural: list[str] = []
    into = singular
    for token in tokens:
        if token.token_type is TokenType.TEXT:
            into.append(token.contents.replace("%", "%%"))
        elif token.token_type is TokenType.VAR:
            into.append(f"%({token.contents})s")
        elif token.token_type is TokenType.BLOCK:
            if token.contents.split()[0] == "plural":
                into = plural
            else:
                break
    words = ["".join(singular), "".join(plural)]
    if re.search(r"\btrimmed\b", options):
        words = [trim_whitespace(text) for text in words]
    return Message(words[0], plural=words[1], context=_context(options))


def _context(options: str) -> str:
    match = _CONTEXT.search(options)
    return _unquote(match) if match else ""


def _unquote(match: re.Match[str]) -> str:
    text: Any = match.group(1) if match.group(1) is not None else match.group(2)
    return str(text).replace('\\"', '"').replace("\\'", "'").replace("\\\\", "\\")
