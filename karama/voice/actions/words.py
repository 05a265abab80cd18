"""What the actions of this room take: words, lines and codes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from karama.sync.wire import MOST_ATTACHED, Named

LONGEST = 20_000
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Key = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$")]
Kind = Literal["thanks", "suggestion", "complaint", "sensitive"]
FaceCode = Literal["", "good", "so_so", "bad"]
DangerCode = Literal["none", "child", "life"]
Attachments = Annotated[tuple[Named, ...], Field(max_length=MOST_ATTACHED)]
Time = Literal["day", "week", "month"]
