"""What this room hangs into other rooms' pages: lines on Today, a block and a tab on the page of a person."""

from __future__ import annotations


def install() -> None:
    """Hang the entries in."""
