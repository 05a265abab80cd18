"""The messages of the protocol: what may come, how large, and what exactly is digested and signed.

Whatever is signed travels as a text and is digested as those very bytes: nobody has to spell JSON like anybody else.
docs/decisions/0081-operation-and-digest.md, 0082-signatures-and-receipts.md and 0083-cursor-changes-purges.md.
"""

from __future__ import annotations

import gzip
import io
import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import pydantic
from pydantic import BaseModel, ConfigDict, Field

from karama.security import digests, signing
from karama.sync.problems import NotReadable, TooLarge

VERSION = 1
CONTRACT = 3
"""The number of the contract between telephone and server (field/contract.ts): it rises when an app goes into the field
(tests/machinery/frozen.py), and what the last two said is still taken. `VERSION` is that of the messages around it."""
LARGEST_BODY = 2 * 1024 * 1024
LARGEST_UNPACKED = 16 * 1024 * 1024
LARGEST_OPERATION = 256 * 1024
MOST_OPERATIONS = 500
MOST_UPLOADS = 50
MOST_SOUNDS = 8
MOST_ATTACHED, LARGEST_ATTACHED, LARGEST_PART = 3, 600_000, 64_000
"""Attachments of one operation; bytes of one, and of what of it comes at once."""

SMALLEST_PIECE, USUAL_PIECE, LARGEST_PIECE = 2_000, 64_000, 1_000_000
"""Bytes of changes in one reply, before packing: the telephone asks for what its network carries."""

