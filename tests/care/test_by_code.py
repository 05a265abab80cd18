"""Groups and children, results in free words, the third programme, the own copy."""

from __future__ import annotations

import re
from typing import Any

import pytest

from karama.care.actions import answer_group, answer_talk, begin_talk, finish_talk, name_focal_point, say_company
from karama.care.models import GroupAnswer
from karama.care.problems.apart import NotAskedOfChildren, NotThatAnswer
from karama.care.queries import talking
from karama.people.actions import assign
from karama.safety.models import Alert
from tests.care.shop import CODE, browser, coded, shop, tap
from tests.care.test_pages import text
from tests.people.conftest import Clinic

__all__ = ["browser", "shop"]


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


@pytest.mark.parametrize("band", ["15-17", "unknown"])
def test_violence_against_a_child_reaches_its_protection(shop: Clinic, reading_as: Any, band: str) -> None:
    """KP044: what a child, or somebody who may be one, tells of being forced reaches those who protect children besides
    those who help after violence, once each; of an adult it does not."""
    name_focal_point(by=shop["ngozi"], user=shop["ada"].id, site=shop.here.id, named=True)
    kinds = []
    for age in (band, "25-34"):
        person, before = coded(shop, age), set(Alert.objects.values_list("id", flat=True))
        say_company(by=shop["musa"], person=person, said="alone")
        begin_talk(by=shop["musa"], person=person)
        for _again in range(2):
            answer_talk(by=shop["musa"], person=person, item="forced", answer="yes")
        with reading_as(shop["femi"]):
            kinds.append(sorted(one.unseal("kind") for one in Alert.objects.exclude(id__in=before)))
    assert kinds == [["child_in_danger", "recent_sexual_violence"], ["recent_sexual_violence"]]
