"""Where each region of the body is drawn, front and back. A drawing of our own: ellipses and round boxes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from karama.care import medicalwords as said

MIDDLE: Final = 100
"""The line in the middle; a limb of one side is drawn as far from it as its twin."""

TRUNK: Final[dict[str, tuple[int, int, int, int]]] = {
    "front_head": (76, 6, 48, 54),
    "front_neck": (88, 62, 24, 18),
    "front_chest": (68, 82, 64, 56),
    "front_abdomen": (70, 140, 60, 46),
    "front_pelvis": (66, 188, 68, 34),
    "back_head": (76, 6, 48, 54),
    "back_neck": (88, 62, 24, 18),
    "back_upper_back": (68, 82, 64, 56),
    "back_lower_back": (70, 140, 60, 46),
    "back_buttocks": (66, 188, 68, 34),
}
LIMB: Final[dict[str, tuple[int, int, int, int]]] = {
    "shoulder": (134, 82, 28, 26),
    "upper_arm": (142, 110, 24, 50),
    "forearm": (150, 162, 22, 50),
    "hand": (154, 214, 24, 30),
    "thigh": (103, 224, 32, 62),
    "knee": (104, 288, 28, 26),
    "lower_leg": (105, 316, 25, 58),
    "foot": (103, 376, 32, 24),
}
"""Left edge, top, width and height of a limb right of the middle."""


@dataclass(frozen=True)
class Shape:
    """One region of a drawing: its code, its name, its mark and where it is drawn."""

    code: str
    name: str
    mark: str
    x: int
    y: int
    width: int
    height: int

    @property
    def said(self) -> str:
        """Name and mark in words."""
        return f"{self.name}: {said.MARKS[self.mark]}" if self.mark else self.name


def shapes(side: str, marks: Mapping[str, str]) -> list[Shape]:
    """The regions of the front or the back. The person's right is on the left of the front, as one meets somebody."""
    found = []
    for code, words in said.choices("body_regions"):
        if code.startswith(f"{side}_"):
            found.append(Shape(code, words, marks.get(code, ""), *_place(side, code)))
    return found


def _place(side: str, code: str) -> tuple[int, int, int, int]:
    if code in TRUNK:
        return TRUNK[code]
    limb, _line, hand = code.removeprefix(f"{side}_").rpartition("_")
    x, y, width, height = LIMB[limb]
    mirrored = (hand == "right") == (side == "front")
    return (2 * MIDDLE - x - width if mirrored else x, y, width, height)


def drawn(marks: Mapping[str, str], *, editable: bool = False) -> SafeString:
    """Both sides. A drawing that can be tapped needs the script; without it the list of regions does the same."""
    sides = [
        (pgettext("the body", "Front"), shapes("front", marks)),
        (pgettext("the body", "Back"), shapes("back", marks)),
    ]
    context: dict[str, Any] = {"sides": sides, "editable": editable, "words": said.MARKS}
    return SafeString(render_to_string("care/body_map.html", context))
