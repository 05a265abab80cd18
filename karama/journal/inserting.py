"""Inserting new rows with a statement that is put together once for each model.

The same row as `Model.save(force_insert=True)` writes, through the same connection and its guard; without the work of
building the statement anew for each row, which is most of what a save costs when there are a million of them. A number
that the database counts itself is left to it, and is not read back.

In a batch new rows wait and are written together (`Waiting`): at the latest just before the next statement reaches
the database, so that no statement ever sees the database without them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, models, router, transaction

Value = Callable[[Any], Any]
Spelling = Callable[[Any], list[Any]]
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
    values = spelt(row)
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
    _execute(using, statement, [spelt(row) for row in rows])


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
def _statement(model: type[models.Model], using: str) -> tuple[Statement, Spelling]:
    quote = connections[using].ops.quote_name
    fields = tuple(field for field in model._meta.local_concrete_fields if not isinstance(field, models.AutoField))
    columns = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    statement = Statement(f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ", f"({places})")
    return statement, _spelling(fields, using)


def _spelling(fields: Sequence[models.Field[Any, Any]], using: str) -> Spelling:
    """How a row becomes the values that are sent: what needs nothing done passes, the rest is left to the field."""
    names = [field.attname for field in fields]
    together = attrgetter(*names) if len(names) > 1 else lambda row: (getattr(row, names[0]),)
    ways = [(_kept(_target(field), using), _sender(field, using)) for field in fields]
    made = [(place, _maker(field, using)) for place, field in enumerate(fields) if _makes_its_own(field)]

    def spelt(row: Any) -> list[Any]:
        told = [
            found if found is None or type(found) is kept else send(found)
            for found, (kept, send) in zip(together(row), ways, strict=True)
        ]
        for place, value in made:
            told[place] = value(row)
        return told

    return spelt


def _target(field: models.Field[Any, Any]) -> Any:
    return field.target_field if isinstance(field, models.ForeignKey) else field


def _makes_its_own(field: models.Field[Any, Any]) -> bool:
    """Whether the value of a column is not what the attribute says."""
    stamped = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    return stamped or not isinstance(_target(field), PLAIN)


def _maker(field: models.Field[Any, Any], using: str) -> Value:
    return lambda row: field.get_db_prep_save(field.pre_save(row, True), connection=connections[using])


def _sender(field: models.Field[Any, Any], using: str) -> Value:
    """How a value of a column is sent, unless it is sent as it is."""
    if _makes_its_own(field):
        return lambda found: found
    moment = type(_target(field)) is models.DateTimeField
    identifies = isinstance(_target(field), models.UUIDField)

    def sent(found: Any) -> Any:
        if identifies and type(found) is UUID:
            return found.hex
        if moment and type(found) is datetime and found.tzinfo is not None:
            return connections[using].ops.adapt_datetimefield_value(found)
        return field.get_db_prep_save(found, connection=connections[using])

    return sent


def _kept(field: models.Field[Any, Any], using: str) -> type | None:
    if isinstance(field, models.UUIDField):
        return UUID if connections[using].features.has_native_uuid_field else None
    return bytes if isinstance(field, models.BinaryField) else KEPT.get(type(field))
