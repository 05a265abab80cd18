"""An organisation with one programme of two sites and the cast in it, made by real actions."""

from __future__ import annotations

from dataclasses import dataclass, field

from karama.accounts.actions import FirstSignIn, add_user, give_duty, make_first_administrator
from karama.accounts.actions.setting_up import SETUP
from karama.accounts.models import Posting, User
from karama.accounts.queries import actor_for
from karama.journal import Actor
from karama.programme.actions import open_programme, set_up_organisation
from karama.programme.models import CountryProgramme, Site, Team
from tests.cast import STAFF


@dataclass
class House:
    """The programme, its sites `here` and `elsewhere`, and everybody of the cast by name."""

    programme: CountryProgramme
    here: Site
    elsewhere: Site
    team: Team
    actors: dict[str, Actor] = field(default_factory=dict)
    signs: dict[str, FirstSignIn] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Actor:
        return self.actors[name]

    def user(self, name: str) -> User:
        """The user of this name, as the database has her now."""
        return User.objects.get(username=name)

    def hire(self, name: str, duty: str, site: Site | None = None, whole: bool = False) -> Actor:
        """A new colleague in one duty: at a site, in the programme, or in the whole organisation."""
        made: FirstSignIn = add_user(by=self["samir"], username=name).value
        posting: Posting = give_duty(
            by=self["samir"],
            user=made.id,
            duty=duty,
            work_alias=name.capitalize(),
            programme=None if whole else self.programme.id,
            site=site.id if site else None,
        ).value
        self.signs[name], self.actors[name] = made, actor_for(made.id, posting)
        return self.actors[name]


def build() -> House:
    """The whole house. Samir is the first administrator."""
    set_up_organisation(by=SETUP, name="Organisation of the tests")
    opened = open_programme(by=SETUP, code="colombia-community").value
    here, elsewhere = Site.objects.get(code="quibdo"), Site.objects.get(code="buenaventura")
    house = House(opened, here, elsewhere, Team.objects.get(site=here))
    first = make_first_administrator(by=SETUP, username="samir", work_alias="Samir").value
    house.signs["samir"] = first
    house.actors["samir"] = actor_for(first.id, Posting.objects.get(user_id=first.id))
    for member in STAFF:
        if member.name != "samir":
            house.hire(member.name, member.duty, here if member.site == "here" else elsewhere)
    return house
