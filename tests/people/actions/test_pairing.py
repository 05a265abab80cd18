"""Files that may be one person: a machine suggests and explains, a supervisor decides, and it is remembered."""

from __future__ import annotations

from uuid import UUID

import pytest

from karama.journal import Problem, Refused, reading
from karama.people import pairing
from karama.people.actions import decide_pair, hide_from, hold_file, join_files, separate_files
from karama.people.header import today
from karama.people.models import Suggestion
from karama.people.pairing import Known, compare, compare_all
from karama.people.queries import pairs
from tests.people.conftest import Clinic


@pytest.fixture
def twin(clinic: Clinic) -> UUID:
    """Amal once more, in another script, by a colleague who did not look."""
    return clinic.register("diego", first="أمل", last="حداد", birth_year=1992)


def seen(clinic: Clinic, name: str = "nadia") -> list[tuple[set[UUID], tuple[str, ...], str]]:
    with reading(by=clinic[name], purpose="supervision", route="tests"):
        return [({one.one.id, one.other.id}, one.reasons, one.state) for one in pairs(clinic[name])]


def test_a_pair_is_suggested_and_explained(clinic: Clinic, amal: UUID, twin: UUID) -> None:
    """PE240: two spellings in two scripts are suggested once, with what agrees, to the supervisor of both files."""
    clinic.register(first="Rosa", last="Palacios")
    assert compare_all() == 1
    assert compare_all() == 0
    ((people, reasons, state),) = seen(clinic)
    assert (people, state) == ({amal, twin}, "open")
    assert {"other_script", "near_year", "same_site"} <= set(reasons)
    assert "/people/duplicates/" in _urls(clinic)
    assert not _row_tells("Amal")


def _urls(clinic: Clinic) -> list[str]:
    with reading(by=clinic["nadia"], purpose="supervision", route="tests"):
        return [line.url for line in today(by=clinic["nadia"])]


def _row_tells(word: str) -> bool:
    return word.casefold() in repr(list(Suggestion.objects.values())).casefold()


def test_not_the_same_is_remembered(clinic: Clinic, amal: UUID, twin: UUID) -> None:
    """PE241: a pair that a supervisor has separated is never suggested again; "ask first" stays on the list."""
    compare_all()
    decide_pair(by=clinic["nadia"], person=twin, other=amal, decision="ask")
    assert [state for _people, _reasons, state in seen(clinic)] == ["ask"]
    decide_pair(by=clinic["nadia"], person=amal, other=twin, decision="not_same")
    assert seen(clinic) == []
    assert compare_all() == 0
    assert Suggestion.objects.count() == 1
    for name, person, other in (("chantal", amal, twin), ("leila", amal, twin)):
        with pytest.raises(Refused):
            decide_pair(by=clinic[name], person=person, other=other, decision="not_same")
    with pytest.raises(Problem):
        decide_pair(by=clinic["nadia"], person=amal, other=amal, decision="not_same")


def test_joining_and_separating_are_remembered(clinic: Clinic, amal: UUID, twin: UUID) -> None:
    """PE242: joining settles a pair, and separating again says that they are two."""
    compare_all()
    join_files(by=clinic["nadia"], person=twin, into=amal, reason="same card")
    assert Suggestion.objects.get().state == "same"
    assert seen(clinic) == []
    separate_files(by=clinic["nadia"], person=twin, reason="two sisters")
    assert Suggestion.objects.get().state == "not_same"
    assert compare_all() == 0


def test_a_pair_with_one_out_of_reach_is_no_pair(clinic: Clinic, amal: UUID, twin: UUID) -> None:
    """PE243: a supervisor who may not see one of the two sees no pair, no count, nothing."""
    compare_all()
    foreign = clinic.register("tunde", first="Amal", last="Hadad", birth_year=1991)
    assert compare_all() >= 1
    assert all(foreign not in people for people, _reasons, _state in seen(clinic))
    with pytest.raises(Refused):
        decide_pair(by=clinic["nadia"], person=amal, other=foreign, decision="not_same")
    hide_from(by=clinic["leila"], person=twin, user=clinic["nadia"].id)
    assert seen(clinic) == []
    assert "/people/duplicates/" not in _urls(clinic)


def test_whom_one_team_holds_is_compared_with_nobody(clinic: Clinic, amal: UUID, twin: UUID) -> None:
    """PE244: a file held by one team is left out of the comparison."""
    hold_file(by=clinic["nadia"], person=twin, team=clinic.team.id)
    assert compare_all() == 0


def test_years_and_large_blocks(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    """PE245: years two apart are two people; a number shared by too many says nothing and is not compared."""
    site = clinic.here.id
    one = Known(("Amal Haddad",), 1991, site)
    assert compare(one, Known(("Amal Haddad",), 1993, site)) == (0.0, [])
    assert compare(one, Known(("Amal Haddad",), None, site))[0] == 1.0
    assert compare(one, Known(("Rosa Palacios",), 1991, site))[0] < pairing.ALIKE
    monkeypatch.setattr(pairing, "LARGEST_BLOCK", 1)
    clinic.register()
    clinic.register("diego")
    assert compare_all() == 0


def test_across_sites_the_supervisor_of_both_decides(clinic: Clinic, amal: UUID) -> None:
    """PE246: two files at two sites are joined, and separated again, by somebody who supervises both."""
    foreign = clinic.register("tunde", first="Amal", last="Hadad", birth_year=1991)
    ines = clinic.hire("ines", "supervisor")
    assert {clinic.here.id, clinic.elsewhere.id} <= ines.sites
    compare_all()
    ((people, reasons, _state),) = seen(clinic, "ines")
    assert people == {amal, foreign}
    assert "same_site" not in reasons
    join_files(by=ines, person=foreign, into=amal, reason="moved")
    separate_files(by=ines, person=foreign, reason="a cousin")
    assert Suggestion.objects.get().state == "not_same"
