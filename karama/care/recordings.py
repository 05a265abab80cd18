"""Questions read aloud: files beside the wording, for whoever cannot or does not want to read.

They lie under `KARAMA_HOME/wording/<instrument>/<language>.audio/`, named by what they contain, so that a file that was
changed is another file and is not played.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import models

from karama.care.models import InstalledRecording
from karama.care.wording import put
from karama.security import digests

LARGEST: Final = 3_000_000
"""Bytes of one recording: about three minutes of speech."""

LARGEST_TRAVELLING: Final = 200_000
"""Bytes of one that goes to telephones, which carry it over a weak link: half a minute of speech or more, packed for
speech. A larger one is heard at the desk alone."""

SHORT: Final = 8
"""Characters of a digest that tell one recording of a question from another."""

TYPES: Final = {"mp3": "audio/mpeg", "ogg": "audio/ogg", "m4a": "audio/mp4", "webm": "audio/webm", "wav": "audio/wav"}


def format_of(content: bytes) -> str:
    """The kind of sound file by its first bytes; empty when it is none that a browser plays."""
    if content[:3] == b"ID3" or (len(content) > 1 and content[0] == 0xFF and content[1] & 0xE0 == 0xE0):
        return "mp3"
    if content[:4] == b"OggS":
        return "ogg"
    if content[4:8] == b"ftyp":
        return "m4a"
    if content[:4] == b"\x1aE\xdf\xa3":
        return "webm"
    return "wav" if content[:4] == b"RIFF" and content[8:12] == b"WAVE" else ""


def keep(instrument: str, language: str, content: bytes) -> tuple[str, str]:
    """Write a recording in one step. Returns its format and digest."""
    kind, digest = format_of(content), digests.sha256(content).hex()
    put(_path(instrument, language, digest), content)
    return kind, digest


def load(row: InstalledRecording) -> bytes | None:
    """The sound of a row; None when the file is gone or is not the one that was installed."""
    try:
        content = _path(row.instrument, row.language, row.digest).read_bytes()
    except OSError:
        return None
    return content if digests.sha256(content).hex() == row.digest else None


def spoken(instrument: str, language: str) -> frozenset[str]:
    """The items of a wording that can be heard."""
    return frozenset(in_force(instrument, language).values_list("item", flat=True))


def in_force(instrument: str, language: str) -> models.QuerySet[InstalledRecording]:
    """The recordings of a wording that are in force."""
    return InstalledRecording.objects.filter(instrument=instrument, language=language, removed_at__isnull=True)


def travelling(parts: Mapping[str, Any]) -> dict[str, Any]:
    """The part `sounds`: which questions of these instruments, as they travel, a telephone may have read aloud.

    `sound:<instrument>:<language>:<item>` -> (start of the digest, bytes, media type). No part when there is none.
    """
    told: dict[str, Any] = {}
    for row in InstalledRecording.objects.filter(removed_at__isnull=True).order_by("instrument", "language", "item"):
        part, size = parts.get(f"instrument:{row.instrument}"), size_of(row)
        if part and not part["locked"] and row.language in part["wording"] and 0 < size <= LARGEST_TRAVELLING:
            name = f"sound:{row.instrument}:{row.language}:{row.item}"
            told[name] = [row.digest[:SHORT], size, TYPES[row.format]]
    return {"sounds": told} if told else {}


def sound(name: str, digest: str) -> bytes | None:
    """What `travelling` named; None when another one is in force by now, or its file is gone."""
    _sound, instrument, language, item = name.split(":")
    row = in_force(instrument, language).filter(item=item, digest__startswith=digest).first()
    return load(row) if row is not None else None


def size_of(row: InstalledRecording) -> int:
    """Bytes of its file; 0 when it is gone."""
    try:
        return _path(row.instrument, row.language, row.digest).stat().st_size
    except OSError:
        return 0


def too_large_for_telephones(instrument: str, language: str) -> list[str]:
    """The items whose recording is heard at the desk alone."""
    rows = in_force(instrument, language).order_by("item")
    return [row.item for row in rows if size_of(row) > LARGEST_TRAVELLING]


def _path(instrument: str, language: str, digest: str) -> Path:
    return Path(settings.KARAMA_HOME) / "wording" / instrument / f"{language}.audio" / digest
