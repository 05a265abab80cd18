"""A programme with two sites, the cast in its duties, and Amal, all made by real actions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest

from karama.accounts.actions.posting import give_duty
from karama.accounts.actions.setting_up import SETUP, make_first_administrator
from karama.accounts.models import Posting, User
from karama.accounts.queries.acting import actor_of
from karama.journal import Actor, clock, reading
from karama.journal.actors import NOBODY
from karama.people.access import ERASURE_JOB
from karama.people.actions import register_person
from karama.people.searching import search_token
from karama.programme.actions import open_programme, set_up_organisation
from karama.programme.models import CountryProgramme, Site, Team
from karama.security import vault
from tests.cast import STAFF
from tests.machinery.remembered import remembered


@dataclass
class Clinic:
    """The place of a test: programme, sites (`here`, `elsewhere`), a team elsewhere, and everybody by name."""

    programme: CountryProgramme
    here: Site
    elsewhere: Site
    team: Team
    actors: dict[str, Actor] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Actor:
        return self.actors[name]

    def hire(self, name: str, duty: str, site: Site | None = None, team: Team | None = None) -> Actor:
        """A new colleague in one duty."""
        user = User.objects.create(username=name, password="!")
        admin = self.actors.get("samir") or SETUP
        posting = give_duty(
            by=admin,
            user=user.id,
            duty=duty,
            work_alias=name.capitalize(),
            programme=self.programme.id,
            site=site.id if site else None,
            team=team.id if team else None,
        ).value
        self.actors[name] = actor_of(posting)
        return self.actors[name]

    def register(self, name: str = "chantal", **arguments: Any) -> UUID:
        """A participant registered by this colleague; named Amal Haddad, born 1991, unless said otherwise."""
        by = self.actors[name]
        usual: dict[str, Any] = {
            "site": next(iter(by.sites)),
            "identity_mode": "named",
            "first": "Amal",
            "last": "Haddad",
            "birth_year": 1991,
            "age_band": "25-34",
            "gender": "woman",
            "limits": "read_aloud",
            "searched": search_token(by, clock.now()),
        }
        receipt = register_person(by=by, **(usual | arguments))
        assert receipt.record is not None
        return receipt.record


@pytest.fixture
def clinic(db: None, installation: Any) -> Iterator[Clinic]:
    """The whole place. The access log is open under the route of a test."""
    vault.forget()
    yield remembered("tests.people.clinic", _clinic)
    vault.forget()


def _clinic() -> Clinic:
    set_up_organisation(by=SETUP, name="Organisation of the tests")
    open_programme(by=SETUP, code="colombia-community")
    programme = CountryProgramme.objects.get()
    here, elsewhere = Site.objects.get(code="quibdo"), Site.objects.get(code="buenaventura")
    made = Clinic(programme, here, elsewhere, Team.objects.filter(site=elsewhere).first() or Team())
    first = make_first_administrator(by=SETUP, username="samir", work_alias="Samir").value
    made.actors["samir"] = actor_of(Posting.objects.get(user_id=first.id))
    for member in STAFF:
        if member.name == "samir":
            continue
        whole = member.duty in ("data_protection_officer", "mel_officer")
        site = None if whole else here if member.site == "here" else elsewhere
        made.hire(member.name, member.duty, site)
    made.hire("importer", "data_import")
    return made


@pytest.fixture
def amal(clinic: Clinic) -> UUID:
    """Amal, registered by Chantal and on her caseload."""
    return clinic.register()


@pytest.fixture
def as_reader() -> Any:
    """Opens a reading for an actor: `with as_reader(actor): ...`."""

    def opened(by: Actor) -> Any:
        return reading(by=by, purpose="care", route="tests.reading")

    return opened


ERASER = Actor(id=NOBODY, kind="job", duty=ERASURE_JOB)
"""Erases in tests of what an erasure leaves behind; people do it by two, in the room of voice."""
