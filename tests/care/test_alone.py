"""Violence: asked and shown only where nobody can overhear, recorded by the named colleague, and on no other page."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from karama.care.actions import name_focal_point, offer_service, record_incident, say_company
from karama.care.models import CompanySaid, FocalPoint, Offer, ViolenceIncident
from karama.care.problems.apart import NotAtThisSite, NothingWanted, NotThatAnswer
from karama.care.queries import apart, asking
from karama.care.queries.company import company_of
from karama.journal import Absent, Actor, Refused, clock
from karama.people.actions import assign, erase_person
from karama.people.actions.family import add_family_member, add_relation, begin_family, keep_apart
from karama.people.models import FamilyMember, Relation
from karama.people.queries.family import family_page
from tests.care.conftest import Clinic
from tests.care.test_pages import sign_in, text
from tests.people.conftest import ERASER

__all__ = ["sign_in"]
TOLD: dict[str, Any] = {"type": "physical_assault", "timing": "month", "services": {"health": "accepted"}}
WORDS = ("violence", "assault", "rape", "overhear")


@pytest.fixture
def focal(clinic: Clinic, amal: UUID) -> Actor:
    """Diego, who works with Amal and is named at her site."""
    assign(by=clinic["nadia"], person=amal, user=clinic["diego"].id)
    name_focal_point(by=clinic["nadia"], user=clinic["diego"].id, site=clinic.here.id, named=True)
    return clinic["diego"]


def test_only_the_named_colleague_records(clinic: Clinic, amal: UUID, focal: Actor) -> None:
    """KP001: only who is named at the site, and near the person, records and reads; a duty with the compartment alone
    does not, and nobody names herself."""
    record_incident(by=focal, person=amal, **TOLD)
    for name in ("chantal", "nadia", "tunde", "leila", "samir"):
        with pytest.raises(Refused):
            record_incident(by=clinic[name], person=amal, **TOLD)
        with pytest.raises(Absent):
            apart.incidents_of(clinic[name], amal)
    with pytest.raises(Refused):
        name_focal_point(by=clinic["nadia"], user=clinic["nadia"].id, site=clinic.here.id, named=True)
    with pytest.raises(Refused):
        name_focal_point(by=clinic["nadia"], user=focal.id, site=clinic.elsewhere.id, named=True)
    with pytest.raises(NotAtThisSite):
        name_focal_point(by=clinic["nadia"], user=clinic["chantal"].id, site=clinic.here.id, named=True)
    name_focal_point(by=clinic["samir"], user=clinic["nadia"].id, site=clinic.here.id, named=True)
    record_incident(by=clinic["nadia"], person=amal, **TOLD)
    name_focal_point(by=clinic["samir"], user=focal.id, site=clinic.here.id, named=False)
    with pytest.raises(Refused):
        record_incident(by=focal, person=amal, **TOLD)
    assert FocalPoint.objects.count() == 2


def test_whoever_is_not_named_learns_nothing_by_the_cost(clinic: Clinic, amal: UUID, focal: Actor) -> None:
    """KP090: for a colleague near the person who is not named, asking costs as many questions as for nobody's id."""
    costs = []
    for person in (amal, UUID(int=9)):
        with CaptureQueriesContext(connection) as asked, pytest.raises(Absent):
            apart.incident_person(clinic["nadia"], person)
        costs.append(len(asked))
    assert costs[0] == costs[1] > 0


def test_nothing_is_recorded_without_a_wish(clinic: Clinic, amal: UUID, focal: Actor, reading_as: Any) -> None:
    """KP002: an incident is kept only for a service the person wants, in six types, under the seal of its compartment,
    and goes with the person."""
    for services in ({}, {"health": "declined"}, {"safety": "not_available"}):
        with pytest.raises(NothingWanted):
            record_incident(by=focal, person=amal, **TOLD | {"services": services})
    for services in ({"prayer": "accepted"}, {"health": "perhaps"}):
        with pytest.raises(NotThatAnswer):
            record_incident(by=focal, person=amal, **TOLD | {"services": services})
    assert ViolenceIncident.objects.count() == 0
    record_incident(by=focal, person=amal, **TOLD)
    with reading_as(focal):
        ((row, fields),) = apart.incidents_of(focal, amal)
    assert fields["services"] == {"health": "accepted"}
    assert fields["actor"] == "not_said"
    assert {one.name for one in row._meta.concrete_fields if getattr(one, "compartment", "") == "gbv"} == {
        "type", "timing", "actor", "services",
    }  # fmt: skip
    erase_person(by=ERASER, person=amal, reason="asked")
    assert ViolenceIncident.objects.count() == 0


