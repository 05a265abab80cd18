"""The card of an appointment to take along: it says neither why nor with whom."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from karama.knowledge.pack_desk import USUAL
from karama.people.models import Person
from karama.reception.actions import cancel_appointment
from karama.reception.models import Appointment
from tests.reception.conftest import Desk
from tests.reception.test_desk import text

Book = Callable[..., Appointment]


def test_a_card_tells_nothing(desk: Desk, amal: UUID, book: Book, sign_in: Any, monkeypatch: Any) -> None:
    """RC141: day, hour, the neutral words of the pack and a number; no service, no colleague, no code, no name; a name
    only where it is asked for, and never at the front desk (J12)."""
    from dataclasses import replace

    own = replace(USUAL, card_place={"en": "at the blue house"}, card_number="0770 000")
    monkeypatch.setattr("karama.reception.views.appointments.desk_at", lambda site: own)
    made = book()
    address = f"/appointments/{made.id}/card/"
    for name in ("chantal", "rana"):
        shown = text(sign_in(name).get(address)).partition("<main")[2]
        card = shown[shown.index('class="card sheet"') :]
        for words in ("17 March 2027", "at the blue house", "0770 000"):
            assert words in card
        for words in ("Chantal", Person.objects.get(pk=amal).code, desk.here.name, desk.programme.name, "Amal"):
            assert words not in shown
    assert "Amal" not in text(sign_in("rana").get(address + "?called=yes")).partition("<main")[2]
    assert sign_in("tunde").get(address).status_code == 404


def test_an_appointment_called_off_has_no_card(desk: Desk, amal: UUID, book: Book, sign_in: Any) -> None:
    """RC142: of an appointment that was cancelled nothing is printed; without words of the pack the number is a line to
    write on."""
    made = book()
    client = sign_in("chantal")
    assert "________" in text(client.get(f"/appointments/{made.id}/card/"))
    cancel_appointment(by=desk["chantal"], appointment=made.id, reason="person")
    shown = text(client.get(f"/appointments/{made.id}/card/"))
    assert "nothing to print" in shown
    assert 'class="card sheet"' not in shown
