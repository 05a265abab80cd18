"""How the house tests look at the house: its files, its modules as syntax trees, the order of its stairs."""

from __future__ import annotations

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "karama"


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that is, or would be, under version control."""
    asked = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True)
    if done.returncode == 0:
        found = [ROOT / name for name in done.stdout.split("\0") if name]
    else:  # a copy without its history
        hidden = {".venv", ".git", "__pycache__", "node_modules", "screenshots"}
        found = [path for path in ROOT.rglob("*") if path.is_file() and not hidden & set(path.parts)]
        found = [path for path in found if ".demo" not in str(path) and "_cache" not in str(path)]
    return tuple(sorted(path for path in found if path.is_file()))


@cache
def text_of(path: Path) -> str:
    """A file as text; empty when it is not text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


@dataclass(frozen=True)
class Module:
    """One Python file of the package or of the tests."""

    path: Path

    @property
    def name(self) -> str:
        """Where it stands, for a message."""
        return str(self.path.relative_to(ROOT))

    @property
    def room(self) -> str:
        """The room it belongs to: the first folder or file below `karama/`."""
        return self.path.relative_to(PACKAGE).parts[0].removesuffix(".py")

    @property
    def tree(self) -> ast.Module:
        """Its syntax tree."""
        return _tree(self.path)

    @property
    def is_migration(self) -> bool:
        """Whether Django wrote it."""
        return "migrations" in self.path.parts


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(text_of(path), filename=str(path))


@cache
def modules() -> tuple[Module, ...]:
    """The modules of the package, without migrations."""
    found = (Module(path) for path in tracked() if path.suffix == ".py" and path.is_relative_to(PACKAGE))
    return tuple(module for module in found if not module.is_migration)


@cache
def modules_of_tests() -> tuple[Module, ...]:
    """The modules of the tests."""
    folder = ROOT / "tests"
    return tuple(Module(path) for path in tracked() if path.suffix == ".py" and path.is_relative_to(folder))


def imports(module: Module) -> Iterator[tuple[int, str]]:
    """Line and dotted name of everything a module imports, wherever in the file."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.lineno, node.module
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def strings(module: Module) -> Iterator[tuple[int, str]]:
    """Line and value of every string constant that is not a docstring of a module, class, function or value."""
    docstrings = {id(node.value) for node in ast.walk(module.tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.lineno, node.value


@cache
def project() -> dict[str, Any]:
    """What pyproject.toml says."""
    return tomllib.loads(text_of(ROOT / "pyproject.toml"))


@cache
def stairs() -> dict[str, int]:
    """Each room with the height of its stair: the roof highest, neighbours on the same one."""
    contract = next(one for one in project()["tool"]["importlinter"]["contracts"] if one["id"] == "stairs")
    lines = list(reversed(contract["layers"]))
    return {name.strip(" ()"): height for height, line in enumerate(lines) for name in line.split("|")}


def report(broken: list[str], instead: str) -> None:
    """Fail with every place and with what to do instead."""
    assert not broken, "\n" + "\n".join(sorted(broken)) + f"\n\nInstead: {instead}"