def test_others_write_down_the_offer_only(clinic: Clinic, amal: UUID, focal: Actor, reading_as: Any) -> None:
    """KP003: an agent writes down that a service was offered and what was said; which one it was she cannot read
    again, and its token tells nothing."""
    made = offer_service(by=clinic["chantal"], person=amal, way="protected", said="accepted", accompany="yes").value
    assert made.token
    assert made.way is None
    assert made.way_gbv is not None
    declined = offer_service(by=clinic["chantal"], person=amal, way="health", said="declined").value
    assert declined.token is None
    with reading_as(clinic["chantal"]):
        ways = [(one.way, one.said) for one in apart.offers_of(clinic["chantal"], amal)]
    assert sorted(ways) == [("", "accepted"), ("health", "declined")]
    with reading_as(focal):
        assert {one.way for one in apart.offers_of(focal, amal)} == {"protected", "health"}
    with pytest.raises(NotThatAnswer):
        offer_service(by=clinic["chantal"], person=amal, way="invented", said="accepted")
    with pytest.raises(Refused):
        offer_service(by=clinic["tunde"], person=amal, way="health", said="accepted")
    erase_person(by=ERASER, person=amal, reason="asked")
    assert Offer.objects.count() == 0


def test_who_is_here_opens_and_closes(clinic: Clinic, amal: UUID, focal: Actor, sign_in: Any) -> None:
    """KP004: the page opens only after "nobody can overhear", closes with the next answer and after an hour and a
    half; whoever else is here, the way leads back to the person and no word tells what was closed."""
    client: Client = sign_in("chantal")
    page, room = f"/people/{amal}/room/alone/", f"/people/{amal}/room/"
    assert client.get(page)["Location"] == room
    for company in ("partner", "child", "relative", "relative_interprets", "somebody"):
        assert client.post(room, {"said": company})["Location"] == f"/people/{amal}/"
        assert client.get(page)["Location"] == room
        shown = text(client.get(f"/people/{amal}/")).lower()
        assert not [word for word in WORDS if word in shown]
    asked = text(client.get(room)).lower()
    assert "violence" not in asked
    assert client.post(room, {"said": "alone"})["Location"] == page
    opened = text(client.get(page))
    assert "Health care now" in opened
    assert "Recorded by you" not in opened
    assert CompanySaid.objects.count() == 1
    row = CompanySaid.objects.get()
    assert company_at(clinic["chantal"], amal, row.said_at + timedelta(minutes=89))
    assert not company_at(clinic["chantal"], amal, row.said_at + timedelta(minutes=91))
    other = sign_in("diego")
    assert other.get(page)["Location"] == room, "what one worker said opens nothing for another"
    other.post(room, {"said": "our_interpreter"})
    assert "Recorded by you" in text(other.get(page))


def company_at(by: Actor, person: UUID, now: Any) -> bool:
    from karama.journal import reading
    from karama.rules.alone import company

    with reading(by=by, purpose="care", route="tests.care"):
        row = CompanySaid.objects.get(person_id=person, user_id=by.id)
        return company(row.unseal("said"), row.said_at, now).may_ask


def test_answers_about_violence_are_in_no_list_beside_somebody(
    clinic: Clinic, amal: UUID, focal: Actor, reading_as: Any, sign_in: Any
) -> None:
    """KP005: while a partner is here, offers and records about violence are in no list of the person's pages."""
    offer_service(by=focal, person=amal, way="protected", said="accepted")
    record_incident(by=focal, person=amal, **TOLD)
    say_company(by=focal, person=amal, said="partner")
    with reading_as(focal):
        assert company_of(focal, amal).hide
        assert apart.offers_of(focal, amal) == []
    shown = text(sign_in("diego").get(f"/people/{amal}/"))
    assert "Wants it" not in shown
    say_company(by=focal, person=amal, said="alone")
    with reading_as(focal):
        assert len(apart.offers_of(focal, amal)) == 1


def test_the_form_is_behind_the_question(clinic: Clinic, amal: UUID, focal: Actor, sign_in: Any) -> None:
    """KP006: the form of the named colleague asks first who is here, shows health care above the questions, and is not
    there for anybody else."""
    form = f"/people/{amal}/room/record/"
    assert sign_in("chantal").get(form).status_code == 404
    assert sign_in("nadia").get(form).status_code == 404
    client = sign_in("diego")
    assert client.get(form)["Location"] == f"/people/{amal}/room/"
    say_company(by=focal, person=amal, said="alone")
    shown = text(client.get(form))
    assert shown.index("Health care first") < shown.index("What happened?")
    assert client.post(form, {"type": "rape", "timing": "month"}).status_code == 422
    sent = {"type": "rape", "timing": "month", "health": "accepted", "legal": "declined"}
    assert client.post(form, sent)["Location"] == f"/people/{amal}/room/alone/"
    assert ViolenceIncident.objects.count() == 1


