"""The short conversation by code: taps, what is told at once, who reads it."""

from __future__ import annotations

from typing import Any

import pytest

from karama.care.actions import answer_talk, begin_talk, finish_talk, say_company
from karama.care.models import BriefIntervention, Offer, Talk, TalkDraft
from karama.care.problems.apart import NoTalk, NotThatAnswer
from karama.care.queries import talking
from karama.journal import Refused
from karama.journal.models import Access
from karama.people.actions import assign, erase_person
from karama.people.models import Consent, Person
from karama.safety.models import Alert
from tests.care.shop import browser, coded, hidden, shop, tap
from tests.care.test_pages import text
from tests.people.conftest import ERASER, Clinic

__all__ = ["browser", "shop"]


def test_first_contact_in_at_most_24_taps(shop: Clinic, browser: Any) -> None:
    """KP030: from Today to the slip it takes at most 24 taps, with eleven questions, and only random codes are kept."""
    client, taps = browser("musa"), 1
    assert "By code" in text(client.get("/"))
    shown = text(client.get("/first-contact/"))
    for name, value in (("limits", "read_aloud"), ("before", "first_time"), ("age_band", "25-34")):
        shown = text(client.post("/first-contact/", hidden(shown) | {name: value}))
        taps += 1
    address = tap(client, "/first-contact/", hidden(shown) | {"gender": "woman"})
    person = Person.objects.get()
    assert address == f"/people/{person.id}/talk/group/"
    address = tap(client, address, {"group": "sw"})
    agreed = text(client.get(address))
    assert person.code in agreed
    agreed = text(client.post(address, hidden(agreed) | {"decision": "yes"}))
    address = tap(client, address, hidden(agreed) | {"decision": "no"})
    taps += 4
    asked = []
    while address.endswith("/talk/"):
        page = client.get(address)
        if page.status_code == 302:
            address = page["Location"]
            continue
        item = hidden(text(page))["item"]
        asked.append(item)
        address = tap(client, address, {"item": item, "answer": "sometimes" if item == "sleep" else "no"})
        taps += 1
        if client.get(address).status_code == 302 and "room" in client.get(address)["Location"]:
            address = tap(client, f"/people/{person.id}/room/", {"said": "alone", "then": "talk"})
            taps += 1
    assert len(asked) == 11
    assert "Ways of coping" in text(client.get(address))
    address = tap(client, address, {"brief": "coping"})
    chosen = text(client.post(address, {"way": "counselling"}))
    address = tap(client, address, hidden(chosen) | {"accompany": "yes"})
    taps += 3
    slip = text(client.get(address))
    token = Offer.objects.get().token
    assert token
    assert token in slip
    assert "psychologist" not in slip.lower()
    assert taps <= 24, taps
    assert person.identity_mode == "coded"
    assert {one.purpose: one.decision for one in Consent.objects.all()} == {"care": "yes", "report": "no"}
    assert Talk.objects.get().again is False
    assert BriefIntervention.objects.count() == 1


def test_a_second_visit_in_at_most_9_taps(shop: Clinic, browser: Any) -> None:
    """KP031: with the code in hand a later visit takes at most 9 taps, and a wrong code leads to nobody."""
    person = coded(shop)
    begin_talk(by=shop["musa"], person=person)
    finish_talk(by=shop["musa"], person=person)
    client, taps = browser("musa"), 1
    code = Person.objects.get(pk=person).code
    wrong = "A" + code[1:] if code[0] != "A" else "B" + code[1:]
    assert "code" in text(client.post("/first-contact/", {"known": wrong})).lower()
    address = tap(client, "/first-contact/", {"known": code})
    taps += 1
    answers = {"change": "worse", "hope": "no", "afraid": "no"}
    while address.endswith("/talk/"):
        page = client.get(address)
        if page.status_code == 302:
            address = page["Location"]
            if "/room/" in address:
                address = tap(client, f"/people/{person}/room/", {"said": "alone", "then": "talk"})
                taps += 1
            continue
        item = hidden(text(page))["item"]
        address = tap(client, address, {"item": item, "answer": answers.pop(item)})
        taps += 1
    assert answers == {}
    address = tap(client, address, {"brief": "coping"})
    assert tap(client, address, {"way": "none"}) == "/"
    taps += 2
    assert taps <= 9, taps
    assert Talk.objects.filter(again=True).count() == 1


def test_beside_somebody_nothing_of_it_is_asked(shop: Clinic, browser: Any) -> None:
    """KP032: with a relative who interprets the three questions are not put, nothing tells that they exist, and they
    are kept as never asked."""
    person, client = coded(shop), browser("musa")
    tap(client, f"/people/{person}/room/", {"said": "relative_interprets", "then": "talk"})
    address, seen = f"/people/{person}/talk/", ""
    while (page := client.get(address)).status_code == 200:
        seen += text(page)
        tap(client, address, {"item": hidden(text(page))["item"], "answer": "skipped"})
    assert page["Location"] == f"/people/{person}/talk/result/"
    seen += text(client.get(page["Location"]))
    assert "of 8" in seen
    for word in ("hurting", "sexual", "violence", "afraid", "overhear"):
        assert word not in seen.lower()
    tap(client, page["Location"], {"brief": "none"})
    wanted = text(client.get(f"/people/{person}/talk/service/")).lower()
    assert "violence" not in wanted
    row = Talk.objects.get()
    assert row.answers_gbv is None
    assert not Alert.objects.exists()
    assert BriefIntervention.objects.count() == 0


