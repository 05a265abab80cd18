"""The pages of a grant that ends: counts for whoever directs, the list for the supervisor, a goodbye in few taps."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from karama.accounts.models import User
from karama.care import queries
from karama.care.actions import close_episode, open_episode, plan_site_closing, say_goodbye
from karama.care.models import Attribution, Farewell
from karama.care.problems import ClosingOver
from karama.care.queries.leaving import planned_ends
from karama.care.todayheader import DUE_SHOWN, RANK, today
from karama.journal import reading
from karama.people.actions import hide_from
from karama.people.registries import copy_of
from karama.programme.actions import change_grant
from karama.programme.days import today_at
from karama.programme.models import Grant
from tests.accounts import signing
from tests.care.ends import Money, money
from tests.care.test_pages import text

__all__ = ["money"]


SURE = {"confirmed": "yes"}


def window(money: Money, who: str) -> Client:
    """A browser in which somebody is signed in, past every gate."""
    factor = who in ("samir", "mariam", "leila")
    return signing.browser(User.objects.get(pk=money.clinic[who].id), factor=factor)


def test_a_closing_by_taps(money: Money) -> None:
    """CA483: planned by the director, said by the worker, seen by the supervisor, closed on the day: each page leads to
    the next, and neither names whom the other may not see."""
    clinic, here = money.clinic, f"/closing/grants/{money.grant.id}/"
    mariam, nadia, chantal = (window(money, who) for who in ("mariam", "nadia", "chantal"))
    assert f'href="/grants/{money.grant.id}/"' in text(mariam.get("/grants/"))
    assert f'href="{here}"' in text(mariam.get(f"/grants/{money.grant.id}/"))
    told = {"ends_on": today_at(money.clinic.here.id), "why": "The contract ends", "told": [str(clinic["nadia"].id)]}
    assert mariam.post(here, {**told, "why": ""}).status_code == 422
    assert mariam.post(here, told).status_code == 302
    code = text(nadia.get(here))
    goodbye = f"/people/{money.person}/goodbye/{money.closing}/"
    assert goodbye in code
    page = text(mariam.get(here))
    assert "fewer than 10 people" in page
    assert goodbye not in page
    assert mariam.post(f"{here}finish/", SURE).headers["Location"] == here
    assert "had no goodbye yet" in text(mariam.get(here))
    assert goodbye in text(chantal.get("/"))
    answers = {"last_check": "safe", "onward": "ended", "follow_up": "yes"}
    assert chantal.post(goodbye, {"last_check": "safe", "onward": "handed_over"}).status_code == 422
    assert chantal.post(goodbye, answers).status_code == 302
    assert Farewell.objects.get().follow_up == "yes"
    assert "1 of 1" in text(nadia.get(here))
    assert "Nobody." in text(mariam.get(here))
    assert mariam.post(f"{here}finish/", SURE).headers["Location"] == f"/grants/{money.grant.id}/"
    assert Grant.objects.get(pk=money.grant.id).closed_on is not None
    assert chantal.get(goodbye).status_code == 404
    assert nadia.post(f"{here}cancel/", SURE).status_code == 404


def test_many_goodbyes_are_one_line_below_what_is_due(money: Money) -> None:
    """CA994: whoever has several goodbyes to say sees one line with their number, which opens the list, below what is
    due."""
    clinic, chantal = money.clinic, money.clinic["chantal"]
    for number in range(2):
        person = clinic.register(first=f"Noor{number}", last="Salem")
        open_episode(by=chantal, person=person, state="active")
    money.plan()
    with reading(by=chantal, purpose="care", route="tests.care"):
        told = [one for one in today(by=chantal) if "goodbye" in one.url]
        people = {one.person for one in queries.goodbyes_to_say(chantal)}
    assert [(str(one.words), one.url, one.code) for one in told] == [("3 goodbyes to say", "/goodbyes/", "")]
    assert told[0].rank > RANK + DUE_SHOWN
    page = text(window(money, "chantal").get("/goodbyes/"))
    assert len(people) == 3
    assert all(f"/people/{one}/goodbye/{money.closing}/" in page for one in people)
    assert "goodbye/" not in text(window(money, "diego").get("/goodbyes/"))


def test_a_goodbye_takes_six_taps(money: Money) -> None:
    """CA484: from the list to the saved goodbye: the person, danger, where to, the yes, may we ask later, save."""
    money.plan()
    other = money.open("G-5", 300, services=["recreation"])
    nadia = window(money, "nadia")
    page = text(nadia.get(f"/closing/grants/{money.grant.id}/"))
    goodbye = f"/people/{money.person}/goodbye/{money.closing}/"
    taps = [f'href="{goodbye}"' in page]
    form = text(nadia.get(goodbye))
    answers = {"last_check": "safe", "onward": f"grant:{other.id}", "agreed": "on", "follow_up": "no"}
    for name, value in answers.items():
        taps.append(f'name="{name}"' in form and (value == "on" or f'value="{value}"' in form))
    assert nadia.post(goodbye, answers).status_code == 302
    taps.append(True)
    assert taps == [True] * 6
    assert Farewell.objects.get().grant_id == other.id
    assert "They stay" in text(nadia.get(f"/closing/grants/{money.grant.id}/"))


def test_no_goodbye_names_the_donor(money: Money) -> None:
    """CA485: the page that a person may look at says that money ends, and neither it nor the copy of their record names
    who gave it."""
    money.plan()
    other = money.open("G-5", 300, services=["recreation"])
    page = text(window(money, "chantal").get(f"/people/{money.person}/goodbye/{money.closing}/"))
    assert other.name in page
    assert money.grant.donor not in page
    assert other.donor not in page
    with reading(by=money.clinic["nadia"], purpose="rights", route="tests.care"):
        copy = copy_of(by=money.clinic["nadia"], person=money.person, language="en")
    assert not any(donor in str(copy) for donor in (money.grant.donor, other.donor, money.grant.name))


def test_the_list_of_a_supervisor_tells_of_nobody_hidden(money: Money) -> None:
    """CA486: what a supervisor reads is the same whether somebody hidden from her is left or nobody is."""
    money.plan()
    here, nadia = f"/closing/grants/{money.grant.id}/", window(money, "nadia")
    hide_from(by=money.clinic["chantal"], person=money.person, user=money.clinic["nadia"].id, reason="Asked for it")

    def shown() -> list[str]:
        pages = (text(nadia.get(path)) for path in (here, "/grants/", f"/grants/{money.grant.id}/"))
        return [_plain(page) for page in pages]

    before = shown()
    told: dict[str, Any] = {"reason": "service_ended", "outcome": "improved", "follow_up": "no"}
    close_episode(by=money.clinic["chantal"], episode=money.episode, **told)
    assert shown() == before


def _plain(page: str) -> str:
    """A page without what differs each time."""
    return re.sub(r'(name="(csrfmiddlewaretoken|op_id)" value=")[^"]*|nonce="[^"]*"', r"\1", page)


def test_a_supervisor_writes_down_what_pays(money: Money) -> None:
    """CA487: on the page of an episode a supervisor sees which grants pay, and writes down otherwise with a reason."""
    other = money.open("G-5", 300, services=["recreation"])
    nadia, here = window(money, "nadia"), f"/episodes/{money.episode}/grants/"
    assert f'href="{here}"' in text(nadia.get(f"/episodes/{money.episode}/"))
    assert f'href="{here}"' not in text(window(money, "chantal").get(f"/episodes/{money.episode}/"))
    page = text(nadia.get(here))
    assert all(words in page for words in ("Pays", "May pay: the record does not say"))
    assert nadia.post(here, {"grant": str(other.id), "paid": "yes", "reason": ""}).status_code == 422
    assert nadia.post(here, {"grant": str(other.id), "paid": "yes", "reason": "Agreed"}).status_code == 302
    assert Attribution.objects.get().paid
    assert "Agreed" in text(nadia.get(here))
    assert window(money, "chantal").get(here).status_code == 404


def test_a_closing_of_another_place_is_not_there(money: Money) -> None:
    """CA490: under a person's address a closing of another site, and one that does not exist, are told as nothing; no
    goodbye is written because of them."""
    clinic = money.clinic
    sirwan = clinic.hire("sirwan", "supervisor", clinic.elsewhere)
    other = plan_site_closing(by=sirwan, site=clinic.elsewhere.id, ends_on=money.day).value.id
    nadia = window(money, "nadia")
    answers = {"last_check": "safe", "onward": "ended"}
    for closing in (other, UUID(int=9)):
        here = f"/people/{money.person}/goodbye/{closing}/"
        assert nadia.get(here).status_code == nadia.post(here, answers).status_code == 404
        with pytest.raises(ClosingOver):
            say_goodbye(by=clinic["nadia"], person=money.person, closing=closing, **answers)
    assert not Farewell.objects.exists()


def test_writing_a_grant_down_by_taps(money: Money) -> None:
    """CA488: a grant is written down, given more time and let pay for more; what does not fit stands beside its field
    and loses nothing."""
    clinic, samir = money.clinic, window(money, "samir")
    new = f"/programmes/{clinic.programme.id}/grants/new/"
    today = today_at(money.clinic.here.id)
    told = {
        "name": "Another grant", "code": "G-1", "donor": "A made-up donor", "from_on": today,
        "to_on": today + timedelta(days=90), "sites": [str(clinic.here.id)], "services": [],
    }  # fmt: skip
    refused = samir.post(new, told)
    assert refused.status_code == 422
    assert "Another grant" in text(refused)
    assert samir.post(new, {**told, "code": "G-7"}).status_code == 302
    made = Grant.objects.get(code="G-7")
    change, pays = f"/grants/{made.id}/change/", f"/grants/{made.id}/pays/"
    assert (
        samir.post(change, {"name": "Longer", "donor": "Same", "to_on": today - timedelta(days=1)}).status_code == 422
    )
    assert samir.post(change, {"name": "Longer", "donor": "Same", "to_on": today}).status_code == 302
    assert samir.post(pays, {"site": str(clinic.elsewhere.id), "service": "", "team": ""}).status_code == 302
    assert "Longer" in text(samir.get("/grants/"))
    nadia = window(money, "nadia")
    assert nadia.get(f"/grants/{made.id}/").status_code == 200
    assert all(nadia.get(path).status_code == 404 for path in (new, change, pays))


def test_more_people_cost_no_more_questions(money: Money) -> None:
    """CA489: list, counts and Today ask as many questions for many people as for one."""
    money.plan()
    nadia, chantal = window(money, "nadia"), window(money, "chantal")
    asked = [(nadia, f"/closing/grants/{money.grant.id}/"), (nadia, "/grants/"), (chantal, "/")]

    def cost() -> list[int]:
        found = []
        for browser, path in asked:
            browser.get(path)
            with CaptureQueriesContext(connection) as told:
                browser.get(path)
            found.append(len(told))
        return found

    few = cost()
    for number in range(4):
        person = money.clinic.register(first=f"First{number}", last=f"Last{number}")
        open_episode(by=money.clinic["chantal"], person=person, state="active")
    assert cost() == few


def test_what_cannot_be_taken_back_is_asked_once_more(money: Money) -> None:
    """CA511: closing a grant for good, and taking its plan back with every goodbye, are asked once more; whoever may
    not do it is asked nothing."""
    here = f"/closing/grants/{money.grant.id}/"
    mariam, nadia = window(money, "mariam"), window(money, "nadia")
    money.plan(ends_on=today_at(money.clinic.here.id))
    say_goodbye(**money.goodbye())
    for end in ("finish/", "cancel/"):
        assert nadia.post(f"{here}{end}").status_code == 404
        asked = mariam.post(f"{here}{end}")
        assert asked.status_code == 200
        assert 'name="confirmed" value="yes"' in text(asked)
        assert planned_ends([money.grant.id])
        assert Grant.objects.get(pk=money.grant.id).closed_on is None
    assert mariam.post(f"{here}cancel/", SURE).headers["Location"] == here
    assert not planned_ends([money.grant.id])


def test_a_page_that_was_open_takes_no_time_from_a_grant(money: Money) -> None:
    """CA512: whoever saves a grant from a page on which an older last day stood takes no newer one back; two who both
    change it are told."""
    mariam, url = window(money, "mariam"), f"/grants/{money.grant.id}/change/"
    assert f'name="was" value="{money.grant.to_on}"' in text(mariam.get(url))
    longer, shorter = (money.grant.to_on + timedelta(days=days) for days in (200, -5))
    told = {"name": "Better name", "donor": "Donor", "was": money.grant.to_on}
    change_grant(by=money.clinic["samir"], grant=money.grant.id, name="G", donor="D", to_on=longer)
    assert mariam.post(url, {**told, "to_on": money.grant.to_on}).status_code == 302
    row = Grant.objects.get(pk=money.grant.id)
    assert (row.name, row.to_on) == ("Better name", longer)
    refused = mariam.post(url, {**told, "to_on": shorter})
    assert refused.status_code == 422
    assert "changed the last day meanwhile" in text(refused)
    assert Grant.objects.get(pk=money.grant.id).to_on == longer
