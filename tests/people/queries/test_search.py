"""Search before create."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings

from karama.journal import Absent, Problem, access_queue, guard
from karama.journal.models import Access, AccessPerson
from karama.people.actions import hide_from, hold_file
from karama.people.models import NameKey, Person
from karama.people.queries import find, found_by_code, search
from karama.rules import codes
from karama.rules.matching import search_keys
from karama.security import blind_index
from tests.people.conftest import Clinic


def test_found_by_code_in_any_writing(clinic: Clinic, amal: UUID) -> None:
    """PE070: a code is found in capitals or not, with or without lines."""
    code = Person.objects.get(pk=amal).code
    for typed in (code, code.lower().replace("-", ""), f"  {code.replace('-', ' ')} "):
        assert find(clinic["chantal"], code=typed) == amal


def test_one_wrong_character_is_never_another_person(clinic: Clinic, amal: UUID) -> None:
    """PE071: every single wrong character of a code is answered with "check the code", never with a person."""
    code = Person.objects.get(pk=amal).code.replace("-", "")
    clinic.actors["chantal"] = clinic["chantal"]
    for place, right in enumerate(code):
        for wrong in codes.ALPHABET.replace(right, ""):
            with pytest.raises(Problem) as refused:
                find(clinic["chantal"], code=code[:place] + wrong + code[place + 1 :])
            assert refused.value.code == "people.check_code"


@pytest.mark.parametrize(
    ("first", "last", "year"),
    [
        ("Amal", "Haddad", 1991),
        ("Haddad", "Amal", 1991),
        ("أمل", "حداد", 1991),
        ("Amal", "Hadad", 1990),
        ("amal", "haddad", 1992),
    ],
)
def test_found_by_name_across_scripts(clinic: Clinic, amal: UUID, first: str, last: str, year: int) -> None:
    """PE072: first and last name with the birth year, a year more or less, are found in either order and script."""
    (found,) = search(clinic["diego"], first=first, last=last, birth_year=year)
    assert (found.id, found.mine) == (amal, False)
    assert search(clinic["chantal"], first=first, last=last, birth_year=year)[0].mine


def test_another_name_or_year_is_nobody(clinic: Clinic, amal: UUID) -> None:
    """PE073: a year further off, or another name, finds nobody."""
    assert search(clinic["chantal"], first="Amal", last="Haddad", birth_year=1980) == []
    assert search(clinic["chantal"], first="Rosa", last="Mena", birth_year=1991) == []


def test_too_little_to_search_by(clinic: Clinic) -> None:
    """PE074: one name alone is not searched for."""
    for names in ({"first": "Amal", "last": ""}, {"first": "", "last": "Haddad"}, {"first": "...", "last": "1"}):
        with pytest.raises(Problem) as refused:
            search(clinic["chantal"], birth_year=1991, **names)
        assert refused.value.code == "people.search_too_little"


def test_outside_the_scope_says_nothing(clinic: Clinic, amal: UUID) -> None:
    """PE075: another site, a hidden person and a held file are nobody, are not opened, and cost the same queries."""
    code = Person.objects.get(pk=amal).code
    unknown = codes.format_code("222222222")
    tunde = clinic["tunde"]

    def told(**typed: Any) -> tuple[int, list[Any]]:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            answer = found_by_code(tunde, **typed) if "code" in typed else search(tunde, **typed)
        return len(captured), list(answer)

    assert told(code=code) == told(code=unknown)
    real = {"first": "Amal", "last": "Haddad", "birth_year": 1991}
    assert told(**real) == told(**(real | {"first": "Zzyzx"}))
    assert not AccessPerson.objects.filter(access__actor_id=tunde.id).exists()
    hide_from(by=clinic["nadia"], person=amal, user=clinic["diego"].id)
    assert search(clinic["diego"], **real) == []
    with pytest.raises(Absent):
        find(clinic["diego"], code=code)
    hold_file(by=clinic["nadia"], person=amal, team=clinic.team.id)
    assert search(clinic["nadia"], **real) == []


def test_duties_that_do_not_meet_people_find_nobody(clinic: Clinic, amal: UUID) -> None:
    """PE076: administrator, officer for numbers and data import find nobody even by code; data protection does."""
    code = Person.objects.get(pk=amal).code
    for name in ("samir", "rojin", "importer"):
        assert found_by_code(clinic[name], code=code) == []
    assert [one.id for one in found_by_code(clinic["leila"], code=code)] == [amal]


def test_searching_pauses(clinic: Clinic, amal: UUID) -> None:
    """PE077: after the pack's number of searches in an hour, searching pauses for this worker only."""
    code = Person.objects.get(pk=amal).code
    for _time in range(30):
        find(clinic["chantal"], code=code)
    with pytest.raises(Problem) as paused:
        find(clinic["chantal"], code=code)
    assert (paused.value.code, paused.value.status) == ("people.search_pause", 429)
    assert Access.objects.filter(actor_id=clinic["chantal"].id, route="people.search").count() == 30
    assert find(clinic["diego"], code=code) == amal


