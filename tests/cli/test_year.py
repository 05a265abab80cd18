"""CL040-CL049: the year of the demonstration."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as house

from karama.cli.stories import year
from karama.cli.stories.trajectories import COURSES, lives
from karama.journal import clock

TODAY = date(2026, 6, 1)


def test_lives_are_the_same_each_time() -> None:
    """CL040: the same number of people on the same day gives the same lives; another seed gives others."""
    assert lives(40, TODAY) == lives(40, TODAY)
    assert lives(40, TODAY) != lives(40, TODAY, seed=8)


def test_lives_are_of_every_kind() -> None:
    """CL041: six hundred lives hold every course in about its share, every site and mode, and nothing impossible."""
    told = lives(600, TODAY)
    counted = Counter(one.course for one in told)
    for course, share in COURSES:
        assert abs(counted[course] / 6 - share) < 5, course
    assert {one.site for one in told} == set(year.WORKERS)
    assert {one.mode for one in told} == {"named", "alias", "coded"}
    for one in told:
        assert all(0 <= value <= 3 for _after, _wave, values in one.scores for value in values)
        days = [after for after, _wave, _values in one.scores] + [after for after, _went in one.sessions]
        assert all(one.begun + timedelta(days=after) <= TODAY for after in days)
        assert TODAY.year - one.birth_year >= 18


@pytest.fixture
def told(db: None, installation: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The demonstration without its year."""
    from karama.security import vault
    from tests.machinery.remembered import remembered
    from tests.stories.conftest import _demonstration

    monkeypatch.setattr(house, "KARAMA_DEMO", True)
    monkeypatch.setattr(house, "PASSWORD_HASHERS", ["django.contrib.auth.hashers.MD5PasswordHasher"])
    vault.forget()
    remembered("tests.stories.demonstration", _demonstration)
    yield
    vault.forget()


def test_a_year_through_the_real_actions(told: None) -> None:
    """CL042: the lives become people with episodes, answers, sessions and goals; the bar counts them all."""
    from karama.care.models import Episode, Goal, Response, Session
    from karama.people.models import Person
    from karama.programme.models import Site

    before: dict[Any, int] = {one: one.objects.count() for one in (Person, Episode, Response, Session, Goal)}
    done = sum(year.tell(24, dict(Site.objects.values_list("code", "id"))))
    expected = lives(24, clock.day_in_utc() - timedelta(days=1))
    assert done == year.calls_for(24)
    assert Person.objects.count() - before[Person] == 24
    assert Response.objects.count() - before[Response] == sum(len(one.scores) for one in expected)
    assert Session.objects.count() - before[Session] == sum(len(one.sessions) for one in expected)
    assert Goal.objects.count() - before[Goal] == sum(one.course != "waiting" for one in expected)
    assert Episode.objects.filter(state="closed").count() == sum(
        one.closed and one.scores[0][2][8] == 0 for one in expected
    )


def _steps(name: str, path: str) -> int:
    """How many steps SQLite's machine takes for a page."""
    from django.db import connection
    from django.test import Client

    from karama.accounts.models import User

    taken = [0]

    def count() -> int:
        taken[0] += 1
        return 0

    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(User.objects.get(username=name))
    connection.connection.set_progress_handler(count, 100)
    assert client.get(path).status_code == 200
    connection.connection.set_progress_handler(None, 0)
    return 100 * taken[0]


@pytest.mark.sqlite
def test_an_archive_makes_no_page_read_more(told: None) -> None:
    """CL044: with three hundred people of earlier years more, no page of every day reads something of each of them more
    than a few times: one look at a row is some eight steps."""
    from karama.cli.stories import archive
    from karama.programme.models import Site

    pages = [("diego", "/"), ("nadia", "/"), ("rana", "/"), ("diego", "/people/"), ("nadia", "/supervision/")]
    for name, path in pages:
        _steps(name, path)
    before = {page: _steps(*page) for page in pages}
    people = 300
    archive.tell(people, dict(Site.objects.values_list("code", "id")), lambda rows: None)
    grown = {page: _steps(*page) - before[page] for page in pages}
    assert max(grown.values()) < 40 * people, "this page reads something of every person: see decision 0072"


def test_an_archive_comes_in_as_an_import_does(told: None) -> None:
    """CL043: people beyond the year stand under codes at the three sites, with ten responses each."""
    from karama.care.models import Response
    from karama.cli.stories import archive
    from karama.people.models import Person
    from karama.programme.models import Site

    people, responses, done = Person.objects.count(), Response.objects.count(), []
    archive.tell(9, dict(Site.objects.values_list("code", "id")), done.append)
    assert sum(done) == archive.rows_for(9) == 45
    assert Person.objects.count() - people == 9
    assert Response.objects.count() - responses == 90
    assert set(Response.objects.order_by("-recorded_at")[:90].values_list("mode", flat=True)) == {"imported"}
