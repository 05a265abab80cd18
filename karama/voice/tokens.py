"""What a page carries so that a message sent twice arrives once, and the token under which its answer is found.

Token and operation both come from the page's random seed and the very content: the same page sent again gives the
same token; another content is another message. The database holds neither seed nor token, only a slow keyed digest.
"""

from __future__ import annotations

import re
from typing import Final
from uuid import UUID

from karama.rules.reply_tokens import token_of
from karama.security import digests, randomness

SEED: Final = re.compile(r"[A-Za-z0-9_-]{43}")


def new_seed() -> str:
    """Random characters for one page."""
    return randomness.token()


def seed_of(text: str) -> str:
    """The seed that a page sent back; a new one when it is none."""
    return text if SEED.fullmatch(text) else new_seed()


def token_for(seed: str, content: str) -> str:
    """The reply token of this message."""
    return token_of(digests.keyed("voice.reply", _both(seed, content)))


def operation_for(seed: str, content: str, what: str = "") -> UUID:
    """The operation id of this message: the same for the same page and content."""
    return UUID(bytes=digests.keyed(f"voice.operation.{what}", _both(seed, content))[:16], version=4)


def key_of(token: str) -> str:
    """What is kept of a token: 64 hexadecimal characters that cost some tens of milliseconds each."""
    return digests.slow_keyed("voice.reply_token", token.encode("ascii")).hex()


def place_code(site: UUID) -> str:
    """The four digits by which a poster names its place, without naming it."""
    return f"{int.from_bytes(digests.keyed('voice.place', site.bytes)[:4], 'big') % 10000:04d}"


def _both(seed: str, content: str) -> bytes:
    return seed.encode("ascii") + b"\0" + content.encode("utf-8", "surrogatepass")
