"""The same keeping of a whole installation on PostgreSQL."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli import test_keeping
from tests.cli.installation import KIT, Place
from tests.machinery.postgres import Postgres


@pytest.mark.postgresql
@pytest.mark.slow
def test_what_was_taken_back_or_erased_since_stays_so_there(tmp_path: Path, db: None) -> None:
    """CL008: on PostgreSQL, too, withdrawals and erasures since the backup outlive one restore and a second (P11)."""
    with Postgres() as server:
        place = Place(tmp_path / "home")
        names = ["--organisation", "Tests", "--programme", "colombia-community", "--operator", "hana"]
        where = ["--database", server.address("kept"), "--keys-database", server.address("kept_keys")]
        kit = KIT.search(place.karama("init", *names, *where, "--yes"))
        assert kit is not None
        (tmp_path / "kit.txt").write_text(kit.group(), encoding="utf-8")
        test_keeping.import_answers(place)
        test_keeping.test_what_was_taken_back_or_erased_since_stays_so(place, tmp_path / "usb")
