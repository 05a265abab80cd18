"""Earlier versions of the contract, as apps in the field still speak it, and what a change would break for them.

`python -m tests.machinery.frozen`: keeps today's `field/contract.ts` as `tests/sync/contracts/<number>.json`. Done
when a version of the app goes into the field; `CONTRACT` in `karama/sync/wire.py` then rises by one, and the file that
is three versions back may go. docs/decisions/0112-two-versions-back.md.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.machinery.contract import CONTRACT

FOLDER = Path(__file__).resolve().parents[1] / "sync" / "contracts"
WHAT_TO_DO = (
    "An app in the field still speaks it so. Keep the old action, argument or row beside the new one (make a new "
    "argument optional; name an argument that goes in `earlier=` of its `Up`); or, when no telephone has that version "
    "any more, freeze the present one (`python -m tests.machinery.frozen`), raise CONTRACT in karama/sync/wire.py and "
    "make the contract anew."
)
_ACTION = re.compile(r'^  "([a-z_]+\.[a-z_]+)": \{ (.*) \};$', re.MULTILINE)
_ROW = re.compile(r"^  /\*\* (\w+).*\*/\n  (\d+): \{ (.*) \};$", re.MULTILINE)


@dataclass(frozen=True)
class Contract:
    """Actions: code -> argument -> its type, and which are needed. Rows: number of the kind -> field -> its type."""

    actions: Mapping[str, Mapping[str, str]]
    needed: Mapping[str, Collection[str]]
    rows: Mapping[str, Mapping[str, str]]
    names: Mapping[str, str]

    def plain(self) -> dict[str, Any]:
        """As it is kept."""
        told = {
            code: {_marked(self, code, name): kind for name, kind in of.items()} for code, of in self.actions.items()
        }
        return {"actions": told, "rows": self.rows, "names": self.names}


def _marked(contract: Contract, code: str, name: str) -> str:
    return name if name in contract.needed[code] else f"{name}?"


def _of(actions: Mapping[str, Mapping[str, str]], rows: Any, names: Any) -> Contract:
    plain = {code: {name.rstrip("?"): kind for name, kind in of.items()} for code, of in actions.items()}
    needed = {code: frozenset(name for name in of if not name.endswith("?")) for code, of in actions.items()}
    return Contract(plain, needed, rows, names)


def read(text: str) -> Contract:
    """What a `contract.ts` says."""
    actions = {code: _fields(told) for code, told in _ACTION.findall(text)}
    rows = {kind: _fields(told) for _name, kind, told in _ROW.findall(text)}
    return _of(actions, rows, {kind: name for name, kind, _told in _ROW.findall(text)})


def today() -> Contract:
    """What server and telephone say now."""
    return read(CONTRACT.read_text(encoding="utf-8"))


def kept(number: int) -> Contract:
    """One that was frozen. Raises `FileNotFoundError`."""
    told = json.loads((FOLDER / f"{number}.json").read_text(encoding="utf-8"))
    return _of(told["actions"], told["rows"], told["names"])


def numbers() -> list[int]:
    """Those that are frozen."""
    return sorted(int(path.stem) for path in FOLDER.glob("*.json") if path.stem.isdecimal())


def said(number: int) -> dict[str, Any]:
    """What the screens of that app really sent: `day`, a working day (operation, action, arguments, base), and `rooms`,
    an example of each way in which the other rooms ask, where it differs from the version after it."""
    told: dict[str, Any] = json.loads((FOLDER / f"{number}.said.json").read_text(encoding="utf-8"))
    return told


def freeze(number: int, text: str) -> Path:
    """Keep a contract under its number. Raises `FileExistsError`: a frozen one is never changed."""
    path = FOLDER / f"{number}.json"
    with path.open("x", encoding="utf-8") as file:
        json.dump(read(text).plain(), file, indent=1, ensure_ascii=False)
        file.write("\n")
    return path


# --- types


def split(told: str, by: str) -> list[str]:
    """The parts of a type, cut where nothing is open."""
    parts, depth, quoted = [""], 0, False
    for sign in told:
        quoted ^= sign == '"'
        depth += 0 if quoted else (sign in "<{(") - (sign in ">})")
        if sign == by and depth == 0 and not quoted:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts if part.strip()]


def _fields(told: str) -> dict[str, str]:
    return dict(part.split(": ", 1) for part in split(told, ";"))


def inside(kind: str) -> tuple[str, str] | None:
    """Of `Array<x>` and `Record<string, x>`: which, and x. None of anything else."""
    found = re.fullmatch(r"(Array|Record)<(?:string, )?(.*)>", kind)
    return (found[1], found[2]) if found else None


def fits(old: str, new: str) -> bool:
    """Whether every value of the old type is one of the new type."""
    return all(any(_is_one_of(one, other) for other in split(new, "|")) for one in split(old, "|"))


def _is_one_of(one: str, other: str) -> bool:
    if other in ("unknown", one) or (other == "string" and one.startswith('"')):
        return True
    mine, its = inside(one), inside(other)
    return mine is not None and its is not None and mine[0] == its[0] and fits(mine[1], its[1])


# --- what a change breaks


def broken(old: Contract, new: Contract, earlier: Mapping[str, Collection[str]]) -> list[str]:
    """What an app that speaks the old contract could no longer say, or be told. `earlier`: action -> arguments that the
    server still takes although no app sends them any more."""
    return [*_up(old, new, earlier), *_down(old, new)]


def _up(old: Contract, new: Contract, earlier: Mapping[str, Collection[str]]) -> Iterator[str]:
    for code, arguments in old.actions.items():
        if code not in new.actions:
            yield f"{code} is gone"
            continue
        for name, kind in arguments.items():
            if name not in new.actions[code]:
                if name not in earlier.get(code, ()):
                    yield f"{code} takes no {name} any more"
            elif not fits(kind, new.actions[code][name]):
                yield f"{code}: {name} was {kind} and is {new.actions[code][name]}"
        for name in sorted(set(new.needed[code]) - set(old.needed[code])):
            yield f"{code} needs {name}"


def _down(old: Contract, new: Contract) -> Iterator[str]:
    for kind, fields in old.rows.items():
        if kind not in new.rows:
            yield f"rows of kind {kind} ({old.names[kind]}) do not travel any more"
            continue
        for name, told in fields.items():
            if name not in new.rows[kind]:
                yield f"rows of kind {kind} ({old.names[kind]}) have no {name} any more"
            elif not fits(new.rows[kind][name], told):
                yield f"rows of kind {kind} ({old.names[kind]}): {name} was {told} and is {new.rows[kind][name]}"


if __name__ == "__main__":
    from karama.sync import wire

    print(freeze(wire.CONTRACT, CONTRACT.read_text(encoding="utf-8")).name)
