"""The demonstration as a world to attack: every duty, people at every stage, canaries in their fields."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from karama.accounts.models import User
from tests.accounts import signing

CANARIES = {"first": "Zzcanaryfirst", "last": "Zzcanarylast", "called": "Zzcanarycalled", "words": "Zzcanarywords"}


@dataclass
class World:
    """Ids by their name in a route, the attacked person's and a stranger's, and browsers by user name."""

    amal: UUID
    ids: dict[str, UUID]
    users: dict[str, UUID]
    duties: dict[str, str]
    clients: dict[str, Client] = field(default_factory=dict)

    def client(self, user: str) -> Client:
        """A browser signed in as this user, past every gate."""
        if user not in self.clients:
            self.clients[user] = signing.browser(User.objects.get(id=self.users[user]))
        return self.clients[user]


@pytest.fixture
def world(transactional_db: None, installation: Path, settings: Any) -> World:
    """Everything of the demonstration, and one person more whose every text is a canary."""
    from karama.cli.founding import _first_users
    from karama.cli.story import STAFF, tell_story

    settings.KARAMA_DEMO = True
    programmes = ("iraq-torture-rehabilitation", "colombia-community")
    _first_users("Organisation of the tests", programmes, "samir", "hana")
    tell_story("a-quiet-demonstration")
    users = dict(User.objects.values_list("username", "id"))
    duties = {"samir": "administrator", "hana": "data_import"} | {one.user: one.duty for one in STAFF}
    amal = _canary(users)
    return World(amal, _ids(amal, users), users, duties)


def _canary(users: dict[str, UUID]) -> UUID:
    """A participant on Chantal's caseload, with a response that raised an alert, hidden from Omar."""
    from karama.accounts.queries import actor_by_name
    from karama.care.actions import amend_response, open_episode, record_response
    from karama.journal.clock import now
    from karama.people.actions import assign, hide_from, record_consent, register_person, set_contact_rules
    from karama.people.searching import search_token
    from karama.programme.models import Site
    from karama.safety.actions import raise_worry

    chantal, nadia = actor_by_name("chantal"), actor_by_name("nadia")
    person: UUID = register_person(
        by=chantal,
        site=Site.objects.get(code="mosul").id,
        identity_mode="named",
        searched=search_token(chantal, now()),
        called=CANARIES["called"],
        first=CANARIES["first"],
        last=CANARIES["last"],
        birth_year=1990,
        place=CANARIES["words"],
        limits="read_aloud",
    ).value.id
    record_consent(by=chantal, person=person, purpose="care", decision="yes", method="verbal", note=CANARIES["words"])
    set_contact_rules(by=chantal, person=person, channel="call", address=CANARIES["words"])
    assign(by=chantal, person=person, user=users["diego"], role="member")
    open_episode(by=chantal, person=person)
    answers = {f"q{n}": "several_days" for n in range(1, 10)}
    response = record_response(
        by=chantal, person=person, instrument="phq9", answers=answers, wave="baseline", on=now().date(), language="ar"
    ).value
    again = {**answers, "q1": "not_at_all"}
    amend_response(by=chantal, response=response.id, answers=again, reason=CANARIES["words"])
    raise_worry(by=chantal, kind="violence_at_home", person=person, words=CANARIES["words"])
    hide_from(by=nadia, person=person, user=users["omar"], reason=CANARIES["words"])
    return person


def _ids(amal: UUID, users: dict[str, UUID]) -> dict[str, UUID]:
    """For each name a route may use: the id of something of the attacked person or her site."""
    from karama.accounts.models import Posting
    from karama.care.models import Episode, Response
    from karama.people.models import Consent
    from karama.programme.models import CountryProgramme, Responder, Site, Team
    from karama.safety.models import Alert, AlertSource

    site = Site.objects.get(code="mosul")
    alert = Alert.objects.filter(person_id=amal).first()
    assert alert is not None
    return {
        "person": amal,
        "alert": alert.id,
        "source": AlertSource.objects.filter(alert=alert).values_list("id", flat=True)[0],
        "response": Response.objects.filter(person_id=amal).values_list("id", flat=True)[0],
        "episode": Episode.objects.filter(person_id=amal).values_list("id", flat=True)[0],
        "consent": Consent.objects.filter(person_id=amal).values_list("id", flat=True)[0],
        "user": users["chantal"],
        "site": site.id,
        "programme": CountryProgramme.objects.get(id=site.programme_id).id,
        "team": Team.objects.filter(site=site).values_list("id", flat=True)[0],
        "responder": Responder.objects.filter(site=site).values_list("id", flat=True)[0],
        "posting": Posting.objects.filter(user_id=users["chantal"]).values_list("id", flat=True)[0],
    }
