"""`python -m tests.machinery.contract`: writes field/contract.ts, what server and telephone say, from the code.

Actions that may come up with their arguments, and the rows that travel down. A house test compares the file with this.
"""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

import pydantic
from django.db import models

ROOT = Path(__file__).resolve().parents[2]
CONTRACT = ROOT / "field" / "contract.ts"
PLAIN = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}
HEAD = """// Made by `python -m tests.machinery.contract` from each room's field.py; a test compares. Not edited by
// hand.

/** The number of this contract; it rises when a version of the app goes into the field. */
export const CONTRACT = %(number)s;

/** Actions a telephone may send, with their arguments. `op:<id>` stands for a record an earlier operation makes. */
export interface Actions {
"""


def contract() -> str:
    """The whole file."""
    from karama.journal.doing import ACTIONS
    from karama.sync import wire
    from karama.sync.declared import DECLARED, going_down
    from tests.machinery.reference import modules

    list(modules())  # every room's actions are known once its modules are
    lines = [(HEAD % {"number": wire.CONTRACT}).rstrip("\n")]
    for up in sorted((up for room in DECLARED.values() for up in room.up), key=lambda one: one.code):
        shape = _sent(up.sends) if up.sends else _shape_of(ACTIONS[up.code])
        lines.append(f'  "{up.code}": {shape};')
    lines += ["}", "", "/** What travels down: number of the kind -> fields of a row. */", "export interface Rows {"]
    down = sorted(going_down(), key=lambda one: one.model.KIND)
    for one in down:
        columns = {name: _column(one.model, name) for name in one.fields} | {
            name: _made(told) for name, told in one.extra.items()
        }
        told = "; ".join(f"{name}: {kind}" for name, kind in columns.items())
        lines.append(f"  /** {one.model.__name__}{_place(one)} */")
        lines.append(f"  {one.model.KIND}: {{ {told} }};")
    lines += ["}", "", "/** The numbers of the kinds, by name. */", "export const KIND = {"]
    lines += [f"  {one.model.__name__}: {one.model.KIND}," for one in down]
    lines += ["} as const;", "", "/** Actions of which a telephone keeps nothing once it has their receipt. */"]
    private = ", ".join(sorted(f'"{up.code}"' for room in DECLARED.values() for up in room.up if up.private))
    lines.append(f"export const PRIVATE: readonly (keyof Actions)[] = [{private}];")
    return "\n".join([*lines, ""])


def _place(one: Any) -> str:
    return ", about nobody" if one.shared else ", also of people who are not here" if one.strays else ""


def _made(told: Any) -> str:
    """What a declaration tells beside the columns, as its function says."""
    return "string | null" if str(inspect.signature(told).return_annotation) == "str | None" else "string"


def _shape_of(action: Any) -> str:
    schema = action._shape.model_json_schema()
    return _type(schema, schema.get("$defs", {}))


def _sent(checked: Any) -> str:
    """Where a room takes something else than its action: the keyword arguments of what checks it."""
    schema = pydantic.TypeAdapter(checked).json_schema()
    return _type(schema, schema.get("$defs", {}))


def _type(told: dict[str, Any], known: dict[str, Any]) -> str:
    if "$ref" in told:
        return _type(known[told["$ref"].rpartition("/")[2]], known)
    if "const" in told:
        return repr(told["const"]).replace("'", '"')
    if "enum" in told:
        return " | ".join(f'"{one}"' for one in told["enum"])
    for several in ("anyOf", "oneOf"):
        if several in told:
            return " | ".join(dict.fromkeys(_type(one, known) for one in told[several]))
    if told.get("type") == "array":
        return f"Array<{_type(told['items'], known) if told.get('items') else 'unknown'}>"
    if told.get("type") == "object" or "properties" in told:
        return _object(told, known)
    return PLAIN.get(told.get("type", ""), "unknown")


def _object(told: dict[str, Any], known: dict[str, Any]) -> str:
    if "properties" not in told:
        more = told.get("additionalProperties")
        return f"Record<string, {_type(more, known) if isinstance(more, dict) else 'unknown'}>"
    needed = set(told.get("required", ()))
    fields = (f"{name}{'' if name in needed else '?'}: {_type(one, known)}" for name, one in told["properties"].items())
    return "{ " + "; ".join(fields) + " }"


def _column(model: Any, name: str) -> str:
    """The type of a field as it is sent: sealed ones hold any value, and what is not open to a duty does not come."""
    from karama.journal import SealedField

    found = model._meta.get_field(name)
    if isinstance(found, SealedField):
        return "unknown"
    if isinstance(found, models.BooleanField):
        kind = "boolean"
    elif isinstance(found, models.IntegerField):
        kind = "number"
    elif isinstance(found, models.JSONField):
        kind = "unknown"
    else:
        kind = "string"
    return f"{kind} | null" if found.null else kind


def write() -> None:
    """Write the file."""
    CONTRACT.write_text(contract(), encoding="utf-8")


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "karama.settings")
    django.setup()
    write()
