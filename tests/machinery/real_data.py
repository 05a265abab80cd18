"""The public data sets on which the main job is proved: not ours to ship, a folder beside this one holds them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

VARIABLE: Final = "KARAMA_REAL_DATA"
BESIDE: Final = Path(__file__).resolve().parents[3] / "shared" / "data"
REAL_DATA: Final = Path(os.environ.get(VARIABLE) or BESIDE)
NOT_HERE: Final = f"the public data sets are not here; {VARIABLE} names their folder"
"""Why a test on them is skipped: an everyday run says so and goes on, a full run counts it as a failure."""


def are_here() -> bool:
    """Whether the folder is there, with its expected numbers."""
    return (REAL_DATA / "expected_values.json").is_file()
