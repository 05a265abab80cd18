"""What an argument may look like. Pydantic checks it before any lock is taken."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

Code = Annotated[str, StringConstraints(strip_whitespace=True, max_length=24, pattern=r"^[a-z0-9_]+$")]
Version = Annotated[str, StringConstraints(strip_whitespace=True, max_length=12)]
Wave = Annotated[str, StringConstraints(strip_whitespace=True, max_length=20, pattern=r"^[a-z0-9+_-]*$")]
Language = Annotated[str, StringConstraints(pattern=r"^([A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*)?$", max_length=20)]
Item = Annotated[str, StringConstraints(max_length=40)]
Given = Annotated[str, StringConstraints(max_length=2000)]
Answers = Annotated[dict[Item, Given | None], Field(max_length=200)]
Mode = Literal["self", "interviewer", "interpreter", "phone", "imported"]
Precision = Literal["day", "month", "year", "approx", "unknown"]
Shown = Annotated[str, StringConstraints(max_length=1000)]
"""What a telephone showed of these answers (`showing`)."""
Reason = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]
Source = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]
