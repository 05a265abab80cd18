"""An emergency referral: minimum fields, a reason, a day, two people told, reviewed; and an alert that waits for
nothing."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
import time_machine

from karama.accounts.today import lines_for
from karama.journal import Problem, Refused, clock
from karama.notices.models import Notice
from karama.people.actions import hide_from, record_consent, set_contact_rules
from karama.people.actions.emergency import emergencies_of
from karama.people.models import BreakGlass
from karama.people.queries import to_review
from karama.referrals import door, queries
from karama.referrals.actions import refer_in_emergency
from karama.referrals.actions.referring import Sent
from karama.referrals.models import Packet, ReferralTask
from karama.safety.actions import raise_worry
from karama.safety.models import Alert
from karama.ui.addresses import reverse
from tests.referrals.conftest import Clinic, amal, as_reader, clinic, service
from tests.referrals.test_partner import opened

__all__ = ["amal", "clinic"]

WHY = "Unconscious after tablets, breathing."


def refer(clinic: Clinic, person: UUID, place: UUID, by: str = "chantal", reason: str = WHY) -> Sent:
    made: Sent = refer_in_emergency(by=clinic[by], person=person, service=place, reason=reason).value
    return made


def test_the_minimum_for_a_day(clinic: Clinic, amal: UUID) -> None:
    """RF060: against a no, without an agreement or partner, the minimum reaches a hospital for 24 hours: name, way to
    reach, languages and the danger; not a field more, and not a minute longer."""
    record_consent(by=clinic["chantal"], person=amal, purpose="share", decision="no", method="verbal")
    set_contact_rules(by=clinic["chantal"], person=amal, channel="call", address="300 111", safe_hours="10-12")
    made = refer(clinic, amal, service(clinic))
    page = opened(made, do="accepted").content.decode()
    for words in ("Amal Haddad", "300 111", WHY):
        assert words in page
    for words in ("25-34", "Woman", "1991"):
        assert words not in page
    entered = door.enter(made.opening.token, made.opening.code)
    assert entered is not None
    with as_reader(door.PARTNER):
        assert {one for one, _value in queries.look(door.PARTNER, *entered).content} == {"name", "reach", "reason"}
    with time_machine.travel(clock.now() + timedelta(hours=24, minutes=1), tick=False):
        assert opened(made).status_code == 422
        assert [one.state for one in queries.unknown_arrivals(clinic["chantal"])] == ["unknown"]


def test_it_is_reviewed_like_any_opening_in_an_emergency(clinic: Clinic, amal: UUID) -> None:
    """RF061: supervisor and officer are told at once and it stands on the officer's list of reviews; it takes a reason;
    it does not use up the openings of other people's records."""
    with pytest.raises(Problem) as refused:
        refer(clinic, amal, service(clinic), reason="urgent")
    assert refused.value.code == "people.emergency_reason"
    for _time in range(4):
        refer(clinic, amal, service(clinic))
    assert emergencies_of(clinic["chantal"].id, clock.now()) == 0
    assert len(to_review(clinic["leila"])) == 4
    oldest = to_review(clinic["leila"])[0].id
    assert any(one.url == reverse("people:review_emergency", args=[oldest]) for one in lines_for(clinic["leila"]))
    told = set(Notice.objects.filter(kind="referrals.emergency").values_list("user_id", flat=True))
    assert told == {clinic["nadia"].id, clinic["leila"].id}
    glass = BreakGlass.objects.order_by("recorded_at")[0]
    assert glass.until - glass.recorded_at <= timedelta(hours=24)


def test_two_others_have_to_learn_of_it(clinic: Clinic, amal: UUID) -> None:
    """RF062: whoever the person is hidden from is not told and does not count; with fewer than two nothing is shared,
    and an alert is raised and owned all the same, before and after."""
    place = service(clinic)
    hide_from(by=clinic["nadia"], person=amal, user=clinic["leila"].id, reason="a relative")
    raise_worry(by=clinic["chantal"], kind="medical_emergency", person=amal, words=WHY)
    alerts = Alert.objects.count()
    assert alerts == 1, "it waited for nothing"
    with pytest.raises(Problem) as refused:
        refer(clinic, amal, place)
    assert refused.value.code == "referrals.not_two_told"
    assert not Packet.objects.exists()
    assert not BreakGlass.objects.exists()
    assert not ReferralTask.objects.exists()
    raise_worry(by=clinic["chantal"], kind="suicide", person=amal, words=WHY)
    assert Alert.objects.count() == 2


def test_only_what_keeps_alive(clinic: Clinic, amal: UUID) -> None:
    """RF063: other kinds of help wait for a yes; whoever does not work with the person shares nothing of hers."""
    for sector in ("gbv", "hiv", "legal", "cash", "shelter", "child_protection"):
        with pytest.raises(Problem) as refused:
            refer(clinic, amal, service(clinic, sector=sector))
        assert refused.value.code == "referrals.not_for_emergency"
    for name in ("diego", "tunde", "leila", "samir", "rojin"):
        with pytest.raises(Refused):
            refer(clinic, amal, service(clinic), by=name)
    assert not Packet.objects.exists()
