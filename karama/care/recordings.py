"""Questions read aloud: files beside the wording, for whoever cannot or does not want to read.

They lie under `KARAMA_HOME/wording/<instrument>/<language>.audio/`, named by what they contain, so that a file that was
changed is another file and is not played.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import models

from karama.care.models import InstalledRecording
from karama.care.wording import put
from karama.security import digests

LARGEST: Final = 3_000_000
"""Bytes of one recording: about three minutes of speech."""

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


def _path(instrument: str, language: str, digest: str) -> Path:
    return Path(settings.KARAMA_HOME) / "wording" / instrument / f"{language}.audio" / digest
