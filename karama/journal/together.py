"""Questions of several rooms put to the database in one go: as many journeys as the longest chain needs, not as there
are questions.

A query function that is `asks` is a generator: `rows = yield queryset` (or a tuple of querysets, for a tuple of rows).
Called by itself it asks at once, as any function does; `.asking(...)` lets `together` put its questions beside those of
others. Each question stays its room's own, with its own policy in it: what is put together are whole SELECTs, and none
of them sees the rows of another. Nothing is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, Protocol, TypeVar, cast

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler

from karama.journal.journeys import journey
from karama.journal.readymade import Later
from karama.journal.statements import Statement

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")
Rows = QuerySet[Any, Any]
Asks = Generator[Any, Any, Answer]
"""Yields a queryset, a `NumberOf` one, or a tuple of them; is sent their rows or numbers; returns an answer."""


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
        askers = list(parts.values())
        selects = [(one[0][1].sql, one[0][1].values) for one in askers]
        for some, told in zip(askers, journey(connections[alias], selects), strict=True):
            for place, part in some:
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
    read = statement.read
    return _Part(alias, statement.sql, values, lambda told: [read(row) for row in told], (statement.sql, repr(values)))


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
    return _Part(rows.db, sql, values, filled)


def _count(sql: str) -> str:
    return f"SELECT COUNT(*) FROM ({sql}) counted"


def _number(told: list[tuple[Any, ...]]) -> Any:
    return told[0][0] if told else 0


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
