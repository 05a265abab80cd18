"""`karama open`: what left a desk as a sealed file, opened where its keys are."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.installation import found

SEAL = """
from pathlib import Path
from karama.security import courier
Path("work.krm").write_bytes(courier.sealed(b'{"why": "refused"}'))
"""


@pytest.mark.sqlite
@pytest.mark.slow
@pytest.mark.database
def test_a_kept_file_opens_here_only(tmp_path: Path) -> None:
    """CL081: a file of held work shows nothing by itself, opens with the keys of its installation, and says when it is
    no file of it or was changed."""
    place = found(tmp_path)
    place.python(SEAL)
    file = tmp_path / "work.krm"
    sealed = file.read_bytes()
    assert b"refused" not in sealed
    assert '{"why": "refused"}' in place.karama("open", file)
    for wrong in (sealed[:-1] + bytes([sealed[-1] ^ 1]), b"KRMC1" + b"\0" * 200, b""):
        file.write_bytes(wrong)
        said = place.karama("open", file, expect=3)
        assert "no file of this installation" in said
        assert "Traceback" not in said