def test_questions_about_violence_need_somebody_named(
    clinic: Clinic, amal: UUID, monkeypatch: pytest.MonkeyPatch, reading_as: Any
) -> None:
    """KP007: a topic that the pack switches on is open only where somebody is named, and to a worker only alone."""
    from dataclasses import replace

    from karama.knowledge.packs import programme
    from karama.people.models import Person

    pack = programme("colombia-community")
    on = replace(pack, safety=replace(pack.safety, questions=dict.fromkeys(pack.safety.questions, True)))
    monkeypatch.setattr(asking.packs, "find", lambda code: on)
    monkeypatch.setattr(asking, "safety_questions_open", lambda site, now: True)
    person = Person.objects.select_related("programme").get(pk=amal)
    assert asking.kinds_open(person) == {"suicide", "injecting"}
    name_focal_point(by=clinic["nadia"], user=clinic["diego"].id, site=clinic.here.id, named=True)
    clinic.hire("shilan", "social_worker", clinic.here)
    assert asking.kinds_open(person) == {"suicide", "gbv", "child_protection", "injecting"}
    assign(by=clinic["nadia"], person=amal, user=clinic["diego"].id)
    by = clinic["diego"]
    for said, seen in ((None, False), ("relative_interprets", False), ("our_interpreter", True), ("partner", False)):
        if said:
            say_company(by=by, person=amal, said=said)
        with reading_as(by):
            assert ("gbv" in asking.kinds_open_to(by, person)) is seen
            assert ("asist_gbv" in [one.card.code for one in asking.choices_for(by, amal)]) is seen


def test_no_link_leads_to_a_partner(clinic: Clinic, amal: UUID, reading_as: Any) -> None:
    """KP008: a partner is noted without a link on either page, also where somebody asks for one."""
    partner = clinic.register(first="Ziad", last="Haddad")
    for kin in ("partner", "in_law"):
        add_relation(by=clinic["chantal"], person=amal, called="Z", kin=kin, other=partner, quiet=False)
    assert not Relation.objects.filter(other__isnull=False).exists()
    with reading_as(clinic["chantal"]):
        assert [one.other for one in family_page(clinic["chantal"], amal).relatives] == [None, None]
        assert family_page(clinic["chantal"], partner).relatives == []


def test_after_violence_nobody_is_led_to_her(clinic: Clinic, amal: UUID, focal: Actor, reading_as: Any) -> None:
    """KP009: with a record or an offer about violence every link from and to the person goes, and in the family she
    becomes a quiet member; the family's page holds no code and no address of anybody."""
    sister = clinic.register(first="Rezan", last="Haddad")
    add_relation(by=clinic["chantal"], person=amal, called="My sister", kin="sibling", other=sister, quiet=False)
    begin_family(by=clinic["chantal"], person=amal, agrees="yes")
    add_family_member(by=clinic["chantal"], person=amal, member=sister, agrees="yes")
    with reading_as(clinic["chantal"]):
        assert len(family_page(clinic["chantal"], sister).members) == 1
        assert not hasattr(family_page(clinic["chantal"], sister).members[0], "code")
    record_incident(by=focal, person=amal, **TOLD)
    assert not Relation.objects.filter(other__isnull=False).exists()
    assert FamilyMember.objects.get(person_id=amal).quiet
    with reading_as(clinic["chantal"]):
        page = family_page(clinic["chantal"], sister)
        assert (page.members, page.relatives) == ([], [])
        own = family_page(clinic["chantal"], amal)
        assert [one.fields["called"] for one in own.relatives] == ["My sister"]
    with pytest.raises(Refused):
        keep_apart(by=clinic["tunde"], person=amal)


def test_the_family_page_leads_nowhere(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """KP010: on the page of a family no row of a member is a link, and no code stands there."""
    sister = clinic.register(first="Rezan", last="Haddad")
    begin_family(by=clinic["chantal"], person=amal, agrees="yes")
    add_family_member(by=clinic["chantal"], person=amal, member=sister, agrees="yes")
    shown = text(sign_in("chantal").get(f"/people/{amal}/family/"))
    assert str(sister) not in shown
    assert "Rezan" in shown


def test_today_and_slips_say_nothing(clinic: Clinic, amal: UUID, focal: Actor, sign_in: Any) -> None:
    """KP011: after an offer and a record neither Today nor the slip nor the person's page says the word."""
    made = offer_service(by=focal, person=amal, way="protected", said="accepted").value
    record_incident(by=focal, person=amal, **TOLD)
    for name in ("chantal", "diego", "nadia", "samir"):
        client = sign_in(name)
        for address in ("/", f"/people/{amal}/", f"/offered/{made.id}/"):
            shown = text(client.get(address)).lower()
            assert not re.search("violence|assault|(?<![a-z0-9])gbv(?![a-z0-9])", shown), (name, address)


def test_naming_on_its_page(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """KP012: a supervisor names somebody of her site by one button, and ends it by the same; not herself, nowhere
    else."""
    client = sign_in("nadia")
    page = f"/sites/{clinic.here.id}/named/"
    shown = text(client.get(page))
    assert str(clinic["diego"].id) in shown
    assert str(clinic["nadia"].id) not in shown
    assert client.post(page, {"user": str(clinic["diego"].id)}).status_code == 302
    assert FocalPoint.objects.get().until_on is None
    client.post(page, {"user": str(clinic["diego"].id)})
    assert FocalPoint.objects.get().until_on == clock.day_in_utc()
    assert client.get(f"/sites/{clinic.elsewhere.id}/named/").status_code == 404
    assert sign_in("chantal").get(page).status_code == 404
