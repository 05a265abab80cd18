"""`karama open`: what left a desk as a sealed file, opened where its keys are."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.installation import found

SEAL = """
from pathlib import Path
from karama.security import courier
who = "01890000-0000-7000-8000-000000000001"
Path("work.krm").write_bytes(courier.sealed(b'{"person": "%s", "why": "refused"}' % who.encode()))
"""
LOG = """
from karama.journal.models import Access
print(list(Access.objects.filter(route="sync:held_file").values_list("people", flat=True)))
"""


@pytest.mark.sqlite
@pytest.mark.slow
@pytest.mark.database
def test_a_kept_file_opens_here_only(tmp_path: Path) -> None:
    """CL081: a file of held work shows nothing by itself, opens with the keys of its installation for
    a named user, who stands in the access log, and says when it is no file of it or was changed."""
    place = found(tmp_path)
    place.python(SEAL)
    file = tmp_path / "work.krm"
    sealed = file.read_bytes()
    assert b"refused" not in sealed
    assert '"why": "refused"' in place.karama("open", file, "--as", "hana")
    assert "[1]" in place.python(LOG)
    assert "--as" in place.karama("open", file, expect=2)
    for wrong in (sealed[:-1] + bytes([sealed[-1] ^ 1]), b"KRMC1" + b"\0" * 200, b""):
        file.write_bytes(wrong)
        said = place.karama("open", file, "--as", "hana", expect=3)
        assert "no file of this installation" in said
        assert "Traceback" not in said
