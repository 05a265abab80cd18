"""What an app of an earlier contract may send: arguments made from the frozen text alone, as many as it allows."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pydantic

from karama.journal.doing import ACTIONS
from karama.sync.declared import may_come
from tests.attacks.fitting import FITTING
from tests.machinery.frozen import Contract, inside, split

TEXTS: Mapping[str, Any] = {
    "instrument": "phq9", "version": "", "language": "ar", "answers": {"q1": "not_at_all"}, "on": "2026-01-01",
    "kind": "suicide", "grade": "today", "source": "worry", "four_ws": "3.5", "what": "kit", "area": "city-east",
    "counts": [["5-9", "F", 1]], "parts": {"coping": "words"}, "sections": {"seen": "words"}, "product": "crutches",
    "birth_year": 1990, "avoid": "dark_room", "fidelity": {}, "places": {}, "text_version": "1", "text_language": "ar",
}  # fmt: skip
"""Words with a meaning that the type `string` does not tell."""
USUAL: Mapping[str, Mapping[str, Any]] = {
    "care.record_response": {"on": "2026-01-01", "language": "en"},
    "care.record_visit": {"kind": "follow_up", "change": "same"},
    "care.check_medicines": {"adherent": "yes"},
    "outreach.plan_visit": {"community": True},
    "voice.type_in_feedback": {"words": "More drums."},
}
"""What screens always send although the contract does not ask for it."""
MEANINGS = ("words", "00000000-0000-4000-8000-000000000063", "2026-01-01", "2027-01-04T10:00:00Z", "")
"""What a `string` may stand for: words, an id of nothing, a day, a moment, nothing."""


@dataclass(frozen=True)
class Sentence:
    """One operation of an earlier app, and which argument of it is looked at."""

    code: str
    arguments: Mapping[str, Any]
    about: str = ""


def taken(code: str, arguments: Mapping[str, Any]) -> frozenset[str]:
    """The arguments that today's server refuses by their types. What it takes off by itself it does not refuse."""
    declared = may_come(code)
    if declared is None:
        return frozenset(arguments)
    sent = {name: value for name, value in arguments.items() if name not in declared.earlier}
    try:
        if declared.sends is not None:
            declared.sends(**sent)
        else:
            ACTIONS[code]._shape(**sent)
    except pydantic.ValidationError as wrong:
        return frozenset(str(error["loc"][0]) for error in wrong.errors() if error["loc"])
    return frozenset()


def sentences(contract: Contract, ids: Mapping[str, UUID]) -> Iterator[Sentence]:
    """Each action with what it needs, then with each other argument and each of its values, one at a time."""
    for code, kinds in contract.actions.items():
        needed = {name: next(values(code, name, kinds[name], ids)) for name in sorted(contract.needed[code])}
        needed |= {name: value for name, value in USUAL.get(code, {}).items() if name in kinds}
        yield Sentence(code, needed)
        for name, kind in kinds.items():
            usual = needed.get(name)
            for value in values(code, name, kind, ids):
                if value != usual:
                    yield Sentence(code, needed | {name: value}, name)


def values(code: str, name: str, kind: str, ids: Mapping[str, UUID]) -> Iterator[Any]:
    """Values of a type, the usual one first; each literal once."""
    known = FITTING.get(code, {}).get(name, ids.get(name, TEXTS.get(name)))
    usual = [_plain(known)] if known is not None and _could_be(known, kind) else []
    kinds = [one for one in split(kind, "|") if not usual or one not in ("string", "number", "unknown")]
    made = itertools.chain.from_iterable(_of(one, code, name) for one in kinds)
    seen: list[Any] = []
    for value in itertools.chain(usual, made):
        if not any(value == one and type(value) is type(one) for one in seen):
            seen.append(value)
            yield value


def _of(kind: str, code: str, name: str) -> Sequence[Any]:
    if kind.startswith('"'):
        return [kind.strip('"')]
    if found := inside(kind):
        return _holding(*found, code, name)
    return {"string": [_meaning(code, name)], "number": [1], "boolean": [True, False], "null": [None], "unknown": [{}]}[
        kind
    ]


def _holding(whole: str, part: str, code: str, name: str) -> list[Any]:
    if part.startswith("Array<"):
        return [[]]
    parts = [
        one for kind in split(part, "|") for one in ([] if kind in ("string", "unknown") else _of(kind, code, name))
    ]
    if whole == "Array":
        return [[], *([one] for one in parts)]
    return [{}, *({str(UUID(int=99, version=4)): one} for one in parts)]


def _meaning(code: str, name: str) -> str:
    """Of the things a string may stand for, the first that today's server takes here; words where it takes none."""
    fitting = (one for one in MEANINGS if name not in taken(code, {name: one}))
    return next(fitting, MEANINGS[0])


def _could_be(value: Any, kind: str) -> bool:
    """Whether a value that tests know for this name is one an app of that contract could send."""
    kinds = split(kind, "|")
    if isinstance(value, bool):
        return "boolean" in kinds
    if isinstance(value, int | float):
        return "number" in kinds
    if isinstance(value, list | tuple):
        return any(one.startswith("Array<") for one in kinds)
    if isinstance(value, dict):
        return any(one.startswith("Record<") for one in kinds)
    return "string" in kinds or f'"{value}"' in kinds


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value if isinstance(value, bool | int | float | str) else str(value)
