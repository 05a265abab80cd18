"""Build hook of the wheel: compiles the translations, so that an installed package needs to write nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polib
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Catalogues(BuildHookInterface):
    """Writes a `.mo` beside every `.po`; `artifacts` in pyproject.toml puts them into the wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it collects files."""
        for source in Path(self.root).glob("karama/ui/locale/*/LC_MESSAGES/django.po"):
            polib.pofile(str(source)).save_as_mofile(str(source.with_suffix(".mo")))
