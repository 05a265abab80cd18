"""What a page carries so that a message sent twice arrives once, and the token under which its answer is found.

Token and operation both come from the page's random seed and the very content: the same page sent again gives the
same token; another content is another message. The database holds neither seed nor token, only a slow keyed digest.
"""

from __future__ import annotations

import re
import time
from typing import Final
from uuid import UUID

from karama.rules.reply_tokens import token_of
from karama.security import digests, randomness

RANDOM: Final = 43
SEED: Final = re.compile(r"[A-Za-z0-9_-]{43}(?:-[0-9a-f]{8}-[0-9a-f]{8})?")
FRESH: Final = 15 * 60
"""Seconds after which a page that is sent again shows its code no more. Whoever finds the telephone later could read
the answer with it; whoever waited for a slow line has seen it by then."""


def new_seed() -> str:
    """Random characters for one page, the second at which it was made, and a mark that no other second bears."""
    seed = f"{randomness.token()}-{int(time.time()):08x}"
    return f"{seed}-{_mark(seed)}"


def seed_of(text: str) -> str:
    """The seed that a page sent back; a new one when it is none."""
    return text if SEED.fullmatch(text) else new_seed()


def is_fresh(seed: str) -> bool:
    """Whether a page was made a short time ago. One that does not say when, or not truly, was not."""
    bare, _dash, mark = seed.rpartition("-")
    if len(seed) == RANDOM or mark != _mark(bare):
        return False
    return 0 <= time.time() - int(bare[RANDOM + 1 :], 16) <= FRESH


def _mark(seed: str) -> str:
    return digests.keyed("voice.seed", seed.encode("ascii")).hex()[:8]


def token_for(seed: str, content: str) -> str:
    """The reply token of this message."""
    return token_of(digests.keyed("voice.reply", _both(seed, content)))


def operation_for(seed: str, content: str, what: str = "") -> UUID:
    """The operation id of this message: the same for the same page and content."""
    return UUID(bytes=digests.keyed(f"voice.operation.{what}", _both(seed, content))[:16], version=4)


def key_of(token: str) -> str:
    """What is kept of a token: 64 hexadecimal characters that cost some tens of milliseconds each."""
    return digests.slow_keyed("voice.reply_token", token.encode("ascii")).hex()


def place_code(site: UUID, turn: int = 0) -> str:
    """Four digits by which a poster may name a place, without naming it; `turn`: the next ones when they are taken."""
    place = site.bytes + (turn.to_bytes(2, "big") if turn else b"")
    return f"{int.from_bytes(digests.keyed('voice.place', place)[:4], 'big') % 10000:04d}"


def _both(seed: str, content: str) -> bytes:
    return seed[:RANDOM].encode("ascii") + b"\0" + content.encode("utf-8", "surrogatepass")
