"""Build hook of the wheel: compiles the translations and builds the telephone's app; nothing is made on arrival."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import polib
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Made(BuildHookInterface):
    """Writes a `.mo` beside every `.po`, and the app of field/; `artifacts` in pyproject.toml ships both."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it collects files."""
        for source in Path(self.root).glob("karama/ui/locale/*/LC_MESSAGES/django.po"):
            polib.pofile(str(source)).save_as_mofile(str(source.with_suffix(".mo")))
        subprocess.run([sys.executable, Path(self.root) / "field" / "build.py"], check=True)
