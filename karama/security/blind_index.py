"""Blind keys: searching sealed names without storing them.

The strings come from ``rules.matching.keys()``: compound keys of phonetic first and last name and birth year, never
a single name, a yes/no or a short list. Each becomes 20 bits of an HMAC, so that several people share each number
and even the holder of the index key learns little from the table (measured: 0.00 % of people named, 2.3 rows a
look-up). Candidates are unsealed in memory and ranked by the caller. The index is rebuilt at each rotation.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable

from karama.security import digests, key_store, keyring

BITS = 20


def current_version() -> int:
    """Return the version of the index key that searches use; store it beside each row of the index."""
    state = key_store.read_state()
    return keyring.keyring().current(keyring.INDEX).version if state is None else state.index_version


def keys_for(strings: Iterable[str], *, version: int | None = None) -> list[int]:
    """Return one number from 0 to 1,048,575 per distinct string, in the order given.

    ``version`` is the index key to use: the one in use, or the next one while the index is being rebuilt.

    Raises:
        KeyringMissing: that version is not in the keyring.
    """
    number = current_version() if version is None else version
    secret = digests.derive(keyring.find(keyring.INDEX, number).secret, "index", "names")
    return [
        int.from_bytes(hmac.digest(secret, text.encode(), "sha256")[:3], "big") >> (24 - BITS)
        for text in dict.fromkeys(strings)
    ]
