"""What an entry and its changes are digested and chained as. Changing a letter here breaks every journal there is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from karama.journal import canonical
from karama.journal.models import Change, Entry
from karama.security import digests


@dataclass(slots=True)
class ChangeLine:
    """A `Change` that is being written: the same attributes, without what a model carries about with it."""

    seq: int
    place: int
    kind: int
    row: UUID
    subject: UUID | None
    deed: str
    fields: str


@dataclass(slots=True)
class EntryLine:
    """An `Entry` that is being written."""

    seq: int
    epoch: UUID
    id: UUID
    parent: UUID | None
    action: str
    actor_kind: str
    actor_id: UUID
    actor_duty: str
    device_id: UUID | None
    op_id: UUID | None
    digest: bytes
    result: UUID | None
    device_at: datetime | None
    server_at: datetime
    changes_digest: bytes
    hash: bytes = b""
    author_signature: bytes | None = None


def changes_digest(changes: Sequence[ChangeLine | Change]) -> bytes:
    """SHA-256 over the changes of one entry, in their order."""
    return digests.sha256("\n".join(_line(one) for one in changes).encode("utf-8"))


def _line(change: ChangeLine | Change) -> str:
    """What `canonical.text` gives for the list of these six, put together by hand: it is half the cost of a digest."""
    subject = f'"{change.subject.hex}"' if change.subject else "null"
    told = canonical.quoted(change.fields)
    return f'[{change.place},{change.kind},"{change.row.hex}",{subject},"{change.deed}",{told}]'


CHAINED = ("seq", "epoch", "id", "parent", "action", "actor_kind", "actor_id", "actor_duty", "device_id", "op_id") + (
    "digest",
    "result",
    "device_at",
    "server_at",
    "changes_digest",
    "author_signature",
)


def link(head: bytes, entry: EntryLine | Entry) -> bytes:
    """The keyed hash that ties an entry to the one before. Its key lies in the keyring, not in the database."""
    told = canonical.text([canonical.plain(getattr(entry, name)) for name in CHAINED])
    return digests.keyed("journal.chain", head + told.encode("utf-8"))
