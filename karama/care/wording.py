"""Official wording of instruments: packs under `KARAMA_HOME/wording/<instrument>/<language>.json`, never in the code.

A pack is JSON: {"instrument", "version", "language", "title", "instructions", "items": {item code: text},
"answers": {answer set code: {answer code: label}}}. Without a pack an instrument is not put to a person; a marked
demonstration shows its topic labels instead.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from karama.care.models import InstalledWording, OwnerPermission
from karama.care.models.response import DEMONSTRATION
from karama.care.problems import Locked, WordingDoesNotFit, WordingMissing
from karama.journal import clock
from karama.journal.readymade import readymade
from karama.rules.scoring import Card, lock
from karama.security import digests
from karama.ui.labels import said_in

LONGEST_TEXT: Final = 2000


@dataclass(frozen=True)
class Wording:
    """What is read to the person. `demonstration`: topic labels in our own words, not the instrument."""

    instrument: str
    language: str
    items: Mapping[str, str]
    answers: Mapping[str, Mapping[str, str]]
    title: str = ""
    instructions: str = ""
    version: str = ""
    demonstration: bool = False
    unused: tuple[str, ...] = field(default=(), compare=False)

    def plain(self) -> dict[str, Any]:
        """The pack as JSON values."""
        return {
            "instrument": self.instrument,
            "version": self.version,
            "language": self.language,
            "title": self.title,
            "instructions": self.instructions,
            "items": dict(self.items),
            "answers": {code: dict(labels) for code, labels in self.answers.items()},
        }


@dataclass(frozen=True)
class Asking:
    """In which words answers are taken: digest of the wording, the language it is written in, and whether validated."""

    digest: str
    language: str
    validated: bool


def check(card: Card, found: Wording) -> None:
    """Does the wording have every item and answer of the card, and nothing else? Raises `WordingDoesNotFit`."""
    items = {item.code for item in card.items}
    for item in card.items:
        if not found.items.get(item.code, "").strip():
            raise WordingDoesNotFit(_("The text of item %(item)s is missing.") % {"item": item.code})
    for code in found.items:
        if code not in items:
            raise WordingDoesNotFit(_("Item %(item)s does not belong to this questionnaire.") % {"item": code[:40]})
    for code in dict.fromkeys(item.answers for item in card.items if item.answers):
        labels = found.answers.get(code, {})
        known = card.answer_set(code).values()
        for answer in known:
            if not labels.get(answer, "").strip():
                words = _("The answer %(answer)s of the answers %(set)s is missing.")
                raise WordingDoesNotFit(words % {"answer": answer, "set": code})
        if set(labels) - set(known):
            raise WordingDoesNotFit(
                _("The answers %(set)s hold one that the questionnaire does not have.") % {"set": code}
            )
    texts = [*found.items.values(), *(label for labels in found.answers.values() for label in labels.values())]
    if any(len(text) > LONGEST_TEXT for text in texts):
        raise WordingDoesNotFit(_("One text is far longer than a question."))


def path_of(instrument: str, language: str) -> Path:
    """Where a pack lies."""
    return Path(settings.KARAMA_HOME) / "wording" / instrument / f"{language}.json"


def content_of(found: Wording) -> bytes:
    """The bytes of the file."""
    return (json.dumps(found.plain(), ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")


def keep(found: Wording) -> str:
    """Write the file in one step and return its digest."""
    path, content = path_of(found.instrument, found.language), content_of(found)
    put(path, content)
    return digests.sha256(content).hex()


def put(path: Path, content: bytes) -> None:
    """Write a file in one step: whole, or as it was before."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def load(row: InstalledWording) -> Wording | None:
    """The pack of a row in force; None when the file is gone or is not the one that was installed."""
    try:
        content = path_of(row.instrument, row.language).read_bytes()
    except OSError:
        return None
    if digests.sha256(content).hex() != row.digest:
        return None
    told = json.loads(content)
    return Wording(
        instrument=row.instrument,
        language=row.language,
        items=told["items"],
        answers=told["answers"],
        title=told["title"],
        instructions=told["instructions"],
        version=told["version"],
    )


def installed(instrument: str) -> list[InstalledWording]:
    """The rows in force whose file is there and unchanged, by language."""
    return [row for row in _installed(instrument) if load(row) is not None]


@readymade
def _installed(instrument: str) -> QuerySet[InstalledWording]:
    return InstalledWording.objects.filter(instrument=instrument, removed_at__isnull=True).order_by("language")


def is_validated(instrument: str, language: str) -> bool:
    """Whether somebody validated this language version."""
    rows = InstalledWording.objects.filter(instrument=instrument, language=language, removed_at__isnull=True)
    return rows.filter(validated=True).exists()


def permission_of(instrument: str) -> OwnerPermission | None:
    """The permission of the instrument's owner that counts: the newest that was recorded, whether it holds or not."""
    return OwnerPermission.objects.filter(instrument=instrument).order_by("recorded_at", "id").last()


def permissions(today: date | None = None) -> frozenset[str]:
    """The instruments whose owner's permission is recorded and holds today. It is of no one place: the day of UTC."""
    day = today or clock.day_in_utc()
    newest: dict[str, OwnerPermission] = {}
    for row in OwnerPermission.objects.order_by("recorded_at", "id"):
        newest[row.instrument] = row
    return frozenset(code for code, row in newest.items() if holds(row, day))


def holds(row: OwnerPermission, day: date) -> bool:
    """Whether a permission holds on a day."""
    return row.given_on <= day and (row.until is None or day <= row.until)


def locked(card: Card) -> str | None:
    """Why the instrument may not be asked, or None; see `rules.scoring.lock`."""
    return lock(card, permissions() if card.licence.permission_required else ())


def asking(card: Card, language: str) -> Asking:
    """In which words this instrument is put to a person in a language.

    Not loaded in that language: an interpreter reads from one that is, and the answers are marked not validated.

    Raises:
        Locked: see `rules.scoring.lock`. WordingMissing: no wording is loaded, and this is no demonstration.
    """
    why = locked(card)
    if why is not None:
        raise Locked(why)
    rows = {row.language: row for row in installed(card.code) if row.version == card.version}
    row = rows.get(language)
    if row is not None:
        return Asking(row.digest, row.language, row.validated)
    if language and rows:
        other = rows.get("en") or next(iter(rows.values()))
        return Asking(other.digest, other.language, False)
    if settings.KARAMA_DEMO and language:
        return Asking(DEMONSTRATION, language, language.split("-")[0] in dict(settings.LANGUAGES))
    raise WordingMissing()


def words_for(card: Card, language: str, asked: Asking | None = None) -> Wording:
    """The text to show for `asked`, which is `asking(card, language)`; in a demonstration the topic labels. Raises like
    `asking`."""
    asked = asked or asking(card, language)
    if asked.digest == DEMONSTRATION:
        return demonstration(card, language)
    row = InstalledWording.objects.get(instrument=card.code, language=asked.language, removed_at__isnull=True)
    found = load(row)
    if found is None:
        raise WordingMissing()
    return found


def demonstration(card: Card, language: str = "") -> Wording:
    """Topic labels and answer codes in our own words: to review a card and to demonstrate, never to score a person."""
    return Wording(
        instrument=card.code,
        language=language,
        items={item.code: said_in(language, item.topic) for item in card.items},
        answers={
            one.code: {answer.code: said_in(language, answer.code) for answer in one.answers}
            for one in card.answer_sets
        },
        title=card.name,
        version=card.version,
        demonstration=True,
    )
