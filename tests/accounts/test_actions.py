"""Users, duties, leave and rota: rights never grow by one's own act."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from karama.accounts import actions, problems
from karama.accounts.actions.setting_up import SETUP
from karama.accounts.models import Leave, Posting, Rota, User
from karama.accounts.queries import actor_for, current_postings
from karama.journal import Absent, Actor, Problem, Refused, guard
from karama.journal.clock import day_in_utc, now
from karama.journal.models import Entry
from karama.programme.actions import open_programme
from karama.programme.days import today_at
from karama.rules.classes import DUTIES
from tests.programme.house import House


def test_the_first_administrator_has_no_duty_of_care(house: House) -> None:
    """AC010: the first set-up makes one administrator who opens nothing of a participant."""
    samir = house["samir"]
    assert samir.duty == "administrator"
    assert samir.compartments == frozenset()
    assert [one.duty for one in current_postings(samir.id)] == ["administrator"]


def test_the_first_set_up_works_only_while_nobody_is_there(house: House) -> None:
    """AC011: once a user exists the set-up job makes no further administrator and gives no duty."""
    with pytest.raises(Refused):
        actions.make_first_administrator(by=SETUP, username="second", work_alias="Second")
    with pytest.raises(Refused):
        actions.add_user(by=SETUP, username="second")
    with pytest.raises(Refused):
        actions.give_duty(by=SETUP, user=house["chantal"].id, duty="administrator", work_alias="Chantal")


def test_the_operator_is_made_once(house: House) -> None:
    """AC012: the set-up makes one operator for importing; the next one needs an administrator."""
    samir = house["samir"].id
    actions.become_operator(by=SETUP, user=samir, work_alias="Samir", programme=house.programme.id)
    with pytest.raises(Refused):
        actions.become_operator(by=SETUP, user=house["chantal"].id, work_alias="Chantal")
    with pytest.raises(Refused):
        actions.become_operator(by=house["samir"], user=samir, work_alias="Samir")


def test_only_somebody_of_the_first_set_up_poses_as_it(house: House) -> None:
    """AC013: no user can hold the set-up duty."""
    with pytest.raises(problems.UnknownDuty):
        actions.give_duty(by=house["samir"], user=house["chantal"].id, duty="job:setup", work_alias="Chantal")


@pytest.mark.parametrize("duty", DUTIES)
def test_nobody_gives_herself_a_duty(house: House, duty: str) -> None:
    """AC014: nobody, administrator included, gives herself any duty anywhere."""
    for by in house.actors.values():
        for place in ({}, {"programme": house.programme.id}, {"programme": house.programme.id, "site": house.here.id}):
            with pytest.raises(Refused):
                actions.give_duty(by=by, user=by.id, duty=duty, work_alias="Me", **place)


@pytest.mark.parametrize("name", ["chantal", "diego", "nadia", "rojin", "leila", "tunde"])
def test_only_an_administrator_gives_rights(house: House, name: str) -> None:
    """AC015: nobody else adds users, gives or ends duties, locks, or resets a password or second factor."""
    by, other = house[name], house["chantal" if name != "chantal" else "diego"].id
    posting = Posting.objects.get(user_id=other).id
    for act in (
        lambda: actions.add_user(by=by, username="newcomer"),
        lambda: actions.give_duty(by=by, user=other, duty="supervisor", work_alias="X", programme=house.programme.id),
        lambda: actions.end_duty(by=by, posting=posting),
        lambda: actions.lock_user(by=by, user=other),
        lambda: actions.unlock_user(by=by, user=other),
        lambda: actions.new_password(by=by, user=other),
        lambda: actions.reset_second_factor(by=by, user=other),
    ):
        with pytest.raises(Refused):
            act()


def of_programme_only(house: House) -> Actor:
    """An administrator of the programme, not of the organisation."""
    made = actions.add_user(by=house["samir"], username="aya").value
    posting = actions.give_duty(
        by=house["samir"], user=made.id, duty="administrator", work_alias="Aya", programme=house.programme.id
    ).value
    return actor_for(made.id, posting)


def test_an_administrator_gives_no_more_than_she_reaches(house: House) -> None:
    """AC016: an administrator of one programme gives duties there, not in another programme nor in the organisation."""
    aya, user = of_programme_only(house), house["rojin"].id
    other = open_programme(by=house["samir"], code="iraq-torture-rehabilitation").value
    actions.give_duty(by=aya, user=user, duty="trainer", work_alias="Rojin", programme=house.programme.id)
    with pytest.raises(Refused):
        actions.give_duty(by=aya, user=user, duty="trainer", work_alias="Rojin", programme=other.id)
    with pytest.raises(Refused):
        actions.give_duty(by=aya, user=user, duty="director", work_alias="Rojin")


def test_an_administrator_cannot_take_over_a_wider_account(house: House) -> None:
    """AC017: whoever holds more than the administrator reaches cannot be locked, nor given a new password by her."""
    aya, samir = of_programme_only(house), house["samir"].id
    for act in (actions.new_password, actions.lock_user, actions.reset_second_factor):
        with pytest.raises(Refused):
            act(by=aya, user=samir)
    with pytest.raises(Refused):
        actions.end_duty(by=aya, posting=Posting.objects.get(user_id=samir).id)


def test_a_site_administrator_stays_at_her_site(house: House) -> None:
    """AC018: an administrator posted to one site gives no duty in the whole programme, nor at another site."""
    made = actions.add_user(by=house["samir"], username="bea").value
    posting = actions.give_duty(
        by=house["samir"],
        user=made.id,
        duty="administrator",
        work_alias="Bea",
        programme=house.programme.id,
        site=house.here.id,
    ).value
    bea, user = actor_for(made.id, posting), house["diego"].id
    usual = {"by": bea, "user": user, "duty": "trainer", "work_alias": "Diego", "programme": house.programme.id}
    with pytest.raises(Refused):
        actions.give_duty(**usual)
    with pytest.raises(Refused):
        actions.give_duty(**usual, site=house.elsewhere.id)
    actions.give_duty(**usual, site=house.here.id)


def test_own_password_and_lock_go_through_the_own_account(house: House) -> None:
    """AC019: an administrator neither locks herself out nor resets her own second factor."""
    samir = house["samir"]
    for act in (actions.lock_user, actions.new_password, actions.reset_second_factor, actions.unlock_user):
        with pytest.raises(Refused):
            act(by=samir, user=samir.id)


def test_an_ended_duty_ends_at_once(house: House) -> None:
    """AC020: revoking is immediate: the next look finds no actor."""
    posting = Posting.objects.get(user_id=house["chantal"].id)
    actions.end_duty(by=house["samir"], posting=posting.id)
    assert current_postings(house["chantal"].id) == []
    with pytest.raises(Absent):
        actor_for(house["chantal"].id, posting)


def test_a_duty_begins_and_ends_on_its_days(house: House) -> None:
    """AC021: a duty counts from its first day until the day before its end."""
    today = day_in_utc()
    user = house["rojin"].id
    actions.give_duty(
        by=house["samir"],
        user=user,
        duty="trainer",
        work_alias="Rojin",
        programme=house.programme.id,
        from_on=today + timedelta(days=2),
        until_on=today + timedelta(days=4),
    )
    held = [
        sum(one.duty == "trainer" for one in current_postings(user, now() + timedelta(days=ahead)))
        for ahead in range(6)
    ]
    assert held == [0, 0, 1, 1, 0, 0]


def test_the_last_administrator_stays(house: House) -> None:
    """AC022: the last administrator can neither be ended nor end herself; a second one frees her."""
    samir = Posting.objects.get(user_id=house["samir"].id)
    with pytest.raises(problems.LastAdministrator):
        actions.end_duty(by=house["samir"], posting=samir.id)
    house.hire("zeina", "administrator", whole=True)
    actions.end_duty(by=house["samir"], posting=samir.id)
    with pytest.raises(problems.LastAdministrator):
        actions.end_duty(by=house["zeina"], posting=Posting.objects.get(user__username="zeina").id)


def test_places_that_do_not_belong_together_are_refused(house: House) -> None:
    """AC023: a duty of care needs a programme; a site belongs to its programme and a team to its site."""
    samir, user, programme = house["samir"], house["rojin"].id, house.programme.id
    wrong: list[dict[str, UUID]] = [
        {},
        {"programme": programme, "site": house.elsewhere.id, "team": house.team.id},
        {"programme": programme, "team": house.team.id},
    ]
    for place in wrong:
        with pytest.raises(problems.PlaceDoesNotFit):
            actions.give_duty(by=samir, user=user, duty="psychologist", work_alias="R", **place)
    other = open_programme(by=samir, code="iraq-torture-rehabilitation").value
    with pytest.raises(Problem):
        actions.give_duty(
            by=samir, user=user, duty="psychologist", work_alias="R", programme=other.id, site=house.here.id
        )


def test_the_database_refuses_a_site_without_a_programme(house: House) -> None:
    """AC024: also past the actions a posting at a site needs its programme, an alias, and days in order."""
    wrong = [{"programme": None, "site": house.here}, {"work_alias": ""}, {"until_on": day_in_utc() - timedelta(9)}]
    for odd in wrong:
        usual = {"user_id": house["rojin"].id, "duty": "trainer", "programme": house.programme, "work_alias": "R"}
        row = Posting(**{**usual, "from_on": day_in_utc(), **odd})
        row.recorded_at, row.author_id, row.author_duty = now(), house["samir"].id, "administrator"
        with pytest.raises(IntegrityError), guard.suspended("test of a constraint"), transaction.atomic():
            row.save_base(raw=True, force_insert=True)


def test_a_user_name_is_plain_and_once(house: House) -> None:
    """AC025: user names are small letters and digits, once; anything else is said at its field."""
    for name in ("Diego", "no spaces here", "ab", "é́toile", "a" * 41, "a\x00bc"):
        with pytest.raises(Problem):
            actions.add_user(by=house["samir"], username=name)
    with pytest.raises(problems.NameTaken):
        actions.add_user(by=house["samir"], username="diego")


def test_the_first_password_is_handed_over_once(house: House) -> None:
    """AC026: the first password works, must be changed, and stands neither in the receipt of a replay nor in
    the journal.
    """
    op = UUID("01900000-0000-7000-8000-0000000000aa")
    first = actions.add_user(by=house["samir"], username="yara", op_id=op)
    user = User.objects.get(username="yara")
    assert user.check_password(first.value.password)
    assert user.must_change_password
    again = actions.add_user(by=house["samir"], username="yara", op_id=op)
    assert again.replayed
    assert again.value is None
    assert first.value.password not in repr(first)
    assert first.value.password not in str(list(Entry.objects.values()))


def test_leave_is_entered_for_oneself_or_by_who_looks_after(house: House) -> None:
    """AC027: one's own leave, or as supervisor or administrator; a colleague cannot enter another's."""
    day = day_in_utc()
    days = {"from_on": day, "until_on": day + timedelta(days=3)}
    chantal, diego, nadia = house["chantal"], house["diego"], house["nadia"]
    actions.set_leave(by=chantal, user=chantal.id, **days, deputy=diego.id)
    actions.set_leave(by=nadia, user=diego.id, **days)
    with pytest.raises(Refused):
        actions.set_leave(by=diego, user=chantal.id, **days)
    with pytest.raises(Refused):
        actions.set_leave(by=nadia, user=house["tunde"].id, **days)
    with pytest.raises(problems.OwnDeputy):
        actions.set_leave(by=chantal, user=chantal.id, **days, deputy=chantal.id)
    with pytest.raises(problems.DaysDoNotFit):
        actions.set_leave(by=chantal, user=chantal.id, from_on=day, until_on=day - timedelta(days=1))
    own = Leave.objects.get(user_id=chantal.id)
    with pytest.raises(Refused):
        actions.cancel_leave(by=diego, leave=own.id)
    actions.cancel_leave(by=chantal, leave=own.id)


def test_the_rota_holds_people_of_the_site(house: House) -> None:
    """AC028: a shift is weekly or on one day, of somebody who works there, set by who looks after the site."""
    nadia, site = house["nadia"], house.here.id
    hours = {"starts": time(18), "ends": time(8)}
    shift = actions.set_rota(by=nadia, site=site, user=house["diego"].id, weekday=4, **hours).value
    with pytest.raises(problems.NotAtSite):
        actions.set_rota(by=nadia, site=site, user=house["tunde"].id, weekday=4, **hours)
    for odd in ({}, {"weekday": 1, "day": day_in_utc()}):
        with pytest.raises(problems.WeekdayOrDay):
            actions.set_rota(by=nadia, site=site, user=house["diego"].id, **odd, **hours)
    with pytest.raises(Refused):
        actions.set_rota(by=nadia, site=house.elsewhere.id, user=house["tunde"].id, weekday=4, **hours)
    with pytest.raises(Refused):
        actions.end_rota(by=house["diego"], shift=shift.id)
    actions.end_rota(by=nadia, shift=shift.id)
    assert Rota.objects.get().ended_on == today_at(house.here.id)


def test_everybody_changes_only_her_own_language_and_alias(house: House) -> None:
    """AC029: language and alias are one's own; another's are absent."""
    chantal, diego = house["chantal"], house["diego"]
    own, other = Posting.objects.get(user_id=chantal.id), Posting.objects.get(user_id=diego.id)
    actions.change_language(by=chantal, user=chantal.id, language="ar")
    actions.change_alias(by=chantal, posting=own.id, work_alias="Ch.")
    assert house.user("chantal").language == "ar"
    assert Posting.objects.get(id=own.id).work_alias == "Ch."
    with pytest.raises(Refused):
        actions.change_language(by=chantal, user=diego.id, language="ar")
    with pytest.raises(Refused):
        actions.change_alias(by=chantal, posting=other.id, work_alias="x")
    with pytest.raises(Problem):
        actions.change_language(by=chantal, user=chantal.id, language="xx")
    with pytest.raises(Problem):
        actions.change_language(by=chantal, user=chantal.id, language="ar", calendar="of the moon")


def test_nobody_takes_the_alias_of_somebody_else(house: House) -> None:
    """AC140: an alias by which somebody else is or was known is refused, however it is spelt; one's own, also of
    another duty, is not."""
    diego = house["diego"]
    own, other = Posting.objects.get(user_id=diego.id), Posting.objects.get(user_id=house["chantal"].id)
    for alias in (other.work_alias, f" {other.work_alias.upper()} ", f"{other.work_alias}."):
        with pytest.raises(problems.AliasTaken):
            actions.change_alias(by=diego, posting=own.id, work_alias=alias)
    actions.change_alias(by=house["chantal"], posting=other.id, work_alias="Somebody new")
    actions.end_duty(by=house["samir"], posting=other.id)
    with pytest.raises(problems.AliasTaken):
        actions.change_alias(by=diego, posting=own.id, work_alias="somebody new")
    actions.change_alias(by=diego, posting=own.id, work_alias=own.work_alias.upper())
    assert Posting.objects.get(id=own.id).work_alias == own.work_alias.upper()


def test_a_forged_actor_with_a_wider_reach_gives_nothing_wider(house: House) -> None:
    """AC030: whether an administrator reaches the organisation is read from her postings, not from her actor."""
    forged = replace(house["chantal"], duty="administrator")
    with pytest.raises(Refused):
        actions.give_duty(by=forged, user=house["diego"].id, duty="director", work_alias="Diego")
