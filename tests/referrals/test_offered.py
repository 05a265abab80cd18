"""A service that was offered and wanted is followed until somebody knows: the weekly list, the number of a slip."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from karama.accounts.models import User
from karama.care.actions import name_focal_point, offer_service
from karama.care.models import Offer
from karama.journal import Refused
from karama.notices.models import Notice
from karama.people.actions import assign, hide_from
from karama.people.registries import work_open_for
from karama.referrals import field, queries
from karama.referrals.actions import record_step, take_in_slip
from karama.referrals.models import Referral, ReferralTask
from karama.referrals.offered import goes_along
from karama.referrals.problems import NoSuchSlip
from karama.referrals.standing import details_of
from tests.accounts import signing
from tests.machinery.hours import clock_at
from tests.referrals.conftest import Clinic, agree_with, amal, as_reader, clinic, prepared, service

__all__ = ["amal", "clinic"]


def offered(clinic: Clinic, person: UUID, way: str = "health", said: str = "accepted", **more: Any) -> Offer:
    """Chantal offers a service."""
    made: Offer = offer_service(by=clinic["chantal"], person=person, way=way, said=said, **more).value
    return made


def test_nobody_is_lost_behind_a_slip(clinic: Clinic, amal: UUID) -> None:
    """RF140: D1, J4: a wanted service stands as sent and is open work; after a week nobody knows of the arrival. A no
    and a later leave nothing."""
    offered(clinic, amal, said="declined")
    offered(clinic, amal, said="later")
    assert not Referral.objects.exists()
    offered(clinic, amal, accompany="yes")
    (row,) = Referral.objects.all()
    assert [one.id for one in work_open_for(amal, clinic["chantal"]) if one.kind == "referral"] == [row.id]
    assert queries.unknown_arrivals(clinic["chantal"]) == []
    with clock_at(clinic.here.id, 12, 0, days=8):
        (line,) = queries.unknown_arrivals(clinic["chantal"])
        with as_reader(clinic["chantal"]):
            page = queries.referral_page(clinic["chantal"], row.id)
    assert (line.referral, line.state) == (row.id, "unknown")
    assert (page.arrival, page.provider, page.sector, page.accompany) == ("unknown", "Health care", "medical", True)
    assert [one.state for one in page.steps] == ["prepared", "sent"]


def test_what_is_kept_apart_stays_apart(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """RF141: of help after violence whoever offered it follows the arrival and reads nowhere what it is; who may read
    it does; the colleague named at the site is told that somebody asks, and not who."""
    assign(by=clinic["nadia"], person=amal, user=clinic["diego"].id)
    name_focal_point(by=clinic["nadia"], user=clinic["diego"].id, site=clinic.here.id, named=True)
    offered(clinic, amal, "protected")
    row = Referral.objects.get()
    assert (row.compartment, row.urgency) == ("gbv", "day")
    with as_reader(clinic["chantal"]):
        assert field._to_whom(details_of(row)) == {"sector": "other", "service": None}
    shown = {}
    for name in ("chantal", "diego"):
        with as_reader(clinic[name]):
            page = queries.referral_page(clinic[name], row.id)
            plan = queries.plan_of(clinic[name], amal)
        shown[name] = (page.sector, page.provider)
        assert [(one.sector, each.provider) for one in plan.sectors for each in one.lines] == [shown[name]]
    assert shown == {"chantal": ("other", ""), "diego": ("gbv", "Support after violence")}
    notice = Notice.objects.get(user_id=clinic["diego"].id, kind="referrals.wanted")
    assert notice.place == clinic.here.id
    client = sign_in("chantal")
    for address in (f"/referrals/{row.id}/", f"/referrals/person/{amal}/", "/referrals/", "/"):
        assert not re.search("violence|protected", client.get(address).content.decode(), re.IGNORECASE), address


def test_a_second_slip_ends_the_first(clinic: Clinic, amal: UUID) -> None:
    """RF142: a slip that was lost and given again is followed once, and a slip for something else beside it."""
    first, second = offered(clinic, amal), offered(clinic, amal)
    other = offered(clinic, amal, "papers")
    states = dict(ReferralTask.objects.values_list("referral__offer", "state"))
    assert (states[first.id], states[second.id], states[other.id]) == ("ended", "sent", "sent")
    with pytest.raises(NoSuchSlip):
        take_in_slip(by=clinic["diego"], number=first.token)
    take_in_slip(by=clinic["diego"], number=second.token)


def test_the_number_of_a_slip_tells_who_gave_it_and_nobody_else(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """RF143: whoever receives types the number: the arrival is known, its giver is told, and the page tells nothing of
    the person. A wrong number, one of before and one of another programme are one answer."""
    token = offered(clinic, amal).token
    diego: Client = sign_in("diego")
    with pytest.raises(Refused):
        take_in_slip(by=clinic["rojin"], number=token)
    answers = [_typed(diego, number) for number in ("22222-22222", "AAAA-AAAA-AA", "what is this")]
    assert len(set(answers)) == 1
    assert "No open slip has this number" in answers[0]
    came = diego.post("/referrals/slip/", {"number": token.lower().replace("-", " "), "op_id": ""}, follow=True)
    assert "written down that the person came" in came.content.decode()
    code = Offer.objects.get(token=token).person.code
    assert code not in came.content.decode()
    assert _typed(diego, token) == answers[0]
    with as_reader(clinic["chantal"]):
        page = queries.referral_page(clinic["chantal"], Referral.objects.get().id)
    assert (page.arrival, page.steps[-1].source) == ("arrived", "slip")
    assert Notice.objects.filter(user_id=clinic["chantal"].id, kind="referrals.moved").exists()


def test_whoever_is_kept_from_her_learns_nothing_from_a_slip(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """RF144: somebody of a "do not show to" list who types the number is answered as for a number that nobody has."""
    token = offered(clinic, amal).token
    hide_from(by=clinic["nadia"], person=amal, user=clinic["diego"].id)
    diego = sign_in("diego")
    assert _typed(diego, token) == _typed(diego, "22222-22222")
    assert ReferralTask.objects.get().state == "sent"


def test_a_slip_proves_no_arrival_of_what_is_kept_apart(clinic: Clinic, amal: UUID) -> None:
    """RF145: a slip for help after violence that anybody finds ends nothing: it is told, and somebody goes on asking;
    whoever comes late with hers is received all the same."""
    luz = clinic.hire("luz", "volunteer", clinic.elsewhere)
    take_in_slip(by=luz, number=offered(clinic, amal, "protected").token)
    task = ReferralTask.objects.get()
    assert task.state == "unknown"
    assert task.ask_on is not None
    late = offered(clinic, amal)
    row = Referral.objects.get(offer=late.id)
    record_step(by=clinic["chantal"], referral=row.id, state="not_arrived", source="person", barrier="distance")
    take_in_slip(by=luz, number=late.token)
    assert ReferralTask.objects.get(referral=row).state == "arrived"


def _typed(client: Client, number: str) -> str:
    """The answer, without what changes with each request."""
    answer = client.post("/referrals/slip/", {"number": number, "op_id": ""}).content.decode()
    return re.sub(r'(value|nonce)="[^"]*"', "", answer)


@pytest.fixture
def sign_in(clinic: Clinic) -> Any:
    """A browser in which a colleague is signed in."""
    return lambda name: signing.browser(User.objects.get(id=clinic[name].id))


def test_a_no_that_nobody_said_is_none(clinic: Clinic, amal: UUID) -> None:
    """RF225: referrals of before kept "nobody goes along" also where nobody asked: it is shown only where the offer
    says so."""
    for said, shown in (("", None), ("no", False), ("yes", True)):
        row = Referral.objects.get(offer=offered(clinic, amal, accompany=said).id)
        with as_reader(clinic["chantal"]):
            assert goes_along(row, details_of(row) | {"accompany": said == "yes"}) is shown
            assert queries.referral_page(clinic["chantal"], row.id).accompany is shown


def test_without_an_agreement_a_slip_is_the_ordinary_way(clinic: Clinic, amal: UUID, noor: UUID, sign_in: Any) -> None:
    """RF228: where nothing can be shared because there is no agreement, or no partner, nothing went wrong: a slip that
    says nothing stands first, and why is told below as information; what the person has not agreed to is a problem as
    before, and so is a sharing that was tried."""
    told = {name: prepared(clinic, amal, service(clinic, one)) for name, one in (("none", noor), ("nobody", None))}
    for referral in told.values():
        page = sign_in("chantal").get(f"/referrals/{referral}/send/").content.decode().partition('id="main"')[2]
        assert 'class="notice now" role="alert"' not in page
        assert 0 < page.index('name="way" value="slip"') < page.index('class="notice info"')
        assert 'name="way" value="packet"' not in page
        assert "is the ordinary way" in page
    agree_with(clinic, noor)
    page = sign_in("chantal").get(f"/referrals/{told['none']}/send/").content.decode()
    assert "has not agreed to share" in page
    assert page.index("has not agreed to share") < page.index('name="way" value="slip"')
