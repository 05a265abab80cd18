"""A family as one: who counts as there, what is whose, and what is corrected."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from karama.care.actions import (
    amend_family_rating,
    amend_family_session,
    change_episode_state,
    move_family_goal,
    open_episode,
    rate_family,
    record_family_session,
    set_family_goal,
)
from karama.care.models import FamilyAttendance, FamilyGoal, FamilyRating, FamilySession
from karama.care.problems import (
    AmendedMeanwhile,
    DayDoesNotFit,
    NotesAreClosed,
    NothingChanged,
    NothingWritten,
    ReasonNeeded,
    TechniqueUnknown,
)
from karama.care.problems.family import (
    BeforeTheFamily,
    ChildUndecided,
    NobodyCame,
    NotOfTheFamily,
    NotTogether,
    OffTheScale,
)
from karama.care.queries import rating_versions, said_apart, sessions_of, supervision, versions_shown
from karama.journal import Absent, Refused, clock
from karama.people.actions import (
    add_family_member,
    assign,
    begin_family,
    join_files,
    leave_family,
    name_guardian,
    record_consent,
    set_family_answer,
)
from karama.people.families import standing_of
from karama.people.models import FamilyMember
from karama.programme.days import today_at
from tests.care.conftest import Clinic
from tests.care.family import HERE, met, seen, sister_of


def test_a_session_is_kept_for_each_who_came(clinic: Clinic, amal: UUID, reading_as: Any) -> None:
    """CA430: day, place, minutes, who led and what was done and agreed are kept; who is not tapped is not recorded."""
    sister = sister_of(clinic, amal)
    clinic.hire("eva", "psychologist", clinic.here)
    assign(by=clinic["nadia"], person=amal, user=clinic["eva"].id)
    assign(by=clinic["nadia"], person=sister, user=clinic["eva"].id)
    met(
        clinic, amal, amal, techniques=["breathing"], minutes=60, co_led=clinic["eva"].id, interpreted=True, rating=6,
        agreed="We eat together on Fridays.",
    )  # fmt: skip
    (one,) = seen(clinic, reading_as, "chantal", amal).sessions
    assert one.states == {amal: "came", sister: "unsaid"}
    assert one.fields == {"techniques": ["breathing"], "agreed": "We eat together on Fridays.", "rating": 6}
    assert (one.row.minutes, one.row.interpreted) == (60, True)
    assert len({"", one.led, one.co_led}) == 3
    (hers,) = seen(clinic, reading_as, "chantal", sister).sessions
    assert hers.fields == {"techniques": None, "agreed": None, "rating": None}
    row = FamilyAttendance.objects.get(person_id=amal)
    assert row.agreed is not None
    assert b"Friday" not in bytes(row.agreed)


def test_only_who_said_yes_counts_as_there(clinic: Clinic, amal: UUID, reading_as: Any) -> None:
    """CA431: who has not said yes, is quiet, or is of no family cannot be written down as there, all in the same words;
    through her no session is told, and she reads no word of the family."""
    sister = sister_of(clinic, amal, agrees="later")
    quiet = clinic.register(first="Rosa", birth_year=1990)
    add_family_member(by=clinic["chantal"], person=amal, member=quiet, agrees="yes", quiet=True)
    stranger = clinic.register(first="Luz", birth_year=1980)
    foreign = clinic.register("tunde")
    for one in (sister, quiet, stranger, foreign, UUID(int=7)):
        with pytest.raises(NotOfTheFamily):
            met(clinic, amal, amal, one)
    for one in (sister, quiet, stranger):
        with pytest.raises(NotTogether):
            met(clinic, one, one)
        with pytest.raises(NotTogether):
            set_family_goal(by=clinic["chantal"], person=one, words="Peace")
        with pytest.raises(Absent):
            seen(clinic, reading_as, "chantal", one)
    assert not FamilySession.objects.exists()
    met(clinic, amal, amal)
    assert set(seen(clinic, reading_as, "chantal", amal).sessions[0].states) == {amal}


def test_what_does_not_fit_is_said(clinic: Clinic, amal: UUID) -> None:
    """CA432: nobody came, a day to come or before the family, an unknown technique, a number beside the scale: said,
    and nothing is kept; missing is a word, and zero a number."""
    sister = sister_of(clinic, amal)
    today = today_at(clinic.here.id)
    with pytest.raises(NobodyCame):
        record_family_session(by=clinic["chantal"], person=amal, attendance={amal: "absent"}, **HERE)
    with pytest.raises(DayDoesNotFit):
        met(clinic, amal, amal, on=today + timedelta(days=2))
    with pytest.raises(BeforeTheFamily):
        met(clinic, amal, amal, on=today - timedelta(days=9))
    with pytest.raises(TechniqueUnknown):
        met(clinic, amal, amal, techniques=["hypnosis"])
    with pytest.raises(OffTheScale):
        met(clinic, amal, amal, rating=11)
    for value in (0, "differs", "refused", "not_asked"):
        met(clinic, amal, amal, sister, rating=value)
    assert FamilySession.objects.count() == 4


def test_a_childs_part_follows_the_rules_about_children(clinic: Clinic, amal: UUID) -> None:
    """CA433: who is or may be a child is there only with a safe guardian's yes and an own one, or a decision in the
    child's interest; her answer to the family alone is not enough."""
    begin_family(by=clinic["chantal"], person=amal, agrees="yes")
    child = clinic.register(first="Sami", birth_year=clock.now().year - 11, age_band="10-14")
    unknown = clinic.register(first="Noor", birth_year=None, age_band="unknown")
    for one in (child, unknown):
        add_family_member(by=clinic["chantal"], person=amal, member=one, agrees="yes")
        with pytest.raises(ChildUndecided):
            met(clinic, amal, amal, one)
    record_family_session(
        by=clinic["chantal"], person=amal, attendance={amal: "asked", child: "absent"}, **HERE
    )  # a child who was not there
    name_guardian(by=clinic["nadia"], person=child, called="Amal", kin="mother", trust="safe")
    record_consent(
        by=clinic["chantal"], person=child, purpose="care", decision="yes", method="verbal", given_by="guardian",
        assent=True,
    )  # fmt: skip
    met(clinic, amal, amal, child)
    assert FamilyAttendance.objects.filter(person_id=child, state="came").count() == 1


