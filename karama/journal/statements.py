"""A statement of a queryset, put together already: what is filled in, and what is made of its rows."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from types import SimpleNamespace
from typing import Any, Final, NamedTuple, cast
from uuid import UUID

from django.db.models import JSONField, Model
from django.db.models.base import ModelState
from django.db.models.fields.related_descriptors import ForeignKeyDeferredAttribute
from django.db.models.query import FlatValuesListIterable, ModelIterable, ValuesListIterable, get_related_populators
from django.db.models.query_utils import DeferredAttribute
from django.db.models.signals import post_init, pre_init
from django.utils.dateparse import parse_date, parse_datetime

from karama.journal.actors import Actor

SHORT: Final = 200
"""Characters of a list that is remembered."""

SEVERAL: Final = (list, tuple, set, frozenset)


class Place(NamedTuple):
    """Which argument stands here, which list of ids of it, and which one of them."""

    of: int
    part: int
    at: int


@dataclass
class Statement:
    """A statement with its places, and how its rows are read. `plain`: nothing is asked for beside what is read.
    Without `sql` it is certain that there is no row, whatever the values."""

    sql: str
    places: tuple[Any, ...]
    connection: Any
    read: Callable[[Any], Any]
    plain: bool

    def __post_init__(self) -> None:
        self._to_fill = [(at, place) for at, place in enumerate(self.places) if type(place) is Place]

    def values(self, asked: Sequence[Any]) -> list[Any]:
        """What is filled in for these arguments."""
        told = [[[sent(id, self.connection) for id in part] for part in parts(one)] for one in asked]
        filled = list(self.places)
        for at, place in self._to_fill:
            several = told[place.of][place.part]
            filled[at] = several[place.at] if place.at < len(several) else several[-1]
        return filled

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


class Reader:
    """Makes of a row what its queryset makes of it: an object with what came with it, a tuple, or a single value."""

    def __init__(self, rows: Any, compiler: Any, connection: Any) -> None:
        if rows._prefetch_related_lookups or rows._known_related_objects:
            raise ValueError("a question that leads to further questions is not put together once")
        self.width = compiler.col_count
        fields = [one[0] for one in compiler.select[: self.width]]
        self.converters = [
            (place, _converter(converters, expression, connection))
            for place, (converters, expression) in compiler.get_converters(fields).items()
        ]
        kinds: dict[Any, Any] = {ValuesListIterable: tuple, FlatValuesListIterable: _only}
        objects = rows._iterable_class is ModelIterable
        shape = self._object(rows, compiler) if objects else kinds[rows._iterable_class]
        self.shape: Callable[[list[Any]], Any] = shape

    def __call__(self, row: Sequence[Any]) -> Any:
        values = list(row[: self.width])
        for place, convert in self.converters:
            values[place] = convert(values[place])
        return self.shape(values)

    def _object(self, rows: Any, compiler: Any) -> Callable[[list[Any]], Any]:
        told = compiler.klass_info
        if told is None:
            return _only
        begin, end = told["select_fields"][0], told["select_fields"][-1] + 1
        names = [one[0].target.attname for one in compiler.select[begin:end]]
        alias, from_db = rows.db, maker(told["model"])
        leads = get_related_populators(told, compiler.select, alias)  # type: ignore[call-arg]  # of a newer Django
        _quicken(leads)
        annotations = tuple(compiler.annotation_col_map.items())

        def made(values: list[Any]) -> Any:
            row = from_db(alias, names, values[begin:end])
            for one in leads:
                one.populate(values, row)
            for name, place in annotations:
                setattr(row, name, values[place])
            return row

        return made


def _quicken(leads: Any) -> None:
    """Let what comes with an object be made the quick way too."""
    for one in leads:
        one.model_cls = SimpleNamespace(from_db=maker(one.model_cls))
        _quicken(one.related_populators)


def maker(model: Any) -> Callable[[str, Sequence[str], Sequence[Any]], Any]:
    """`from_db` of a model at a third of its cost, where nothing else happens when an object is made."""
    if not stores_plainly(model):
        return cast("Callable[[str, Sequence[str], Sequence[Any]], Any]", model.from_db)

    def from_db(alias: str, names: Sequence[str], values: Sequence[Any]) -> Any:
        row = model.__new__(model)
        state = row._state = ModelState()
        state.adding, state.db = False, alias
        row.__dict__.update(zip(names, values, strict=True))
        return row

    return from_db


def stores_plainly(model: Any) -> bool:
    """Whether making an object of this model does nothing but to store the values of its columns: nobody listens."""
    own = model.__init__ is not Model.__init__ or model.from_db.__func__ is not vars(Model)["from_db"].__func__
    heard = pre_init.has_listeners(model) or post_init.has_listeners(model)
    columns = {type(inspect.getattr_static(model, one.attname)) for one in model._meta.concrete_fields}
    return not own and not heard and columns <= {DeferredAttribute, ForeignKeyDeferredAttribute}


def _converter(converters: list[Any], expression: Any, connection: Any) -> Callable[[Any], Any]:
    """The converters of a column as one; of what SQLite gives as text, ten thousand times a page, a quicker one."""
    if len(converters) == 1 and connection.vendor == "sqlite":
        quick = FROM_TEXT.get(getattr(converters[0], "__name__", ""))
        if quick is not None:
            return quick
        usual = converters[0]
        if getattr(usual, "__func__", None) is JSONField.from_db_value and usual.__self__.decoder is None:
            return lambda value: usual(value, expression, connection) if (few := _few_words(value)) is None else few

    def converted(value: Any) -> Any:
        for one in converters:
            value = one(value, expression, connection)
        return value

    return converted


@lru_cache(maxsize=20_000)
def _id(value: str | None) -> UUID | None:
    return None if value is None else UUID(value)


@lru_cache(maxsize=20_000)
def _day(value: str | date | None) -> date | None:
    return parse_date(value) if isinstance(value, str) else value


@lru_cache(maxsize=20_000)
def _moment(value: str | datetime | None) -> datetime | None:
    told = parse_datetime(value) if isinstance(value, str) else value
    return told.replace(tzinfo=UTC) if told and told.tzinfo is None else told


def _few_words(value: Any) -> list[str] | None:
    """Of JSON a short list of words, as most rows have one: remembered, and given anew to each row."""
    words = _words(value) if type(value) is str and value[:1] == "[" and len(value) < SHORT else None
    return None if words is None else list(words)


@lru_cache(maxsize=2_000)
def _words(text: str) -> tuple[str, ...] | None:
    with suppress(ValueError):
        told = json.loads(text)
        return tuple(told) if all(type(one) is str for one in told) else None
    return None


FROM_TEXT: Final[dict[str, Callable[[Any], Any]]] = {
    "convert_uuidfield_value": _id,
    "convert_datefield_value": _day,
    "convert_datetimefield_value": _moment,
}
"""Django's converters for SQLite by name, with what does the same and remembers it."""


def _only(values: list[Any]) -> Any:
    return values[0]
