"""AT010-AT045: every route, duty and relation against an independent table, and every byte for canaries (P1, P2)."""

from __future__ import annotations

import logging
import random
import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from karama.journal.models import Access
from tests.attacks import oracle
from tests.attacks.ground import CANARIES, Ground, ground, stand_ins, undone
from tests.attacks.routes import OF_A_PERSON, Route, routes

__all__ = ["ground"]

RULES = oracle.rules()
SIGN_IN = ("/sign-in/", "/duty/")
LEAVES = {"account_logout", "accounts:lock", "accounts:end_other_browsers", "accounts:end_browser"}
"""Routes after which a session is another one: they are called in a session of their own."""
WORDS = {"kind": "seen", "purpose": "share", "instrument": "phq9", "programme": "iraq-torture-rehabilitation"}


def address(route: Route, ids: dict[str, UUID]) -> str:
    """The address of a route with these ids."""
    from django.urls import reverse

    values: dict[str, Any] = {}
    for name, kind in route.names:
        if kind == "UUIDConverter":
            values[name] = ids.get(name, UUID(int=9))
        else:
            values[name] = 1 if kind == "IntConverter" else WORDS[name]
    return reverse(route.name, kwargs=values)


def everybody() -> list[str]:
    return [*stand_ins(), "visitor", "unposted"]


TELLING = (
    "supervisor.far", "supervisor.hidden", "supervisor.near", "psychologist.hidden", "community_agent.near",
    "social_worker.assigned", "physiotherapist.assigned", "data_protection_officer.near",
)  # fmt: skip
"""Those whose every page of a participant is opened in each run, because each stands for a rule of its own."""


def chosen(seed: int, full: bool, most: int) -> list[tuple[str, Route]]:
    """All pairs; else a sample in which each route appears with somebody let in and somebody kept out, and each
    stand-in at least once."""
    known = [one for one in routes() if one.name in RULES]
    every = [(who, route) for who in everybody() for route in known]
    if full:
        return every
    dice = random.Random(seed)
    dice.shuffle(every)
    kept: dict[tuple[str, bool], tuple[str, Route]] = {}
    seen: dict[str, tuple[str, Route]] = {}
    for who, route in every:
        kept.setdefault((route.name, RULES[route.name].lets_in(who)), (who, route))
        seen.setdefault(who, (who, route))
    always = [(who, route) for who in TELLING for route in known if RULES[route.name].kind == "person"]
    return list(dict.fromkeys([*always, *kept.values(), *seen.values(), *every[:most]]))


def answers(ground: Ground, pairs: list[tuple[str, Route]], caplog: Any) -> Iterator[tuple[str, Route, str, Any, str]]:
    """Call each pair by GET and POST and take back what it did: (who, route, method, answer, log lines)."""
    for who, route in sorted(pairs, key=lambda pair: (pair[0], pair[1].name)):
        for method in ("get", "post"):
            if route.name in LEAVES:
                ground.clients.pop(who, None)
            client = ground.browser(who)
            caplog.clear()
            with undone():
                answer = getattr(client, method)(address(route, ground.ids))
                yield who, route, method, answer, caplog.text
            if route.name in LEAVES:
                ground.clients.pop(who, None)


def verdict(rule: oracle.Rule, who: str, method: str, answer: Any) -> str:
    """What is wrong with an answer; empty when it is as the table says."""
    status = answer.status_code
    if status >= 500:
        return f"broke with {status}"
    if rule.lets_in(who):
        if rule.kind == "account" or (rule.kind == "own" and who == "unposted"):
            return ""  # some of these wait for a factor or a duty; none shows a record
        if method == "get" and not rule.post and status == 404:
            return "should come in, and is told that it does not exist"
        return ""
    if who in ("visitor", "unposted"):
        where = answer.headers.get("Location", "")
        return "" if status in (404, 405) or (status == 302 and where.startswith(SIGN_IN)) else f"came in with {status}"
    return "" if status in (404, 405) else f"came in with {status}"


def test_every_route_stands_in_the_table() -> None:
    """AT011: a route that the independent table does not know fails, and so does a row without its route.

    Add the route to `tests/attacks/access_table.toml`: which duties, with which relation, from the design, not from
    the code.
    """
    names = {one.name for one in routes()}
    assert names - set(RULES) == set(), "routes that the table does not know"
    assert set(RULES) - names == set(), "rows of the table whose route is gone"


def test_nobody_comes_in_beyond_the_table(ground: Ground, karama_seed: int, full_run: bool, caplog: Any) -> None:
    """AT012: each route answers each duty in each relation exactly as the independent table says, and never breaks.

    AT040: no answer, header, log line or row of the access log holds a canary that the reader may not be shown.
    """
    caplog.set_level(logging.DEBUG)
    wrong: list[str] = []
    count = 0
    for who, route, method, answer, logged in answers(ground, chosen(karama_seed, full_run, 250), caplog):
        count += 1
        said = verdict(RULES[route.name], who, method, answer)
        if said:
            wrong.append(f"{method} {route.name} as {who}: {said}")
        body = (b"".join(answer) if answer.streaming else answer.content).decode("utf-8", "replace")
        wrong += [
            f"{method} {route.name} as {who}: shows {one}" for one in leaks(who, body + repr(dict(answer.headers)))
        ]
        wrong += [f"{method} {route.name} as {who}: logs {one}" for one in found_in(logged)]
        kept = repr(list(Access.objects.order_by("-at").values_list("route", "reason", "actor_name", "purpose")[:3]))
        wrong += [f"{method} {route.name} as {who}: notes {one}" for one in found_in(kept)]
    assert not wrong, f"{len(wrong)} of {count} calls (seed {karama_seed}):\n" + "\n".join(sorted(wrong)[:80])
    assert count > 2 * len(RULES)