def test_who_may_write_it_down(clinic: Clinic, amal: UUID) -> None:
    """CA434: duties that write sessions, near the person; words and numbers only with the compartment; goals and
    answers for those who read what is told in care."""
    sister_of(clinic, amal)
    for name, duty in (("shilan", "social_worker"), ("karim", "physiotherapist")):
        clinic.hire(name, duty, clinic.here)
        assign(by=clinic["nadia"], person=amal, user=clinic[name].id)
    met(clinic, amal, amal, by="shilan")
    with pytest.raises(NotesAreClosed):
        met(clinic, amal, amal, by="shilan", agreed="Words")
    with pytest.raises(NotesAreClosed):
        met(clinic, amal, amal, by="shilan", rating=4)
    for name in ("karim", "tunde", "rojin", "leila", "samir"):
        with pytest.raises(Refused):
            met(clinic, amal, amal, by=name)
    for name in ("shilan", "karim", "tunde"):
        with pytest.raises(Refused):
            set_family_goal(by=clinic[name], person=amal, words="Peace")
        with pytest.raises(Refused):
            rate_family(by=clinic[name], person=amal, said=3)


def test_a_correction_keeps_both_versions(clinic: Clinic, amal: UUID, reading_as: Any) -> None:
    """CA435: a correction needs a reason; who was there, what was agreed and when stand in the newest version, the
    older one stays, and whether safety was asked about is carried under its seal."""
    sister, by = sister_of(clinic, amal), clinic["chantal"]
    first = met(clinic, amal, amal, sister, agreed="First words.", rating=3, minutes=30)
    told: dict[str, Any] = {"by": by, "person": amal, "session": first, "modality": "home"}
    told["attendance"] = {amal: "as_before", sister: "absent"}
    with pytest.raises(ReasonNeeded):
        amend_family_session(**told)
    second = amend_family_session(reason="She had left.", agreed="Better words.", minutes=45, **told).value.id
    (one,) = seen(clinic, reading_as, "chantal", amal).sessions
    assert (one.row.id, one.row.minutes, one.row.modality, one.corrected) == (second, 45, "home", True)
    assert one.states == {amal: "came", sister: "absent"}
    assert one.fields == {"techniques": None, "agreed": "Better words.", "rating": None}
    assert seen(clinic, reading_as, "chantal", sister).sessions[0].fields["agreed"] is None
    with reading_as(by):
        shown = seen(clinic, reading_as, "chantal", amal)
        versions = versions_shown(by, shown.person, shown.family, one.row)
        assert [one.reason for one in versions] == ["She had left.", ""]
        assert [one.fields["agreed"] for one in versions] == ["Better words.", "First words."]
        assert [one.states[sister] for one in versions] == ["absent", "came"]
        assert said_apart(by, amal).asked == [(one.row.occurred_on, "yes")]
        assert said_apart(by, sister).asked == []
    assert FamilySession.objects.count() == 2
    with pytest.raises(AmendedMeanwhile):
        amend_family_session(reason="Again.", **told)
    with pytest.raises(Absent):
        amend_family_session(reason="Again.", **(told | {"session": UUID(int=8)}))


