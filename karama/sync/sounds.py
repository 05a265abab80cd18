"""Questions read aloud, for telephones that ask: in questions of their own, after all else, in pieces that may be lost.

Which there are stands in the part `sounds`: name -> (start of the digest, bytes, media type). What that part does not
name for this duty now is not there, whoever asks for it. docs/explanation/sync.md.
"""

from __future__ import annotations

from typing import Any, Final

from karama.journal import Actor, reading
from karama.sync import wire
from karama.sync.knowledge import parts_for
from karama.sync.registries import first, sounds

PART: Final = "sounds"


def pieces_for(by: Actor, ask: wire.Ask) -> dict[str, dict[str, Any]]:
    """The next bytes of each recording that was asked for, while room lasts. One that is not hers is left out."""
    with reading(by=by, purpose="care", route="sync.down"):
        known = parts_for(by).get(PART)
    room, sent = min(ask.size, wire.USUAL_PIECE), {}
    for name, start in ask.sounds.items():
        digest = known.content.get(name, ("",))[0] if known else ""
        content = (first(sounds, name, digest) if digest else None) or b""
        if room > 0 and start < len(content):
            piece = wire.b64(content[start : start + room * 3 // 4])
            sent[name] = {"digest": digest, "at": start, "content": piece}
            room -= len(piece)
    return sent
