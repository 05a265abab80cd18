"""Small actions on real records, for tests of the act door itself."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from karama.journal import Actor, action, clock
from karama.people.models import Assignment, Consent, HiddenFrom, Person
from karama.programme.models import CountryProgramme, Organisation, Site
from karama.rules.permission import Among, Duty, Policy
from karama.security.identifiers import uuid7

ANYBODY = Policy("test", Duty("psychologist", "job:test"))
HERE = Policy("test_here", Among("site", "sites"))
PLACE = Actor(uuid7(), "job", "job:test", name="test")


def actor(duty: str = "psychologist", *sites: UUID) -> Actor:
    """Somebody in this duty at these sites."""
    return Actor(uuid7(), "user", duty, sites=frozenset(sites), name="Diego")


@action("test.place", access=ANYBODY)
def make_place(*, by: Actor, name: str) -> Site:
    """A site with all that stands above it."""
    organisation = Organisation.objects.first() or Organisation.objects.create(name=name, role="own")
    programme = CountryProgramme.objects.create(
        organisation=organisation, code=name, name=name, opened_on=date(2026, 1, 1)
    )
    return Site.objects.create(programme=programme, code=name, name=name, time_zone="UTC")


@action("test.rename", access=ANYBODY)
def rename_site(*, by: Actor, site: UUID, name: str) -> Site:
    """Change a state."""
    found = Site.objects.get(id=site)
    found.name = name
    found.save()
    return found


@action("test.register", access=HERE, target=lambda *, by, site, **_more: {"site": site})
def register(*, by: Actor, person: UUID, site: UUID, name: str) -> Person:
    """A person with a sealed name. Her keys must have been made."""
    programme = Site.objects.get(id=site).programme_id
    made = Person(
        id=person, code=person.hex[-12:], identity_mode="named", programme_id=programme, site_id=site,
        registered_on=date(2026, 1, 1),
    )  # fmt: skip
    made.seal("names", {"first": name})
    made.save()
    return made


@action("test.agree", access=ANYBODY)
def agree(*, by: Actor, person: UUID, words: str, sequence: int = 1) -> Consent:
    """A fact with sealed words."""
    fact = Consent(person_id=person, sequence=sequence, purpose="care", decision="yes", method="verbal")
    fact.seal("note", words)
    fact.save()
    return fact


@action("test.relate", access=ANYBODY)
def relate(*, by: Actor, person: UUID, assigned: list[UUID], hidden: list[UUID]) -> None:
    """Relations of a person to users."""
    for user in assigned:
        Assignment.objects.create(person_id=person, user_id=user, role="lead", since=clock.now())
    for user in hidden:
        HiddenFrom.objects.create(person_id=person, user_id=user, since=clock.now())


@action("test.two", access=ANYBODY)
def rename_twice(*, by: Actor, site: UUID, first: str, second: str) -> None:
    """An action that calls others."""
    rename_site(by=by, site=site, name=first)
    rename_site(by=by, site=site, name=second)


@action("test.fail", access=ANYBODY)
def rename_and_fail(*, by: Actor, site: UUID) -> None:
    """An action that writes and then fails."""
    rename_site(by=by, site=site, name="half done")
    raise ValueError("after the write")
