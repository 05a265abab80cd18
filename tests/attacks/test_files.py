"""AT045: what is written to the disk holds none of a participant's words (P2).

In a file of its own, because it needs an installation that commits.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings as house
from django.db import connection, connections

from tests.attacks.canaries import CANARIES
from tests.attacks.conftest import QUICK_HASH
from tests.attacks.ground import made

HERS = {name: token for name, (where, token) in CANARIES.items() if where != "grant"}
"""What a participant or a colleague said. The public name of a donor is nobody's word and stands in the open."""


def test_nothing_of_hers_stands_in_the_files(transactional_db: None, installation: Any, settings: Any) -> None:
    """AT045: on SQLite, the bytes of the database, its write-ahead log and the key database hold none of her words."""
    settings.KARAMA_DEMO = True
    settings.PASSWORD_HASHERS = QUICK_HASH
    made()
    if connections["default"].vendor != "sqlite":
        _no_row_holds_a_canary()
        return
    home = Path(house.KARAMA_HOME)
    files = [one for folder in ("data", "keys", "ledger") for one in (home / folder).rglob("*") if one.is_file()]
    assert any(one.stat().st_size > 100_000 for one in files)
    for one in files:
        content = one.read_bytes()
        for name, token in HERS.items():
            assert token.encode() not in content, (one.name, name)
            assert token.encode("utf-16-le") not in content, (one.name, name)


def _no_row_holds_a_canary() -> None:
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            text = b"".join(bytes(cell) if isinstance(cell, memoryview) else repr(cell).encode()
                            for row in cursor.fetchall() for cell in row)  # fmt: skip
            assert not [name for name, token in HERS.items() if token.encode() in text], table
