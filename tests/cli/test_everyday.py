"""The demonstration has something true to show on the pages of every day."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from karama.accounts.models import User
from karama.cli.stories import everyday, year
from karama.journal import clock
from tests.cli.test_year import told

__all__ = ["told"]


@pytest.fixture
def lived(told: None) -> None:
    """The demonstration with a small year and what it leaves."""
    from karama.programme.models import Site

    sites = dict(Site.objects.values_list("code", "id"))
    list(year.tell(90, sites))
    everyday.tell(sites)


PAGES = (
    ("nadia", "/supervision/"), ("nadia", "/meetings/"), ("nadia", "/people/transfers/"), ("nadia", "/people/protect/"),
    ("nadia", "/incidents/"), ("nadia", "/waiting-list/"), ("sirwan", "/people/transfers/"), ("ines", "/supervision/"),
    ("ines", "/meetings/"), ("ines", "/incidents/"), ("chantal", "/people/due/"),
    ("yolanda", "/people/due/"), ("chantal", "/supervision/mine/"), ("diego", "/supervision/mine/"),
    ("yolanda", "/supervision/mine/"),
)  # fmt: skip


@pytest.mark.slow
def test_no_page_of_every_day_is_empty(lived: None) -> None:
    """CL080: at each site of the demonstration its lists hold something: nothing says that there is nothing."""
    empty = []
    for name, path in PAGES:
        client = Client(HTTP_HOST="127.0.0.1")
        client.force_login(User.objects.get(username=name))
        answer = client.get(path)
        assert answer.status_code == 200, (name, path)
        page = answer.content.decode().split("<main")[1].split("</main>")[0]
        if 'class="empty' in page or not re.search(r"<(li|tr|dd|article)|class=\"row", page):
            empty.append((name, path))
    assert empty == []
    _told_of_each()


def _told_of_each() -> None:
    """What stands there is of every kind that the pages tell apart."""
    from karama.care.models import Death, Discussed, Episode, NoteReview, SupervisionHeld, WaitCheck
    from karama.people.models import BestInterest, ContactRules, Guardian, Transfer
    from karama.reception.models import Appointment, FollowUp, FollowUpTry

    waiting = Episode.objects.filter(state="waiting", person__status="active")
    assert not waiting.filter(waits__isnull=True).exists(), "somebody waits, and nobody stays in touch"
    assert set(WaitCheck.objects.values_list("reached", flat=True)) == {True, False}
    assert set(NoteReview.objects.values_list("decision", flat=True)) >= {"signed", "asked"}
    assert set(SupervisionHeld.objects.values_list("mode", flat=True)) >= {"individual", "group"}
    assert Discussed.objects.filter(owner__isnull=False).count() == 2
    assert set(Transfer.objects.values_list("state", flat=True)) == {"proposed", "accepted", "declined"}
    assert set(BestInterest.objects.values_list("state", flat=True)) >= {"asked", "decided_yes"}
    assert Guardian.objects.count() >= 2
    ways = set(ContactRules.objects.values_list("channel", flat=True))
    assert ways >= {"call", "sms_neutral", "via_person", "never"}
    over = Appointment.objects.filter(starts_at__lt=clock.now())
    assert set(over.values_list("state", flat=True)) >= {"done", "missed"}
    assert FollowUp.objects.filter(ended="").count() >= 2
    assert FollowUpTry.objects.exists()
    assert Death.objects.count() == 1