def test_a_burst_of_searches_pauses(clinic: Clinic) -> None:
    """PE644: a search is written down before it looks, whatever it finds: a script gets no half second, and no more
    from a second process."""
    with override_settings(KARAMA_ACCESS_LOG_AT_ONCE=False):
        for _time in range(30):
            assert search(clinic["chantal"], first="Nobody", last="Here") == []
        with pytest.raises(Problem) as paused:
            search(clinic["chantal"], first="Nobody", last="Here")
        assert search(clinic["diego"], first="Nobody", last="Here") == []
    assert paused.value.status == 429
    searched = Access.objects.filter(route="people.search", outcome="listed")
    assert searched.filter(actor_id=clinic["chantal"].id).count() == 30
    assert access_queue.drain() == 0


def test_a_search_by_code_is_one_search(clinic: Clinic, amal: UUID) -> None:
    """PE645: whoever finds somebody by her code has searched once: one row, and one of the searches of an hour."""
    hers = Access.objects.filter(actor_id=clinic["chantal"].id)
    before = hers.count()
    (found,) = found_by_code(clinic["chantal"], code=Person.objects.get(pk=amal).code)
    assert (found.id, found.called) == (amal, "Amal")
    assert hers.count() == before + 1
    assert hers.order_by("-at")[0].route == "people.search"
    assert [one.person_id for one in hers.order_by("-at")[0].opened.all()] == [amal]


def test_a_search_is_written_down(clinic: Clinic, amal: UUID) -> None:
    """PE078: whose names a search opened stands in the access log before the reply."""
    search(clinic["diego"], first="Amal", last="Haddad", birth_year=1991)
    row = AccessPerson.objects.get(person_id=amal, access__actor_id=clinic["diego"].id).access
    assert (row.route, row.outcome) == ("people.search", "opened")


def test_who_was_born_in_that_very_year_comes_first(clinic: Clinic) -> None:
    """PE498: of namesakes whoever was born in the year asked for stands before one of the year beside it, whose names
    are spelt more alike."""
    beside = clinic.register(first="Mohammed", last="Hussein", birth_year=1990)
    that_year = clinic.register(first="Muhammad", last="Husayn", birth_year=1991)
    found = search(clinic["chantal"], first="Mohammed", last="Hussein", birth_year=1991)
    assert [one.id for one in found] == [that_year, beside]
    assert found[0].likeness < found[1].likeness == 1


def test_who_meets_most_keys_is_compared_first(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    """PE499: where more people share a blind number than are opened, whoever meets more of the keys is not left out."""
    others = [clinic.register(first="Rosa", last=f"Mena{letter}") for letter in "abc"]
    asked = clinic.register(first="Yusuf", last="Othman", birth_year=1990)
    meeting = blind_index.keys_for(search_keys("Yusuf", "Othman", 1990))
    keys = NameKey.objects.filter(person=asked, key__in=meeting).values_list("version", "key")
    assert len(keys) > 1
    with guard.suspended("a chance that takes a million people"):
        NameKey.objects.bulk_create(NameKey(person_id=one, version=keys[0][0], key=keys[0][1]) for one in others)
    monkeypatch.setitem(search.__globals__, "MOST_CANDIDATES", 1)
    assert [one.id for one in search(clinic["chantal"], first="Yusuf", last="Othman", birth_year=1990)] == [asked]


@pytest.mark.parametrize(
    ("first", "last", "spelt"), [("Muhammad", "Ali", "Mohamed Aly"), ("Amal", "Haddad", "Amel Hadad")]
)
@pytest.mark.parametrize("year", [1991, None])
def test_the_newest_namesake_is_not_left_out(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch, first: str, last: str, spelt: str, year: int | None
) -> None:
    """PE500: of more namesakes than are opened, whoever is spelt as was asked stands first, though registered last."""
    theirs = dict(zip(("first", "last"), spelt.split(), strict=True))
    for _one in range(4):
        clinic.register(**theirs, birth_year=year)
    asked = clinic.register(first=first, last=last, birth_year=year)
    monkeypatch.setitem(search.__globals__, "MOST_CANDIDATES", 2)
    found = search(clinic["chantal"], first=first, last=last, birth_year=year)
    assert (found[0].id, len(found)) == (asked, 5)
