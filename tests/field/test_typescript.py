"""The telephone's own tests under Node, and its types: one test here for each file there."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.field import node as nodes
from tests.field.node import OLDEST, ROOT, NodeMissing, node, run, version_of

FILES = sorted((ROOT / "tests" / "field").rglob("*.test.ts"))
KNOWLEDGE = 41_000
"""Packed bytes of everything that a community agent's programme knows (docs/explanation/sync.md); SY313 holds it."""
COMPILER = ROOT / "node_modules" / "typescript" / "bin" / "tsc"


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_under_node(file: Path) -> None:
    """FD180: every test of the telephone passes under Node; what it says stands in the file."""
    done = run("--test", "--test-reporter=tap", file.relative_to(ROOT).as_posix())
    assert done.returncode == 0, f"{done.stdout[-6000:]}\n{done.stderr[-2000:]}"
    assert "\n# pass 0\n" not in done.stdout, "no test ran"


def test_types() -> None:
    """FD181: the telephone's code is right by its types, the strict ones."""
    assert COMPILER.exists(), (
        "TypeScript is missing: run `python3 run.py` once, it installs what package-lock.json names."
    )
    done = run(str(COMPILER), "--noEmit")
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


def test_it_stays_small() -> None:
    """FD183: the first screen, all scripts and the whole app with one language and its knowledge stay within their kB,
    packed with brotli."""
    sizes = json.loads((ROOT / "karama/sync/static/field/build.json").read_text(encoding="utf-8"))["sizes"]
    assert sizes["first"] <= 45_000
    assert sizes["scripts"] <= 100_000
    assert sizes["all"] + KNOWLEDGE <= 250_000


def test_a_missing_node_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """FD182: without a Node the tests fail and say what to do; one that is too old is none."""
    monkeypatch.setattr(nodes, "_packaged", lambda: None)
    monkeypatch.delenv("KARAMA_NODE", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NodeMissing, match=r"python3 run\.py"):
        node.__wrapped__()
    old = tmp_path / "node"
    old.write_text("#!/bin/sh\necho v20.19.0\n")
    old.chmod(0o755)
    assert version_of(str(old)) < OLDEST
    with pytest.raises(NodeMissing):
        node.__wrapped__()
    old.write_text("#!/bin/sh\necho v22.18.0\n")
    assert Path(node.__wrapped__()) == old
    monkeypatch.setenv("KARAMA_NODE", os.fspath(tmp_path / "nowhere"))
    with pytest.raises(NodeMissing, match="not there"):
        node.__wrapped__()
