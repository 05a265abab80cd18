"""A real installation in a folder of its own, driven by the real command line in processes of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KIT = re.compile(r"AGE-SECRET-KEY-\S+")


@dataclass
class Place:
    """An installation made by `karama init`: its data folder and the recovery key that was printed."""

    home: Path
    kit: str = ""

    @property
    def environment(self) -> dict[str, str]:
        """The variables of a process that works on this installation and on nothing else."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("KARAMA_")}
        keyring = str(self.home.with_name(self.home.name + ".keyring"))
        return kept | {"KARAMA_HOME": str(self.home), "KARAMA_KEYRING": keyring, "PYTHONPATH": str(ROOT)}

    def karama(self, *arguments: str | Path, expect: int = 0, typed: str = "") -> str:
        """Run the command line; returns everything it said. Fails when the exit code is another one."""
        command = [sys.executable, "-m", "karama", *map(str, arguments)]
        return self._run(command, expect, typed)

    def python(self, code: str) -> str:
        """Run a few lines inside the installation, with Django started."""
        started = f"from karama.cli.starting import start\nstart()\n{code}"
        return self._run([sys.executable, "-c", started], 0, "")

    def _run(self, command: list[str], expect: int, typed: str) -> str:
        done = subprocess.run(
            command, cwd=self.home.parent, env=self.environment, input=typed, capture_output=True, text=True
        )
        said = done.stdout + done.stderr
        assert done.returncode == expect, f"{command[2:5]} ended with {done.returncode}:\n{said[-3000:]}"
        return said


def found(folder: Path, programme: str = "colombia-community") -> Place:
    """Make one in this folder, as the manual says."""
    place = Place(folder / "home")
    said = place.karama("init", "--organisation", "Tests", "--programme", programme, "--operator", "Hana", "--yes")
    kit = KIT.search(said)
    assert kit, said
    place.kit = kit.group()
    (folder / "kit.txt").write_text(place.kit + "\n", encoding="utf-8")
    return place
