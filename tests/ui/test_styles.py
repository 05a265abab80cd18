"""The stylesheet: two directions, contrast, size, paper."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

import karama.ui

STATIC = Path(karama.ui.__file__).parent / "static" / "ui"
CSS = (STATIC / "base.css").read_text(encoding="utf-8")
TEXT_PAIRS = [
    ("ink", "paper"),
    ("ink", "surface"),
    ("ink-soft", "paper"),
    ("ink-soft", "surface"),
    ("ink-soft", "sunk"),
    ("brand", "paper"),
    ("brand", "surface"),
    ("brand-deep", "brand-wash"),
    ("on-brand", "brand"),
    ("on-now", "now"),
    ("now", "paper"),
    ("now", "surface"),
    ("now", "now-wash"),
    ("today", "today-wash"),
    ("soon", "soon-wash"),
    ("good", "good-wash"),
    ("ink", "now-wash"),
    ("ink", "today-wash"),
    ("ink", "soon-wash"),
    ("ink", "good-wash"),
    ("ink-soft", "now-wash"),
    ("ink-soft", "brand-wash"),
    ("ink", "brand-wash"),
]
SHAPE_PAIRS = [
    ("line-strong", "paper"),
    ("line-strong", "surface"),
    ("focus", "paper"),
    ("focus", "surface"),
    ("brand", "surface"),
]


def palette(dark: bool) -> dict[str, str]:
    blocks = re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)
    found: dict[str, str] = {}
    for block in blocks[: 2 if dark else 1]:
        found.update(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))
    return found


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    light, dark = sorted([luminance(first), luminance(second)], reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_text_has_contrast(ink: str, ground: str, dark: bool) -> None:
    """UI038: every pair of text and ground is at least 4.5 to 1, by day and by night."""
    colours = palette(dark)
    assert contrast(colours[ink], colours[ground]) >= 4.5


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(("shape", "ground"), SHAPE_PAIRS)
def test_controls_have_contrast(shape: str, ground: str, dark: bool) -> None:
    """UI039: borders of controls and the focus ring are at least 3 to 1."""
    colours = palette(dark)
    assert contrast(colours[shape], colours[ground]) >= 3


@pytest.mark.parametrize("name", ["base.css", "neutral.css"])
def test_no_physical_direction(name: str) -> None:
    """UI040: only logical properties, so that Arabic mirrors by itself."""
    rules = re.sub(r"/\*.*?\*/", "", (STATIC / name).read_text(encoding="utf-8"), flags=re.DOTALL)
    assert not re.search(r"\b(left|right)\b", rules)
    assert not re.search(r"(?<!-)\b(margin|padding)-(top|bottom)\b", rules)
    assert not re.search(r"(?<![\w-])(width|height):", rules)


def test_the_stylesheet_is_light() -> None:
    """UI041: at most 10 kB go over a slow line for all styles, 4 kB for our script."""
    assert len(gzip.compress(CSS.encode())) < 10_000
    assert len(gzip.compress((STATIC / "karama.js").read_bytes())) < 4_000


def test_the_script_evaluates_nothing() -> None:
    """UI042: our script neither evaluates text nor writes HTML nor keeps anything in the browser."""
    script = (STATIC / "karama.js").read_text(encoding="utf-8")
    assert not re.search(r"\beval\b|Function\(|innerHTML|outerHTML|document\.write|localStorage|sessionStorage", script)
