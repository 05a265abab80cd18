"""AT140: what is put together once is answered for everybody as if it had been put together for her alone."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.db.models import Model

from karama.journal.readymade import Readymade
from karama.journal.statements import Statement
from tests.attacks.ground import Ground, stand_ins

PAGES = ("/", "/supervision/")


def test_a_ready_question_tells_everybody_what_its_queryset_tells(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    """AT140: for every duty in every relation, each ready statement of the pages of every day is asked beside its own
    queryset: the same rows, in the same order where it has one (P3)."""
    plain, compared = Readymade.statement, Counter[str]()

    def beside(question: Readymade[Any], asked: tuple[Any, ...]) -> Statement | None:
        statement = plain(question, asked)
        if statement is not None:
            rows = question.make(*asked)
            own, ready = [_shape(one) for one in rows], [_shape(one) for one in statement.rows(asked)]
            same = own == ready if rows.ordered else Counter(own) == Counter(ready)
            assert same, f"{question.make.__qualname__} tells something else when its statement is ready"
            compared[question.make.__qualname__] += bool(own)
        return statement

    monkeypatch.setattr(Readymade, "statement", beside)
    for who in stand_ins():
        for page in PAGES:
            assert ground.browser(who).get(page).status_code in (200, 302, 403, 404)
    assert len([name for name, rows in compared.items() if rows]) >= 5, compared


def _shape(row: Any) -> str:
    """What a row tells: an object with what it leads to, and not back again."""
    if not isinstance(row, Model):
        return repr(row)
    told = {name: value for name, value in vars(row).items() if not name.startswith("_")}
    forward = {one.name for one in row._meta.concrete_fields}
    leads = {name: _shape(one) for name, one in row._state.fields_cache.items() if name in forward}
    return repr((type(row).__name__, sorted(told.items(), key=str), sorted(leads.items())))
