"""AT030-AT039: what is not yours is not there: one answer, one cost, and no child under another parent (P3)."""

from __future__ import annotations

import random
from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from tests.attacks import oracle
from tests.attacks.calling import address, masked, of_nobody
from tests.attacks.ground import Ground, stand_ins, undone
from tests.attacks.routes import Route, routes

RULES = oracle.rules()
STRANGERS = ("psychologist.hidden", "community_agent.far", "supervisor.hidden")
"""Compared in every run: hidden from, elsewhere, and hidden from the one who otherwise sees everything."""


def of_a_person(who: str) -> list[Route]:
    """Routes about a participant that the table keeps this stand-in out of."""
    return [one for one in routes() if RULES[one.name].kind == "person" and not RULES[one.name].lets_in(who)]


@pytest.mark.parametrize("who", STRANGERS)
def test_absent_and_not_yours_are_one_answer(ground: Ground, who: str, karama_seed: int, full_run: bool) -> None:
    """AT030: on every route about a person, what is not hers answers with the bytes and the number of queries, in both
    databases, of what does not exist. Sending is sampled in an everyday run, opening is not."""
    theirs = of_a_person(who)
    unknown = {name for one in theirs for name, kind in one.names if kind == "UUIDConverter"} - set(ground.ids)
    assert not unknown, f"put one of Amal's into the ground: {unknown}"
    sent = theirs if full_run else random.Random(f"{karama_seed} {who}").sample(theirs, 8)
    wrong = [said for one in theirs for said in difference(ground, who, one, "get")]
    wrong += [said for one in sent for said in difference(ground, who, one, "post")]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parts(6)
def test_so_it_is_for_everybody(ground: Ground, karama_seed: int, full_run: bool, part: tuple[int, int]) -> None:
    """AT032: the same for every duty in every relation: a sample by the seed, every one of them in a full run."""
    pairs = [(who, one) for who in stand_ins() for one in of_a_person(who)]
    some = pairs[part[0] :: part[1]] if full_run else random.Random(karama_seed).sample(pairs, 60)
    wrong = [said for who, one in some for method in ("get", "post") for said in difference(ground, who, one, method)]
    assert not wrong, "\n".join(wrong)


QUIET = [
    ("community_agent.assigned", "referrals:take_up"), ("psychologist.assigned", "referrals:take_up"),
    ("nurse.near", "referrals:take_up"), ("nurse.assigned", "care:review_alert"),
    ("social_worker.assigned", "care:review_alert"), ("community_agent.assigned", "care:review_alert"),
    ("nurse.assigned", "care:question"), ("community_agent.assigned", "care:question"),
    ("supervisor.far", "care:question"), ("supervisor.far", "care:review_stuck"),
    ("supervisor.far", "care:put_back"), ("prescriber.assigned", "care:leaving"),
    ("supervisor.near", "care:after_leaving"),
]  # fmt: skip
"""Whoever knows the person and not this of her: what once told it by its cost is compared in every run."""


@pytest.mark.parametrize(("who", "name"), QUIET)
def test_what_is_known_in_part_is_told_from_nothing_by_nobody(ground: Ground, who: str, name: str) -> None:
    """AT033: a referral that somebody carries, and an alert that others read once more, cost those who work with the
    person as many queries as one that does not exist."""
    (one,) = (route for route in routes() if route.name == name)
    assert [said for method in ("get", "post") for said in difference(ground, who, one, method)] == []


def difference(ground: Ground, who: str, route: Route, method: str) -> list[str]:
    """How this stand-in could tell something of Amal from nothing."""
    client = ground.browser(who)
    told: list[dict[str, Any]] = []
    for ids in (ground.ids, ground.ids | of_nobody(route)):
        with undone(), CaptureQueriesContext(connections["default"]) as one, CaptureQueriesContext(
            connections["keys"]
        ) as two:  # fmt: skip
            answer = getattr(client, method)(address(route, ids))
        headers = {name: value for name, value in answer.headers.items() if "nonce-" not in value}
        told.append(
            {"status": answer.status_code, "bytes": masked(answer.content), "queries": len(one), "keys": len(two)}
            | {"headers": headers}
        )
    apart = [name for name in told[0] if told[0][name] != told[1][name]]
    seen = [(told[0][name], told[1][name]) for name in apart if name != "bytes"]
    return [f"{who} {method} {route.name}: {apart} {seen}"] if apart else []


CHILDREN = {
    "people:withdraw": "consent", "care:decide": "meeting", "care:agree_goal": "meeting", "care:farewell_of": "closing",
    "care:amend_family_session": "family_session", "care:family_goal": "family_goal",
    "care:amend_family_rating": "family_rating", "voice:sound": "sound",
}  # fmt: skip
"""Routes with a parent and a child in the address (for meetings of another site see CA313, for closings CA490, for
families CA453, for what was said aloud VO567)."""


def test_a_child_of_another_parent_is_not_there(ground: Ground) -> None:
    """AT031: an id of somebody else's record under one's own person's address is not found (F1)."""
    from karama.people.actions import record_consent, register_person
    from karama.people.models import Consent
    from karama.people.searching import search_token
    from karama.ui.addresses import reverse

    agent = ground.actors["community_agent.assigned"]
    from karama.journal import clock

    other = register_person(
        by=agent, site=ground.ids["site"], identity_mode="coded", searched=search_token(agent, clock.now()),
        limits="read_aloud", age_band="25-34",
    ).value.id  # fmt: skip
    record_consent(by=agent, person=other, purpose="care", decision="yes", method="verbal")
    foreign = Consent.objects.get(person_id=other).id

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
