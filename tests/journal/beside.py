"""Each ready statement beside its own queryset: the same rows, in the same order where it has one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db.models import Model

from karama.journal.readymade import Readymade
from karama.journal.statements import Statement


@contextmanager
def compared() -> Iterator[Counter[str]]:
    """Compare every one that is asked meanwhile: by its name, how often it told any row."""
    plain, told = Readymade.statement, Counter[str]()

    def beside(question: Readymade[Any], asked: tuple[Any, ...]) -> Statement | None:
        statement = plain(question, asked)
        if statement is not None:
            rows = question.make(*asked)
            own, ready = [_shape(one) for one in rows], [_shape(one) for one in statement.rows(asked)]
            same = own == ready if rows.ordered else Counter(own) == Counter(ready)
            assert same, f"{question.make.__qualname__} tells something else when its statement is ready"
            told[question.make.__qualname__] += bool(own)
        return statement

    with pytest.MonkeyPatch.context() as patching:
        patching.setattr(Readymade, "statement", beside)
        yield told


def _shape(row: Any) -> str:
    """What a row tells: an object with what it leads to, and not back again."""
    if not isinstance(row, Model):
        return repr(row)
    told = {name: value for name, value in vars(row).items() if not name.startswith("_")}
    forward = {one.name for one in row._meta.concrete_fields}
    leads = {name: _shape(one) for name, one in row._state.fields_cache.items() if name in forward}
    return repr((type(row).__name__, sorted(told.items(), key=str), sorted(leads.items())))
