"""AT901-AT919: every route has a policy; what is not yours is not there; nothing is said that you may not see."""

from __future__ import annotations

import random
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from karama.journal.models import Entry
from karama.ui.routes import PUBLIC, policy_of
from tests.attacks.conftest import CANARIES, World
from tests.attacks.routes import Route, routes

NEVER_A_PERSON = {
    "administrator", "mel_officer", "researcher", "director", "trainer", "advocacy_officer", "interpreter"
}  # fmt: skip
"""From the prose of DESIGN 6 and J9-J16, not from code: these duties open no participant at all."""
NO_RELATION = {"tunde", "sirwan", "yolanda", "marta", "ines", "omar"}
"""Other sites and programmes, and Omar, from whom the person is hidden: for them she does not exist."""
FOR_EVERYBODY = {"safety:raised"}
"""Routes where raising a worry is open to all; what they answer reveals nothing (DESIGN 7a)."""
TOKEN = re.compile(rb'(csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*")')


def test_every_route_declares_its_policy() -> None:
    """AT901: a route without a declared policy fails; declare it with @route_policy(...) on the view."""
    silent = [route.name or repr(route.view) for route in routes() if policy_of(route.view) is None]
    assert not silent, f"declare a policy with karama.ui.routes.route_policy: {silent}"
    assert len(routes()) > 60


def test_a_visitor_sees_only_what_is_public(world: World) -> None:
    """AT902: whoever is not signed in is sent to the sign-in, on every route that is not public."""
    visitor = Client()
    for route in routes():
        address = route.address(world.ids)
        if address is None or policy_of(route.view) == PUBLIC:
            continue
        for answer in (visitor.get(address), visitor.post(address)):
            assert answer.status_code in (302, 403, 404), (route.name, answer.status_code)
            if answer.status_code == 302:
                assert "/sign-in/" in answer.headers["Location"], route.name


def chosen(every: list[tuple[str, Route]], world: World, seed: int, full: bool) -> list[tuple[str, Route]]:
    """All pairs in a full run; else a sample in which each route and each user appears."""
    if full:
        return every
    dice = random.Random(seed)
    by_route = {route.name: (user, route) for user, route in dice.sample(every, len(every))}
    by_user = {user: (user, route) for user, route in dice.sample(every, len(every))}
    return [*by_route.values(), *by_user.values()]


def test_no_combination_breaks_and_none_leaks(world: World, karama_seed: int, full_run: bool) -> None:
    """AT903: no duty on any route gets an error of the server, and no page shows what its reader may not see."""
    every = [(user, route) for user in world.duties for route in routes() if route.address(world.ids)]
    for user, route in chosen(every, world, karama_seed, full_run):
        client = world.client(user)
        client.raise_request_exception = False
        address = route.address(world.ids)
        for answer in (client.get(address), client.post(address, {"x": "1"})):
            assert answer.status_code < 500, (user, route.name, answer.status_code)
            body = b"".join(answer) if answer.streaming else answer.content
            told = body + repr(dict(answer.headers)).encode()
            if world.duties[user] in NEVER_A_PERSON or user in NO_RELATION:
                found = [name for name, token in CANARIES.items() if token.encode() in told]
                assert not found, (user, route.name, found)
        if route.name in ("account_logout", "account_change_password") or "hide" in route.name:
            world.clients.pop(user)


@pytest.mark.parametrize("user", ["tunde", "omar", "rojin", "samir", "marta"])
def test_what_is_not_yours_is_not_there(world: World, user: str) -> None:
    """AT904: for somebody without a relation, and from whom she is hidden, each page answers as for no such person."""
    from uuid import UUID

    client = world.client(user)
    client.get("/me/")  # the first request of a session notes the browser
    nobody = {name: UUID(int=99) if name in ("person", "alert", "response", "episode", "consent", "source") else value
              for name, value in world.ids.items()}  # fmt: skip
    for route in routes():
        if not route.about_a_person or route.name in FOR_EVERYBODY:
            continue
        hers, nothing = route.address(world.ids), route.address(nobody)
        if hers is None or nothing is None:
            continue
        with CaptureQueriesContext(connection) as first:
            one = client.get(hers)
        with CaptureQueriesContext(connection) as second:
            other = client.get(nothing)
        assert one.status_code == other.status_code, (route.name, one.status_code, other.status_code)
        assert one.status_code in (404, 405, 302), (route.name, one.status_code)
        assert TOKEN.sub(b"", one.content) == TOKEN.sub(b"", other.content), route.name
        if route.name.startswith("people:"):  # docs/PROGRESS.md: alerts and answers still take more queries
            assert len(first) == len(second), (route.name, len(first), len(second))


def test_those_who_care_for_her_see_her(world: World) -> None:
    """AT905: the attack is not blind: the same pages open, with her name, for those who work with her."""
    for user in ("chantal", "diego", "nadia"):
        answer = world.client(user).get(f"/people/{world.amal}/")
        assert answer.status_code == 200, user
        assert CANARIES["called"].encode() in answer.content, user


def test_no_canary_stands_in_the_clear(world: World) -> None:
    """AT906: no name and no word of hers stands in any table, the journal and the access log included."""
    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                text = repr([bytes(value) if isinstance(value, memoryview) else value for value in row])
                assert "zzcanary" not in text.lower(), table


def test_reading_writes_nothing_but_the_access_log(world: World) -> None:
    """AT907: opening pages makes no entry in the journal."""
    before = Entry.objects.count()
    client = world.client("diego")
    for route in routes():
        address = route.address(world.ids)
        if address and route.name.split(":")[0] in ("people", "care", "evidence", "programme"):
            client.get(address)
    assert Entry.objects.count() == before


def test_extra_fields_change_nothing(world: World) -> None:
    """AT908: fields that are not on the form (status, site, code, author) are not taken from a request."""
    from karama.people.models import Person

    before = Person.objects.filter(id=world.amal).values().get()
    extra = {"status": "closed", "code": "AAAA-AAAA-AA", "site": str(world.ids["site"]), "reach": "named_team"}
    client = world.client("chantal")
    client.post(f"/people/{world.amal}/correct/", {**extra, "called": "Other"})
    after = Person.objects.filter(id=world.amal).values().get()
    for name in ("status", "code", "site_id", "reach", "programme_id", "registered_on", "merged_into_id"):
        assert before[name] == after[name]
