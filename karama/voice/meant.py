"""Who is meant in a message: by name or by duty, beside the question and in free words."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from karama.rules.complaints import Post, overlaps
from karama.voice.naming import named_in
from karama.voice.readers import users
from karama.voice.said_duties import duties_in


def meant(kind: str, danger: str, words: str, about: str, here: Post, posts: Iterable[Post]) -> set[UUID]:
    """Beside the question whatever the face; in free words not where it is thanks or a suggestion. Whoever holds a duty
    that is named there is meant like somebody who is named, at the place as it is kept."""
    told = words if kind in ("complaint", "sensitive") or danger != "none" else ""
    duties = duties_in(told, about)
    holding = users(one.user for one in posts if one.duty in duties and overlaps(one, here))
    return named_in(told, about) | holding
