"""Reads the wording of an instrument from a FHIR R4 Questionnaire in JSON (hl7.org/fhir/R4/questionnaire.html)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from karama.care.fitting import Option, Question, fit, is_total
from karama.care.problems import WordingDoesNotFit
from karama.care.wording import Wording
from karama.rules.scoring import Card

LOINC = "http://loinc.org"
TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation"
ORDINALS = (
    "http://hl7.org/fhir/StructureDefinition/ordinalValue",
    "http://hl7.org/fhir/StructureDefinition/itemWeight",
)
CATALOGUE_MARK = re.compile(r"\s*\[[A-Z]\w*\.[\w.-]+\]\s*$")
CHOICES = ("choice", "open-choice", "coding")
WORDS = ("string", "text")
LARGEST = 5_000_000
DEEPEST = 20


def read(content: bytes, card: Card, language: str) -> Wording:
    """The wording of `card` in `language`. Raises `WordingDoesNotFit` naming the question that does not fit."""
    told = _resource(content)
    own = str(told.get("language") or "")
    reader = _Reader(card, told, language, translated=bool(own) and not _same_language(own, language))
    questions = list(reader.questions(_items(told), 0))
    return fit(card, questions, language=language, title=str(told.get("title") or ""), instructions=reader.instructions)


def _resource(content: bytes) -> dict[str, Any]:
    if len(content) > LARGEST:
        raise WordingDoesNotFit(_("The file is far larger than a questionnaire."))
    try:
        told = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise WordingDoesNotFit(_("The file is not JSON text in UTF-8.")) from None
    if not isinstance(told, dict) or told.get("resourceType") != "Questionnaire":
        raise WordingDoesNotFit(_("The file is not a FHIR Questionnaire."))
    return told


class _Reader:
    """One file being read."""

    def __init__(self, card: Card, told: dict[str, Any], language: str, *, translated: bool) -> None:
        self.card, self.language, self.translated = card, language, translated
        self.contained = {f"#{one.get('id')}": one for one in told.get("contained") or [] if isinstance(one, dict)}
        self.instructions = ""

    def questions(self, items: list[dict[str, Any]], depth: int) -> Iterator[Question]:
        """The questions in their order, groups opened; the total and lines without an answer are passed over."""
        if depth > DEEPEST:
            raise WordingDoesNotFit(_("The questions of the file lie in too many groups."))
        for item in items:
            kind, loinc = item.get("type"), _loinc(item.get("code"))
            where = str(item.get("linkId") or loinc or "?")[:60]
            if kind in ("display", "group"):
                self.instructions = self.instructions or self._text(item, where)
            elif kind in CHOICES or (kind in WORDS and not is_total(self.card, loinc)):
                yield Question(
                    where=where,
                    text=self._text(item, where),
                    names=(str(item.get("linkId") or ""), *_codes(item.get("code"))),
                    loinc=loinc,
                    options=tuple(self._options(item, where)),
                )
            elif not is_total(self.card, loinc):
                raise WordingDoesNotFit(
                    _("The question %(where)s asks for a number or a day, which no item of this instrument does.")
                    % {"where": where}
                )
            yield from self.questions(_items(item), depth + 1)

    def _options(self, item: dict[str, Any], where: str) -> Iterator[Option]:
        for option in item.get("answerOption") or self._value_set(str(item.get("answerValueSet") or "")):
            coding = option.get("valueCoding")
            if isinstance(coding, dict):
                code = str(coding.get("code") or "")
                yield Option(
                    label=self._said(coding, "display", where),
                    name=code,
                    loinc=code if coding.get("system") == LOINC else "",
                    value=_ordinal(option, coding),
                )
            elif isinstance(option.get("valueInteger"), int):
                yield Option(label=str(option["valueInteger"]), value=float(option["valueInteger"]))
            else:
                yield Option(label=str(option.get("valueString") or ""))

    def _value_set(self, address: str) -> list[dict[str, Any]]:
        """The concepts of a value set inside the file; one that lies elsewhere is not fetched."""
        found = self.contained.get(address, {})
        concepts = (found.get("expansion") or {}).get("contains") or []
        for include in (found.get("compose") or {}).get("include") or []:
            if not (found.get("expansion") or {}).get("contains"):
                concepts = [
                    *concepts,
                    *({**one, "system": include.get("system")} for one in include.get("concept") or []),
                ]
        return [{"valueCoding": one, "extension": one.get("extension")} for one in concepts if isinstance(one, dict)]

    def _text(self, item: dict[str, Any], where: str) -> str:
        """The words without the mark of the LOINC catalogue that some files carry at their end ("[Reported.PHQ]")."""
        return CATALOGUE_MARK.sub("", self._said(item, "text", where))

    def _said(self, holder: dict[str, Any], name: str, where: str) -> str:
        """The words in the language asked for: the file's own, or its translation extension."""
        own = str(holder.get(name) or "")
        if not self.translated:
            return own
        for extension in (holder.get(f"_{name}") or {}).get("extension") or []:
            if extension.get("url") == TRANSLATION:
                parts = {part.get("url"): part for part in extension.get("extension") or []}
                if _same_language(str(parts.get("lang", {}).get("valueCode") or ""), self.language):
                    return str(parts.get("content", {}).get("valueString") or "")
        raise WordingDoesNotFit(
            _("The question %(where)s has no words in this language in the file.") % {"where": where}
        )


def _items(holder: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for one in holder.get("item") or [] if isinstance(one, dict)]


def _loinc(codes: Any) -> str:
    found = [one for one in codes or [] if isinstance(one, dict) and one.get("system") == LOINC]
    return str(found[0].get("code") or "") if found else ""


def _codes(codes: Any) -> tuple[str, ...]:
    return tuple(str(one.get("code") or "") for one in codes or [] if isinstance(one, dict))


def _ordinal(*holders: dict[str, Any]) -> float | None:
    for holder in holders:
        for extension in holder.get("extension") or []:
            if isinstance(extension, dict) and extension.get("url") in ORDINALS:
                value = extension.get("valueDecimal", extension.get("valueInteger"))
                return float(value) if isinstance(value, int | float) else None
    return None


def _same_language(one: str, other: str) -> bool:
    return one.split("-")[0].lower() == other.split("-")[0].lower()
