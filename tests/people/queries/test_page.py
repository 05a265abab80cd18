"""A person as one actor may see her, lists, and who has seen her record."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from karama.journal import Absent, Actor, clock, visible_to
from karama.people.access import ATTRIBUTES, LIST, SEARCH, SEE, purpose_of
from karama.people.actions import assign, close_file, hide_from, hold_file, set_contact_rules
from karama.people.attributes import person_attributes
from karama.people.models import Person
from karama.people.queries import caseload, caseloads, person_page, who_has_seen
from karama.rules.permission import permit
from tests.people.conftest import Clinic


def see(as_reader: Any, by: Actor, person: UUID) -> Any:
    with as_reader(by):
        return person_page(by, person)


def test_each_sees_what_her_compartments_open(clinic: Clinic, as_reader: Any) -> None:
    """PE080: the relation opens the row, the compartment each field: her own words for her gender open to few."""
    person = clinic.register(gender="own_words", gender_words="words", ethnicity="people", place="Mosul")
    agent = see(as_reader, clinic["chantal"], person)
    assert agent.fields["names"]["first"] == "Amal"
    assert "gender_own" not in agent.fields
    assert "ethnicity" not in agent.fields
    above = see(as_reader, clinic["nadia"], person)
    assert above.fields["gender_own"] == {"words": "words"}
    assert above.fields["ethnicity"] == "people"


def test_absent_and_not_yours_cost_the_same(clinic: Clinic, amal: UUID, as_reader: Any) -> None:
    """PE081: a page that is not hers and one that does not exist: the same problem, the same number of queries."""
    counts = []
    for person in (amal, UUID(int=1)):
        captured = CaptureQueriesContext(connection)
        with as_reader(clinic["tunde"]), captured, pytest.raises(Absent) as absent:
            person_page(clinic["tunde"], person)
        counts.append((len(captured), absent.value.code, str(absent.value)))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("name", ["tunde", "rojin", "samir", "importer", "diego"])
def test_the_others_see_nothing(clinic: Clinic, amal: UUID, as_reader: Any, name: str) -> None:
    """PE082: another site, numbers, settings, imports, and a colleague who is not assigned: no page, no list."""
    with pytest.raises(Absent):
        see(as_reader, clinic[name], amal)
    with as_reader(clinic[name]):
        assert caseload(clinic[name], whose="all").lines == []


def test_lists_are_cut_to_the_reader(clinic: Clinic, amal: UUID, as_reader: Any) -> None:
    """PE083: a worker lists her own people; a supervisor her sites and who has no worker; closed files leave."""
    clinic.hire("rosa", "reception", clinic.here)
    waiting = clinic.register("rosa", first="Nour")
    clinic.register("tunde", first="Elsewhere")
    with as_reader(clinic["chantal"]):
        assert [one.id for one in caseload(clinic["chantal"]).lines] == [amal]
        assert caseload(clinic["chantal"]).lines[0].called == "Amal"
        assert caseload(clinic["chantal"], whose="unassigned").lines == []
    with as_reader(clinic["nadia"]):
        assert {one.id for one in caseload(clinic["nadia"], whose="all").lines} == {amal, waiting}
        assert [one.id for one in caseload(clinic["nadia"], whose="unassigned").lines] == [waiting]
        assert caseload(clinic["nadia"]).lines == []
    close_file(by=clinic["chantal"], person=amal)
    with as_reader(clinic["chantal"]):
        assert caseload(clinic["chantal"]).total == 0


@pytest.mark.parametrize(("start", "shown"), [(0, 2), (2, 1), (3, 1), (40, 0)])
def test_a_list_says_how_many_there_are_on_each_page(
    clinic: Clinic, amal: UUID, as_reader: Any, monkeypatch: pytest.MonkeyPatch, start: int, shown: int
) -> None:
    """PE643: the first page, the last one and one after the end all know how many people the list has; a start
    within a page shows that page."""
    monkeypatch.setattr(caseloads, "PAGE", 2)
    for first in ("Nour", "Sami"):
        clinic.register("chantal", first=first)
    with as_reader(clinic["chantal"]):
        found = caseload(clinic["chantal"], start=start)
    assert (len(found.lines), found.total) == (shown, 3)


def test_an_alias_is_shown_and_a_code_has_no_name(clinic: Clinic, as_reader: Any) -> None:
    """PE084: lists call a person as she wants; a coded one by her code only."""
    empty: dict[str, Any] = {"first": "", "last": "", "birth_year": None}
    clinic.register(identity_mode="alias", **(empty | {"called": "Luna"}))
    clinic.register(identity_mode="coded", **empty)
    with as_reader(clinic["chantal"]):
        assert sorted(one.called for one in caseload(clinic["chantal"]).lines) == ["", "Luna"]


def test_the_queryset_agrees_with_permit(clinic: Clinic, amal: UUID) -> None:
    """PE085: for every actor, person and policy the list holds exactly whom the decision allows."""
    hidden = clinic.register(first="Hidden")
    hide_from(by=clinic["nadia"], person=hidden, user=clinic["chantal"].id)
    held = clinic.register(first="Held")
    hold_file(by=clinic["nadia"], person=held, team=clinic.team.id)
    clinic.hire("ines", "psychologist", clinic.elsewhere, clinic.team)
    shared = clinic.register("diego", first="Shared")
    assign(by=clinic["nadia"], person=shared, user=clinic["chantal"].id)
    close_file(by=clinic["nadia"], person=shared)
    clinic.register("tunde", first="Elsewhere")
    now = clock.now()
    for by in clinic.actors.values():
        for policy in (SEE, SEARCH, LIST):
            purpose = purpose_of(by)
            rows = visible_to(
                Person.objects.all(), by=by, policy=policy, purpose=purpose, now=now, attributes=ATTRIBUTES
            )
            one_by_one = {
                person
                for person in Person.objects.values_list("pk", flat=True)
                if permit(policy, by.attributes(), person_attributes(person), purpose, now).allowed
            }
            assert set(rows.values_list("pk", flat=True)) == one_by_one, (by.duty, policy.verb)


def test_who_has_seen_my_record(clinic: Clinic, amal: UUID, as_reader: Any) -> None:
    """PE086: she is shown who opened and who changed her record, by work alias and duty, and nobody who did not."""
    see(as_reader, clinic["nadia"], amal)
    set_contact_rules(by=clinic["chantal"], person=amal, channel="call", address="111")
    with as_reader(clinic["chantal"]):
        seen = who_has_seen(clinic["chantal"], amal)
    told = {(one.alias, one.duty, str(one.what)) for one in seen}
    assert ("Nadia", "supervisor", "opened something of your record") in told
    assert ("Chantal", "community_agent", "registered you") in told
    assert ("Chantal", "community_agent", "wrote down how you may be reached") in told
    assert {one.alias for one in seen} == {"Nadia", "Chantal"}
    with pytest.raises(Absent), as_reader(clinic["tunde"]):
        who_has_seen(clinic["tunde"], amal)
