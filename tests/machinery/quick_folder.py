"""Where databases of the tests lie: in memory when the machine offers it, because their disk proves nothing there.

What a disk must keep is proved apart, by recording each write (`tests/security/power_loss`); on a small machine
the hundreds of databases of a run would otherwise spend most of their time waiting for it.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

MEMORY = Path("/dev/shm")
ENOUGH_BYTES = 2 * 1024**3


def quick_folder() -> str | None:
    """A folder in memory with two gigabytes free; none means the usual temporary folder."""
    if not (MEMORY.is_dir() and os.access(MEMORY, os.W_OK)):
        return None
    return str(MEMORY) if shutil.disk_usage(MEMORY).free >= ENOUGH_BYTES else None
