"""JR060-JR069: the queryset of a policy shows exactly the rows that `permit` allows."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from karama.accounts.models import User
from karama.journal import Actor, Many, clock, target_attributes, visible_to
from karama.people.models import Assignment, HiddenFrom, Person
from karama.rules import permission as rule
from karama.security import vault
from karama.security.identifiers import uuid7
from tests.journal import deeds

ATTRIBUTES = {
    "site": "site_id",
    "programme": "programme_id",
    "status": "status",
    "team": "held_by_team_id",
    "assigned": Many(Assignment, "person_id", "user_id"),
    "hidden_from": Many(HiddenFrom, "person_id", "user_id"),
}
PURPOSE = "care"


@pytest.fixture
def world(transactional_db: None) -> tuple[list[UUID], list[UUID]]:
    """Three sites, six people, three users, and different relations between them."""
    users = [User.objects.create(username=f"user{n}").pk for n in range(3)]
    sites, people = [], []
    for n in range(3):
        site = deeds.make_place(by=deeds.PLACE, name=f"place{n}").record
        assert site is not None
        sites.append(site)
    for n in range(6):
        person = uuid7()
        vault.create_keys([person])
        deeds.register(by=deeds.actor("psychologist", sites[n % 3]), person=person, site=sites[n % 3], name="x")
        assigned, hidden = users[: n % 4], users[n % 3 :][: n % 2]
        deeds.relate(by=deeds.PLACE, person=person, assigned=assigned, hidden=hidden)
        people.append(person)
    return sites, users


def conditions(sites: list[UUID]) -> st.SearchStrategy[rule.Condition]:
    """Any tree over known, many-valued, always-empty and unheard-of attributes."""
    single = st.sampled_from(["site", "programme", "status", "team", "nonsense", "assigned"])
    several = st.sampled_from(["assigned", "hidden_from", "site", "nonsense"])
    own = st.sampled_from(["id", "sites", "teams", "duty", "nonsense"])
    values = st.sampled_from([sites[0], "active", "merged_into", None])
    leaves = st.one_of(
        st.just(rule.Always()),
        st.just(rule.Never()),
        st.builds(rule.Duty, st.sampled_from(["psychologist", "director"])),
        st.builds(rule.Is, single, values),
        st.builds(rule.In, single, st.lists(values, max_size=2)),
        st.builds(rule.Holds, several, values),
        st.builds(rule.Same, single, own),
        st.builds(rule.Among, single, own),
        st.builds(rule.Includes, several, own),
        st.builds(rule.Overlaps, several, own),
    )
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.builds(rule.Not, inner),
            st.lists(inner, max_size=3).map(lambda parts: rule.All(*parts)),
            st.lists(inner, max_size=3).map(lambda parts: rule.Any(*parts)),
        ),
        max_leaves=8,
    )


def disagreements(policy: rule.Policy, by: Actor) -> list[UUID]:
    """People whom one of the two shows and the other does not."""
    now = clock.now()
    shown = visible_to(Person.objects.all(), by=by, policy=policy, purpose=PURPOSE, now=now, attributes=ATTRIBUTES)
    seen = set(shown.values_list("id", flat=True))
    wrong = []
    for person in Person.objects.values_list("id", flat=True):
        target = target_attributes(Person.objects.all(), person, ATTRIBUTES)
        allowed = rule.permit(policy, by.attributes(), target, PURPOSE, now).allowed
        if allowed != (person in seen):
            wrong.append(person)
    return wrong


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_the_queryset_and_the_decision_agree(world: tuple[list[UUID], list[UUID]], data: st.DataObject) -> None:
    """JR060: for any condition tree and actor, a row is shown exactly when `permit` says yes."""
    sites, users = world
    condition = data.draw(conditions(sites))
    by = Actor(
        data.draw(st.sampled_from([*users, uuid7()])),
        "user",
        data.draw(st.sampled_from(["psychologist", "director", ""])),
        sites=frozenset(data.draw(st.lists(st.sampled_from(sites), max_size=2))),
        teams=frozenset(),
    )
    assert disagreements(rule.Policy("see", condition), by) == []


def test_an_unheard_of_purpose_shows_nothing(world: tuple[list[UUID], list[UUID]]) -> None:
    """JR061: a purpose that no policy knows, and a duty that is empty, show nothing."""
    sites, users = world
    policy = rule.Policy("see", rule.Always())
    for by, purpose in [(Actor(users[0], "user", "director"), "curiosity"), (Actor(users[0], "user", ""), "care")]:
        shown = visible_to(
            Person.objects.all(), by=by, policy=policy, purpose=purpose, now=clock.now(), attributes=ATTRIBUTES
        )
        assert not shown.exists()


def test_the_attack_finds_a_careless_compiler(
    world: tuple[list[UUID], list[UUID]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """JR062: mutant: with a plain NOT instead of "known to be false", rows with an empty team are shown wrongly."""
    from karama.journal import visibility

    monkeypatch.setattr(visibility, "known_not", lambda path, among: ~among)
    by = Actor(world[1][0], "user", "director", teams=frozenset([uuid7()]))
    assert disagreements(rule.Policy("see", rule.Not(rule.Among("team", "teams"))), by)
