"""Secrets come from the seal door alone. The rules know no clock and no chance; nobody takes the server's day."""

from __future__ import annotations

import ast
import sys

from tests.house.reading import Module, imports, modules, report

FORBIDDEN = {
    "cryptography": "karama.security.vault",
    "hashlib": "karama.security.digests",
    "hmac": "karama.security.digests",
    "secrets": "karama.security.randomness",
    "random": "karama.security.randomness (rules take chance as an argument)",
    "nacl": "karama.security.vault",
    "pyrage": "karama.security.backup",
    "uuid.uuid1": "karama.security.identifiers.uuid7",
    "uuid.uuid4": "karama.security.identifiers.uuid7",
    "os.urandom": "karama.security.randomness",
}
CLOCK = {"now", "today", "utcnow"}
CHANCE_OR_CLOCK = {"random", "secrets", "time", "uuid", "os", "locale", "gettext"}


def test_secrets_are_made_in_one_place() -> None:
    """HS004: only security imports cryptography, hashlib, hmac, secrets or a maker of random ids."""
    broken = []
    for module in modules():
        if module.room == "security":
            continue
        for line, name in imports(module):
            for forbidden, instead in FORBIDDEN.items():
                if name == forbidden or name.startswith(f"{forbidden}."):
                    broken.append(f"{module.name}:{line} imports {name}: call {instead}")
        broken += [f"{module.name}:{line} calls {name}: call {FORBIDDEN[name]}" for line, name in _dotted_calls(module)]
    report(broken, "only karama/security/ holds secrets; ask it.")


def _dotted_calls(module: Module) -> list[tuple[int, str]]:
    found = []
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            name = f"{node.value.id}.{node.attr}"
            if name in FORBIDDEN:
                found.append((node.lineno, name))
    return found


def test_rules_need_only_the_standard_library() -> None:
    """HS005: the rules import the standard library and each other, nothing else."""
    broken = [
        f"{module.name}:{line} imports {name}"
        for module in modules()
        if module.room == "rules"
        for line, name in imports(module)
        if name.split(".")[0] not in sys.stdlib_module_names
        and not name.startswith("karama.rules")
        and name != "karama"
    ]
    report(broken, "pass what is needed as an argument; columns and intervals belong to karama/analytics/.")


def test_rules_have_no_clock_and_no_chance() -> None:
    """HS006: the rules read no clock, draw no number and ask nothing of the machine: `now` is an argument."""
    broken = []
    for module in modules():
        if module.room != "rules":
            continue
        broken += [
            f"{module.name}:{line} imports {name}"
            for line, name in imports(module)
            if name.split(".")[0] in CHANCE_OR_CLOCK and name not in {"uuid", "uuid.UUID"}
        ]
        broken += [
            f"{module.name}:{node.lineno} asks for {node.attr}()"
            for node in ast.walk(module.tree)
            if isinstance(node, ast.Attribute)
            and node.attr in CLOCK
            and isinstance(node.value, ast.Name | ast.Attribute)
            and (node.value.id if isinstance(node.value, ast.Name) else node.value.attr)
            in {"datetime", "date", "timezone"}
        ]
    report(broken, "take `now` (or the draw) as an argument from whoever calls.")


def test_no_day_is_taken_by_the_clock_of_the_server() -> None:
    """HS074: nobody takes the date of "now": the day is of a site (`programme.days`), or on purpose of UTC."""
    broken = [
        f"{module.name}:{node.lineno} takes the date of now()"
        for module in modules()
        if module.room != "security" and module.name != "karama/journal/clock.py"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "date"
        and isinstance(node.func.value, ast.Call)
        and ast.unparse(node.func.value.func).split(".")[-1] in {"now", "server_now"}
    ]
    report(broken, "say where: today_at(site), today_for(by), today_in(programme), or clock.day_in_utc().")
