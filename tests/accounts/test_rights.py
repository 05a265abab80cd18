"""Random sequences of giving, ending and locking: rights never grow by one's own act, and revoking is immediate."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from karama.accounts import actions
from karama.accounts.models import Posting, User
from karama.accounts.queries import actor_for, current_postings
from karama.journal import Absent, Actor, Problem
from karama.journal.clock import day_in_utc
from karama.programme.actions import open_programme
from karama.rules.classes import DUTIES
from tests.programme.house import House

NAMES = ("samir", "aya", "bea", "chantal", "nadia", "rojin")
PLACES = ("all", "programme", "here", "elsewhere", "other")
DEEDS = ("give", "end", "lock", "unlock", "password", "factor", "alias", "leave")
step = st.tuples(
    st.sampled_from(DEEDS),
    st.sampled_from(NAMES),
    st.sampled_from(NAMES),
    st.sampled_from([*DUTIES[:3], "administrator", "administrator", "supervisor", "director"]),
    st.sampled_from(PLACES),
)


@pytest.fixture
def offices(house: House) -> House:
    """Administrators of three reaches: Samir everywhere, Aya in the programme, Bea at one site."""
    open_programme(by=house["samir"], code="iraq-torture-rehabilitation")
    house.hire("aya", "administrator")
    house.hire("bea", "administrator", site=house.here)
    return house


def place(house: House, name: str) -> dict[str, UUID]:
    """A place as arguments of `give_duty`."""
    programme = house.programme.id
    other = type(house.programme).objects.get(code="iraq-torture-rehabilitation").id
    return {
        "all": {},
        "programme": {"programme": programme},
        "here": {"programme": programme, "site": house.here.id},
        "elsewhere": {"programme": programme, "site": house.elsewhere.id},
        "other": {"programme": other},
    }[name]


def rights(user: UUID) -> frozenset[tuple[Any, ...]]:
    """Everything a user can act as at this moment, computed from the rows alone."""
    today = day_in_utc()
    held = Posting.objects.filter(user_id=user, user__is_active=True, from_on__lte=today)
    return frozenset(
        (one.duty, one.programme_id, one.site_id, one.team_id)
        for one in held
        if one.until_on is None or one.until_on > today
    )


def actors(user: UUID) -> list[Actor]:
    """The actors a user can choose from now."""
    return [actor_for(user, one) for one in current_postings(user)]


def do(house: House, by: Actor, deed: str, user: UUID, duty: str, where: str) -> None:
    """One deed; a refusal is fine."""
    posting = Posting.objects.filter(user_id=user).order_by("-recorded_at").first()
    day = day_in_utc()
    deeds: dict[str, Any] = {
        "give": lambda: actions.give_duty(by=by, user=user, duty=duty, work_alias="X", **place(house, where)),
        "end": lambda: posting and actions.end_duty(by=by, posting=posting.id),
        "lock": lambda: actions.lock_user(by=by, user=user),
        "unlock": lambda: actions.unlock_user(by=by, user=user),
        "password": lambda: actions.new_password(by=by, user=user),
        "factor": lambda: actions.reset_second_factor(by=by, user=user),
        "alias": lambda: posting and actions.change_alias(by=by, posting=posting.id, work_alias="Y"),
        "leave": lambda: actions.set_leave(by=by, user=user, from_on=day, until_on=day + timedelta(days=1)),
    }
    try:
        deeds[deed]()
    except Problem:
        return


def sequences(house: House, steps: list[tuple[str, str, str, str, str]]) -> None:
    """Do the steps, each by every actor its doer has now, and check after each."""
    users = dict(User.objects.filter(username__in=NAMES).values_list("username", "id"))
    for deed, doer, about, duty, where in steps:
        for by in actors(users[doer]):
            if by.id not in {one.id for one in User.objects.filter(is_active=True)}:
                continue
            before, stale = rights(by.id), {one.id for one in current_postings(users[about])}
            do(house, by, deed, users[about], duty, where)
            assert rights(by.id) <= before, f"{doer} grew by her own {deed}"
            for gone in stale - {one.id for one in current_postings(users[about])}:
                with pytest.raises(Absent):
                    actor_for(users[about], gone)
            assert {(a.duty, frozenset(a.programmes)) for a in actors(users[about])} == {
                (duty, frozenset({programme}) if programme else _all_programmes())
                for duty, programme, _site, _team in rights(users[about])
            }


def _all_programmes() -> frozenset[UUID]:
    from karama.programme.models import CountryProgramme

    return frozenset(CountryProgramme.objects.values_list("id", flat=True))


def test_rights_never_grow_by_ones_own_act(offices: House, full_run: bool) -> None:
    """AC120: in random sequences of giving, ending, locking and resetting nobody's rights grow by her own act, and what
    was revoked is gone at once.
    """

    @settings(
        max_examples=2000 if full_run else 60,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(st.lists(step, min_size=1, max_size=12))
    def run(steps: list[tuple[str, str, str, str, str]]) -> None:
        with transaction.atomic():
            sequences(offices, steps)
            transaction.set_rollback(True)

    run()


def test_no_administrator_reaches_beyond_herself_by_a_colleague(offices: House) -> None:
    """AC121: an administrator cannot widen herself through a colleague: whom she makes reaches no further than she."""
    bea = offices["bea"]
    made = actions.add_user(by=bea, username="helper").value
    with pytest.raises(Absent):
        actions.give_duty(by=bea, user=made.id, duty="administrator", work_alias="H", programme=offices.programme.id)
    posting = actions.give_duty(
        by=bea,
        user=made.id,
        duty="administrator",
        work_alias="H",
        programme=offices.programme.id,
        site=offices.here.id,
    ).value
    helper = actor_for(made.id, posting)
    with pytest.raises(Absent):
        actions.give_duty(by=helper, user=bea.id, duty="administrator", work_alias="B", programme=offices.programme.id)
    assert helper.sites == bea.sites
