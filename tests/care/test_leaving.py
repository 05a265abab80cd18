"""Closing a site: nobody who is in care there is left without a goodbye, a last question about danger, a way onward."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from karama.accounts.models import User
from karama.care import queries
from karama.care.actions import cancel_site_closing, close_episode, open_episode, plan_site_closing, say_goodbye
from karama.care.header import today
from karama.care.models import Episode, Farewell
from karama.care.problems import AgreementNeeded, AlertFirst, DayDoesNotFit, NotPlanned, PlannedAlready
from karama.journal import Absent, Refused
from karama.people.actions import hide_from
from karama.people.models import Person
from karama.programme.actions import close_site, close_team
from karama.programme.days import today_at
from karama.programme.models import Team
from karama.programme.problems import StillInCare
from karama.safety.actions import raise_worry
from tests.accounts import signing
from tests.care.conftest import Clinic
from tests.care.test_pages import sign_in, text

__all__ = ["sign_in"]


@pytest.fixture
def episode(clinic: Clinic, amal: UUID) -> UUID:
    """Amal's episode, active, led by Chantal."""
    found = open_episode(by=clinic["chantal"], person=amal, state="active").record
    assert found is not None
    return found


@pytest.fixture
def last_day(clinic: Clinic) -> date:
    """Nadia planned that the site closes in a month."""
    day = today_at(clinic.here.id) + timedelta(days=30)
    plan_site_closing(by=clinic["nadia"], site=clinic.here.id, ends_on=day, why="The grant ends")
    return day


def the_list(clinic: Clinic, name: str = "nadia") -> queries.Ending:
    return next(one for one in queries.closing_sites(clinic[name]) if one.site == clinic.here.id)


def test_everybody_in_care_stands_on_the_list(clinic: Clinic, amal: UUID, episode: UUID, last_day: date) -> None:
    """CA320: each open person is on the list and on the Today page of whoever leads, until there was a goodbye."""
    chantal = clinic["chantal"]
    assert [(one.person, one.done) for one in the_list(clinic).people] == [(amal, False)]
    assert [line.url for line in today(by=chantal) if line.url.endswith("/goodbye/")] == [f"/people/{amal}/goodbye/"]
    say_goodbye(by=chantal, person=amal, last_check="not_asked", onward="ended")
    assert the_list(clinic).done == 0, "who was not asked about danger is not done"
    say_goodbye(by=chantal, person=amal, last_check="safe", onward="ended", words="She takes her plan along")
    assert the_list(clinic).done == 1
    assert not [line for line in today(by=chantal) if line.url.endswith("/goodbye/")]


def test_a_handover_needs_her_yes(clinic: Clinic, amal: UUID, episode: UUID, last_day: date) -> None:
    """CA321: nobody is handed over without a yes; an alert that is said to be raised has to be open."""
    told: dict[str, Any] = {"by": clinic["chantal"], "person": amal}
    with pytest.raises(AgreementNeeded):
        say_goodbye(**told, last_check="safe", onward="handed_over")
    with pytest.raises(AlertFirst):
        say_goodbye(**told, last_check="alert", onward="ended")
    assert not Farewell.objects.exists()
    raise_worry(by=clinic["chantal"], kind="suicide", person=amal)
    say_goodbye(**told, last_check="alert", onward="handed_over", agreed=True)
    assert the_list(clinic).done == 1


def test_a_site_with_people_in_care_is_not_closed(clinic: Clinic, amal: UUID, episode: UUID, last_day: date) -> None:
    """CA322: the administrator cannot close it before everybody's care has ended or moved."""
    samir = clinic["samir"]
    for team in Team.objects.filter(site=clinic.here, closed_on__isnull=True):
        close_team(by=samir, team=team.id)
    with pytest.raises(StillInCare):
        close_site(by=samir, site=clinic.here.id)
    say_goodbye(by=clinic["chantal"], person=amal, last_check="safe", onward="ended")
    told: dict[str, Any] = {"reason": "service_ended", "outcome": "improved", "follow_up": "no"}
    close_episode(by=clinic["nadia"], episode=episode, **told)
    assert Episode.objects.get(pk=episode).state == "closed"
    assert close_site(by=samir, site=clinic.here.id).value.closed_on is not None


