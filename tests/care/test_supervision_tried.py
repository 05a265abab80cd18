"""Supervision, tried: a colleague of two sites, an ended duty, a button that was not pressed."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import pytest

from karama.accounts.actions import end_duty, give_duty
from karama.accounts.models import Posting
from karama.accounts.queries import actor_of
from karama.care.actions import change_episode_state, close_episode, open_episode, record_supervision
from karama.care.models import Episode, Supervised, SupervisionAnswer, SupervisionHeld
from karama.care.queries import supervision
from karama.journal import Actor, reading
from karama.people.actions import assign, hide_from
from tests.care.conftest import Clinic
from tests.care.test_pages import sign_in, text

__all__ = ["sign_in"]


@pytest.fixture
def maria(clinic: Clinic) -> Actor:
    """Maria, who supervises both sites."""
    return clinic.hire("maria", "supervisor")


def there_too(clinic: Clinic, name: str) -> Actor:
    """This colleague's second duty: at the other site."""
    first = Posting.objects.get(user_id=clinic[name].id)
    made = give_duty(
        by=clinic["samir"], user=first.user_id, duty=first.duty, work_alias=first.work_alias,
        programme=clinic.programme.id, site=clinic.elsewhere.id,
    ).value  # fmt: skip
    return actor_of(made)


def switches(page: str) -> list[dict[str, str]]:
    """The forms that switch co-signing, with what each sends."""
    forms = re.findall(r'<form method="post" action="(/supervision/[0-9a-f-]{36}/)">(.*?)</form>', page, flags=re.S)
    return [{"at": at} | dict(re.findall(r'name="(\w+)"[^>]*? value="([^"]*)"', inner)) for at, inner in forms]


def test_cosigning_is_switched_at_the_site_of_the_row(clinic: Clinic, maria: Actor, sign_in: Any) -> None:
    """CA540: of a colleague at two sites, each row switches co-signing at its own; at a site where the duty has ended
    nothing is switched any more."""
    there_too(clinic, "diego")
    client = sign_in("maria")
    page = text(client.get("/supervision/"))
    sites = set()
    for one in switches(page):
        if str(clinic["diego"].id) in one["at"]:
            client.post(one.pop("at"), one)
            sites.add(one["site"])
    assert sites == {str(clinic.here.id), str(clinic.elsewhere.id)}
    assert set(Supervised.objects.filter(user_id=clinic["diego"].id).values_list("site_id", flat=True)) == {
        clinic.here.id, clinic.elsewhere.id,
    }  # fmt: skip


def test_where_a_duty_has_ended_nothing_is_switched(clinic: Clinic, sign_in: Any) -> None:
    """CA541: a site of somebody else, nonsense, and a site where the colleague works no more are not there."""
    at = f"/supervision/{clinic['diego'].id}/"
    client = sign_in("nadia")
    for site in (str(clinic.elsewhere.id), "nonsense"):
        assert client.post(at, {"site": site, "cosigned": "yes"}).status_code == 404
    end_duty(by=clinic["samir"], posting=Posting.objects.get(user_id=clinic["diego"].id).id)
    assert client.post(at, {"site": str(clinic.here.id), "cosigned": "yes"}).status_code == 404
    assert not Supervised.objects.exists()


def test_a_supervision_is_held_at_the_site_of_the_row(clinic: Clinic, maria: Actor, sign_in: Any) -> None:
    """CA542: of a colleague at two sites, the people of the site of the row can be spoken of, and it is kept there."""
    there_too(clinic, "chantal")
    tunde_person = clinic.register("tunde", first="Luz", last="Mena")
    assign(by=maria, person=tunde_person, user=clinic["chantal"].id, role="member")
    client = sign_in("maria")
    hrefs = re.findall(rf'href="([^"]*{clinic["chantal"].id}[^"]*)"', text(client.get("/supervision/")))
    pages = [one for one in hrefs if str(clinic.elsewhere.id) in one]
    assert pages, hrefs
    shown = client.get(pages[0])
    assert str(tunde_person) in text(shown)
    sent = {"mode": "individual", "on": "2020-01-01", "people": str(tunde_person), "owner": str(clinic["chantal"].id)}
    assert client.post(pages[0], sent).status_code == 302
    assert SupervisionHeld.objects.get().site_id == clinic.elsewhere.id


def test_only_a_button_that_was_pressed_answers(clinic: Clinic, sign_in: Any) -> None:
    """CA543: sent without either button, nobody is written down as seeing it differently: it is answered once."""
    held = record_supervision(
        by=clinic["nadia"], site=clinic.here.id, colleagues=[clinic["diego"].id], mode="individual"
    ).record
    assert isinstance(held, UUID)
    client = sign_in("diego")
    shown = client.post(f"/supervision/held/{held}/", {"words": "we did not speak of this"})
    assert not SupervisionAnswer.objects.exists()
    assert "we did not speak of this" in text(shown)


def test_nobody_leads_from_whom_she_is_hidden(clinic: Clinic, amal: UUID) -> None:
    """CA544: an episode whose lead may not see the person any more has nobody responsible, and the page says so; taken
    up again after a closing, it is not hers either."""
    nadia, chantal = clinic["nadia"], clinic["chantal"]
    episode = open_episode(by=chantal, person=amal, state="active").record
    assert isinstance(episode, UUID)
    close_episode(by=nadia, episode=episode, reason="goals_met", outcome="improved", follow_up="no")
    hide_from(by=nadia, person=amal, user=chantal.id, reason="her sister-in-law")
    change_episode_state(by=nadia, episode=episode, state="active", reason="She came back.")
    assert Episode.objects.get().lead_id == nadia.id
    with reading(by=nadia, purpose="supervision", route="tests"):
        assert [one.why for one in supervision(nadia).stuck] == []


def test_a_lead_who_may_not_see_her_is_nobody(clinic: Clinic, amal: UUID) -> None:
    """CA545: hidden from whoever leads her open episode, she stands first among those with nobody responsible."""
    open_episode(by=clinic["chantal"], person=amal, state="active")
    hide_from(by=clinic["nadia"], person=amal, user=clinic["chantal"].id, reason="her sister-in-law")
    with reading(by=clinic["nadia"], purpose="supervision", route="tests"):
        assert [one.why for one in supervision(clinic["nadia"]).stuck] == ["no_lead"]