def found_in(text: str) -> list[str]:
    """Which canaries stand in a text."""
    return [name for name, (_compartment, token) in CANARIES.items() if token.casefold() in text.casefold()]


def leaks(who: str, text: str) -> list[str]:
    """Canaries in a text that this reader may not be shown."""
    allowed = oracle.may_be_shown(who)
    return [name for name in found_in(text) if CANARIES[name][0] not in allowed]


OPENED = (
    "people:person",
    "people:consents",
    "people:hidden",
    "care:versions",
    "safety:alert",
    "people:correct",
    "people:family",
    "care:episode",
    "care:death",
    "care:note",
    "care:plan",
    "care:pathway",
    "care:close",
    "voice:request",
    "voice:copy",
)


def test_the_scan_is_not_blind(ground: Ground) -> None:
    """AT041: those who may see them are shown the canaries of each room: the scan looks at real pages."""
    text = ""
    for route in routes():
        if route.name in OPENED:
            text += ground.browser("supervisor.near").get(address(route, ground.ids)).content.decode()
        if route.name == "people:review_emergency":
            text += ground.browser("data_protection_officer.near").get(address(route, ground.ids)).content.decode()
    missing = set(CANARIES) - set(found_in(text))
    assert not missing, f"nowhere shown, so nowhere searched for: {missing}"


STRANGERS = ("community_agent.far", "psychologist.hidden", "mel_officer.near", "administrator.near", "reception.near")


def test_absent_and_not_yours_are_one_answer(ground: Ground) -> None:
    """AT030: what is not yours answers with the bytes and the number of queries of what does not exist (P3)."""
    wrong = [f"{who}: {one}" for who in STRANGERS for one in differences(ground, who)]
    assert not wrong, "\n".join(wrong)


def differences(ground: Ground, who: str) -> list[str]:
    """Routes on which this stand-in could tell something of Amal from nothing."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    nobody = dict.fromkeys(OF_A_PERSON, UUID(int=99))
    wrong: list[str] = []
    client = ground.browser(who)
    for route in routes():
        if RULES[route.name].kind != "person" or RULES[route.name].lets_in(who):
            continue
        for method in ("get", "post"):
            told = []
            for ids in (ground.ids, ground.ids | nobody):
                with undone(), CaptureQueriesContext(connection) as queries:
                    answer = getattr(client, method)(address(route, ids))
                told.append((answer.status_code, masked(answer.content), len(queries)))
            if told[0] != told[1]:
                parts = [name for name, a, b in zip(("status", "bytes", "queries"), *told, strict=True) if a != b]
                wrong.append(f"{method} {route.name}: {parts} {told[0][0]}/{told[1][0]} {told[0][2]}/{told[1][2]}")
    return wrong


def masked(body: bytes) -> bytes:
    """Without what differs in each request."""
    text = re.sub(rb'name="csrfmiddlewaretoken" value="[^"]*"', b"", body)
    text = re.sub(rb'nonce="[^"]*"', b"", text)
    return re.sub(rb"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}", b"id", text)


CHILDREN = {"people:withdraw": "consent"}
"""Routes with a parent and a child in the address."""


def test_a_child_of_another_parent_is_not_there(ground: Ground) -> None:
    """AT031: an id of somebody else's record under one's own person's address is not found (F1)."""
    from karama.people.actions import record_consent, register_person
    from karama.people.models import Consent
    from karama.people.searching import search_token

    agent = ground.actors["community_agent.assigned"]
    from karama.journal import clock

    other = register_person(
        by=agent, site=ground.ids["site"], identity_mode="coded", searched=search_token(agent, clock.now()),
        limits="read_aloud", age_band="25-34",
    ).value.id  # fmt: skip
    record_consent(by=agent, person=other, purpose="care", decision="yes", method="verbal")
    foreign = Consent.objects.get(person_id=other).id
    from django.urls import reverse

    url = reverse("people:withdraw", args=[ground.ids["person"], foreign])
    two = [one.name for one in routes() if sum(kind == "UUIDConverter" for _name, kind in one.names) > 1]
    assert set(two) == set(CHILDREN), f"attack these, too: {two}"
    assert ground.browser("community_agent.assigned").get(url).status_code == 404
    with undone():
        sent = ground.browser("community_agent.assigned").post(url, {"confirmed": "yes"})
        assert sent.status_code == 404
    assert ground.browser("community_agent.assigned").get(
        reverse("people:withdraw", args=[ground.ids["person"], ground.ids["consent"]])
    ).status_code == 200  # fmt: skip