OPERATIONS, RECEIPTS, ASK = "karama.operations.1", "karama.receipts.1", "karama.ask.1"
SHARE = "karama.share.1"
Seq = Annotated[int, Field(ge=0, le=2**53)]
Words = Annotated[str, Field(max_length=400)]
PartName = Annotated[str, Field(max_length=80)]
PartDigest = Annotated[str, Field(max_length=64)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Message(BaseModel):
    """What the protocol does not know is refused: it is signed, and nobody signs for what nobody reads."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Operation(Message):
    """One action, as its author did it on her telephone. Immutable once it is made.

    `counter`: counts up on this telephone for this author, whatever its clock says. `base`: "kind:row" -> the sequence
    number of the version she had before her. `done_at`: what the telephone's clock said; it is data, never order.
    """

    v: Literal[1]
    id: UUID
    action: Annotated[str, Field(max_length=80, pattern=r"^[a-z_]+\.[a-z_]+$")]
    arguments: dict[str, Any]
    counter: Seq
    base: dict[str, Seq] = {}
    done_at: Words = ""

    @pydantic.field_validator("id")
    @classmethod
    def _is_made_by_time(cls, value: UUID) -> UUID:
        if value.version != 7:
            raise ValueError("not a version 7 identifier")
        return value


class Named(Message):
    """An attachment as the argument `attachments` of an operation names it. Its bytes come after, in parts."""

    sha256: Sha256
    mime: Literal["audio/webm", "audio/ogg", "audio/mp4"]
    size: Annotated[int, Field(ge=1, le=LARGEST_ATTACHED)]


class Part(Message):
    """The next bytes of an attachment that an operation of the same author names; none only asks how far it is."""

    op: UUID
    sha256: Sha256
    at: Seq
    content: Annotated[str, Field(max_length=LARGEST_PART * 4 // 3 + 4)] = ""


class Upload(Message):
    """Operations of one author in one duty, in her order, under one signature. A carrier never opens or changes it."""

    key: UUID
    posting: UUID
    operations: Annotated[list[str], Field(min_length=1, max_length=MOST_OPERATIONS)]
    signature: Words


class Cursor(Message):
    """How far somebody has read: a sequence number, and the life of the database it belongs to."""

    epoch: UUID
    seq: Seq


class Holding(Message):
    """What the telephone holds of one file: read up to `seq`, and the digest of the rows it has."""

    seq: Seq
    check: Annotated[str, Field(max_length=16)] = ""


class ShareAsk(Message):
    """Under which share the records of a telephone lie ("" is none), and the digest of the one it has in memory."""

    id: Annotated[str, Field(max_length=36)] = ""
    check: Annotated[str, Field(max_length=16)] = ""


class Ask(Message):
    """What a telephone wants to know. `holds`: person -> how much of that file it has; "" is what is about nobody.

    `lens`: what the last reply said it was seen through. `challenge`: the one of the last reply. `codes`: how many
    unused codes for registering it wants to have. `knowledge`: part -> digest of what it knows of its programme; None
    from a telephone that does not ask. `keeps`: whether its browser promised to keep what lies there; None from one
    that cannot say. `sounds`: recording -> from which byte on; such a question is answered with pieces of these alone.
    `part`: bytes of an attachment; such a question is answered with how far it is here, and nothing else.
    `share`: such a question is answered with what is to be said of this server's share alone.
    """

    v: Literal[1]
    posting: UUID
    challenge: Words = ""
    cursor: Cursor | None = None
    lens: Words = ""
    holds: Annotated[dict[UUID | Literal[""], Holding], Field(max_length=400)] = {}
    limit: Annotated[int, Field(ge=1, le=2**31)] = USUAL_PIECE
    codes: Annotated[int, Field(ge=0, le=50)] = 0
    knowledge: Annotated[dict[PartName, PartDigest], Field(max_length=400)] | None = None
    keeps: bool | None = None
    sounds: Annotated[dict[PartName, Seq], Field(max_length=MOST_SOUNDS)] = {}
    part: Part | None = None
    share: ShareAsk | None = None

    @property
    def size(self) -> int:
        """Bytes of one reply, within what this server sends at once."""
        return min(max(self.limit, SMALLEST_PIECE), LARGEST_PIECE)


class SignedAsk(Message):
    """A question under the signature of who asks it."""

    key: UUID
    text: Annotated[str, Field(max_length=200_000)]
    signature: Words


class Request(Message):
    """One exchange: what is carried up, and what is asked."""

    v: Literal[1]
    uploads: Annotated[list[Upload], Field(max_length=MOST_UPLOADS)] = []
    ask: SignedAsk | None = None


def read_request(body: bytes, encoding: str) -> Request:
    """The request in a body. Raises `NotReadable`, `TooLarge`."""
    if len(body) > LARGEST_BODY:
        raise TooLarge()
    plain = unpack(body) if encoding.strip().lower() == "gzip" else body
    try:
        return Request.model_validate_json(plain)
    except (pydantic.ValidationError, UnicodeDecodeError, RecursionError):
        raise NotReadable() from None


def unpack(body: bytes) -> bytes:
    """What was packed, never more than is received. Raises `NotReadable`, `TooLarge`."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(body)) as packed:
            plain = packed.read(LARGEST_UNPACKED + 1)
    except (OSError, EOFError, ValueError, zlib.error):
        raise NotReadable() from None
    if len(plain) > LARGEST_UNPACKED:
        raise TooLarge()
    return plain


def pack(told: str) -> bytes:
    """A text packed; the same text gives the same bytes."""
    return gzip.compress(told.encode(), compresslevel=6, mtime=0)


def read_operation(text: str) -> Operation | None:
    """The operation in a text; None when it is none."""
    if len(text) > LARGEST_OPERATION:
        return None
    try:
        return Operation.model_validate_json(text)
    except (pydantic.ValidationError, ValueError, RecursionError):
        pass
    try:
        return Operation.model_validate(loosely(text))
    except (pydantic.ValidationError, ValueError, RecursionError):
        return None


def loosely(text: str) -> dict[str, Any]:
    """Whatever object a text holds, with half characters (a cut emoji) replaced; empty when it holds none."""
    try:
        found = json.loads(text)
        return _whole(found) if isinstance(found, dict) else {}
    except (ValueError, RecursionError):
        return {}


def _whole(value: Any) -> Any:
    if isinstance(value, dict):
        return {_whole(name): _whole(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_whole(one) for one in value]
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def read_ask(text: str) -> Ask | None:
    """The question in a text; None when it is none."""
    try:
        return Ask.model_validate_json(text)
    except (pydantic.ValidationError, ValueError, RecursionError):
        return None


def moment_of(told: str) -> datetime | None:
    """What a telephone's clock said, in UTC; None when it is no moment. Any year is a moment, 1970 too."""
    try:
        found = datetime.fromisoformat(told)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def text_of(value: Any) -> str:
    """A value as the JSON that is sent."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def b64(content: bytes) -> str:
    """Bytes in base64 for addresses, without filling."""
    return urlsafe_b64encode(content).rstrip(b"=").decode("ascii")


def from_b64(text: str) -> bytes:
    """The bytes again; empty when it is none."""
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        return b""


def digest_of(text: str) -> bytes:
    """The digest of an operation: SHA-256 over the bytes of its text."""
    return digests.sha256(text.encode("utf-8", "surrogatepass"))


def operations_message(key: UUID, posting: UUID, told: Sequence[bytes]) -> bytes:
    """What an author signs: her key, her duty, and the digests of her operations in their order."""
    return signing.message(OPERATIONS, key.bytes, posting.bytes, *told)


def receipts_message(key: UUID, receipts: Sequence[str]) -> bytes:
    """What this server signs: for which key, and each receipt as the text it is."""
    return signing.message(RECEIPTS, key.bytes, *(one.encode() for one in receipts))


def share_message(key: UUID, challenge: str, text: str) -> bytes:
    """What this server signs of what it says about a share: for which key, in answer to which question."""
    return signing.message(SHARE, key.bytes, challenge.encode(), text.encode())


def ask_message(key: UUID, text: str) -> bytes:
    """What is signed of a question."""
    return signing.message(ASK, key.bytes, text.encode("utf-8", "surrogatepass"))
