"""Who is a relative, a neighbour or otherwise involved: asked wherever somebody becomes responsible, and never lost."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from karama.journal import Actor, Problem, Refused, clock, reading
from karama.people.actions import (
    accept_transfer,
    assign,
    end_assignment,
    propose_transfer,
    register_person,
    say_conflict,
)
from karama.people.models import Assignment
from karama.people.problems import ConflictOfInterest
from karama.people.searching import search_token
from tests.people.conftest import Clinic

COUSIN: dict[str, Any] = {"conflict": "declared", "conflict_note": "Her cousin; she agreed."}


def kept(person: UUID, actor: Actor) -> tuple[str, str]:
    """What stands of a worker on a person's care, and the note beside it."""
    row = Assignment.objects.filter(person_id=person, user_id=actor.id).order_by("-since", "-id")[0]
    with reading(by=actor, purpose="care", route="tests"):
        return row.conflict, row.text_of("conflict_note")


def test_declaring_for_somebody_who_works_with_her_already(clinic: Clinic, amal: UUID) -> None:
    """PE570: a conflict declared for somebody assigned already is stored, in the same role and in another."""
    nadia, diego = clinic["nadia"], clinic["diego"]
    assign(by=nadia, person=amal, user=diego.id)
    assign(by=nadia, person=amal, user=diego.id, **COUSIN)
    assert kept(amal, diego) == ("accepted", "Her cousin; she agreed.")
    chantal = clinic["chantal"]
    assign(by=nadia, person=amal, user=chantal.id, role="member", conflict="declared", conflict_note="Her neighbour")
    assert kept(amal, chantal) == ("accepted", "Her neighbour")


def test_the_more_cautious_answer_holds(clinic: Clinic, amal: UUID) -> None:
    """PE571: no later assigning makes a declared conflict a no: not the same role, not another, not after an end."""
    nadia, diego = clinic["nadia"], clinic["diego"]
    assign(by=nadia, person=amal, user=diego.id, **COUSIN)
    for again in ({"conflict": "none"}, {"role": "lead", "conflict": "none"}, {"role": "member"}):
        assign(by=nadia, person=amal, user=diego.id, **again)  # type: ignore[arg-type]  # of a table
        assert kept(amal, diego)[0] == "accepted"
    end_assignment(by=nadia, person=amal, user=diego.id)
    assign(by=nadia, person=amal, user=diego.id, conflict="none")
    assert kept(amal, diego) == ("declared", "Her cousin; she agreed.")
    assert Assignment.objects.filter(person_id=amal, user_id=diego.id, until__isnull=True).count() == 1


def test_only_an_explicit_change_lifts_it(clinic: Clinic, amal: UUID) -> None:
    """PE572: a supervisor lifts a conflict that was a mistake, with a reason; nobody lifts her own."""
    nadia, diego, chantal = clinic["nadia"], clinic["diego"], clinic["chantal"]
    assign(by=nadia, person=amal, user=diego.id, **COUSIN)
    end_assignment(by=nadia, person=amal, user=diego.id)
    assign(by=nadia, person=amal, user=diego.id)
    for by, note, code in ((chantal, "no", "people.conflict_of_interest"), (nadia, "", "people.reason_missing")):
        with pytest.raises(Problem) as refused:
            assign(by=by, person=amal, user=diego.id, conflict="lifted", conflict_note=note)
        assert refused.value.code == code
    assign(by=nadia, person=amal, user=diego.id, conflict="lifted", conflict_note="Another Diego")
    assert set(Assignment.objects.filter(user_id=diego.id).values_list("conflict", flat=True)) == {"denied"}
    assign(by=nadia, person=amal, user=nadia.id, **COUSIN)
    assert kept(amal, nadia)[0] == "declared"
    with pytest.raises(Problem) as own:
        assign(by=nadia, person=amal, user=nadia.id, conflict="lifted", conflict_note="no more")
    assert own.value.code == "people.conflict_of_interest"


