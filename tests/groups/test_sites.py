"""GR140-GR143: a site that closes says which groups still meet there, and is not closed over them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from karama.accounts.models import User
from karama.care import queries as care
from karama.care.actions import plan_site_closing
from karama.groups.actions import end_cycle, end_group
from karama.groups.models import Group
from karama.groups.sites import going_on_under, shown_going_on
from karama.journal import clock
from karama.programme.actions import close_site, close_team
from karama.programme.models import Team
from karama.programme.problems import StillGoingOn
from karama.programme.registries import End
from tests.accounts import signing
from tests.groups.conftest import Circle, amal, circle, clinic, opened
from tests.groups.test_pages import text, window

__all__ = ["amal", "circle", "clinic"]


@pytest.fixture
def leaving(circle: Circle) -> Circle:
    """Nadia planned that the site closes in a month; no team is left there."""
    site = circle.clinic.here.id
    plan_site_closing(by=circle.clinic["nadia"], site=site, ends_on=clock.now().date() + timedelta(days=30))
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
