"""AT056-AT058: whatever was given, taken back, hidden, held, joined or moved, sight is what the rows say (P4)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from karama.accounts.models import Posting
from karama.accounts.queries.acting import actor_of
from karama.journal import Actor, Problem, clock
from karama.people.actions import register_person
from karama.people.models import HiddenFrom, Transfer
from karama.people.searching import search_token
from karama.programme.models import Team
from tests.attacks.ground import Ground, undone
from tests.attacks.sight import from_scratch, listed_to, opens, shown_to

USERS: Final = (
    "psychologist.assigned", "nurse.near", "legal_worker.near", "volunteer.near", "supervisor.near", "supervisor.far",
    "data_protection_officer.near", "of_the_team",
)  # fmt: skip
PEOPLE: Final = ("one", "two", "elsewhere")
DEEDS: Final = (
    "assign", "end_assignment", "hide", "unhide", "hold", "release", "close", "reopen", "join", "separate",
    "end_duty", "give_duty", "propose", "accept", "lock", "unlock",
)  # fmt: skip
Step = tuple[str, str, str]
STEPS = st.tuples(st.sampled_from(DEEDS), st.sampled_from(PEOPLE), st.sampled_from(USERS))
CHECKED_AT_ONCE: Final = ("end_assignment", "hide", "end_duty", "lock", "join")
QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@dataclass
class Crowd:
    """A few people at two sites, a few who might see them, and who is mighty enough to change it."""

    ground: Ground = field(repr=False)
    people: dict[str, UUID]
    users: dict[str, UUID]
    team: UUID

    def mighty(self, name: str) -> Actor:
        """A stand-in as she is posted now."""
        return actor_of(Posting.objects.filter(user_id=self.users[name]).order_by("-from_on", "-id")[0])

    def do(self, deed: str, person: str, user: str) -> bool:
        """Do one thing through its real action, by the supervisor of that site; whether it was done."""
        with suppress(Problem):
            self._calls(self.people[person], self.users[user])[deed](person)
            return True
        return False

    def _calls(self, one: UUID, user: UUID) -> dict[str, Callable[[str], Any]]:
        from karama.accounts import actions as accounts
        from karama.people import actions as people

        samir, ids = self.ground.actors["samir"], self.ground.ids

        def nadia(person: str) -> Actor:
            return self.mighty("supervisor.far" if person == "elsewhere" else "supervisor.near")

        def end_duty(_person: str) -> None:
            for posting in Posting.objects.filter(user_id=user, until_on__isnull=True):
                accounts.end_duty(by=samir, posting=posting.id)

        def accept(person: str) -> None:
            for request in Transfer.objects.filter(person_id=one).order_by("-recorded_at")[:1]:
                people.accept_transfer(
                    by=self.mighty("supervisor.far"), transfer=request.id, lead=self.ground.users["psychologist.far"],
                    takes_open_work=True,
                )  # fmt: skip

        site = {"programme": ids["programme"], "site": ids["site"]}
        return {
            "assign": lambda p: people.assign(by=nadia(p), person=one, user=user, role="member"),
            "end_assignment": lambda p: people.end_assignment(by=nadia(p), person=one, user=user),
            "hide": lambda p: people.hide_from(by=nadia(p), person=one, user=user),
            "unhide": lambda p: people.unhide(by=nadia(p), person=one, user=user),
            "hold": lambda p: people.hold_file(by=nadia(p), person=one, team=self.team),
            "release": lambda p: people.release_file(by=self.mighty("of_the_team"), person=one),
            "close": lambda p: people.close_file(by=nadia(p), person=one),
            "reopen": lambda p: people.reopen_file(by=nadia(p), person=one),
            "join": lambda p: people.join_files(by=nadia(p), person=one, into=self.other(one), reason="One person."),
            "separate": lambda p: people.separate_files(by=nadia(p), person=one, reason="Two people."),
            "end_duty": end_duty,
            "give_duty": lambda p: accounts.give_duty(by=samir, user=user, duty="nurse", work_alias="Anew", **site),
            "propose": lambda p: people.propose_transfer(
                by=nadia(p), person=one, site=ids["site_far"], reason="Moves away."
            ),
            "accept": accept,
            "lock": lambda p: accounts.lock_user(by=samir, user=user),
            "unlock": lambda p: accounts.unlock_user(by=samir, user=user),
        }

    def other(self, one: UUID) -> UUID:
        """The file with which a file is joined."""
        return self.people["two" if one == self.people["one"] else "one"]


@pytest.fixture
def crowd(ground: Ground) -> Crowd:
    """Three people beside Amal; the team at the near site has one psychologist of its own."""
    from karama.accounts.actions import give_duty
    from karama.accounts.models import User

    samir, ids = ground.actors["samir"], ground.ids
    team = Team.objects.filter(site=ids["site"]).values_list("id", flat=True)[0]
    of_the_team = User.objects.create(username="of_the_team", password="!")
    give_duty(
        by=samir, user=of_the_team.id, duty="psychologist", work_alias="Of the team", programme=ids["programme"],
        site=ids["site"], team=team,
    )  # fmt: skip
    users = {name: ground.users[name] for name in USERS if name in ground.users} | {"of_the_team": of_the_team.id}
    people = {name: _person(ground, "supervisor.far" if name == "elsewhere" else "supervisor.near") for name in PEOPLE}
    return Crowd(ground, people, users, team)


def _person(ground: Ground, who: str) -> UUID:
    by = ground.actors[who]
    registered = register_person(
        by=by, site=next(iter(by.sites)), identity_mode="coded", searched=search_token(by, clock.now()),
        limits="read_aloud", age_band="25-34",
    )  # fmt: skip
    found: UUID = registered.value.id
    return found


def _example(crowd: Crowd, steps: list[Step]) -> int:
    done = 0
    with undone():
        for deed, person, user in steps:
            if crowd.do(deed, person, user):
                done += 1
                if deed in CHECKED_AT_ONCE:
                    _at_once(crowd, deed, person, user)
        for name, user_id in crowd.users.items():
            assert shown_to(user_id) == from_scratch(user_id), f"pages of {name} after {steps}"
            assert listed_to(user_id) == from_scratch(user_id, listed=True), f"lists of {name} after {steps}"
        for row in HiddenFrom.objects.filter(lifted_at__isnull=True):
            assert not opens(row.user_id, row.person_id), f"hidden and shown after {steps}"
    return done


def _at_once(crowd: Crowd, deed: str, person: str, user: str) -> None:
    """What was taken back is gone with the next question."""
    user_id, one = crowd.users[user], crowd.people[person]
    if deed == "join":
        kept, folded = (_hidden_from(each) for each in (crowd.other(one), one))
        assert kept == folded, "one of two joined files shows what the other hides"
        return
    if deed == "end_assignment" and user.startswith(("supervisor", "data_protection")):
        return
    for each in crowd.people.values() if deed in ("end_duty", "lock") else (one,):
        assert not opens(user_id, each), f"{user} still sees her after {deed}"


def _hidden_from(person: UUID) -> frozenset[UUID]:
    rows = HiddenFrom.objects.filter(person_id=person, lifted_at__isnull=True)
    return frozenset(rows.values_list("user_id", flat=True))


@example(steps=[("assign", "one", "nurse.near"), ("lock", "one", "nurse.near")])
@example(steps=[("assign", "one", "nurse.near"), ("end_assignment", "one", "nurse.near")])
@example(steps=[("assign", "one", "nurse.near"), ("hide", "two", "nurse.near"), ("join", "one", "nurse.near")])
@example(steps=[("hide", "one", "supervisor.near"), ("assign", "one", "nurse.near"), ("unhide", "one", "nurse.near")])
@example(steps=[("assign", "one", "nurse.near"), ("hold", "one", "nurse.near"), ("end_duty", "one", "of_the_team")])
@example(steps=[("assign", "one", "legal_worker.near"), ("end_duty", "one", "legal_worker.near"),
                ("give_duty", "one", "legal_worker.near")])  # fmt: skip
@example(steps=[("propose", "two", "nurse.near"), ("accept", "two", "nurse.near")])
@settings(max_examples=4, suppress_health_check=QUIET)
@given(steps=st.lists(STEPS, min_size=2, max_size=7))
def test_sight_is_what_the_rows_say(crowd: Crowd, steps: list[Step]) -> None:
    """AT056: after any sequence, each user's pages and lists hold exactly the people that a recount from the rows
    allows her; and what was taken back is gone at once."""
    _example(crowd, steps)


def test_the_sequences_are_not_empty(crowd: Crowd) -> None:
    """AT057: each kind of deed can be done, so that a sequence of refusals proves nothing by itself."""
    told: list[Step] = [
        ("assign", "one", "nurse.near"), ("close", "one", "nurse.near"), ("reopen", "one", "nurse.near"),
        ("end_assignment", "one", "nurse.near"), ("hide", "two", "volunteer.near"), ("unhide", "two", "volunteer.near"),
        ("join", "one", "nurse.near"), ("separate", "one", "nurse.near"), ("hold", "one", "nurse.near"),
        ("release", "one", "nurse.near"), ("propose", "two", "nurse.near"), ("accept", "two", "nurse.near"),
        ("end_duty", "one", "nurse.near"), ("give_duty", "one", "nurse.near"), ("lock", "one", "nurse.near"),
        ("unlock", "one", "nurse.near"),
    ]  # fmt: skip
    assert {deed for deed, _person, _user in told} == set(DEEDS)
    failed = [step for step in told if not crowd.do(*step)]
    assert not failed


@pytest.mark.full
@pytest.mark.parametrize("_part", range(8))
def test_two_thousand_sequences(crowd: Crowd, _part: int) -> None:
    """AT058: the same over 2,000 sequences, 1,000 on each database, in parts."""

    @settings(max_examples=125, suppress_health_check=QUIET, database=None)
    @given(steps=st.lists(STEPS, min_size=2, max_size=7))
    def run(steps: list[Step]) -> None:
        _example(crowd, steps)

    run()
