"""Every dependency explains itself, and the hash-locked lists are those of pyproject.toml."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.house.reading import ROOT, project, report, text_of

ENTRY = re.compile(r'^\s*"([^"]+)",\s*#\s*(\S.{4,})$')
STRING = re.compile(r'^\s*"([^"]+)",')
PINNED = re.compile(r"^([A-Za-z0-9][\w.-]*)==([^\s;\\]+)", re.MULTILINE)
NAME = re.compile(r"^[A-Za-z0-9][\w.-]*")
BOUND = re.compile(r"(>=|<)([\d.]+)")
HOW = "make both lists anew: the two commands are in docs/decisions/0002-lock-lists.md."


def _lists_in_pyproject() -> Iterator[str]:
    inside = False
    for line in text_of(ROOT / "pyproject.toml").splitlines():
        if re.match(r"^(dependencies|build|dev|requires) = \[$", line):
            inside = True
        elif line == "]":
            inside = False
        elif inside and STRING.match(line):
            yield line


def test_each_dependency_has_a_reason() -> None:
    """HS016: beside every dependency in pyproject.toml stands why it is there."""
    broken = [line.strip() for line in _lists_in_pyproject() if not ENTRY.match(line)]
    report(broken, "write the reason behind it, or take the dependency away.")


def _pins(name: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for package, version in PINNED.findall(text_of(ROOT / "requirements" / name)):
        found.setdefault(_plain(package), set()).add(version)
    return found


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _fits(version: str, wanted: str) -> bool:
    have = tuple(int(part) for part in re.findall(r"\d+", version)[:3])
    for sign, bound in BOUND.findall(wanted):
        limit = tuple(int(part) for part in bound.split("."))
        if (sign == ">=" and have < limit) or (sign == "<" and have >= limit):
            return False
    return True


@pytest.mark.parametrize("name", ["run.txt", "dev.txt"])
def test_lists_hold_what_pyproject_wants(name: str) -> None:
    """HS017: each dependency stands in the hash-locked list with a version that pyproject.toml allows."""
    pins = _pins(name)
    wanted = [*project()["project"]["dependencies"], *project()["dependency-groups"]["build"]]
    wanted += project()["dependency-groups"]["dev"] if name == "dev.txt" else []
    broken = []
    for requirement in wanted:
        found = NAME.match(requirement)
        package = _plain(found.group()) if found else requirement
        versions = pins.get(package, set())
        if not versions or not all(_fits(version, requirement) for version in versions):
            broken.append(f"requirements/{name}: {requirement} (listed: {', '.join(sorted(versions)) or 'not at all'})")
    report(broken, HOW)


def test_lists_agree_with_each_other() -> None:
    """HS018: what runs in service is tested in the same version: the tests' list holds the whole run list."""
    run, dev = _pins("run.txt"), _pins("dev.txt")
    broken = [
        f"{name}: {versions} in run.txt, {dev.get(name)} in dev.txt"
        for name, versions in run.items()
        if dev.get(name) != versions
    ]
    report(broken, HOW)


@pytest.mark.parametrize("name", ["run.txt", "dev.txt"])
def test_each_pin_has_its_hashes(name: str) -> None:
    """HS019: every line of a list carries digests, and no list names where packages come from."""
    text = text_of(ROOT / "requirements" / name)
    blocks = re.split(r"\n(?=\S)", text.strip())
    broken = [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block]
    broken += [line for line in text.splitlines() if "://" in line or line.startswith(("-i", "--index", "--extra"))]
    report(broken, HOW)


def test_pages_start_without_what_only_analysts_need() -> None:
    """HS075: what serves pages loads none of the large libraries of analysis until somebody asks for them."""
    large = ("scipy", "duckdb", "splink", "polars")
    look = f"import sys, karama.wsgi; print([name for name in {large} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", look], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout == "[]\n", done.stdout + done.stderr[-2000:]
