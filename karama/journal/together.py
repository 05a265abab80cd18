"""Questions of several rooms put to the database in one go: as many journeys as the longest chain needs, not as there
are questions.

A query function that is `asks` is a generator: `rows = yield queryset` (or a tuple of querysets, for a tuple of rows).
Called by itself it asks at once, as any function does; `.asking(...)` lets `together` put its questions beside those of
others. Each question stays its room's own, with its own policy in it: what is put together are whole SELECTs, and none
of them sees the rows of another. Nothing is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, Protocol, TypeVar, cast

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler

from karama.journal.readymade import Later
from karama.journal.statements import Statement

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")
Rows = QuerySet[Any, Any]
Asks = Generator[Any, Any, Answer]
"""Yields a queryset, a `NumberOf` one, or a tuple of them; is sent their rows or numbers; returns an answer."""

MOST_PARTS = 200
MOST_VALUES = 20_000
"""SQLite takes so many SELECTs and so many values in one statement, and more; what is beyond goes with the next one."""


class Question(Protocol[Asked, Answer]):
    """A query function that can be asked by itself or, as `asking`, together with others."""

    asking: Callable[Asked, Asks[Answer]]

    def __call__(self, *arguments: Asked.args, **named: Asked.kwargs) -> Answer:
        """Ask now."""


def asks(function: Callable[Asked, Asks[Answer]]) -> Question[Asked, Answer]:
    """Make a generator of questions a query function."""

    @wraps(function)
    def asked(*arguments: Asked.args, **named: Asked.kwargs) -> Answer:
        return answered(function(*arguments, **named))

    asked.asking = function  # type: ignore[attr-defined]  # what makes it a question
    return cast(Question[Asked, Answer], asked)


@dataclass(frozen=True)
class NumberOf:
    """A question for how many rows there are; its answer is a number."""

    rows: Rows | Later


def asking_of(question: Callable[Asked, Answer], *arguments: Asked.args, **named: Asked.kwargs) -> Asks[Answer]:
    """What a function of another room asks; one that is no question has its answer at once."""
    asking = getattr(question, "asking", None)
    if asking is None:
        return question(*arguments, **named)
    return cast(Answer, (yield from asking(*arguments, **named)))


Wanted = Rows | NumberOf | Later


def answered(asking: Asks[Answer]) -> Answer:
    """Put the questions of one generator, round by round."""
    try:
        wanted = next(asking)
        while True:
            found = _ask(list(wanted) if isinstance(wanted, tuple) else [wanted])
            wanted = asking.send(tuple(found) if isinstance(wanted, tuple) else found[0])
    except StopIteration as end:
        return cast(Answer, end.value)


def together(*askings: Asks[Any]) -> Asks[tuple[Any, ...]]:
    """Several generators side by side: the questions that all of them have now are one round. Their answers in order.

    A problem that one of them raises ends the others as well.
    """
    answers: list[Any] = [None] * len(askings)
    wanted: dict[int, Any] = {}
    for place, one in enumerate(askings):
        _step(place, one, None, wanted, answers)
    while wanted:
        parts = {place: one if isinstance(one, tuple) else (one,) for place, one in wanted.items()}
        found = iter((yield tuple(rows for part in parts.values() for rows in part)))
        for place, part in parts.items():
            rows = tuple(next(found) for _one in part)
            told = rows if isinstance(wanted.pop(place), tuple) else rows[0]
            _step(place, askings[place], told, wanted, answers)
    return tuple(answers)


def one_list(*askings: Asks[Any]) -> Asks[list[Any]]:
    """The same for generators of lists: what they answer, as one list."""
    answers = yield from together(*askings)
    return [one for answer in answers for one in answer]


def _step(place: int, one: Asks[Any], told: Any, wanted: dict[int, Any], answers: list[Any]) -> None:
    try:
        wanted[place] = one.send(told)
    except StopIteration as end:
        answers[place] = end.value


def _ask(wanted: Sequence[Wanted]) -> list[Any]:
    """What each one is told, in as few journeys to each database as there may be."""
    if len(wanted) == 1 and not _to_be_counted(wanted[0]):
        return [_alone(wanted[0])]
    found: list[Any] = []
    ready: dict[str, dict[Any, list[tuple[int, _Part]]]] = {}
    for place, one in enumerate(wanted):
        part = _part(one)
        found.append(_alone(one) if part is None else None if part.sql else part.filled([]))
        if part is not None and part.sql:
            ready.setdefault(part.alias, {}).setdefault(part.same or place, []).append((place, part))
    for alias, parts in ready.items():
        for some in _pieces(parts.values()):
            for askers, told in zip(some, _journey(alias, [askers[0][1] for askers in some]), strict=True):
                for place, part in askers:
                    found[place] = part.filled(told)
    return found


def _to_be_counted(one: Wanted) -> bool:
    """Whether it is a number whose statement is ready, which is no statement of its rows."""
    return isinstance(one, NumberOf) and isinstance(one.rows, Later)


def _alone(one: Wanted) -> Any:
    if isinstance(one, Later):
        return one.question(*one.values)
    if isinstance(one, NumberOf):
        return _rows_of(one.rows).count()
    return list(one)


def _rows_of(rows: Rows | Later) -> Rows:
    return rows.question.make(*rows.values) if isinstance(rows, Later) else rows


@dataclass
class _Part:
    """One SELECT, put together and not asked yet, and what is made of its rows. `sql` is empty where it is certain that
    there is none. Parts with the `same` are asked once; each asker gets objects of her own."""

    alias: str
    sql: str
    values: Sequence[Any]
    filled: Callable[[list[tuple[Any, ...]]], Any]
    width: int = 1
    same: tuple[str, str] | None = None


def _part(one: Wanted) -> _Part | None:
    """The SELECT of a question; None for one that has to ask by itself."""
    counted = isinstance(one, NumberOf)
    rows = one.rows if isinstance(one, NumberOf) else one
    if isinstance(rows, Later):
        question = rows.question.keys if counted else rows.question
        statement = question.statement(rows.values)
        if statement is not None:
            return _part_of_statement(statement, rows.values, counted)
    rows = _rows_of(rows)
    return _part_of_rows(rows.values("pk") if counted else rows, counted)


def _part_of_statement(statement: Statement, asked: tuple[Any, ...], counted: bool) -> _Part | None:
    if not statement.plain:
        return None
    values, alias = statement.values(asked), statement.connection.alias
    if not statement.sql:
        return _Part(alias, "", (), _number if counted else list)
    if counted:
        return _Part(alias, _count(statement.sql), values, _number)
    sql, read = _in_order(statement.sql, statement.bounded, statement.connection), statement.read
    same = (sql, repr(values))
    return _Part(alias, sql, values, lambda told: [read(row) for row in told], statement.width, same)


def _part_of_rows(rows: Rows, counted: bool) -> _Part | None:
    if rows._result_cache is not None or type(rows.query) is not Query:
        return None
    compiler = rows.query.get_compiler(using=rows.db)
    filled = _number if counted else _filling(rows, compiler)
    try:
        sql, values = compiler.as_sql()
    except EmptyResultSet:
        return _Part(rows.db, "", (), filled)
    if compiler.has_extra_select:
        return None
    if counted:
        return _Part(rows.db, _count(sql), values, _number)
    return _Part(
        rows.db, _in_order(sql, rows.query.is_sliced, compiler.connection), values, filled, compiler.col_count or 0
    )


def _count(sql: str) -> str:
    return f"SELECT COUNT(*) FROM ({sql}) counted"


def _number(told: list[tuple[Any, ...]]) -> Any:
    return told[0][0] if told else 0


def _in_order(sql: str, bounded: bool, connection: Any) -> str:
    """In a list of several, SQLite keeps the order of a part only where it has a limit."""
    return sql if bounded or connection.vendor != "sqlite" else f"{sql} LIMIT -1"


def _filling(rows: Rows, compiler: SQLCompiler) -> Callable[[list[tuple[Any, ...]]], Any]:
    """What the queryset makes of rows: the same as if it had asked itself."""

    def filled(told: list[tuple[Any, ...]]) -> Any:
        asked = cast(Any, compiler)
        asked.execute_sql = lambda *_arguments, **_named: [told]
        query = cast(Any, rows.query)
        query.get_compiler = lambda *_arguments, **_named: asked
        try:
            return list(rows)
        finally:
            del query.get_compiler

    return filled


def _pieces(parts: Iterable[list[tuple[int, _Part]]]) -> Iterable[list[list[tuple[int, _Part]]]]:
    piece: list[list[tuple[int, _Part]]] = []
    values = 0
    for askers in parts:
        several = len(askers[0][1].values)
        if piece and (len(piece) == MOST_PARTS or values + several > MOST_VALUES):
            yield piece
            piece, values = [], 0
        piece.append(askers)
        values += several
    if piece:
        yield piece


def _journey(alias: str, parts: Sequence[_Part]) -> list[list[tuple[Any, ...]]]:
    """The rows of each part. SQLite is asked for one list of all of them, PostgreSQL for one list after the other."""
    connection = connections[alias]
    values = [value for part in parts for value in part.values]
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            cursor.execute("; ".join(part.sql for part in parts), values)
            found = [cursor.fetchall()]
            while cursor.nextset():
                found.append(cursor.fetchall())
            return found
        cursor.execute(_one_list(parts), values)
        lists: list[list[tuple[Any, ...]]] = [[] for _part in parts]
        ends = [part.width + 1 for part in parts]
        for row in cursor.fetchall():
            lists[row[0]].append(row[1 : ends[row[0]]])
        return lists


def _one_list(parts: Sequence[_Part]) -> str:
    """All SELECTs as one, each row led by the number of its part.

    The first line has no row: it keeps columns from taking the type of the part that stands first.
    """
    width = max(part.width for part in parts)
    lines = [f"SELECT NULL{', NULL' * width} WHERE 0"]
    for place, part in enumerate(parts):
        more = ", NULL" * (width - part.width)
        lines.append(f"SELECT {place}, *{more} FROM ({part.sql})")
    return " UNION ALL ".join(lines)
