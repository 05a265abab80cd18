"""A lost card: two answers find a person slowly and seldom, and nobody gets a second file in silence (A8)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine

from karama.journal import Problem, Refused, clock, reading
from karama.journal.models import Change, Entry
from karama.people.actions import (
    erase_person,
    find_me,
    hide_from,
    join_files,
    look_at_new_file,
    open_find_me,
    set_find_me,
)
from karama.people.header import today
from karama.people.models import FindMe, FindTry, NewFile
from karama.people.queries import locked_ways, new_files
from tests.people.conftest import ERASER, Clinic

RIGHT = {"first": "song", "first_answer": "The Blue River", "second": "tree", "second_answer": "an old well"}


@pytest.fixture
def coded(clinic: Clinic) -> UUID:
    """Somebody known by a code only, with two questions."""
    person = register(clinic)
    set_find_me(by=clinic["chantal"], person=person, **RIGHT)
    return person


def register(clinic: Clinic, **more: Any) -> UUID:
    return clinic.register(identity_mode="coded", first="", last="", birth_year=None, **more)


def attempt(clinic: Clinic, name: str = "chantal", **said: str) -> Any:
    return find_me(by=clinic[name], site=clinic.here.id, **(RIGHT | said)).value


def test_both_answers_find_her(clinic: Clinic, coded: UUID) -> None:
    """PE230: both answers find her, whatever the case, accents or order of the questions; one alone finds nobody."""
    assert attempt(clinic).found == coded
    assert attempt(clinic, first_answer="the  blue river!", second_answer="An old WELL").found == coded
    turned = {"first": "tree", "first_answer": "an old well", "second": "song", "second_answer": "the blue river"}
    assert attempt(clinic, **turned).found == coded
    wrong = attempt(clinic, second_answer="a new well")
    assert (wrong.outcome, wrong.found) == ("wrong", None)


def test_no_answer_is_kept(clinic: Clinic, coded: UUID) -> None:
    """PE231: neither row nor journal holds an answer or a digest of one alone; the digest is slow and keyed."""
    attempt(clinic)
    told = repr(list(FindMe.objects.values())) + repr(list(Change.objects.values_list("fields", flat=True)))
    told += repr(list(Entry.objects.values())) + repr(list(FindTry.objects.values()))
    for word in ("river", "River", "well"):
        assert word not in told
    row = FindMe.objects.get()
    assert len(bytes(row.digest)) == 32
    with pytest.raises(Problem) as refused:
        set_find_me(by=clinic["chantal"], person=coded, **(RIGHT | {"second": "song"}))
    assert refused.value.code == "people.two_questions"
    with pytest.raises(Problem) as refused:
        attempt(clinic, first_answer="12")
    assert refused.value.code == "people.answer_too_short"


def test_the_way_locks_and_the_supervisor_is_told(clinic: Clinic, coded: UUID) -> None:
    """PE232: after the pack's wrong tries the right answers find nobody either, until a supervisor opens it again."""
    for _try in range(5):
        assert attempt(clinic, first_answer="something else").outcome == "wrong"
    locked = attempt(clinic)
    assert (locked.outcome, locked.found) == ("locked", None)
    nadia = clinic["nadia"]
    with reading(by=nadia, purpose="supervision", route="tests"):
        assert [one.wrong for one in locked_ways(nadia)] == [5]
        assert "/people/duplicates/" in [line.url for line in today(by=nadia)]
    assert attempt(clinic, "diego").found == coded  # the tries of one colleague lock herself, not the others
    with pytest.raises(Refused):
        open_find_me(by=clinic["chantal"], site=clinic.here.id)
    open_find_me(by=nadia, site=clinic.here.id)
    assert attempt(clinic).found == coded
    assert locked_ways(nadia) == []


def test_time_opens_it_too(clinic: Clinic, coded: UUID) -> None:
    """PE233: after the pack's hours the tries count no more."""
    for _try in range(6):
        attempt(clinic, first_answer="something else")
    with time_machine.travel(clock.now() + timedelta(hours=25)):
        assert attempt(clinic).found == coded


def test_many_colleagues_do_not_get_round_it(clinic: Clinic, coded: UUID) -> None:
    """PE234: the tries of a whole site are counted together as well."""
    for number in range(4):
        clinic.hire(f"helper{number}", "community_agent", clinic.here)
        for _try in range(5):
            attempt(clinic, f"helper{number}", first_answer="something else")
    assert attempt(clinic).outcome == "locked"


def test_hidden_elsewhere_and_wrong_are_one_answer(clinic: Clinic, coded: UUID) -> None:
    """PE235: somebody hidden from the asker, or of another site, is not found, like a wrong answer."""
    hide_from(by=clinic["nadia"], person=coded, user=clinic["diego"].id)
    assert attempt(clinic, "diego").outcome == "wrong"
    other = find_me(by=clinic["tunde"], site=clinic.elsewhere.id, **RIGHT).value
    assert (other.outcome, other.found) == ("wrong", None)
    with pytest.raises(Refused):
        find_me(by=clinic["tunde"], site=clinic.here.id, **RIGHT)


def test_two_alike_are_shown_to_nobody(clinic: Clinic, coded: UUID) -> None:
    """PE236: when two people chose the same answers nobody is named: a supervisor is asked."""
    set_find_me(by=clinic["chantal"], person=register(clinic), **RIGHT)
    tried = attempt(clinic)
    assert (tried.outcome, tried.found) == ("several", None)


def test_no_second_file_in_silence(clinic: Clinic, coded: UUID) -> None:
    """PE237: A8: after wrong tries a new file says so, whatever the form claims, and a supervisor looks at it."""
    attempt(clinic, first_answer="something else")
    second = register(clinic, before="first_time")
    assert NewFile.objects.get(person_id=second).said == "not_found"
    third = clinic.register("diego", identity_mode="coded", first="", last="", birth_year=None, before="first_time")
    assert NewFile.objects.get(person_id=third).said == "first_time"
    nadia = clinic["nadia"]
    with reading(by=nadia, purpose="supervision", route="tests"):
        assert {(file.id, said) for file, said in new_files(nadia)} == {(coded, "not_asked"), (second, "not_found")}
        assert "/people/duplicates/" in [line.url for line in today(by=nadia)]
    look_at_new_file(by=nadia, person=second)
    hide_from(by=clinic["leila"], person=coded, user=nadia.id)
    with reading(by=nadia, purpose="supervision", route="tests"):
        assert new_files(nadia) == []
    clinic.register(first="Named")
    assert not NewFile.objects.filter(person__identity_mode="named").exists()


def test_erasing_forgets_the_answers(clinic: Clinic, coded: UUID) -> None:
    """PE238: an erased person is found by no answer."""
    erase_person(by=ERASER, person=coded, reason="asked for")
    assert not FindMe.objects.exists()
    assert not NewFile.objects.exists()
    assert attempt(clinic).outcome == "wrong"


def test_answers_of_a_joined_file_lead_to_the_one_that_remains(clinic: Clinic, coded: UUID) -> None:
    """PE281: who chose her questions in a file that was joined since is found by them, in the file that remains; for
    whoever she is hidden from she is not."""
    other = register(clinic)
    join_files(by=clinic["nadia"], person=coded, into=other, reason="same voice")
    assert attempt(clinic).found == other
    set_find_me(by=clinic["chantal"], person=other, **RIGHT)
    assert attempt(clinic).found == other
    hide_from(by=clinic["nadia"], person=other, user=clinic["chantal"].id)
    assert (attempt(clinic).outcome, attempt(clinic).found) == ("wrong", None)
