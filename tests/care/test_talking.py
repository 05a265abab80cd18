"""The short conversation by code in a shop of the Nigerian programme: taps, groups, children, results in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from karama.accounts.actions.setting_up import SETUP, make_first_administrator
from karama.accounts.models import Posting, User
from karama.accounts.queries.acting import actor_of
from karama.care.actions import answer_group, answer_talk, begin_talk, finish_talk, name_focal_point, say_company
from karama.care.models import BriefIntervention, GroupAnswer, Offer, Talk, TalkDraft
from karama.care.problems.apart import NoTalk, NotAskedOfChildren, NotThatAnswer
from karama.care.queries import talking
from karama.journal import Refused, clock
from karama.journal.models import Access
from karama.people.actions import assign, erase_person
from karama.people.models import Consent, Person
from karama.programme.actions import (
    name_responder,
    open_programme,
    set_site_answer,
    set_up_organisation,
)
from karama.programme.models import CountryProgramme, Site, Team
from karama.safety.models import Alert
from karama.security import vault
from tests.care.test_pages import text
from tests.machinery.remembered import remembered
from tests.people.conftest import ERASER, Clinic

CODE = "nigeria-key-populations"
NAMELESS: dict[str, Any] = {"identity_mode": "coded", "first": "", "last": "", "birth_year": None}


@pytest.fixture
def shop(db: None, installation: Any) -> Iterator[Clinic]:
    """A shop that is ready to ask: a navigator, a named psychologist, a nurse, a supervisor, a verified clinic."""
    vault.forget()
    yield remembered("tests.care.shop", _shop)
    vault.forget()


def _shop() -> Clinic:
    set_up_organisation(by=SETUP, name="Organisation of the tests")
    open_programme(by=SETUP, code=CODE)
    programme = CountryProgramme.objects.get()
    here, elsewhere = Site.objects.get(code="baobab"), Site.objects.get(code="palm")
    made = Clinic(programme, here, elsewhere, Team.objects.filter(site=elsewhere).first() or Team())
    first = make_first_administrator(by=SETUP, username="samir", work_alias="Samir").value
    samir = made.actors["samir"] = actor_of(Posting.objects.get(user_id=first.id))
    for name, duty in (
        ("musa", "community_agent"), ("ada", "psychologist"), ("bisi", "nurse"), ("ngozi", "supervisor"),
        ("femi", "social_worker"),
    ):  # fmt: skip
        made.hire(name, duty, here)
    name_responder(by=samir, site=here.id, user=made["ada"].id, role="responder")
    name_responder(by=samir, site=here.id, user=made["bisi"].id, role="deputy")
    set_site_answer(
        by=samir, site=here.id, out_of_hours="Call the duty phone.", service="The clinic", service_contact="Sister Joy",
        verified_on=clock.now().date() - timedelta(days=1),
    )  # fmt: skip
    name_focal_point(by=made["ngozi"], user=made["ada"].id, site=here.id, named=True)
    return made


@pytest.fixture
def browser(shop: Clinic) -> Callable[[str], Client]:
    def opened(name: str) -> Client:
        client = Client()
        client.force_login(User.objects.get(pk=shop[name].id))
        return client

    return opened


def coded(shop: Clinic, band: str = "25-34") -> UUID:
    return shop.register("musa", site=shop.here.id, age_band=band, **NAMELESS)


def tap(client: Client, address: str, sent: dict[str, str]) -> str:
    """One tap; where it leads."""
    answer = client.post(address, sent)
    assert answer.status_code == 302, text(answer)[-2000:]
    return str(answer["Location"])


def hidden(shown: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', shown))


def test_first_contact_in_at_most_24_taps(shop: Clinic, browser: Any) -> None:
    """KP030: from Today to the slip it takes at most 24 taps, with eleven questions, and only random codes are kept."""
    client, taps = browser("musa"), 1
    assert "By code" in text(client.get("/"))
    shown = text(client.get("/talk/"))
    for name, value in (("limits", "read_aloud"), ("before", "first_time"), ("age_band", "25-34")):
        shown = text(client.post("/talk/", hidden(shown) | {name: value}))
        taps += 1
    address = tap(client, "/talk/", hidden(shown) | {"gender": "woman"})
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
    assert "code" in text(client.post("/talk/", {"known": wrong})).lower()
    address = tap(client, "/talk/", {"known": code})
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


@pytest.mark.parametrize("band", ["10-14", "15-17", "unknown"])
def test_no_child_is_asked_for_a_group(shop: Clinic, browser: Any, band: str) -> None:
    """KP035: under 18, or when nobody knows, no group is asked and the page does not show that anybody is; the
    conversation goes on."""
    person, client = coded(shop, band), browser("musa")
    gone = client.get(f"/people/{person}/talk/group/")
    assert gone["Location"] == f"/people/{person}/talk/agree/"
    posted = client.post(f"/people/{person}/talk/group/", {"group": "sw"})
    assert posted["Location"] == f"/people/{person}/talk/agree/"
    with pytest.raises(NotAskedOfChildren):
        answer_group(by=shop["musa"], person=person, groups=["sw"])
    assert not GroupAnswer.objects.exists()
    agreed = text(client.get(gone["Location"]))
    assert "Health care goes on now" in agreed
    assert client.get(f"/people/{person}/talk/").status_code == 200
    for page in ("talk/", "talks/"):
        assert "Sex workers" not in text(client.get(f"/people/{person}/{page}"))


def test_a_group_is_asked_and_never_inferred(shop: Clinic, browser: Any, reading_as: Any) -> None:
    """KP036: an adult's own words alone make the row; skipping is kept as skipped, several may be said, and only the
    compartment opens it, not beside somebody."""
    person, client = coded(shop), browser("musa")
    assign(by=shop["ngozi"], person=person, user=shop["ada"].id)
    address = f"/people/{person}/talk/group/"
    assert not re.search(r'checked|aria-pressed="true"', text(client.get(address)))
    tap(client, address, {"group": "skipped"})
    with reading_as(shop["ada"]):
        assert talking.groups_said(shop["ada"], person) == []
    client.post(address, {"group": ["pwid", "partner"]})
    with reading_as(shop["ada"]):
        assert talking.groups_said(shop["ada"], person) == [
            "Partner of somebody in one of these groups", "People who inject drugs",
        ]  # fmt: skip
    with reading_as(shop["musa"]):
        assert talking.groups_said(shop["musa"], person) is None
    say_company(by=shop["ada"], person=person, said="partner")
    with reading_as(shop["ada"]):
        assert talking.groups_said(shop["ada"], person) is None
    with pytest.raises(NotThatAnswer):
        answer_group(by=shop["musa"], person=person, groups=["gang"])


def test_exploitation_of_a_child(shop: Clinic, browser: Any, reading_as: Any) -> None:
    """KP037: one tap tells those who protect children; the conversation, its brief intervention and the services go on
    as for anybody, and for an adult there is no such way."""
    child, adult, client = coded(shop, "15-17"), coded(shop), browser("musa")
    page = f"/people/{child}/talk/child/"
    tap(client, f"/people/{child}/talk/", {"item": "worry", "answer": "no"})
    assert tap(client, page, {}) == f"/people/{child}/talk/"
    with reading_as(shop["femi"]):
        (alert,) = Alert.objects.all()
        assert alert.unseal("kind") == "child_in_danger"
    assert alert.asked_first_id == shop["femi"].id
    finish_talk(by=shop["musa"], person=child, brief="pfa")
    assert "Health care" in text(client.get(f"/people/{child}/talk/service/"))
    assert client.post(f"/people/{adult}/talk/child/", {}).status_code == 200
    assert Alert.objects.count() == 1


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


def test_a_result_in_free_words_is_saved_and_hinted_at(shop: Clinic, browser: Any) -> None:
    """KP039: words with a test result are saved all the same, and the next page gives a hint that names no test."""
    from karama.care.models import Note

    person, client = coded(shop), browser("musa")
    for words, hint in (("She is HIV positive, asked for help", True), ("She slept better", False)):
        shown = client.post(f"/people/{person}/notes/new/", {"seen": words}, follow=True)
        assert shown.status_code == 200
        assert ("A test result seems to stand in your words" in text(shown)) is hint
    assert Note.objects.count() == 2
    hint_of = text(client.post(f"/people/{person}/notes/new/", {"seen": "HIV+"}, follow=True))
    assert "HIV" not in re.findall(r"A test result seems[^<]*", hint_of)[0]


def test_the_programme_is_a_pack_and_nothing_else(shop: Clinic) -> None:
    """KP040: no code names the programme: it is six sites with neutral names, and other programmes do not meet people
    by code."""
    from karama.knowledge.pack_contact import contact_rules
    from karama.knowledge.packs import packs, programme
    from tests.house.reading import modules

    assert [one.name for one in modules() if CODE in one.path.read_text("utf-8") and "cli" not in str(one.path)] == []
    assert [code for code in packs() if contact_rules(code).by_code] == [CODE]
    pack = programme(CODE)
    assert len(pack.sites) == 6
    assert not [one.name for one in pack.sites if re.search("hiv|clinic|key|gbv", one.name, re.IGNORECASE)]
    assert pack.languages == ("en", "ha")
    assert all("ha" in one.words for one in pack.consent_texts)


def test_what_nobody_can_answer_is_named(shop: Clinic) -> None:
    """KP041: the check names each site where nobody records what is told alone, in words, as something that blocks."""
    from karama.programme.queries import what_lacks

    found = what_lacks(shop["samir"], shop.programme.id)
    nobody = {one.where for one in found if one.code == "care.nobody_named" and one.blocks}
    assert shop.here.name not in nobody
    assert len(nobody) == 5
    name_focal_point(by=shop["ngozi"], user=shop["ada"].id, site=shop.here.id, named=False)
    again = what_lacks(shop["samir"], shop.programme.id)
    assert shop.here.name in {one.where for one in again if one.code == "care.nobody_named"}


def test_her_own_copy_prints_nothing_that_could_harm(shop: Clinic, reading_as: Any) -> None:
    """KP042: the copy tells services, answers and what was given; of violence and groups only that there is more."""
    from karama.care.actions import offer_service
    from karama.care.apartcopy import readable_copy

    person, by = coded(shop), shop["ngozi"]
    offer_service(by=by, person=person, way="health", said="accepted")
    with reading_as(by):
        sections = readable_copy(by=by, person=person, language="en")
        assert [(str(a), str(b)) for a, b in sections[0].rows][0][1] == "Health care: Wants it"
        assert sections[1].rows == []
    answer_group(by=by, person=person, groups=["sw"])
    offer_service(by=by, person=person, way="protected", said="declined")
    begin_talk(by=by, person=person)
    answer_talk(by=by, person=person, item="sleep", answer="often")
    answer_talk(by=by, person=person, item="hurt", answer="yes")
    finish_talk(by=by, person=person, brief="pfa")
    with reading_as(by):
        told = [
            (str(label), str(value))
            for one in readable_copy(by=by, person=person, language="en")
            for label, value in one.rows
        ]
    printed = repr(told)
    assert ("Is your sleep bad?", "Often") in told
    assert "Psychological first aid" in printed
    assert "ask to read it together, alone" in printed
    for word in ("hurting", "violence", "Sex workers"):
        assert word not in printed


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
