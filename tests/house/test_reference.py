"""The reference pages say what the code says, because they are made from it."""

from __future__ import annotations

import re

import pytest

from tests.house.reading import PACKAGE, report, text_of
from tests.machinery.reference import PAGES, REFERENCE, VARIABLES

USED = re.compile(r"""environ(?:\.get|\.setdefault)?[\[(]\s*["'](KARAMA_\w+)["']""")


@pytest.mark.parametrize("name", sorted(PAGES))
def test_reference_pages_are_current(name: str) -> None:
    """HS050: each page of docs/reference is what the code would write today."""
    told = text_of(REFERENCE / name)
    assert told == PAGES[name](), f"docs/reference/{name} is old: run python -m tests.machinery.reference"


def test_every_variable_is_explained() -> None:
    """HS051: each variable of the environment that the package reads stands in docs/reference/settings.md."""
    used = {found for path in PACKAGE.rglob("*.py") for found in USED.findall(path.read_text(encoding="utf-8"))}
    report(sorted(used - VARIABLES.keys()), "say what it means in tests/machinery/reference.py.")
    assert used
