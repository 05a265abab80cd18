"""JR095-JR099: the shortcut of `migrate` makes what Django's own way makes."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.management import BaseCommand, call_command
from django.core.management.commands import migrate as django_migrate
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from karama.journal import guard
from karama.journal.management.commands.migrate import Command, new_models_drawn_alone

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker

TABLES = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY 1, 2, 3"


def test_only_while_it_is_asked_for() -> None:
    """JR095: outside a migration Django's own way is untouched, after an error too."""
    before = ProjectState.add_model
    with new_models_drawn_alone():
        assert ProjectState.add_model is not before
    with pytest.raises(ZeroDivisionError), new_models_drawn_alone():
        1 / 0  # noqa: B018
    assert ProjectState.add_model is before


def test_what_is_drawn_alone_knows_its_neighbours() -> None:
    """JR096: the models of all migrations, drawn alone, have the relations that Django's way gives them."""
    loader = MigrationLoader(None)
    leaves = loader.graph.leaf_nodes()
    plan = [node for leaf in leaves for node in loader.graph.forwards_plan(leaf)]
    state = ProjectState()
    state.apps  # noqa: B018 - from here on each new model is drawn as it comes
    with new_models_drawn_alone():
        for node in dict.fromkeys(plan):
            loader.graph.nodes[node].mutate_state(state, preserve=False)
    asked = loader.project_state()
    assert _relations(state) == _relations(asked)
    assert state.models == asked.models


def _relations(state: ProjectState) -> dict[str, list[str]]:
    return {
        model._meta.label: sorted(str(one) for one in model._meta.get_fields(include_hidden=True))
        for model in state.apps.get_models()
    }


@pytest.mark.full
@pytest.mark.sqlite
def test_the_tables_are_the_same(tmp_path: Path, db: None, django_db_blocker: DjangoDbBlocker) -> None:
    """JR097: the tables and indexes are, word for word, those that Django's own command makes."""
    with django_db_blocker.unblock(), guard.suspended("tables of a test"):
        made = [_made_by(tmp_path / name, command) for name, command in COMMANDS.items()]
    assert made[0] == made[1]
    assert len(made[0]) > 500


COMMANDS = {"drawn-alone": Command(), "djangos": django_migrate.Command()}


def _made_by(path: Path, command: BaseCommand) -> list[tuple[object, ...]]:
    connections.databases[path.name] = connections.databases["default"] | {"NAME": str(path)}
    try:
        call_command(command, database=path.name, verbosity=0, interactive=False)
        connections[path.name].close()
    finally:
        del connections.databases[path.name]
    with closing(sqlite3.connect(path)) as read:
        return read.execute(TABLES).fetchall()
