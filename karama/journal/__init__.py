"""The act door: every write passes here, and every read is accounted for here.

Names are imported on first use, because Django loads this package before its models may be touched.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from karama.journal import registries as registries
    from karama.journal.access_log import reading as reading
    from karama.journal.actors import Actor as Actor
    from karama.journal.batches import Call as Call
    from karama.journal.batches import Outcome as Outcome
    from karama.journal.batches import batch as batch
    from karama.journal.doing import Receipt as Receipt
    from karama.journal.doing import action as action
    from karama.journal.problems import Absent as Absent
    from karama.journal.problems import Problem as Problem
    from karama.journal.problems import Refused as Refused
    from karama.journal.records import Fact as Fact
    from karama.journal.records import Record as Record
    from karama.journal.records import Reference as Reference
    from karama.journal.records import State as State
    from karama.journal.sealed import ERASED as ERASED
    from karama.journal.sealed import SealedField as SealedField
    from karama.journal.visibility import Many as Many
    from karama.journal.visibility import target_attributes as target_attributes
    from karama.journal.visibility import visible_to as visible_to
    from karama.journal.writing import device_clock as device_clock
    from karama.journal.writing import foreseen as foreseen

_WHERE = {
    "Actor": "actors",
    "Call": "batches",
    "Outcome": "batches",
    "batch": "batches",
    "Receipt": "doing",
    "action": "doing",
    "Absent": "problems",
    "Problem": "problems",
    "Refused": "problems",
    "reading": "access_log",
    "Fact": "records",
    "Record": "records",
    "Reference": "records",
    "State": "records",
    "ERASED": "sealed",
    "SealedField": "sealed",
    "Many": "visibility",
    "target_attributes": "visibility",
    "visible_to": "visibility",
    "device_clock": "writing",
    "foreseen": "writing",
}

__all__ = [*_WHERE, "registries"]


def __getattr__(name: str) -> Any:
    if name == "registries":
        return import_module("karama.journal.registries")
    if name not in _WHERE:
        raise AttributeError(name)
    return getattr(import_module(f"karama.journal.{_WHERE[name]}"), name)
