"""An installation with its server, a desk and a bad line before it; all of them in processes of their own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from tests.cli.installation import Place
from tests.machinery.kannel import free_ports
from tests.machinery.mutants import COPIED, PACKAGES
from tests.stories.line import Line
from tests.stories.test_pocket_killed import Server

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Fault:
    """One deliberate fault: `find` stands once in `file`, `put` takes its place; `told`: what is said of it."""

    name: str
    file: str
    find: str
    put: str
    told: str


@dataclass
class Elsewhere(Place):
    """An installation that runs on the code of another tree."""

    tree: Path = ROOT

    @property
    def environment(self) -> dict[str, str]:
        """The variables of a process of this tree; what it reads of the tests is beside it."""
        return super().environment | {"PYTHONPATH": str(self.tree)}


def broken(fault: Fault, folder: Path) -> Path:
    """A copy of the tree with one fault in it, its app built anew when the fault is in the app."""
    tree = folder / "tree"
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            tree.mkdir(exist_ok=True)
            shutil.copy2(source, tree / name)
    shutil.copy2(ROOT / "package-lock.json", tree)
    (tree / PACKAGES).symlink_to((ROOT / PACKAGES).resolve(), target_is_directory=True)
    path = tree / fault.file
    told = path.read_text(encoding="utf-8")
    assert told.count(fault.find) == 1, f"{fault.find!r} stands {told.count(fault.find)} times in {fault.file}"
    path.write_text(told.replace(fault.find, fault.put), encoding="utf-8")
    subprocess.run([sys.executable, "field/build.py"], cwd=tree, check=True, capture_output=True)
    return tree


class House:
    """`with House(folder) as house`: it serves at `house.line.address`, is asked at `house.ask`, and can be killed."""

    def __init__(self, folder: Path, fault: Fault | None = None) -> None:
        tree = broken(fault, folder) if fault else ROOT
        self.place = Elsewhere(folder / "home", tree=tree)
        self.server = Server(self.place, free_ports(1)[0])
        self.line = Line(self.server.address)

    def __enter__(self) -> House:
        command = [sys.executable, "-m", "tests.stories.whole.desk"]
        told = {"cwd": self.place.home.parent, "env": self.place.environment}
        subprocess.run([*command, "found"], check=True, **told)
        self._desk = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, **told)
        self.server.start()
        self.line.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.line.__exit__(kind, error, trace)
        self.server.kill()
        self._desk.kill()
        self._desk.communicate()

    def ask(self, do: str, **told: Any) -> Any:
        """Something is done, or looked up, at a desk."""
        assert self._desk.stdin is not None
        assert self._desk.stdout is not None
        self._desk.stdin.write(json.dumps({"do": do, **told}) + os.linesep)
        self._desk.stdin.flush()
        answer = self._desk.stdout.readline()
        assert answer, "the desk ended"
        return json.loads(answer)

    def quiet(self, cuts: Sequence[tuple[str, int]] = (), bytes_a_second: int = 0) -> None:
        """The line from now on: as fast as it can and whole, but for these cuts."""
        self.line.at_cut = lambda: None
        self.line.bad(bytes_a_second, cuts)
