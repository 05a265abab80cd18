"""What the journal keeps beside an operation that a telephone sent, in 109 bytes."""

from __future__ import annotations

import struct

EVIDENCE_FORMAT = 1
_evidence = struct.Struct(">BQHH32s64s")


def evidence(counter: int, place: int, of: int, digest: bytes, signature: bytes) -> bytes:
    """What the journal keeps beside an operation: enough to prove, together with its neighbours, who signed it."""
    return _evidence.pack(EVIDENCE_FORMAT, counter, place, of, digest, signature)


def digest_in(kept: bytes | memoryview | None) -> bytes:
    """The digest of the operation's text in what the journal keeps; empty when there is none."""
    content = bytes(kept or b"")
    if len(content) != _evidence.size or content[0] != EVIDENCE_FORMAT:
        return b""
    return bytes(_evidence.unpack(content)[4])


def parts_of(kept: bytes) -> tuple[int, int, int, bytes, bytes] | None:
    """Counter, place, number of operations, digest and signature; None when it is none of it."""
    if len(kept) != _evidence.size or kept[0] != EVIDENCE_FORMAT:
        return None
    _format, counter, place, of, digest, signature = _evidence.unpack(kept)
    return counter, place, of, bytes(digest), bytes(signature)
