"""Who is meant in a message: by name or by duty, beside the question and in free words."""

from __future__ import annotations

from uuid import UUID

from karama.rules.complaints import Post
from karama.voice.around import Around
from karama.voice.naming import named_in
from karama.voice.said_duties import duties_in


def meant(
    kind: str, danger: str, words: str, about: str, here: Post, around: Around, *, chosen: bool = False
) -> set[UUID]:
    """Beside the question whatever the face; in free words not where whoever wrote chose herself (`chosen`) that it is
    thanks or a suggestion: a face is tapped by who is afraid, too. Whoever holds a duty that is named there, or stands
    in for her, is meant like somebody who is named, at the place as it is kept."""
    told = words if not chosen or kind in ("complaint", "sensitive") or danger != "none" else ""
    return named_in(told, about) | around.holding(duties_in(told, about), here)
