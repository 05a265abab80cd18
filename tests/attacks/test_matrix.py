"""AT010-AT029: every route, duty and relation against an independent table, and every byte for canaries (P1, P2, P14).

AT012 by its pairs: each route with somebody let in and somebody kept out, each stand-in, and more by the printed seed;
every pair in a full run.
"""

from __future__ import annotations

import logging
import random
from typing import Any

import pytest

from karama.ui.routes import policy_of
from tests.attacks import oracle
from tests.attacks.calling import Call, address, calls, found_in, leaks
from tests.attacks.canaries import CANARIES
from tests.attacks.ground import Ground, stand_ins
from tests.attacks.routes import Route, routes

RULES = oracle.rules()
SIGN_IN = ("/sign-in/", "/duty/")
WITHOUT_A_ROW = (
    "account_logout", "accounts:lock", "accounts:locked", "ui:language", "ui:hide", "ui:style", "sync:field_sync",
    "sync:field_courier", "sync:field_app", "sync:field_worker", "sync:field_manifest",
    "accounts:enrol", "voice:say", "voice:reply", "voice:wall",
)  # fmt: skip
"""What a locked screen or a telephone may do, and what needs no account: these show no record, and nobody acts in them
by a cookie."""
MORE = 60
TELLING = (
    "supervisor.far", "supervisor.hidden", "supervisor.near", "psychologist.hidden", "community_agent.near",
    "social_worker.assigned", "physiotherapist.assigned", "data_protection_officer.near",
)  # fmt: skip
"""Those whose every page of a participant is opened in each run, because each stands for a rule of its own."""


def test_every_route_stands_in_the_table() -> None:
    """AT011: a route that the independent table does not know fails, and so does a row without its route.

    Add the route to `tests/attacks/access_table.toml`: which duties, with which relation, from the design, not from
    the code.
    """
    names = {one.name for one in routes()}
    assert names - set(RULES) == set(), "routes that the table does not know"
    assert set(RULES) - names == set(), "rows of the table whose route is gone"


def test_every_route_declares_its_policy() -> None:
    """AT013: a route without a declared policy fails; declare it with @route_policy(...) on the view."""
    silent = [route.name or repr(route.view) for route in routes() if policy_of(route.view) is None]
    assert not silent, f"declare a policy with karama.ui.routes.route_policy: {silent}"
    assert len(routes()) > 60


@pytest.mark.parts(12)
def test_nobody_comes_in_beyond_the_table(
    ground: Ground, karama_seed: int, full_run: bool, part: tuple[int, int], caplog: Any
) -> None:
    """AT012: each route answers each duty in each relation exactly as the independent table says, and never breaks.

    AT020: no answer, header, cookie, log line or row of the access log holds a canary that the reader may not be shown.
    AT021: each request of somebody who acts in a duty leaves exactly one row in the access log, whatever the answer;
    somebody who is signed out or holds no duty leaves none. AT022: opening a page writes nothing else.
    """
    number, of = part
    _attack(ground, chosen(karama_seed, full_run)[number::of], caplog)


@pytest.mark.parametrize("who", TELLING)
def test_each_page_of_a_participant(ground: Ground, who: str, caplog: Any) -> None:
    """AT015: every page about a participant, for those who stand for a rule of their own, answers as the table says."""
    _attack(ground, [(who, route) for route in routes() if RULES[route.name].kind == "person"], caplog, ("get",))


def test_a_visitor_is_sent_to_the_sign_in(ground: Ground, caplog: Any) -> None:
    """AT016: whoever is signed out sees what is public and is sent to the sign-in by everything else."""
    _attack(ground, [("visitor", route) for route in routes()], caplog)