def test_goals_are_the_familys(clinic: Clinic, amal: UUID, reading_as: Any) -> None:
    """CA436: a goal stands with everybody who set it, in the family's words; in progress is not met; each step stays;
    who joins later has none of what was set before."""
    sister, by = sister_of(clinic, amal), clinic["chantal"]
    with pytest.raises(NothingWritten):
        set_family_goal(by=by, person=amal, words=" ")
    goal = set_family_goal(by=by, person=amal, words="Talk without shouting").value.id
    move_family_goal(by=by, person=sister, goal=goal, state="in_progress")
    move_family_goal(by=by, person=amal, goal=goal, state="in_progress")
    later = clinic.register(first="Rosa", birth_year=1990)
    add_family_member(by=by, person=amal, member=later, agrees="yes")
    for one in (amal, sister):
        (shown,) = seen(clinic, reading_as, "chantal", one).goals
        assert (shown.words, shown.goal.state) == ("Talk without shouting", "in_progress")
        assert [state for state, _on, _who in shown.steps] == ["open", "in_progress"]
    assert seen(clinic, reading_as, "chantal", later).goals == []
    with pytest.raises(Absent):
        move_family_goal(by=by, person=later, goal=goal, state="met")
    assert FamilyGoal.objects.get().state == "in_progress"


def test_an_own_answer_is_hers_alone(clinic: Clinic, amal: UUID, reading_as: Any) -> None:
    """CA437: what a member says alone stands in her file, also when she never said yes; a number has to be on the
    scale, zero is one, and a correction keeps both."""
    sister, by = sister_of(clinic, amal, agrees="no"), clinic["chantal"]
    made = rate_family(by=by, person=sister, said=0).value
    rate_family(by=by, person=sister, said="dont_know")
    with pytest.raises(OffTheScale):
        rate_family(by=by, person=sister, said=12)
    with pytest.raises(ReasonNeeded):
        amend_family_rating(by=by, rating=made.id, said=1)
    with pytest.raises(NothingChanged):
        amend_family_rating(by=by, rating=made.id, said=0, reason="Heard wrongly.")
    newer = amend_family_rating(by=by, rating=made.id, said=2, reason="Heard wrongly.").value
    with reading_as(by):
        assert sorted(str(one.said) for one in said_apart(by, sister).ratings) == ["2", "dont_know"]
        assert [one.said for one in rating_versions(by, sister, newer.id)[1]] == [2, 0]
        assert said_apart(by, amal).ratings == []
    stranger = clinic.register(first="Luz", birth_year=1980)
    with pytest.raises(NotTogether):
        rate_family(by=by, person=stranger, said=3)
    with reading_as(by), pytest.raises(Absent):
        said_apart(by, stranger)
    assert FamilyRating.objects.filter(person_id=amal).count() == 0


