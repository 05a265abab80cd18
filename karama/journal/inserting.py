"""Inserting new rows with a statement that is put together once for each model.

The same row as `Model.save(force_insert=True)` writes, through the same connection and its guard; without the work of
building the statement anew for each row, which is most of what a save costs when there are a million of them. A number
that the database counts itself is left to it, and is not read back.

In a batch new rows wait and are written together (`Waiting`): at the latest just before the next statement reaches
the database, so that no statement ever sees the database without them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, models, router, transaction

Value = Callable[[Any], Any]
MOST_ROWS: Final = 100
"""Rows in one statement: its parameters stay far below every limit."""
KEPT: Final[dict[type[models.Field[Any, Any]], type]] = {
    models.CharField: str,
    models.TextField: str,
    models.IntegerField: int,
    models.SmallIntegerField: int,
    models.PositiveIntegerField: int,
    models.BigIntegerField: int,
    models.BooleanField: bool,
}
"""Columns whose values are spelt and sent as they are, when they have this very type."""
PLAIN: Final = (*KEPT, models.UUIDField, models.BinaryField, models.JSONField, models.DateField)
"""Columns whose value is what the attribute says, unless the field stamps the moment itself."""


class Statement(NamedTuple):
    """`INSERT INTO ... VALUES ` and the places of one row."""

    into: str
    places: str


class Waiting:
    """New rows of one transaction, as they were when they were saved."""

    def __init__(self) -> None:
        self._rows: dict[Statement, list[list[Any]]] = {}

    def add(self, statement: Statement, values: list[Any]) -> None:
        """Let a row of the main database wait for the others of its model."""
        self._rows.setdefault(statement, []).append(values)

    def __bool__(self) -> bool:
        return bool(self._rows)

    def write(self) -> None:
        """Write all that waits, a model after the other. Raises what the database raises, for whichever row."""
        rows, self._rows = self._rows, {}
        for statement, values in rows.items():
            _execute(DEFAULT_DB_ALIAS, statement, values)


def insert(row: models.Model, waiting: Waiting | None = None) -> None:
    """Insert a new row, or let it wait. For models without parents; nothing listens to save signals here."""
    row._prepare_related_fields_for_save(operation_name="save")  # type: ignore[attr-defined]
    using = _database(type(row))
    statement, spelt = _statement(type(row), using)
    values = [value(row) for value in spelt]
    if waiting is not None and using == DEFAULT_DB_ALIAS:
        waiting.add(statement, values)
    else:
        with transaction.mark_for_rollback_on_error(using=using), connections[using].cursor() as cursor:
            cursor.execute(statement.into + statement.places, values)
    row._state.adding = False
    row._state.db = using


def insert_many(model: type[models.Model], rows: Sequence[object]) -> None:
    """Insert new rows of one model. `rows`: anything that has the model's attributes."""
    if not rows:
        return
    using = _database(model)
    statement, spelt = _statement(model, using)
    _execute(using, statement, [[value(row) for value in spelt] for row in rows])


def _execute(using: str, statement: Statement, values: list[list[Any]]) -> None:
    """SQLite takes rows one by one without a way to go; PostgreSQL takes many in one statement and one journey."""
    connection = connections[using]
    with transaction.mark_for_rollback_on_error(using=using), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(statement.into + statement.places, values)
            return
        for start in range(0, len(values), MOST_ROWS):
            part = values[start : start + MOST_ROWS]
            places = ", ".join([statement.places] * len(part))
            cursor.execute(statement.into + places, list(chain.from_iterable(part)))


@lru_cache(maxsize=256)
def _database(model: type[models.Model]) -> str:
    return router.db_for_write(model) or DEFAULT_DB_ALIAS


@lru_cache(maxsize=256)
def _statement(model: type[models.Model], using: str) -> tuple[Statement, tuple[Value, ...]]:
    quote = connections[using].ops.quote_name
    fields = tuple(field for field in model._meta.local_concrete_fields if not isinstance(field, models.AutoField))
    columns = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    statement = Statement(f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ", f"({places})")
    return statement, tuple(_value(field, using) for field in fields)


def _value(field: models.Field[Any, Any], using: str) -> Value:
    """How the value of a column is made ready: what needs nothing done passes, the rest is left to the field."""
    name = field.attname
    target: Any = field.target_field if isinstance(field, models.ForeignKey) else field
    kept = _kept(target)
    hexed = isinstance(target, models.UUIDField) and not connections[using].features.has_native_uuid_field

    def value(row: Any) -> Any:
        found: Any = getattr(row, name)
        if hexed and type(found) is UUID:
            return found.hex
        if found is None or type(found) is kept:
            return found
        return field.get_db_prep_save(found, connection=connections[using])

    stamped = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    if isinstance(target, PLAIN) and not stamped:
        return value
    return lambda row: field.get_db_prep_save(field.pre_save(row, True), connection=connections[using])


def _kept(field: models.Field[Any, Any]) -> type | None:
    if isinstance(field, models.UUIDField):
        return UUID
    return bytes if isinstance(field, models.BinaryField) else KEPT.get(type(field))
