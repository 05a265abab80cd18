"""What is written down about people is of the day where they are, at the hours at which UTC has another one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from karama.journal import Actor, clock
from karama.people.actions import begin_family, leave_family
from karama.people.models import Family, Person
from karama.programme.actions import close_site, close_team, open_site, open_team
from karama.programme.days import over_in, today_at, today_for, today_in, zone_of
from karama.programme.models import Site, Team
from tests.machinery.hours import IRAQ, clock_at, early_morning, is_ahead, late_evening
from tests.people.conftest import Clinic


def test_the_day_of_a_place(clinic: Clinic) -> None:
    """PG077: the day is that of the clock of a site; of somebody with sites far apart, and of a programme, the later
    one, and for what must be over everywhere the earlier; where no site is known that of UTC."""
    samir, here = clinic["samir"], clinic.here.id
    with late_evening(here):
        evening = timezone.now().astimezone(zone_of(here)).date()
        assert is_ahead(here)
        assert today_at(here) == today_for(clinic["chantal"]) == today_in(clinic.programme.id) == evening
        nowhere = Actor(here, "user", "trainer")
        assert today_at(None) == today_for(nowhere) == clock.day_in_utc() == evening + timedelta(days=1)
        far = open_site(by=samir, programme=clinic.programme.id, code="far", name="Far", time_zone=IRAQ).value.id
        assert today_at(far) == evening + timedelta(days=1)
        assert today_in(clinic.programme.id) == evening + timedelta(days=1)
        assert over_in(clinic.programme.id) == evening
        assert today_for(clinic["chantal"]) == evening
    with clock_at(far, 1):
        assert clock.day_in_utc() < today_at(far) == today_in(clinic.programme.id)


def test_a_site_closes_on_its_day(clinic: Clinic) -> None:
    """PG078: a site and its team are closed on the day at the site."""
    samir = clinic["samir"]
    told: dict[str, Any] = {
        "code": "new",
        "name": "New",
        "time_zone": "America/Bogota",
    }
    site = open_site(by=samir, programme=clinic.programme.id, **told).value.id
    team = open_team(by=samir, site=site, name="Team").value.id
    with late_evening(site):
        close_team(by=samir, team=team)
        close_site(by=samir, site=site)
        assert is_ahead(site)
        assert Team.objects.get(pk=team).closed_on == Site.objects.get(pk=site).closed_on == today_at(site)


def test_she_is_registered_on_the_day_where_she_is(clinic: Clinic, as_reader: Any) -> None:
    """PE494: in the evening in Colombia and at night in Iraq, she is registered, and her age noted, today."""
    here = clinic.here.id
    with late_evening(here):
        evening = Person.objects.get(pk=clinic.register(first="Rosa"))
        with as_reader(clinic["chantal"]):
            noted = evening.unseal("age_noted_on")
        assert (evening.registered_on, noted) == (today_at(here), today_at(here).isoformat())
        assert is_ahead(here)
    with early_morning(here, clinic["samir"]):
        night = Person.objects.get(pk=clinic.register(first="Luz"))
        assert night.registered_on == today_at(here) > clock.day_in_utc()


def test_a_family_ends_on_the_evening_it_began(clinic: Clinic, amal: UUID) -> None:
    """PE495: a family that begins and ends in one evening begins and ends on that day, and nothing breaks."""
    with late_evening(clinic.here.id):
        today = today_at(clinic.here.id)
        begin_family(by=clinic["chantal"], person=amal)
        leave_family(by=clinic["chantal"], person=amal)
        family = Family.objects.get()
        assert (family.begun_on, family.ended_on) == (today, today)