def test_who_takes_back_her_yes_is_gone(clinic: Clinic, amal: UUID, reading_as: Any) -> None:
    """CA438: who takes back her yes, or leaves, stands in no list of the others, and reads no word any more; what was
    shared stays with those who remain, and a correction leaves her part as it was."""
    sister, by = sister_of(clinic, amal), clinic["chantal"]
    first = met(clinic, amal, amal, sister, agreed="We walk together.")
    set_family_goal(by=by, person=amal, words="Peace at home")
    said: dict[str, Any] = {"agrees": "no"}
    for deed, more in ((set_family_answer, said), (leave_family, {})):
        deed(by=by, person=sister, **more)
        shown = seen(clinic, reading_as, "chantal", amal)
        assert shown.sessions[0].states == {amal: "came"}
        assert shown.sessions[0].fields["agreed"] == "We walk together."
        assert [one.words for one in shown.goals] == ["Peace at home"]
        with pytest.raises(Absent):
            seen(clinic, reading_as, "chantal", sister)
        with pytest.raises(NotOfTheFamily):
            met(clinic, amal, amal, sister)
    amend_family_session(by=by, person=amal, session=first, attendance={amal: "not_asked"}, reason="Mine.", **HERE)
    assert FamilyAttendance.objects.get(person_id=sister).state == "came"


def test_a_session_counts_for_each_ones_care(clinic: Clinic, amal: UUID, reading_as: Any) -> None:
    """CA439: a session of the family is a contact of the open episode of each who came: nobody is silent who came."""
    sister, by = sister_of(clinic, amal), clinic["chantal"]
    ids = {}
    for one in (amal, sister):
        ids[one] = open_episode(by=by, person=one, on=today_at(clinic.here.id) - timedelta(days=200)).value.id
        change_episode_state(by=by, episode=ids[one], state="active")
    with reading_as(clinic["nadia"]):
        assert {one.episode for one in supervision(clinic["nadia"]).stuck if one.why == "silent"} == set(ids.values())
    record_family_session(by=by, person=amal, attendance={amal: "asked", sister: "absent"}, **HERE)
    assert FamilyAttendance.objects.get(person_id=amal).episode_id == ids[amal]
    with reading_as(clinic["nadia"]):
        silent = {one.episode for one in supervision(clinic["nadia"]).stuck if one.why == "silent"}
        assert silent == {ids[sister]}
        assert sessions_of(clinic["nadia"], amal) == []


def test_joined_files_are_one_member(clinic: Clinic, amal: UUID, reading_as: Any) -> None:
    """CA440: who has two files is one member by the more cautious answer; what she has of sessions is found through
    either, and the family goes on."""
    sister = sister_of(clinic, amal)
    met(clinic, amal, amal, sister, agreed="We walk together.")
    newer = clinic.register(first="Selma", birth_year=1995)
    join_files(by=clinic["nadia"], person=sister, into=newer, reason="One person.")
    assert standing_of(newer) is not None
    assert set(seen(clinic, reading_as, "nadia", amal).sessions[0].states) == {amal, newer}
    assert seen(clinic, reading_as, "nadia", newer).sessions[0].fields["agreed"] == "We walk together."
    second = met(clinic, newer, newer, amal, by="nadia")
    assert FamilySession.objects.get(pk=second).family_id == FamilySession.objects.earliest("recorded_at").family_id
    set_family_answer(by=clinic["nadia"], person=newer, agrees="no")
    assert FamilyMember.objects.get(person_id=sister).agrees == "no"
    assert set(seen(clinic, reading_as, "nadia", amal).sessions[0].states) == {amal}


@pytest.fixture
def scale_of() -> Callable[[str], Any]:
    """The scale of a pack."""
    from karama.care import families

    return families.of_programme


def test_a_programme_without_a_scale_asks_for_no_number(scale_of: Callable[[str], Any]) -> None:
    """CA441: the scale is data of a pack; a programme without one asks for none, and none claims to be validated."""
    assert scale_of("nigeria-key-populations") is None
    assert scale_of("no-such-pack") is None
    for code in ("colombia-community", "iraq-torture-rehabilitation"):
        scale = scale_of(code)
        assert (scale.lowest, scale.highest, scale.validated) == (0, 10, False)
