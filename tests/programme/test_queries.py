"""Reading programmes, and whether a safety question may be asked at a site now."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.utils.translation import override

from karama.accounts.actions import end_duty, lock_user, set_leave
from karama.accounts.models import Posting
from karama.journal import Absent, Actor
from karama.journal.clock import now
from karama.programme import actions, packs, queries, registries
from karama.programme.days import today_at
from karama.programme.models import Responder
from karama.programme.problems import NoPack
from tests.programme.house import House


def complete(house: House) -> None:
    """Everything DESIGN 7a asks of a site, at `here`."""
    samir, site = house["samir"], house.here.id
    actions.name_responder(by=samir, site=site, user=house["diego"].id, role="responder")
    actions.name_responder(by=samir, site=site, user=house["nadia"].id, role="deputy")
    actions.set_site_answer(
        by=samir, site=site, out_of_hours="Call the duty phone", service="Hospital", verified_on=today_at(site)
    )


def test_a_fresh_site_asks_nothing_it_cannot_answer(house: House) -> None:
    """PG020: until a site names responder, deputy and a verified service its safety questions are closed."""
    assert not queries.safety_questions_open(house.here.id, now())
    assert set(queries.missing_at(house.here.id, now())) >= {"responder", "deputy", "service_lapsed"}


def test_a_complete_site_may_ask(house: House) -> None:
    """PG021: with responder, deputy, out-of-hours answer and verified service the questions are open, there only."""
    complete(house)
    assert queries.safety_questions_open(house.here.id, now())
    assert not queries.safety_questions_open(house.elsewhere.id, now())


@pytest.mark.parametrize("lost", ["responder", "deputy", "out_of_hours", "service"])
def test_each_of_the_four_is_needed(house: House, lost: str) -> None:
    """PG022: when any of the four lapses the questions are hidden, and the missing one is named."""
    complete(house)
    samir, site = house["samir"], house.here.id
    if lost in ("responder", "deputy"):
        actions.end_responder(by=samir, responder=Responder.objects.get(role=lost).id)
    else:
        told = {"out_of_hours": "Call", "service": "Hospital", "verified_on": today_at(site)}
        told |= {"out_of_hours": " "} if lost == "out_of_hours" else {"service": "", "verified_on": None}
        actions.set_site_answer(by=samir, site=site, **told)
    assert queries.missing_at(site, now()) == (lost,)


def test_a_verification_lapses_after_the_days_of_the_pack(house: House) -> None:
    """PG023: a verification holds as long as the pack says, then the questions are hidden by themselves."""
    complete(house)
    holds = packs.find("colombia-community").safety.service_holds
    assert queries.safety_questions_open(house.here.id, now() + holds - timedelta(days=2))
    assert queries.missing_at(house.here.id, now() + holds + timedelta(days=1)) == ("service_lapsed",)


def test_leave_of_both_hides_the_questions(house: House) -> None:
    """PG024: responder away is covered by the deputy; both away hides the questions; a deputy in the leave
    opens them.
    """
    complete(house)
    today = today_at(house.here.id)
    diego, nadia, samir = house["diego"], house["nadia"], house["samir"]
    set_leave(by=diego, user=diego.id, from_on=today - timedelta(days=1), until_on=today + timedelta(days=1))
    assert queries.safety_questions_open(house.here.id, now())
    set_leave(by=nadia, user=nadia.id, from_on=today - timedelta(days=1), until_on=today + timedelta(days=1))
    assert queries.missing_at(house.here.id, now()) == ("unreachable",)
    set_leave(
        by=samir,
        user=nadia.id,
        from_on=today - timedelta(days=1),
        until_on=today + timedelta(days=1),
        deputy=house["chantal"].id,
    )
    assert queries.safety_questions_open(house.here.id, now())


def test_a_responder_who_left_or_was_locked_out_no_longer_answers(house: House) -> None:
    """PG025: an ended duty or a locked account counts as nobody, at once."""
    complete(house)
    end_duty(by=house["samir"], posting=Posting.objects.get(user_id=house["diego"].id).id)
    assert queries.missing_at(house.here.id, now()) == ("responder",)
    lock_user(by=house["samir"], user=house["nadia"].id)
    assert set(queries.missing_at(house.here.id, now())) >= {"responder", "deputy"}


def test_without_a_room_that_knows_people_nobody_is_reachable(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """PG026: when no room answers who is reachable, the questions are closed."""
    complete(house)
    monkeypatch.setattr(registries.reach_of, "_answers", {})
    assert not queries.safety_questions_open(house.here.id, now())


def test_an_unknown_or_closed_site_asks_nothing(house: House) -> None:
    """PG027: a site that does not exist, or is closed, asks no safety question."""
    complete(house)
    assert not queries.safety_questions_open(UUID(int=7), now())
    actions.close_team(by=house["samir"], team=house.team.id)
    actions.close_site(by=house["samir"], site=house.here.id)
    assert not queries.safety_questions_open(house.here.id, now())


def test_a_pack_that_cannot_be_read_asks_nothing(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """PG028: a pack that is gone closes the questions and says so, instead of opening them."""
    complete(house)

    def gone(code: str) -> None:
        raise NoPack()

    monkeypatch.setattr(packs, "find", gone)
    assert queries.missing_at(house.here.id, now()) == ("no_pack",)
    assert [lack.code for lack in queries.what_lacks(house["samir"], house.programme.id)] == ["programme.no_pack"]


def test_what_lacks_names_place_and_way_out(house: House) -> None:
    """PG029: each thing a site lacks is said with its site and a way out, what blocks first."""
    found = queries.what_lacks(house["samir"], house.programme.id)
    at_sites = [lack for lack in found if lack.site]
    assert {lack.where for lack in at_sites} == {house.here.name, house.elsewhere.name}
    assert all(str(lack.what) and str(lack.do) for lack in at_sites)
    assert [lack.blocks for lack in found] == sorted((lack.blocks for lack in found), reverse=True)
    complete(house)
    later = queries.what_lacks(house["samir"], house.programme.id)
    assert {lack.where for lack in later if lack.site} == {house.elsewhere.name}


def test_programmes_and_sites_of_others_are_absent(house: House) -> None:
    """PG030: whoever works in one programme sees its sites and nothing of another programme."""
    other = actions.open_programme(by=house["samir"], code="iraq-torture-rehabilitation").value
    chantal = house["chantal"]
    assert [one.code for one in queries.programmes(chantal)] == ["colombia-community"]
    assert {one.programme_id for one in queries.sites(chantal)} == {house.programme.id}
    assert {one.site.programme_id for one in queries.teams(chantal)} == {house.programme.id}
    for read in (
        lambda: queries.programme(chantal, other.id),
        lambda: queries.programme_by_code(chantal, other.code),
        lambda: queries.site(chantal, other.sites.first().id),
        lambda: queries.what_lacks(chantal, other.id),
    ):
        with pytest.raises(Absent):
            read()


def test_an_actor_without_reach_sees_nothing(house: House) -> None:
    """PG031: a new duty, and an actor without programmes, see no programme, site, team or responder."""
    complete(house)
    nobody = Actor(id=UUID(int=9), kind="user", duty="a_new_duty")
    for by in (nobody, replace(house["samir"], programmes=frozenset(), sites=frozenset())):
        assert not queries.programmes(by).exists()
        assert not queries.sites(by).exists()
        assert not queries.teams(by).exists()
        assert not queries.responders(by, house.here.id).exists()
        assert queries.site_answer(by, house.here.id) is None


def test_the_emergency_words_show_no_number_nobody_verified(house: House) -> None:
    """PG032: the emergency instruction is there in the reader's language; a draft number is not shown."""
    told = queries.emergency_words(house.here.id)
    assert told.instruction
    assert told.number == ""
    assert told.out_of_hours
    with pytest.raises(Absent):
        queries.emergency_words(UUID(int=7))


def test_words_of_a_pack_fall_back_to_english() -> None:
    """PG079: a text that a pack has not in the reader's language comes in the pack's own, else in English; never in
    whatever language happens to stand first."""
    told = {"es": "Atención", "en": "Care", "ar": "رعاية"}
    with override("ckb"):
        assert (packs.words(told), packs.words(told, ["ar"]), packs.words({"es": "Atención"})) == (
            "Care", "رعاية", "Atención",
        )  # fmt: skip
