"""The pages of this room, signed in by a browser."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from karama.accounts.models import User
from karama.staffcare.actions import offer
from karama.staffcare.jobs import CARER
from karama.staffcare.models import Offer, SupportAsked, Supporter, SupportRequest
from tests.accounts import signing
from tests.staffcare.conftest import Clinic, amal, asked, clinic, house

__all__ = ["amal", "clinic", "house"]


def browser(house: Clinic, name: str) -> Client:
    """Signed in as this colleague."""
    return signing.browser(User.objects.get(id=house[name].id))


def test_an_example_is_shown_in_the_demonstration_only(house: Clinic, settings: Any) -> None:
    """SW062: a counsellor whom nobody has tried is never on the page of a real installation; there it says that nobody
    is named yet, and what to do when it cannot wait."""
    settings.KARAMA_DEMO = False
    told = browser(house, "chantal").get("/talk/").content.decode()
    assert "ejemplo" not in told
    assert "Your programme has named nobody yet" in told
    assert "If it cannot wait" in told
    settings.KARAMA_DEMO = True
    told = browser(house, "chantal").get("/talk/").content.decode()
    assert "ejemplo" in told
    assert "An example" in told


def test_every_duty_has_the_way_in(house: Clinic) -> None:
    """SW063: whatever the duty, interpreter and volunteer included, each header has the entry, outside "More", and the
    page opens; signed out there is neither."""
    house.hire("dilan", "volunteer", house.here)
    for name in house.actors:
        client = browser(house, name)
        for path in ("/", "/me/", "/notices/", "/talk/mine/"):
            told = client.get(path).content.decode()
            assert '<a class="aside" href="/talk/"' in told, (name, path)
        assert client.get("/talk/").status_code == 200
    assert '/talk/"' not in Client().get("/sign-in/").content.decode()
    assert Client().get("/talk/").status_code == 302


def test_bad_input_gets_a_sentence(house: Clinic) -> None:
    """SW064: nobody chosen, a colleague who did not agree, a slot that is none and a day long past answer with a
    problem and what to do; nothing is written, and nothing of what was typed is lost."""
    client = browser(house, "chantal")
    for sent in ({}, {"to": str(house["rojin"].id)}, {"call": "never"}, {"to": "x"}, {"to": str(UUID(int=3))}):
        answer = client.post("/talk/", {"words": "Qzkept"} | sent)
        assert answer.status_code == 422, sent
        assert "Qzkept" in answer.content.decode()
    assert client.post("/talk/time/", {"day": "2020-01-01", "at": "10:00"}).status_code == 422
    assert client.post("/talk/time/", {"day": "soon", "at": ""}).status_code == 422
    assert not SupportRequest.objects.exists()


def test_sent_twice_is_done_once(house: Clinic) -> None:
    """SW065: the same tap on a bad line asks once."""
    client = browser(house, "chantal")
    sent = {"to": str(house["diego"].id), "op_id": "01900000-0000-7000-8000-00000000000a"}
    urls = {client.post("/talk/", sent).headers["Location"] for _time in range(2)}
    assert len(urls) == 1
    assert SupportRequest.objects.count() == 1


def test_agreeing_and_an_offer(house: Clinic) -> None:
    """SW066: agreeing to be asked and ending it are one tap each; an offer is answered from its own page, and taking it
    leads to those who listen."""
    client = browser(house, "chantal")
    client.post("/talk/listen/", {"agree": "yes"})
    assert Supporter.objects.filter(user_id=house["chantal"].id, ended_at__isnull=True).exists()
    client.post("/talk/listen/", {"agree": "no"})
    assert not Supporter.objects.filter(user_id=house["chantal"].id, ended_at__isnull=True).exists()
    made = offer(by=CARER, user=house["chantal"].id).value.id
    assert client.get(f"/talk/offer/{made}/").status_code == 200
    assert browser(house, "nadia").get(f"/talk/offer/{made}/").status_code == 404
    assert client.post(f"/talk/offer/{made}/", {"answer": "take"}).headers["Location"] == "/talk/"
    assert not Offer.objects.exists()
    assert client.get(f"/talk/offer/{made}/").status_code == 404


def test_queries_do_not_grow(house: Clinic) -> None:
    """SW067: her own page and Today cost as many queries for three talks with three colleagues each as for one."""
    client = browser(house, "chantal")
    asked(house)
    counts = {path: _count(client, path) for path in ("/talk/mine/", "/", "/talk/")}
    for _time in range(2):
        made = asked(house, "berivan", others=True)
    assert SupportAsked.objects.filter(request=made).count() == 3
    assert {path: _count(client, path) for path in counts} == counts


def _count(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as asked_for:
        client.get(path)
    return len(asked_for)


def test_one_more_is_allowed_from_her_page(house: Clinic) -> None:
    """SW068: from her own page she allows one more colleague; somebody else's talk answers as if it were not there."""
    made = asked(house)
    client = browser(house, "chantal")
    client.post(f"/talk/{made}/also/", {"to": str(house["berivan"].id)})
    assert SupportAsked.objects.filter(request=made).count() == 2
    for path in (f"/talk/{made}/", f"/talk/{made}/delete/"):
        assert browser(house, "nadia").get(path).status_code == 404
    for path in ("also", "talked", "withdraw", "delete"):
        sent = {"to": str(house["tunde"].id), "confirmed": "yes"}
        assert browser(house, "nadia").post(f"/talk/{made}/{path}/", sent).status_code == 404
    assert SupportAsked.objects.filter(request=made).count() == 2
