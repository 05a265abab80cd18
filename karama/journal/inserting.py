"""Inserting one new row with a statement that is put together once for each model.

The same row as `Model.save(force_insert=True)` writes, through the same connection and its guard; without the work of
building the statement anew for each row, which is most of what a save costs when there are a million of them. A number
that the database counts itself is left to it, and is not read back.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models, router, transaction


def insert(row: models.Model) -> None:
    """Insert a new row. For models without parents whose values are plain; nothing listens to save signals here."""
    using = router.db_for_write(type(row), instance=row) or DEFAULT_DB_ALIAS
    connection = connections[using]
    row._prepare_related_fields_for_save(operation_name="save")  # type: ignore[attr-defined]
    statement, fields = _statement(type(row), using)
    with transaction.mark_for_rollback_on_error(using=using), connection.cursor() as cursor:
        cursor.execute(statement, _values(row, fields, connection))
    row._state.adding = False
    row._state.db = using


def insert_many(rows: Sequence[models.Model]) -> None:
    """Insert new rows of one model."""
    if not rows:
        return
    using = router.db_for_write(type(rows[0]), instance=rows[0]) or DEFAULT_DB_ALIAS
    connection = connections[using]
    statement, fields = _statement(type(rows[0]), using)
    with transaction.mark_for_rollback_on_error(using=using), connection.cursor() as cursor:
        cursor.executemany(statement, [_values(row, fields, connection) for row in rows])


def _values(row: models.Model, fields: Sequence[models.Field[Any, Any]], connection: Any) -> list[Any]:
    return [field.get_db_prep_save(field.pre_save(row, True), connection=connection) for field in fields]


@lru_cache(maxsize=256)
def _statement(model: type[models.Model], using: str) -> tuple[str, tuple[models.Field[Any, Any], ...]]:
    quote = connections[using].ops.quote_name
    fields = tuple(field for field in model._meta.local_concrete_fields if not isinstance(field, models.AutoField))
    columns = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    return f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})", fields
