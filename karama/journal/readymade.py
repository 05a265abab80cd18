"""Questions to the database whose statement is put together once.

Making a statement of a queryset costs ten times what the database needs to answer it. What is asked with every
operation of a telephone, or by every page, is therefore made once, and afterwards only the values are filled in. The
statement is Django's own, it passes the same guard, and its rows become the same objects.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, wraps
from typing import Any, Final, Generic, NamedTuple, TypeVarTuple
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections, models

from karama.journal import clock
from karama.journal.actors import Actor
from karama.journal.statements import SEVERAL, Place, Reader, Statement, parts, sent

Values = TypeVarTuple("Values")
Kind = Any
"""What decides about a statement: a type, a type and how many, whose reach it is, or a value that stands in it."""

MOST: Final = 512
"""Values in one list; a longer one is asked as any queryset is."""

FEW: Final = 1_000
"""A whole number below this may stand in a statement itself; a larger one would make too many of them."""


class Readymade(Generic[*Values]):
    """A function that makes a queryset, called with values: the rows, as `list(queryset)` gives them.

    It hands each argument to the queryset as it is: not a day later, no part of it, nothing from a clock, nothing that
    another question answered. Of an actor, her duty and compartments decide about the statement, her ids and places
    are filled in; a truth, a small number or nothing decide about it too. Whoever breaks this is told when the
    statement is made (`ValueError`). A list is filled up with its own last value, so that few statements are made. What
    can be made of no statement beforehand (an empty list, no value, a very long list) is asked as any queryset.
    """

    def __init__(self, make: Callable[[*Values], models.QuerySet[Any]]) -> None:
        self.make = make
        self.__doc__ = make.__doc__

    def __call__(self, *asked: *Values) -> list[Any]:
        statement = self.statement(asked)
        return list(self.make(*asked)) if statement is None else statement.rows(asked)

    def statement(self, asked: tuple[*Values]) -> Statement | None:
        """The statement for values of these kinds, on this connection; None where none can be made beforehand."""
        kinds = [_kind(one) for one in asked]
        return None if None in kinds else _kept(self, kinds)

    def later(self, *asked: *Values) -> Later:
        """The question with these values, to be asked together with others (`together`)."""
        return Later(self, asked)

    def first(self, *asked: *Values) -> Any:
        """The first row in the order of the queryset; None when there is none."""
        return next(iter(self(*asked)), None)

    @cached_property
    def keys(self) -> Readymade[*Values]:
        """The same rows by nothing but their keys: to be counted."""

        @wraps(self.make)
        def keys(*asked: *Values) -> models.QuerySet[Any]:
            return self.make(*asked).values_list("pk")

        return Readymade(keys)


readymade = Readymade


@dataclass(frozen=True)
class Later:
    """A question and its values, not asked yet."""

    question: Readymade[*tuple[Any, ...]]
    values: tuple[Any, ...]


def _kind(value: Any) -> Kind | None:
    """What decides about the statement; None where none can be made."""
    if type(value) in (UUID, str, datetime, date):
        return type(value)
    if isinstance(value, Actor):
        sizes = tuple(_room_for(len(part)) for part in parts(value))
        return None if max(sizes) > MOST else _Whose(value.kind, value.duty, value.compartments, sizes)
    if value is None or type(value) is bool or (type(value) is int and 0 <= value < FEW):
        return _Fixed(value)
    if not isinstance(value, SEVERAL) or not 0 < len(value) <= MOST:
        return None
    inside = {type(one) for one in value}
    return (inside.pop(), _room_for(len(value))) if inside in ({UUID}, {str}) else None


class _Fixed(NamedTuple):
    """A value that stands in the statement itself."""

    value: Any


class _Whose(NamedTuple):
    """Actors for whom a question has the same statement: the same duty, and room for as many places."""

    kind: Any
    duty: str
    compartments: frozenset[str]
    sizes: tuple[int, ...]


def _room_for(several: int) -> int:
    return 1 << (several - 1).bit_length() if several else 0


def _kept(question: Readymade[*tuple[Any, ...]], kinds: Sequence[Any]) -> Statement | None:
    """The statement for this connection. It is put together once for all of them: text, places and reader are never
    changed, and a new connection would pay for each of them anew."""
    connection = connections[DEFAULT_DB_ALIAS]
    kept: dict[Any, Statement | None] = connection.__dict__.setdefault("karama_readymade", {})
    key = (question, *kinds)
    if key not in kept:
        everywhere = (connection.vendor, *key)
        if everywhere not in _MADE:
            _MADE[everywhere] = _made(question, kinds, connection)
        made = _MADE[everywhere]
        kept[key] = None if made is None else replace(made, connection=connection)
    return kept[key]


_MADE: Final[dict[Any, Statement | None]] = {}
"""By kind of database, question and kinds of values."""


def _made(question: Readymade[*tuple[Any, ...]], kinds: Sequence[Any], connection: Any) -> Statement | None:
    """Make it twice with different values: what follows them is filled in later, all the rest must be the same."""
    made: list[tuple[str, tuple[Any, ...]]] = []
    for turn in (1, 2):
        given = [_stand_in(kind, place, turn) for place, kind in enumerate(kinds)]
        with _nothing_else_asked(turn):
            rows: Any = question.make(*given)
            compiler = rows.query.get_compiler(rows.db)
            if rows.query.is_empty():  # the policy lets nobody of this duty see any
                made.append(("", ()))
                continue
            try:
                sql, values = compiler.as_sql()
            except EmptyResultSet:
                return None
        made.append((sql, _places(values, given, connection)))
    sql, places = made[0]
    named = {one.of for one in places if isinstance(one, Place)}
    due = {place for place, kind in enumerate(kinds) if not isinstance(kind, _Fixed | _Whose)}
    if made[0] != made[1] or (sql and not due <= named) or rows.db != DEFAULT_DB_ALIAS:
        raise ValueError(f"{question.make.__qualname__} does not ask with its arguments as they are")
    if not sql:
        return Statement("", (), connection, tuple, plain=True)
    read = Reader(rows, compiler, connection)
    return Statement(sql, places, connection, read, plain=not compiler.has_extra_select)


@contextmanager
def _nothing_else_asked(turn: int) -> Iterator[None]:
    """While a statement is made: a question to a database is refused, and the clock tells another day each time."""

    def refused(*_asked: Any) -> Any:
        raise ValueError("a question that leads to another one cannot be put together once")

    with ExitStack() as stack:
        for alias in connections:
            stack.enter_context(connections[alias].execute_wrapper(refused))
        stack.enter_context(clock.told_as(datetime(1990 + turn, turn, turn, turn, tzinfo=UTC)))
        yield


class _InOrder(frozenset[UUID]):
    """Stand-ins for places, always in the same order."""

    def __iter__(self) -> Iterator[UUID]:
        return iter(sorted(super().__iter__()))


def _stand_in(kind: Kind, place: int, turn: int) -> Any:
    """A value that nothing else in a statement is, and no part of which is the same in both turns."""
    if isinstance(kind, _Fixed):
        return kind.value
    if isinstance(kind, _Whose):
        return _actor(kind, place, turn)
    if isinstance(kind, tuple):
        inside, several = kind
        return [_stand_in(inside, place * MOST + at + 64, turn) for at in range(several)]
    number = 1_000_000 * turn + place
    if kind is UUID:
        return UUID(int=_unlike(number))
    if kind is str:
        return f"{_unlike(number):x}\x01stand-in"
    moment = datetime(1, 1, 2, tzinfo=UTC) + timedelta(days=1031 * turn + place, hours=turn, minutes=turn, seconds=turn)
    return moment.date() if kind is date else moment


def _unlike(number: int) -> int:
    """A number of 128 bits that looks like that of no other small number, in no part of it."""
    return number * 0x9E3779B97F4A7C15F39CC0605CEDC835 % (1 << 128)


def _actor(kind: _Whose, place: int, turn: int) -> Actor:
    sites, teams, programmes, (own,), device = (
        _InOrder(_stand_in(UUID, (place + 1) * 8 * MOST + part * MOST + at, turn) for at in range(size))
        for part, size in enumerate(kind.sizes)
    )
    return Actor(own, kind.kind, kind.duty, sites, teams, programmes, kind.compartments, next(iter(device), None))


def _places(values: Sequence[Any], given: Sequence[Any], connection: Any) -> tuple[Any, ...]:
    """The values of a statement, with a place for each that an argument fills."""
    places: dict[Any, Place] = {}
    for of, one in enumerate(given):
        for part, ids in enumerate(parts(one)):
            for at, value in enumerate(ids):
                places[sent(value, connection)] = Place(of, part, at)
    kinds = str | UUID | datetime | date
    return tuple(places.get(value, value) if isinstance(value, kinds) else value for value in values)
