"""Questions to the database whose statement is put together once.

Making a statement of a queryset costs ten times what the database needs to answer it. What is asked with every
operation of a telephone is therefore made once for each connection, and afterwards only the values are filled in. The
statement is Django's own, it passes the same guard, and its rows become the same objects.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, Generic, NamedTuple, TypeVarTuple
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models.query import FlatValuesListIterable, ModelIterable, ValuesListIterable, get_related_populators

Values = TypeVarTuple("Values")
Kind = type | tuple[type, int]
SEVERAL: Final = (list, tuple, set, frozenset)
MOST: Final = 512
"""Values in one list; a longer one is asked as any queryset is."""


class Readymade(Generic[*Values]):
    """A function that makes a queryset, called with values: the rows, as `list(queryset)` gives them.

    It hands each argument to the queryset as it is: not a day later, no part of it, nothing from a clock. Whoever
    breaks this is told when the statement is made (`ValueError`). A list is filled up with its own last value, so that
    few statements are made. What can be made of no statement beforehand (an empty list, no value, a very long list) is
    asked as any queryset.
    """

    def __init__(self, make: Callable[[*Values], models.QuerySet[Any]]) -> None:
        self.make = make
        self.__doc__ = make.__doc__

    def __call__(self, *asked: *Values) -> list[Any]:
        kinds = [_kind(one) for one in asked]
        statement = None if None in kinds else _kept(self, kinds)
        return list(self.make(*asked)) if statement is None else statement.rows(asked)

    def later(self, *asked: *Values) -> Later:
        """The question with these values, to be asked together with others (`together`)."""
        return Later(self, asked)

    def first(self, *asked: *Values) -> Any:
        """The first row in the order of the queryset; None when there is none."""
        return next(iter(self(*asked)), None)


readymade = Readymade


@dataclass(frozen=True)
class Later:
    """A question and its values: asked by itself its statement is ready, beside others its queryset is one of many."""

    question: Readymade[*tuple[Any, ...]]
    values: tuple[Any, ...]


def _kind(value: Any) -> Kind | None:
    """What decides about the statement: a type, and how many are in a list; None where none can be made."""
    if type(value) in (UUID, str, datetime, date):
        return type(value)
    if not isinstance(value, SEVERAL) or not 0 < len(value) <= MOST:
        return None
    inside = {type(one) for one in value}
    return (inside.pop(), 1 << (len(value) - 1).bit_length()) if inside in ({UUID}, {str}) else None


def _kept(question: Readymade[*tuple[Any, ...]], kinds: Sequence[Any]) -> _Statement | None:
    """The statement for this connection: it lies there, so that no two threads share one."""
    connection = connections[DEFAULT_DB_ALIAS]
    kept: dict[Any, _Statement | None] = connection.__dict__.setdefault("karama_readymade", {})
    key = (question, *kinds)
    if key not in kept:
        kept[key] = _made(question, kinds, connection)
    return kept[key]


class _Place(NamedTuple):
    """Which argument stands here, and which of a list."""

    of: int
    at: int


def _made(question: Readymade[*tuple[Any, ...]], kinds: Sequence[Any], connection: Any) -> _Statement | None:
    """Make it twice with different values: what follows them is filled in later, all the rest must be the same."""
    made: list[tuple[str, tuple[Any, ...]]] = []
    for turn in (1, 2):
        given = [_stand_in(kind, place, turn) for place, kind in enumerate(kinds)]
        rows: Any = question.make(*given)
        compiler = rows.query.get_compiler(rows.db)
        try:
            sql, values = compiler.as_sql()
        except EmptyResultSet:
            return None
        made.append((sql, _places(values, given, connection)))
    sql, places = made[0]
    named = {one.of for one in places if isinstance(one, _Place)}
    if made[0] != made[1] or named != set(range(len(kinds))) or rows.db != DEFAULT_DB_ALIAS:
        raise ValueError(f"{question.make.__qualname__} does not ask with its arguments as they are")
    return _Statement(sql, places, connection, _Reader(rows, compiler, connection))


def _stand_in(kind: Kind, place: int, turn: int) -> Any:
    """A value that nothing else in a statement is."""
    if isinstance(kind, tuple):
        inside, several = kind
        return [_stand_in(inside, place * MOST + at + 64, turn) for at in range(several)]
    number = 1_000_000 * turn + place
    if kind is UUID:
        return UUID(int=(0x57A4D << 108) + number)
    if kind is str:
        return f"\x01stand-in {number}"
    moment = datetime(1, 1, 2, tzinfo=UTC) + timedelta(days=number // 1000 + place)
    return moment.date() if kind is date else moment


def _places(values: Sequence[Any], given: Sequence[Any], connection: Any) -> tuple[Any, ...]:
    """The values of a statement, with a place for each that an argument fills."""
    places: dict[Any, _Place] = {}
    for of, one in enumerate(given):
        for at, value in enumerate(_several(one)):
            places[_sent(value, connection)] = _Place(of, at)
    kinds = str | UUID | datetime | date
    return tuple(places.get(value, value) if isinstance(value, kinds) else value for value in values)


def _sent(value: Any, connection: Any) -> Any:
    """A value as the database gets it."""
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


@dataclass
class _Statement:
    """A statement with its places, and how its rows are read."""

    sql: str
    places: tuple[Any, ...]
    connection: Any
    read: _Reader

    def rows(self, asked: Sequence[Any]) -> list[Any]:
        """Ask with these values."""
        sent = [[_sent(value, self.connection) for value in _several(one)] for one in asked]
        values = [_filled(place, sent) if type(place) is _Place else place for place in self.places]
        with self.connection.cursor() as cursor:
            cursor.execute(self.sql, values)
            return [self.read(row) for row in cursor.fetchall()]


def _several(value: Any) -> Any:
    return value if isinstance(value, SEVERAL) else (value,)


def _filled(place: _Place, sent: Sequence[Sequence[Any]]) -> Any:
    values = sent[place.of]
    return values[min(place.at, len(values) - 1)]


class _Reader:
    """Makes of a row what its queryset makes of it: an object with what came with it, a tuple, or a single value."""

    def __init__(self, rows: Any, compiler: Any, connection: Any) -> None:
        if rows._prefetch_related_lookups or rows._known_related_objects:
            raise ValueError("a question that leads to further questions is not put together once")
        self.connection = connection
        self.width = compiler.col_count
        fields = [one[0] for one in compiler.select[: self.width]]
        self.converters = [(place, *told) for place, told in compiler.get_converters(fields).items()]
        kinds: dict[Any, Any] = {
            ModelIterable: self._object(rows, compiler),
            ValuesListIterable: tuple,
            FlatValuesListIterable: _only,
        }
        self.shape: Callable[[list[Any]], Any] = kinds[rows._iterable_class]

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
        leads = get_related_populators(told, compiler.select, rows.db)  # type: ignore[call-arg]  # of a newer Django

        def made(values: list[Any]) -> Any:
            row = told["model"].from_db(rows.db, names, values[begin:end])
            for one in leads:
                one.populate(values, row)
            for name, place in compiler.annotation_col_map.items():
                setattr(row, name, values[place])
            return row

        return made


def _only(values: list[Any]) -> Any:
    return values[0]