def test_who_plans_and_who_says_it(clinic: Clinic, amal: UUID, episode: UUID) -> None:
    """CA323: only the supervisor or director of the site plans; only whoever works with her says goodbye."""
    day = today_at(clinic.here.id) + timedelta(days=30)
    for name in ("chantal", "samir", "diego"):
        with pytest.raises(Refused):
            plan_site_closing(by=clinic[name], site=clinic.here.id, ends_on=day)
    with pytest.raises(Refused):
        plan_site_closing(by=clinic["nadia"], site=clinic.elsewhere.id, ends_on=day)
    with pytest.raises(DayDoesNotFit):
        plan_site_closing(by=clinic["nadia"], site=clinic.here.id, ends_on=today_at(clinic.here.id) - timedelta(days=1))
    with pytest.raises(NotPlanned):
        say_goodbye(by=clinic["chantal"], person=amal, last_check="safe", onward="ended")
    plan_site_closing(by=clinic["nadia"], site=clinic.here.id, ends_on=day)
    with pytest.raises(PlannedAlready):
        plan_site_closing(by=clinic["nadia"], site=clinic.here.id, ends_on=day)
    with pytest.raises((Absent, Refused)):
        say_goodbye(by=clinic["diego"], person=amal, last_check="safe", onward="ended")
    hide_from(by=clinic["chantal"], person=amal, user=clinic["nadia"].id, reason="She asked for it")
    assert the_list(clinic).people == []


def test_it_goes_on_after_all(clinic: Clinic, amal: UUID, episode: UUID, last_day: date) -> None:
    """CA324: a closing is taken back; nobody is asked to say goodbye any more, and another can be planned."""
    cancel_site_closing(by=clinic["nadia"], site=clinic.here.id)
    assert the_list(clinic).closing is None
    assert queries.goodbyes_to_say(clinic["chantal"]) == []
    plan_site_closing(by=clinic["nadia"], site=clinic.here.id, ends_on=last_day)


def test_closing_by_taps(clinic: Clinic, amal: UUID, episode: UUID, sign_in: Any) -> None:
    """CA325: planned, said, seen on the list, taken back: each page leads to the next."""
    nadia, chantal = sign_in("nadia"), sign_in("chantal")
    here = f"/closing/{clinic.here.id}/"
    assert here in text(nadia.get("/closing/"))
    assert nadia.post(here, {"ends_on": ""}).status_code == 422
    assert nadia.post(here, {"ends_on": today_at(clinic.here.id) + timedelta(days=9)}).status_code == 302
    goodbye = f"/people/{amal}/goodbye/"
    assert goodbye in text(nadia.get(here))
    assert chantal.post(goodbye, {"last_check": "safe", "onward": "handed_over"}).status_code == 422
    done = chantal.post(goodbye, {"last_check": "safe", "onward": "handed_over", "agreed": "on"})
    assert done.status_code == 302
    assert "1 of 1" in text(nadia.get(here))
    assert "everybody needs a goodbye again" in text(nadia.post(f"{here}cancel/"))
    assert chantal.get(goodbye).status_code == 200
    assert nadia.post(f"{here}cancel/", {"confirmed": "yes"}).status_code == 302
    assert chantal.get(goodbye).status_code == 404


def test_whoever_opens_no_record_is_not_told_that_nobody_is_left(
    clinic: Clinic, amal: UUID, episode: UUID, last_day: date, sign_in: Any
) -> None:
    """CA510: whoever directs reads how many people of a closing site had no goodbye, below ten without a number, and
    never that everybody had one while somebody has none; who they are stands nowhere."""
    clinic.hire("mariam", "director")
    mariam = signing.browser(User.objects.get(pk=clinic["mariam"].id), factor=True)
    here = f"/closing/{clinic.here.id}/"
    before = text(mariam.get(here))
    assert "fewer than 10 people" in before
    assert "Everybody on this list had a goodbye" not in before
    assert "Still without a goodbye" in text(mariam.get("/closing/"))
    code = Person.objects.get(pk=amal).code
    assert code not in before
    hide_from(by=clinic["chantal"], person=amal, user=clinic["nadia"].id, reason="She asked for it")
    assert "fewer than 10 people" not in text(sign_in("nadia").get(here))
    say_goodbye(by=clinic["chantal"], person=amal, last_check="safe", onward="ended")
    assert "fewer than 10 people" not in text(mariam.get(here))
    assert "Nobody." in text(mariam.get(here))
