"""The same key in the same series of the same programme is the same person, by keyed digest."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from karama.journal import canonical, foreseen
from karama.people.models import SeriesKey
from karama.security import digests

KEYS = "people.series_keys"


def series_digest(programme: UUID, series: str, key: str) -> bytes:
    """HMAC-SHA256 of a key in a series; nobody without the keyring can try keys against it. 32 bytes."""
    told = canonical.text([programme.hex, series.strip(), key.strip()])
    return digests.keyed("people.series", told.encode("utf-8"))


def person_with_key(programme: UUID, series: str, key: str) -> UUID | None:
    """The person registered under this key of the series, or None."""
    digest = series_digest(programme, series, key)
    known = foreseen(KEYS)
    if digest in known:
        person: UUID | None = known[digest]
        return person
    found = SeriesKey.objects.filter(programme_id=programme, digest=digest)
    return found.values_list("person_id", flat=True).first()


def foresee_keys(keys: Collection[tuple[UUID, str, str]]) -> None:
    """Look up at once who stands under these (programme, series, key), for the calls of a batch."""
    known = foreseen(KEYS)
    digests_of_keys = [series_digest(*key) for key in keys]
    known.update(dict.fromkeys(digests_of_keys))
    # By programme too: the index begins with it, and without it SQLite reads every key there is for each batch.
    rows = SeriesKey.objects.filter(programme__in={programme for programme, *_key in keys}, digest__in=digests_of_keys)
    known.update({bytes(digest): person for digest, person in rows.values_list("digest", "person_id")})


def persons_with_keys(programme: UUID, series: str, keys: list[str]) -> dict[str, UUID]:
    """The same for many keys: `{key: person}` of those that are known. For imports: one query per 500 keys."""
    known: dict[str, UUID] = {}
    for start in range(0, len(keys), 500):
        digest_of = {series_digest(programme, series, key): key for key in keys[start : start + 500]}
        rows = SeriesKey.objects.filter(programme_id=programme, digest__in=list(digest_of))
        known.update({digest_of[bytes(digest)]: person for digest, person in rows.values_list("digest", "person_id")})
    return known
