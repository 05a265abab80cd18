"""CA360: how much a page asks of the database does not depend on how many people there are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from karama.accounts.today import lines_for
from karama.care.actions import open_episode, record_response
from karama.journal import Actor, clock
from karama.safety.actions import raise_worry
from tests.care.conftest import Clinic, all_answers

MOST = {"nadia": 6, "diego": 6}
"""Journeys to the database that Today may make, by whose it is: decision 0072. The rooms ask together."""


def _more_people(clinic: Clinic, count: int) -> None:
    for _one in range(count):
        person = clinic.register("diego")
        open_episode(by=clinic["diego"], person=person)
        told = {
            "instrument": "phq9",
            "answers": all_answers(),
            "mode": "interviewer",
            "language": "en",
            "on": clock.now().date(),
        }
        record_response(by=clinic["diego"], person=person, **told)
        raise_worry(by=clinic["diego"], person=person, kind="suicide")


def _asked(by: Actor, reading_as: Callable[..., Any]) -> int:
    with reading_as(by), CaptureQueriesContext(connection) as asked:
        lines_for(by)
    return len(asked)


@pytest.mark.parametrize("name", sorted(MOST))
def test_today_asks_no_more_for_more_people(
    clinic: Clinic, worded: Callable[..., None], reading_as: Callable[..., Any], name: str
) -> None:
    """CA360: with six more people, answers and alerts Today asks as often as with two; and never beyond its limit."""
    worded("phq9")
    _more_people(clinic, 2)
    few = _asked(clinic[name], reading_as)
    _more_people(clinic, 6)
    assert _asked(clinic[name], reading_as) == few <= MOST[name]
