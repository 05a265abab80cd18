"""What an argument may look like, shared by the actions of this room."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,40}$")]
FourWs = Annotated[str, StringConstraints(pattern=r"^(\d{1,2}\.\d)?$")]
AgeBand = Literal["0-4", "5-9", "10-14", "15-17", "18-24", "25-34", "35-49", "50-59", "60+"]
Kind = Literal["intervention", "peer_support", "self_help", "recreation", "skills"]
Form = Literal["closed", "open"]
Modality = Literal["in_person", "phone", "online", "hybrid"]
State = Literal["present", "left_early", "excused", "absent"]
Answer = Literal["done", "adapted", "not_done"]
Why = Literal["", "modality", "time", "group_wish", "not_fitting", "materials", "safety", "other"]
Minutes = Annotated[int, Field(ge=1, le=600)]
Few = Annotated[int, Field(ge=0, le=500)]
Mood = Annotated[int, Field(ge=1, le=5)]
