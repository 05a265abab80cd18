"""Stairs go down only, also where no import says so. Imports themselves are refused by lint-imports."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from tests.house.reading import PACKAGE, modules, report, stairs, strings

MODEL = re.compile(r"([a-z_]+)\.[A-Z]\w+")
MODULE = re.compile(r"karama\.([a-z_]+)(\.\w+)*")


def test_strings_climb_no_stairs() -> None:
    """HS001: no string names a model or a module of a higher room, in a foreign key or a late import."""
    heights = stairs()
    broken = []
    for module in modules():
        here = heights.get(module.room)
        if here is None or module.room in {"settings", "urls", "cli"}:
            continue
        for line, value in strings(module):
            found = MODEL.fullmatch(value) or MODULE.fullmatch(value)
            there = heights.get(found.group(1)) if found else None
            if found and there is not None and found.group(1) != module.room and there >= here:
                broken.append(f"{module.name}:{line} names {value!r}, which stands higher than {module.room}")
    report(
        broken,
        "keep a plain id (a UUIDField without foreign key), or let the higher room leave an answer in "
        "karama/journal/registries.py.",
    )


def test_every_room_stands_on_a_stair() -> None:
    """HS002: each folder and file of the package stands in the order of the stairs."""
    rooms = {module.room for module in modules()} - {"__init__"}
    report(
        [f"karama/{room} stands nowhere" for room in rooms - set(stairs())],
        "add it to the layers of the contract 'stairs' in pyproject.toml, where DESIGN 3 has it.",
    )


def test_lint_imports_refuses_a_climbing_import(tmp_path: Path) -> None:
    """HS003: an import that climbs is refused, so the contract is not only written but kept."""
    settings = (PACKAGE.parent / "pyproject.toml").read_text(encoding="utf-8")
    house = tmp_path / "karama"
    for room in ("ui", "jobs", "journal", "security", "knowledge", "rules", "care"):
        (house / room).mkdir(parents=True)
        (house / room / "__init__.py").write_text("", encoding="utf-8")
    for name in ("__init__", "settings", "home"):
        (house / f"{name}.py").write_text("", encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(settings, encoding="utf-8")
    assert _lint(tmp_path) == 0
    (house / "journal" / "__init__.py").write_text("import karama.care\n", encoding="utf-8")
    assert _lint(tmp_path) != 0


def _lint(folder: Path) -> int:
    program = Path(sys.executable).with_name("lint-imports")
    return subprocess.run([program, "--no-cache"], cwd=folder, capture_output=True).returncode
