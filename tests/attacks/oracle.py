"""Reads `access_table.toml`: who may open what, and what she may be shown, by a table that knows no code."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).parent


def _table() -> dict[str, Any]:
    """`access_table.toml`, and what each file of `access/` adds to its parts for one room. Never two rows of a name."""
    table = tomllib.loads((HERE / "access_table.toml").read_text(encoding="utf-8"))
    for path in sorted((HERE / "access").glob("*.toml")):
        for part, rows in tomllib.loads(path.read_text(encoding="utf-8")).items():
            twice = table[part].keys() & rows.keys()
            assert not twice, f"{path.name}: {part} has {sorted(twice)} already"
            table[part] |= rows
    return table


TABLE: Final = _table()
GROUPS: Final[dict[str, list[str]]] = TABLE["groups"]
TALKING: Final = ("community_agent.assigned", "psychologist.assigned")
"""Who asks for a talk, and whom she asked."""
SUPERVISED: Final = ("supervisor.near", "community_agent.assigned")
"""Who supervised, and who was supervised."""
OF_THE_PROGRAMME: Final = ("trainer", "advocacy_officer", "mel_officer", "researcher")
OF_EVERYTHING: Final = ("data_import", "administrator", "data_protection_officer", "director")


@dataclass(frozen=True)
class Rule:
    """What the table says of one route."""

    kind: str
    assigned: frozenset[str]
    near: frozenset[str]
    owner: str
    post: bool

    def lets_in(self, who: str) -> bool:
        """Whether a stand-in (`<duty>.<relation>`) comes in. `visitor` is signed out, `unposted` holds no duty."""
        duty, _dot, relation = who.partition(".")
        if self.kind == "public" or (self.kind in ("own", "account") and who != "visitor"):
            return True
        if not relation:
            return False
        if who == self.owner:
            return True
        return (
            _has(self.near, duty)
            and self._close(duty, relation)
            or (self.kind == "person" and relation == "assigned" and _has(self.assigned, duty))
        )

    def _close(self, duty: str, relation: str) -> bool:
        """Whether the relation is near enough for this kind of route; who works with her is near, too."""
        if self.kind == "page":
            return True
        if self.kind == "person":
            return relation in ("near", "assigned")
        if relation == "far":
            return self.kind == "programme" and duty not in (*OF_THE_PROGRAMME, *OF_EVERYTHING)
        return True


def _has(duties: frozenset[str], duty: str) -> bool:
    return duty in duties or "everybody" in duties


def expand(names: list[str]) -> frozenset[str]:
    """Duties and groups of duties as duties."""
    return frozenset(duty for name in names for duty in GROUPS.get(name, [name]))


def rules() -> dict[str, Rule]:
    """The table by the name of a route."""
    return {
        name: Rule(
            kind=row["kind"],
            assigned=expand(row.get("assigned", [])),
            near=expand(row.get("near", [])),
            owner=row.get("owner", ""),
            post=row.get("post", False),
        )
        for name, row in TABLE["routes"].items()
    }


def actions() -> dict[str, frozenset[str]]:
    """Which duties each action takes."""
    return {code: expand(duties) for code, duties in TABLE["actions"].items()}


def may_be_shown(who: str) -> frozenset[str]:
    """The compartments of Amal's fields that a stand-in may read anywhere; nothing without a relation."""
    duty, _dot, relation = who.partition(".")
    if who == TABLE["opened_in_emergency"]:
        return frozenset({"general"})
    tied = relation == "assigned" or (relation == "near" and duty in ("supervisor", "data_protection_officer"))
    of_the_site = duty in ("supervisor", "director") and relation in ("assigned", "near", "hidden")
    of_the_programme = duty in ("administrator", "director", "supervisor")
    supervised = who in SUPERVISED
    may_review = who == TABLE["routes"]["care:review_alert"]["owner"] or (
        duty == "supervisor" and relation in ("near", "assigned")
    )
    own = {
        "supervision": supervised,
        "asked_about": may_review,
        "assessment": duty == "data_protection_officer",
        "grant": of_the_programme,
        "incident": of_the_site,
        "talk": who in TALKING,
        "intake": who == "psychologist.assigned",
        "message": who == TABLE["routes"]["voice:message"]["owner"],
    }
    shown = frozenset(name for name, opens in own.items() if opens)
    return shown | frozenset(TABLE["opens"].get(duty, ()) if tied else ())
