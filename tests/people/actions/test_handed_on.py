"""Who hears what when a person is handed on: the proposer the answer, the colleagues that something changed."""

from __future__ import annotations

from uuid import UUID

import pytest

from karama.journal import Absent, Actor, reading
from karama.notices.kinds import kind_of
from karama.notices.models import Notice
from karama.people.actions import accept_transfer, assign, decline_transfer, hide_from, propose_transfer
from karama.people.models import Transfer
from karama.people.queries.transfers import own_proposal, transfers
from tests.people.conftest import Clinic


@pytest.fixture
def sirwan(clinic: Clinic) -> Actor:
    """The supervisor of the other site."""
    return clinic.hire("sirwan", "supervisor", clinic.elsewhere)


def told(actor: Actor) -> list[tuple[str, UUID | None]]:
    rows = Notice.objects.filter(user_id=actor.id, kind__startswith="people.").order_by("told_at", "id")
    return list(rows.values_list("kind", "place"))


def test_whoever_is_assigned_hears_it(clinic: Clinic, amal: UUID) -> None:
    """PE582: somebody put on a person's care is told once, without a word about her; whoever does it herself is not."""
    nadia, diego = clinic["nadia"], clinic["diego"]
    assign(by=nadia, person=amal, user=diego.id)
    assign(by=nadia, person=amal, user=diego.id, role="lead")
    assign(by=nadia, person=amal, user=nadia.id)
    assert told(diego) == [("people.given", amal)]
    assert told(nadia) == told(clinic["chantal"]) == []
    assert str(kind_of("people.given").words) == "You have somebody new to work with"


def test_the_proposer_hears_a_no(clinic: Clinic, amal: UUID, sirwan: Actor) -> None:
    """PE583: a no reaches whoever proposed, with its reason, and nobody else; hidden from her it is not there."""
    chantal = clinic["chantal"]
    asked = propose_transfer(
        by=chantal, person=amal, site=clinic.elsewhere.id, reason="Moves.", agreed="no"
    ).value  # fmt: skip
    with reading(by=sirwan, purpose="supervision", route="tests"):
        assert transfers(sirwan).asked[0].agreed == "no"
    decline_transfer(by=sirwan, transfer=asked.id, reason="No room before May.")
    assert told(chantal) == [("people.transfer_declined", asked.id)]
    assert told(clinic["nadia"]) == []
    with reading(by=chantal, purpose="care", route="tests"):
        found = own_proposal(chantal, asked.id)
        assert (found.state, found.answer) == ("declined", "No room before May.")
    for name in ("nadia", "diego", "tunde", "sirwan", "leila"):
        with pytest.raises(Absent):
            own_proposal(clinic[name], asked.id)
    hide_from(by=clinic["nadia"], person=amal, user=chantal.id)
    with pytest.raises(Absent):
        own_proposal(chantal, asked.id)


def test_a_yes_is_heard_by_everybody_it_concerns(clinic: Clinic, amal: UUID, sirwan: Actor) -> None:
    """PE584: accepted, the proposer reads it by code though her care has ended; the new lead and whoever is released
    are told neutrally."""
    chantal, diego, tunde = clinic["chantal"], clinic["diego"], clinic["tunde"]
    assign(by=clinic["nadia"], person=amal, user=diego.id)
    asked = propose_transfer(by=chantal, person=amal, site=clinic.elsewhere.id, reason="Moves.", agreed="yes").value
    accept_transfer(by=sirwan, transfer=asked.id, lead=tunde.id)
    assert set(told(chantal)) == {("people.released", None), ("people.transfer_accepted", asked.id)}
    assert told(diego) == [("people.given", amal), ("people.released", None)]
    assert told(tunde) == [("people.given", amal)]
    found = own_proposal(chantal, asked.id)
    assert (found.state, found.reason, found.agreed) == ("accepted", "", "")


def test_whether_the_person_agreed_is_three_things(clinic: Clinic, amal: UUID, sirwan: Actor) -> None:
    """PE585: asked nothing, agreement counts as not asked, and a no keeps nobody from answering."""
    asked = propose_transfer(by=clinic["nadia"], person=amal, site=clinic.elsewhere.id, reason="Moves.").value
    with reading(by=sirwan, purpose="supervision", route="tests"):
        assert transfers(sirwan).asked[0].agreed == "not_asked"
    decline_transfer(by=sirwan, transfer=asked.id, reason="Later.")
    again = propose_transfer(by=clinic["nadia"], person=amal, site=clinic.elsewhere.id, reason="x", agreed="no").value
    accept_transfer(by=sirwan, transfer=again.id, lead=clinic["tunde"].id)
    assert Transfer.objects.get(pk=again.id).state == "accepted"
