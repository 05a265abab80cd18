"""Proving later, from the journal alone, that an author signed what stands under her name (T16)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from uuid import UUID

from karama.journal.models import Entry
from karama.security import signing
from karama.sync import proof, wire
from karama.sync.models import HeldOperation
from karama.sync.registries import Signer, first, postings_of, signers

Group = dict[int, bytes]


def unproven() -> Iterator[int]:
    """The sequence numbers of entries whose kept signature is not of their author over what is kept.

    An upload is signed as a whole: where some of its operations came under another signature before, it cannot be put
    together again, and nothing is said of it.
    """
    groups: dict[bytes, Group] = defaultdict(dict)
    entries: dict[bytes, list[Entry]] = defaultdict(list)
    sizes: dict[bytes, int] = {}
    postings: dict[bytes, UUID] = {}
    for entry in Entry.objects.exclude(author_signature=None).order_by("seq").iterator(chunk_size=2000):
        parts = proof.parts_of(bytes(entry.author_signature or b""))
        if parts is None:
            yield entry.seq
            continue
        _counter, place, of, digest, signature = parts
        groups[signature][place], sizes[signature] = digest, of
        entries[signature].append(entry)
    for row in HeldOperation.objects.order_by("recorded_at").iterator(chunk_size=2000):
        parts = proof.parts_of(bytes.fromhex(row.evidence))
        if parts is not None:
            groups[parts[4]][parts[1]], sizes[parts[4]] = parts[3], parts[2]
            postings[parts[4]] = row.posting_id
    for signature, own in entries.items():
        if len(groups[signature]) == sizes[signature] and not _is_true(own[0], signature, groups[signature], postings):
            yield from (entry.seq for entry in own)


def _is_true(entry: Entry, signature: bytes, group: Group, postings: dict[bytes, UUID]) -> bool:
    signer: Signer | None = first(signers, entry.device_id)
    if signer is None or signer.user != entry.actor_id:
        return False
    digests = [group[place] for place in sorted(group)]
    tried = [postings[signature]] if signature in postings else _held_by(signer)
    return any(
        signing.verified(signer.public_key, signature, wire.operations_message(signer.device, posting, digests))
        for posting in tried
    )


def _held_by(signer: Signer) -> list[UUID]:
    return [posting for _room, answer in postings_of for posting in answer(signer.user)]
