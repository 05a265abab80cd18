"""Every room has the same furniture, and a note at the door."""

from __future__ import annotations

import ast

from tests.house.reading import PACKAGE, Module, imports, modules, report, text_of

FURNITURE = {
    "models",
    "actions",
    "queries",
    "access",
    "problems",
    "forms",
    "views",
    "urls",
    "facts",
    "jobs",
    "apps",
    "__init__",
}
NO_DJANGO = ("django", "rest_framework", "ninja")
HTTP = ("django.http", "django.shortcuts", "django.template", "django.views", "django.urls")
ROOMS_OF_PEOPLE = (
    "programme",
    "accounts",
    "notices",
    "people",
    "safety",
    "reception",
    "care",
    "groups",
    "outreach",
    "referrals",
    "voice",
    "staffcare",
)
GROUND_FLOOR = {"rules", "knowledge", "security", "journal", "jobs", "ui", "cli"}
NOT_OF_THE_PROGRAMME = {
    "Session": "the sign-in library's rows: a browser that is signed in",
    "SignedIn": "which browsers a user has signed in with, allowed by name in karama/journal/guard.py",
    "request": "request.session: the browser's own session",
}
DOOR_QUESTIONS = ("Not for", "Nouns", "Who may enter")


def _of_furniture(name: str) -> list[Module]:
    return [
        module
        for module in modules()
        if module.room not in GROUND_FLOOR
        and (module.path.stem == name or module.path.parent.name == name)
        and module.path.parent != PACKAGE
    ]


def test_rooms_have_a_note_at_the_door() -> None:
    """HS027: each room's README says what it is for and not for, its nouns, and who may enter."""
    broken = []
    for room in sorted(PACKAGE.iterdir()):
        if not (room / "__init__.py").exists():
            continue
        note = text_of(room / "README.md") if (room / "README.md").exists() else ""
        if not note:
            broken.append(f"karama/{room.name}/README.md is not there")
        elif room.name in ROOMS_OF_PEOPLE:
            broken += [f"karama/{room.name}/README.md: no '{words}'" for words in DOOR_QUESTIONS if words not in note]
    report(broken, "write it: For, Not for, Nouns, Who may enter; see karama/jobs/README.md.")


def test_actions_and_queries_know_no_page() -> None:
    """HS028: actions, queries, access and rules' wiring import neither HTTP nor templates: every channel uses them."""
    broken = [
        f"{module.name}:{line} imports {name}"
        for kind in ("actions", "queries", "access", "problems", "facts", "jobs")
        for module in _of_furniture(kind)
        for line, name in imports(module)
        if name.startswith(HTTP)
    ]
    report(broken, "do it in views.py: a click becomes one query or one action.")


def test_access_holds_no_query() -> None:
    """HS029: access.py holds condition trees only: no query, no request."""
    broken = [
        f"{module.name}:{node.lineno} .{node.attr}"
        for module in _of_furniture("access")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "filter", "raw", "cursor", "request"}
    ]
    report(broken, "name the attribute in the policy; queries.py maps it to a column.")


def test_views_write_nothing() -> None:
    """HS030: a view calls one action; it saves, creates and deletes nothing itself."""
    writing = {"save", "create", "bulk_create", "update_or_create", "get_or_create", "delete", "bulk_update"}
    broken = [
        f"{module.name}:{node.lineno} {_root(node)}...{node.func.attr}()"
        for module in _of_furniture("views")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in writing
        and _root(node) not in NOT_OF_THE_PROGRAMME
    ]
    report(broken, "write an action in actions.py and call it.")


def _root(node: ast.expr) -> str:
    """The name that a chain of calls and attributes begins with."""
    while not isinstance(node, ast.Name):
        match node:
            case ast.Call(func=below) | ast.Attribute(value=below) | ast.Subscript(value=below):
                node = below
            case _:
                return ""
    return node.id


def test_actions_say_who_acts() -> None:
    """HS031: every action is keyword-only and takes `by` first."""
    broken = []
    for kind in ("actions",):
        for module in _of_furniture(kind):
            for node in ast.walk(module.tree):
                if isinstance(node, ast.FunctionDef) and any(_is_action(each) for each in node.decorator_list):
                    names = [argument.arg for argument in node.args.kwonlyargs]
                    if node.args.args or node.args.posonlyargs or names[:1] != ["by"]:
                        broken.append(f"{module.name}:{node.lineno} {node.name}")
    report(broken, "def name(*, by: Actor, ...): the journal fills in who.")


def _is_action(decorator: ast.expr) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return (isinstance(called, ast.Name) and called.id == "action") or (
        isinstance(called, ast.Attribute) and called.attr == "action"
    )
