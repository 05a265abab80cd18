"""Each promise has a number, each number one test, and SAFETY.md promises nothing that nobody checks."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator

from tests.house.reading import ROOT, Module, modules_of_tests, report, text_of

REQUIREMENT = re.compile(r"\b[A-Z]{2}\d{3}\b")
OPENING = re.compile(r"([A-Z]{2}\d{3}): \S.*", re.DOTALL)


def _tests(module: Module) -> Iterator[tuple[int, str, str]]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            yield node.lineno, node.name, ast.get_docstring(node) or ""


UNDER_NODE = re.compile(r"""\btest\(\s*[`"'](FD\d{3}): """)
"""A test of the telephone's app says its number in its name."""


def _numbers() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for module in modules_of_tests():
        for line, name, docstring in _tests(module):
            opening = OPENING.match(docstring)
            if opening:
                found[opening.group(1)].append(f"{module.name}:{line} {name}")
    for path in sorted((ROOT / "tests" / "field").glob("*.test.ts")):
        for number in UNDER_NODE.findall(text_of(path)):
            found[number].append(f"tests/field/{path.name}")
    return found


def test_each_test_says_what_it_proves() -> None:
    """HS012: the docstring of every test opens with a requirement number and a sentence."""
    broken = [
        f"{module.name}:{line} {name}"
        for module in modules_of_tests()
        if module.path.name.startswith("test_")
        for line, name, docstring in _tests(module)
        if not OPENING.match(docstring)
    ]
    report(
        broken,
        'open it like """SC018: item nine above zero raises an alert even when the total is low."""',
    )


def test_each_number_is_used_once() -> None:
    """HS013: no requirement number stands on two tests."""
    broken = [f"{number}: {', '.join(places)}" for number, places in _numbers().items() if len(places) > 1]
    report(broken, "take the next free number of your prefix.")


def test_safety_cites_only_what_is_proved() -> None:
    """HS014: every requirement number in SAFETY.md and SECURITY.md stands on a test."""
    known = set(_numbers())
    broken = [
        f"{name} cites {found.group()}"
        for name in ("SAFETY.md", "SECURITY.md")
        for found in REQUIREMENT.finditer(text_of(ROOT / name))
        if found.group() not in known
    ]
    report(broken, "write the test first; a promise without a test is not listed.")


def test_tests_mirror_the_package() -> None:
    """HS015: a test file stands in the folder of the room it tests, or in one for another kind of test."""
    own_order = {"house", "stories", "attacks", "engines", "machinery", "field"}  # field/ lies beside the package
    broken = []
    for module in modules_of_tests():
        parts = module.path.relative_to(ROOT / "tests").parts
        if len(parts) > 1 and parts[0] not in own_order and not (ROOT / "karama" / parts[0]).exists():
            broken.append(f"{module.name}: there is no karama/{parts[0]}")
    report(broken, "put it under the room it tests.")
