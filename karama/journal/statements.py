"""A statement of a queryset, put together already: what is filled in, and what is made of its rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models.query import FlatValuesListIterable, ModelIterable, ValuesListIterable, get_related_populators

from karama.journal.actors import Actor

SEVERAL: Final = (list, tuple, set, frozenset)


class Place(NamedTuple):
    """Which argument stands here, which list of ids of it, and which one of them."""

    of: int
    part: int
    at: int


@dataclass
class Statement:
    """A statement with its places, and how its rows are read. `bounded`: it has a limit. `plain`: nothing is asked
    for beside what is read. Without `sql` it is certain that there is no row, whatever the values."""

    sql: str
    places: tuple[Any, ...]
    connection: Any
    read: Callable[[Any], Any]
    width: int
    bounded: bool
    plain: bool

    def values(self, asked: Sequence[Any]) -> list[Any]:
        """What is filled in for these arguments."""
        told = [[[sent(id, self.connection) for id in part] for part in parts(one)] for one in asked]
        return [_filled(place, told) if type(place) is Place else place for place in self.places]

    def rows(self, asked: Sequence[Any]) -> list[Any]:
        """Ask with these values."""
        if not self.sql:
            return []
        values = self.values(asked)
        with self.connection.cursor() as cursor:
            cursor.execute(self.sql, values)
            return [self.read(row) for row in cursor.fetchall()]


def parts(value: Any) -> tuple[Any, ...]:
    """What is filled in of an argument: several lists. Of an actor her places, her own id and her telephone's."""
    if isinstance(value, Actor):
        own, device = (value.id,), (value.device,) if value.device else ()
        return value.sites, value.teams, value.programmes, own, device
    return (value if isinstance(value, SEVERAL) else (value,),)


def sent(value: Any, connection: Any) -> Any:
    """A value as the database gets it."""
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


def _filled(place: Place, told: Sequence[Sequence[Sequence[Any]]]) -> Any:
    values = told[place.of][place.part]
    return values[min(place.at, len(values) - 1)]


class Reader:
    """Makes of a row what its queryset makes of it: an object with what came with it, a tuple, or a single value."""

    def __init__(self, rows: Any, compiler: Any, connection: Any) -> None:
        if rows._prefetch_related_lookups or rows._known_related_objects:
            raise ValueError("a question that leads to further questions is not put together once")
        self.connection = connection
        self.width = compiler.col_count
        fields = [one[0] for one in compiler.select[: self.width]]
        self.converters = [
            (place, _quick(converters, connection), expression)
            for place, (converters, expression) in compiler.get_converters(fields).items()
        ]
        kinds: dict[Any, Any] = {ValuesListIterable: tuple, FlatValuesListIterable: _only}
        objects = rows._iterable_class is ModelIterable
        shape = self._object(rows, compiler) if objects else kinds[rows._iterable_class]
        self.shape: Callable[[list[Any]], Any] = shape

    def __call__(self, row: Sequence[Any]) -> Any:
        values = list(row[: self.width])
        for place, converters, expression in self.converters:
            for convert in converters:
                values[place] = convert(values[place], expression, self.connection)
        return self.shape(values)

    def _object(self, rows: Any, compiler: Any) -> Callable[[list[Any]], Any]:
        told = compiler.klass_info
        if told is None:
            return _only
        begin, end = told["select_fields"][0], told["select_fields"][-1] + 1
        names = [one[0].target.attname for one in compiler.select[begin:end]]
        alias = rows.db
        leads = get_related_populators(told, compiler.select, alias)  # type: ignore[call-arg]  # of a newer Django

        def made(values: list[Any]) -> Any:
            row = told["model"].from_db(alias, names, values[begin:end])
            for one in leads:
                one.populate(values, row)
            for name, place in compiler.annotation_col_map.items():
                setattr(row, name, values[place])
            return row

        return made


def _quick(converters: list[Any], connection: Any) -> list[Any]:
    """The converters of a column; one that makes ids of text, ten thousand times a page, by a quicker one."""
    slow = getattr(connection.ops, "convert_uuidfield_value", None)  # SQLite has one
    return [_id_of if one == slow else one for one in converters]


def _id_of(value: str | None, _expression: Any, _connection: Any) -> UUID | None:
    return None if value is None else _id(value)


@lru_cache(maxsize=20_000)
def _id(value: str) -> UUID:
    return UUID(value)


def _only(values: list[Any]) -> Any:
    return values[0]