def test_nobody_declares_it_of_a_colleague(clinic: Clinic, amal: UUID) -> None:
    """PE573: what the lead says of a colleague takes no alert from him: a supervisor declares it, or he himself; and
    of whom one stands only a supervisor puts on her care again."""
    nadia, diego, chantal = clinic["nadia"], clinic["diego"], clinic["chantal"]
    assign(by=nadia, person=amal, user=diego.id)
    for role in ("member", "lead"):
        with pytest.raises(ConflictOfInterest):
            assign(by=chantal, person=amal, user=diego.id, role=role, conflict="declared", conflict_note="Her uncle")
    assert kept(amal, diego)[0] == "none"
    assign(by=nadia, person=amal, user=diego.id, conflict="declared", conflict_note="She agreed")
    assert kept(amal, diego) == ("accepted", "She agreed")
    end_assignment(by=nadia, person=amal, user=diego.id)
    for said in ("none", "not_asked"):
        with pytest.raises(ConflictOfInterest):
            assign(by=chantal, person=amal, user=diego.id, conflict=said)


def test_a_worker_says_it_of_herself(clinic: Clinic, amal: UUID) -> None:
    """PE574: whoever works with somebody says it of herself at any time; a no later never takes a yes back."""
    nadia, diego = clinic["nadia"], clinic["diego"]
    with pytest.raises(Refused):
        say_conflict(by=diego, person=amal, conflict="declared")
    assign(by=nadia, person=amal, user=diego.id)
    assert kept(amal, diego)[0] == "none"
    say_conflict(by=diego, person=amal, conflict="none")
    assert kept(amal, diego)[0] == "denied"
    say_conflict(by=diego, person=amal, conflict="declared", conflict_note="We are neighbours")
    say_conflict(by=diego, person=amal, conflict="none")
    assert kept(amal, diego) == ("declared", "We are neighbours")


@pytest.mark.parametrize(("said", "stands"), [({}, "none"), ({"conflict": "none"}, "denied"), (COUSIN, "declared")])
def test_registering_asks(clinic: Clinic, said: dict[str, Any], stands: str) -> None:
    """PE575: whoever registers and becomes responsible is asked; not asked, asked and no, and yes are three things."""
    chantal = clinic["chantal"]
    made = clinic.register("chantal", **said)
    assert kept(made, chantal)[0] == stands
    assert Assignment.objects.get(person_id=made).role == "lead"


def test_reception_registers_for_others(clinic: Clinic) -> None:
    """PE576: whoever registers without becoming responsible keeps no answer of her own."""
    by = clinic.hire("rita", "reception", clinic.here)
    made = register_person(
        by=by, site=clinic.here.id, identity_mode="coded", limits="read_aloud", conflict="none",
        searched=search_token(by, clock.now()),
    ).value  # fmt: skip
    assert not Assignment.objects.filter(person_id=made.id).exists()


@pytest.mark.parametrize(("said", "stands"), [({}, "none"), ({"conflict": "none"}, "denied"), (COUSIN, "accepted")])
def test_a_transfer_asks_about_the_new_lead(clinic: Clinic, amal: UUID, said: dict[str, Any], stands: str) -> None:
    """PE577: accepting somebody asks about whoever leads from now on; a declared conflict is stored with its note."""
    sirwan, tunde = clinic.hire("sirwan", "supervisor", clinic.elsewhere), clinic["tunde"]
    asked = propose_transfer(by=clinic["nadia"], person=amal, site=clinic.elsewhere.id, reason="She moves.").value
    if said.get("conflict") == "declared":
        with pytest.raises(Problem) as refused:
            accept_transfer(by=sirwan, transfer=asked.id, lead=tunde.id, conflict="declared")
        assert refused.value.code == "people.reason_missing"
    accept_transfer(by=sirwan, transfer=asked.id, lead=tunde.id, **said)
    assert kept(amal, tunde)[0] == stands


def test_a_transfer_back_forgets_nothing(clinic: Clinic, amal: UUID) -> None:
    """PE578: who was declared before a transfer and leads again after it is declared still."""
    sirwan, nadia, diego = clinic.hire("sirwan", "supervisor", clinic.elsewhere), clinic["nadia"], clinic["diego"]
    assign(by=nadia, person=amal, user=diego.id, **COUSIN)
    away = propose_transfer(by=nadia, person=amal, site=clinic.elsewhere.id, reason="She moves.").value
    accept_transfer(by=sirwan, transfer=away.id, lead=clinic["tunde"].id)
    back = propose_transfer(by=sirwan, person=amal, site=clinic.here.id, reason="She is back.").value
    accept_transfer(by=nadia, transfer=back.id, lead=diego.id, conflict="none")
    assert kept(amal, diego) == ("declared", "Her cousin; she agreed.")