def test_an_answer_is_told_at_once(shop: Clinic, browser: Any, reading_as: Any) -> None:
    """KP033: a yes is told before the conversation ends, once, with what to do now on the next screen; recent sexual
    violence shows health care with its hours first, and an unfinished conversation counts nowhere."""
    person, client = coded(shop), browser("musa")
    say_company(by=shop["musa"], person=person, said="alone")
    address = f"/people/{person}/talk/"
    tap(client, address, {"item": "worry", "answer": "no"})
    tap(client, address, {"item": "hope", "answer": "yes"})
    assert "Colleagues were told" in text(client.get(address))
    tap(client, address, {"item": "hope", "answer": "yes"})
    assert Alert.objects.count() == 1
    tap(client, address, {"item": "forced", "answer": "yes"})
    shown = text(client.get(address))
    assert shown.index("Go to health care now") < shown.index('name="answer"')
    assert "only within 72 hours" in shown
    assert "only within 120 hours" in shown
    with reading_as(shop["ada"]):
        kinds = {one.unseal("kind"): one.grade for one in Alert.objects.all()}
    assert kinds == {"suicide": "today", "recent_sexual_violence": "now"}
    assert Talk.objects.count() == 0
    with reading_as(shop["musa"]):
        page = talking.talk_page(shop["musa"], person)
    assert set(page.raised) == {"hope", "forced"}
    say_company(by=shop["musa"], person=person, said="partner")
    quiet = text(client.get(address))
    assert "Go to health care now" not in quiet
    finish_talk(by=shop["musa"], person=person, brief="pfa")
    assert TalkDraft.objects.count() == 0


def test_who_reads_what_was_said(shop: Clinic, reading_as: Any) -> None:
    """KP034: the navigator keeps answers about violence and cannot read them again; the psychologist who works with
    the person can, the social worker reads none of the others."""
    person, by = coded(shop), shop["musa"]
    for name in ("ada", "femi"):
        assign(by=shop["ngozi"], person=person, user=shop[name].id)
    begin_talk(by=by, person=person)
    answer_talk(by=by, person=person, item="sleep", answer="often")
    answer_talk(by=by, person=person, item="hurt", answer="no")
    finish_talk(by=by, person=person)
    with reading_as(by):
        fields = talking.talks_of(by, person)[0][2]
        assert fields["answers"]["sleep"] == "often"
        assert "answers_gbv" not in fields
    with reading_as(shop["ada"]):
        fields = talking.talks_of(shop["ada"], person)[0][2]
        assert fields["answers_gbv"] == {"hurt": "no", "forced": "not_asked", "afraid": "not_asked"}
    with pytest.raises(Refused):
        begin_talk(by=shop["femi"], person=person)
    with pytest.raises(NoTalk):
        finish_talk(by=by, person=person)
    begin_talk(by=by, person=person)
    for item, answer in (("sleep", "yes"), ("invented", "yes"), ("change", "better")):
        with pytest.raises(NotThatAnswer):
            answer_talk(by=by, person=person, item=item, answer=answer)
    erase_person(by=ERASER, person=person, reason="asked")
    assert not Talk.objects.exists()
    assert not TalkDraft.objects.exists()


def test_health_care_first(shop: Clinic, browser: Any) -> None:
    """KP038: after "sexual violence, recently" the first screen is health care with its hours, above the form; the
    same page opens for every duty without any record, and opening it opens nobody."""
    client = browser("musa")
    shown = text(client.post("/worry/", {"kind": "recent_sexual_violence"}))
    assert shown.index("Go to health care now") < shown.index('name="send"')
    assert "Go to health care now" not in text(client.post("/worry/", {"kind": "violence_at_home"}))
    page = text(client.get("/worry/now/?h=48"))
    assert "at least 24 hours left" in page
    assert "at least 72 hours left" in page
    assert "The clinic" in page
    late = text(client.get("/worry/now/?h=longer"))
    assert "The time may be over: go all the same" in late
    assert "only within 72 hours" in text(client.get("/worry/now/?h=never"))
    assert not Access.objects.filter(route__in=("safety.now", "safety:now"), people__gt=0).exists()
    shop.hire("yusuf", "interpreter", shop.here)
    shop.hire("dilan", "volunteer", shop.here)
    for name in ("ngozi", "femi", "yusuf", "dilan"):
        assert browser(name).get("/worry/now/").status_code == 200


def test_the_named_colleague_is_asked_first(shop: Clinic, reading_as: Any) -> None:
    """KP043: an alert about violence goes first to whoever is named at the site, unless she raised it herself; an
    unfinished conversation is open work of the person."""
    from karama.people.registries import work_open_for

    person = coded(shop)
    assign(by=shop["ngozi"], person=person, user=shop["ada"].id)
    for name in ("musa", "ada"):
        begin_talk(by=shop[name], person=person)
        answer_talk(by=shop[name], person=person, item="afraid", answer="yes")
    alert = Alert.objects.get()
    assert alert.asked_first_id == shop["ada"].id, "the second raising joined the open alert"
    other = coded(shop)
    assign(by=shop["ngozi"], person=other, user=shop["ada"].id)
    begin_talk(by=shop["ada"], person=other)
    answer_talk(by=shop["ada"], person=other, item="afraid", answer="yes")
    assert Alert.objects.get(person_id=other).asked_first_id is None
    assert len([one for one in work_open_for(person) if one.kind == "task"]) == 2
