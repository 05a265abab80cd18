"""GR140-GR149: a site or grant that ends says which groups go on under it, and is not closed over them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from karama.accounts.models import User
from karama.care import queries as care
from karama.care.actions import plan_grant_closing, plan_site_closing
from karama.groups.actions import end_cycle, end_group
from karama.groups.models import Group
from karama.groups.sites import going_on_under, shown_going_on
from karama.programme.actions import close_grant, close_site, close_team, open_grant
from karama.programme.days import today_at, today_in
from karama.programme.models import Grant, Team
from karama.programme.problems import GroupsGoOn, StillGoingOn
from karama.programme.registries import End
from tests.accounts import signing
from tests.groups.conftest import Circle, amal, circle, clinic, opened
from tests.groups.test_pages import text, window

__all__ = ["amal", "circle", "clinic"]


@pytest.fixture
def leaving(circle: Circle) -> Circle:
    """Nadia planned that the site closes in a month; no team is left there."""
    site = circle.clinic.here.id
    plan_site_closing(by=circle.clinic["nadia"], site=site, ends_on=today_at(site) + timedelta(days=30))
    for team in Team.objects.filter(site_id=site, closed_on__isnull=True):
        close_team(by=circle.clinic["samir"], team=team.id)
    return circle


def the_site(circle: Circle, who: str) -> care.Ending:
    """The list of the site as somebody sees it."""
    return next(one for one in care.closing_sites(circle.clinic[who]) if one.site == circle.clinic.here.id)


def test_groups_stand_on_the_list(leaving: Circle) -> None:
    """GR140: the supervisor finds each group that has not ended by its neutral name, what people do and who
    facilitates; the director learns only how many; of ended groups and of other sites nothing is said, of members
    never."""
    clinic = leaving.clinic
    clinic.hire("mariam", "director")
    ended = opened(clinic, name="Mar", kind="recreation", intervention="")
    end_group(by=clinic["chantal"], group=ended)
    (shown,) = the_site(leaving, "nadia").going_on
    assert (shown.name, str(shown.what), set(shown.who)) == ("Río", "Meetings with a plan", {"Chantal", "Diego"})
    assert shown.url == f"/groups/{leaving.group}/"
    assert (the_site(leaving, "nadia").unseen, the_site(leaving, "nadia").finished) == (0, False)
    director = the_site(leaving, "mariam")
    assert (director.going_on, director.unseen, director.finished) == ([], 1, False)
    assert shown_going_on(clinic["tunde"], End(site=clinic.here.id)) == []
    assert going_on_under(End(site=clinic.elsewhere.id)) == 0


def test_no_site_is_closed_over_a_group(leaving: Circle) -> None:
    """GR141: a site is not closed while a group has not ended there, also between two cycles; after the last one it can
    be."""
    clinic = leaving.clinic
    told: dict[str, Any] = {"by": clinic["samir"], "site": clinic.here.id}
    with pytest.raises(StillGoingOn):
        close_site(**told)
    end_cycle(by=clinic["chantal"], group=leaving.group)
    with pytest.raises(StillGoingOn):
        close_site(**told)
    end_group(by=clinic["nadia"], group=leaving.group)
    assert the_site(leaving, "nadia").finished
    assert close_site(**told).value.closed_on is not None


def test_the_page_of_a_closing_names_them(leaving: Circle) -> None:
    """GR142: on the page each group is one tap away; when it has ended the page says that nothing is left."""
    here, clinic = f"/closing/{leaving.clinic.here.id}/", leaving.clinic
    clinic.hire("mariam", "director")
    nadia, mariam = window(leaving, "nadia"), signing.browser(User.objects.get(pk=clinic["mariam"].id))
    page = text(nadia.get(here))
    assert f'href="/groups/{leaving.group}/"' in page
    assert "Río" in page
    assert "groups still meet here" in text(nadia.get("/closing/"))
    page = text(mariam.get(here))
    assert "Río" not in page
    assert "Groups that the supervisor of the site sees" in page
    end_group(by=clinic["nadia"], group=leaving.group)
    assert "no group meets here any more" in text(nadia.get(here))
    assert "groups still meet here" not in text(nadia.get("/closing/"))


def test_more_groups_cost_no_more_questions(leaving: Circle) -> None:
    """GR143: the list asks as many questions for many groups as for one."""
    by, site = leaving.clinic["nadia"], leaving.clinic.here.id

    def asked() -> int:
        with CaptureQueriesContext(connection) as told:
            shown_going_on(by, End(site=site))
        return len(told)

    few = asked()
    for number in range(3):
        opened(leaving.clinic, name=f"Mar {number}", kind="recreation", intervention="")
    assert Group.objects.count() == 4
    assert asked() == few


def test_no_grant_is_closed_over_a_group(circle: Circle) -> None:
    """GR149: a group that only a grant pays for stands on the list of its closing by its neutral name, for whoever
    directs as a number; the grant is not closed over it. One that another grant surely pays for goes on."""
    clinic = circle.clinic
    mariam = clinic.hire("mariam", "director")
    today = today_in(clinic.programme.id)

    def a_grant(code: str, days: int, *services: str) -> Grant:
        made = open_grant(
            by=mariam, programme=clinic.programme.id, code=code, name=code, donor="A made-up donor",
            from_on=today - timedelta(days=9), to_on=today + timedelta(days=days), sites=[clinic.here.id],
            services=list(services),
        ).value  # fmt: skip
        assert isinstance(made, Grant)
        return made

    ending = a_grant("G-1", 0)
    told: dict[str, Any] = {"grant": ending.id, "ends_on": today, "why": "It ends", "told": [clinic["nadia"].id]}
    plan_grant_closing(by=mariam, **told)
    (shown,) = care.closing_grant(clinic["nadia"], ending.id).going_on
    assert shown.name == "Río"
    assert (care.closing_grant(mariam, ending.id).going_on, care.closing_grant(mariam, ending.id).unseen) == ([], 1)
    with pytest.raises(GroupsGoOn):
        close_grant(by=mariam, grant=ending.id)
    a_grant("G-2", 300, "psychology")
    assert going_on_under(End(grant=ending.id)) == 1, "it surely pays for no group"
    a_grant("G-3", 300, "group_support", "recreation", "individual_support", "first_aid", "linking", "awareness")
    assert going_on_under(End(grant=ending.id)) == (0 if Group.objects.get(pk=circle.group).four_ws else 1)
    a_grant("G-4", 300)
    assert going_on_under(End(grant=ending.id)) == 0
    assert close_grant(by=mariam, grant=ending.id).value.closed_on == today