def _attack(
    ground: Ground, pairs: list[tuple[str, Route]], caplog: Any, methods: tuple[str, ...] = ("get", "post")
) -> None:
    caplog.set_level(logging.DEBUG)
    wrong: list[str] = []
    count = 0
    for call in calls(ground, pairs, caplog, methods):
        count += 1
        wrong += [f"{call.name}: {said}" for said in verdicts(call)]
    assert not wrong, f"{len(wrong)} faults in {count} calls:\n" + "\n".join(sorted(wrong)[:80])
    assert count == len(pairs) * len(methods)


def chosen(seed: int, full: bool) -> list[tuple[str, Route]]:
    """All pairs; else a sample in which each route appears with somebody let in and somebody kept out, and each
    stand-in at least once."""
    known = [one for one in routes() if one.name in RULES]
    every = [(who, route) for who in (*stand_ins(), "visitor", "unposted") for route in known]
    if full:
        return every
    dice = random.Random(seed)
    dice.shuffle(every)
    kept: dict[tuple[str, bool], tuple[str, Route]] = {}
    seen: dict[str, tuple[str, Route]] = {}
    for who, route in every:
        kept.setdefault((route.name, RULES[route.name].lets_in(who)), (who, route))
        seen.setdefault(who, (who, route))
    return list(dict.fromkeys([*kept.values(), *seen.values(), *every[:MORE]]))


def verdicts(call: Call) -> list[str]:
    """Everything that is wrong with a call."""
    wrong = [coming_in(RULES[call.route.name], call.who, call.method, call.answer)]
    wrong += [f"shows {one}" for one in leaks(call.who, call.told)]
    wrong += [f"logs {one}" for one in found_in(call.logged)]
    wrong += [f"notes {one}" for one in found_in(repr(call.rows))]
    rows = 0 if call.who in ("visitor", "unposted") or call.route.name in WITHOUT_A_ROW else 1
    if len(call.rows) != rows:
        wrong.append(f"{len(call.rows)} rows in the access log instead of {rows}: {call.rows}")
    if call.method == "get" and call.wrote:
        wrong.append(f"writes {call.wrote} entries by being opened")
    return [one for one in wrong if one]


def coming_in(rule: oracle.Rule, who: str, method: str, answer: Any) -> str:
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


OPENED = (
    "people:person", "people:consents", "people:hidden", "care:versions", "safety:alert", "people:correct",
    "people:family", "care:episode", "care:death", "care:note", "care:plan", "care:pathway", "care:close",
    "care:decide", "care:decision", "safety:incident", "care:closing_site", "care:farewell",
    "care:closing_grant", "care:farewell_of", "care:attribution", "programme:grant",
    "outreach:visit", "outreach:security_incident", "outreach:amend",
    "outreach:stock_of", "outreach:delivery",
    "voice:request", "voice:copy", "reception:follow_up", "reception:wish", "care:prescription", "care:body",
    "sync:held_one", "care:supervision_held", "care:review_alert", "care:review_stuck", "care:question",
    "referrals:referral",
    "care:amend_family_session", "care:family_goal", "care:amend_family_rating",
    "care:intake_chapter",
)  # fmt: skip


OF_THE_OFFICER = ("people:review_emergency", "people:withdrawal", "voice:assessment", "voice:message", "voice:sound")


def test_the_scan_is_not_blind(ground: Ground) -> None:
    """AT023: those who may see them are shown the canaries of each room: the scan looks at real pages."""
    text = ""
    readers = dict.fromkeys(OF_THE_OFFICER, "data_protection_officer.near")
    readers["staffcare:own"] = "community_agent.assigned"
    for one in routes():
        who = readers.get(one.name, "supervisor.near")
        if one.name in (*OPENED, *readers):
            text += ground.browser(who).get(address(one, ground.ids)).content.decode()
        if one.name == "care:intake_chapter":
            text += ground.browser("psychologist.assigned").get(address(one, ground.ids)).content.decode()
    missing = set(CANARIES) - set(found_in(text))
    assert not missing, f"nowhere shown, so nowhere searched for: {missing}"
