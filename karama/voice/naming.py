"""Which colleagues are named in a message: for them it does not exist. Rather one too many than one too few."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from typing import Final
from uuid import UUID

from karama.accounts import reach
from karama.accounts.models import Posting
from karama.journal import clock

WORD: Final = re.compile(r"[^\W\d_]{2,}", re.UNICODE)
LONG: Final = 4
"""Names from this many letters on are also known when they are written a little differently."""

LIKE: Final = 0.8
MOST_WORDS: Final = 40


def named_in(words: str, about: str = "") -> set[UUID]:
    """Everybody whose work alias or sign-in name stands in the words; in `about` also when it is spelt otherwise."""
    told = _letters(words)
    pointed = sorted(_letters(about))[:MOST_WORDS]
    found: set[UUID] = set()
    for user, alias, username in _everybody():
        names = _letters(alias) | _letters(username)
        if names & (told | set(pointed)) or any(_alike(one, other) for one in names for other in pointed):
            found.add(user)
    return found


def _everybody() -> list[tuple[UUID, str, str]]:
    rows = Posting.objects.filter(reach.not_over(clock.now()), user__is_active=True).order_by("id")
    return list(rows.values_list("user_id", "work_alias", "user__username"))


def _letters(text: str) -> set[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(one for one in plain if not unicodedata.combining(one))
    return {one for one in WORD.findall(bare) if len(one) > 2 or len(bare) <= LONG}


def _alike(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= LONG and SequenceMatcher(None, one, other).ratio() >= LIKE
