"""Who is signed in is found together with what she holds."""

from __future__ import annotations

from uuid import uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext

from karama.accounts.backends import Backend, held_by
from karama.accounts.models import User
from karama.accounts.queries import current_postings
from tests.accounts.signing import browser
from tests.programme.house import House


def test_a_user_is_found_with_her_duties(house: House) -> None:
    """AC161: one question tells who she is and what she holds now; no other is asked for that afterwards."""
    diego = house.user("diego")
    with CaptureQueriesContext(connection) as asked:
        found = Backend().get_user(diego.id)
        assert found is not None
        held = held_by(found)
    assert len(asked) == 1
    assert held
    assert [one.id for one in held] == [one.id for one in current_postings(diego.id)]
    assert [one.id for one in held_by(diego)] == [one.id for one in held], "also where she was not found so"
    client = browser(diego)
    with CaptureQueriesContext(connection) as asked:
        client.get("/duty/")
    assert sum('"accounts_posting"."duty"' in one["sql"] for one in asked) == 1


def test_whoever_is_locked_out_is_nobody_in_her_open_browser(house: House) -> None:
    """AC162: a user who is locked out is not found for her session, nor is one who does not exist."""
    diego = house.user("diego")
    client = browser(diego)
    assert client.get("/").status_code == 200
    User.objects.filter(id=diego.id).update(is_active=False)
    assert Backend().get_user(diego.id) is None
    assert client.get("/").status_code == 302
    assert Backend().get_user(uuid4()) is None
