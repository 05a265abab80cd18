"""`among`: `in` for a column of a joined table, with which SQLite never begins.

Without statistics SQLite would begin with everybody of a site to find the three deaths there. Statistics are no way
out: they make an index on a column that is mostly empty look useless (decision 0072).
"""

from __future__ import annotations

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field
from django.db.models.fields.related import ForeignObject
from django.db.models.fields.related_lookups import RelatedIn
from django.db.models.lookups import In
from django.db.models.sql.compiler import SQLCompiler


class NotTheFirst:
    """On SQLite a plus before the column keeps it from being searched by an index; it changes no value."""

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        """The same words as elsewhere, behind a plus."""
        sql, values = self.as_sql(compiler, connection)  # type: ignore[attr-defined]  # of the lookup beside it
        return f"+{sql}", values


@Field.register_lookup
class AmongValues(NotTheFirst, In):
    """For a column of its own."""

    lookup_name = "among"


@ForeignObject.register_lookup
class AmongKeys(NotTheFirst, RelatedIn):
    """For a column that is a key of another table."""

    lookup_name = "among"
