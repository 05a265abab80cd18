"""An emergency stands on Today of whoever opened it, until it ends: found again without a second opening."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import time_machine
from django.test import Client
from django.utils import timezone

from karama.accounts.models import User
from karama.accounts.today import Line
from karama.journal import Actor, reading
from karama.people.actions import break_glass, close_file, hide_from, hold_file
from karama.people.actions.emergency import emergencies_of
from karama.people.header import today
from karama.people.models import BreakGlass, Person
from karama.people.queries import to_review
from tests.people.conftest import Clinic
from tests.people.test_emergency import WHY, open_it

OWN = "You opened it in an emergency: still open"


def own(by: Actor) -> list[Line]:
    with reading(by=by, purpose="care", route="today"):
        return [line for line in today(by=by) if str(line.words) == OWN]


def test_it_is_found_again_on_today(clinic: Clinic, amal: UUID) -> None:
    """PE587: whoever opened it reads code and time left on Today; from there it opens again as often as she likes, with
    no second review and nothing taken of the three a day; nobody else has the line, and no name stands on it."""
    tunde = clinic["tunde"]
    glass = open_it(tunde, amal)
    (line,) = own(tunde)
    code = Person.objects.get(pk=amal).code
    assert (line.code, line.url, line.detail) == (code, f"/people/emergency/{glass}/", "23 hours left")
    assert "Haddad" not in f"{line.words}{line.detail}{line.note}"
    client = Client()
    client.force_login(User.objects.get(pk=tunde.id))
    for _again in range(4):
        client.get("/hidden/")
        shown = client.get("/").content.decode()
        assert OWN in shown
        assert "Haddad" not in shown
        assert code in client.get(line.url).content.decode()
    assert BreakGlass.objects.count() == 1
    assert emergencies_of(tunde.id, timezone.now()) == 1
    assert len(to_review(clinic["leila"])) == 1
    for name in ("chantal", "diego", "nadia", "leila", "rojin"):
        assert own(clinic[name]) == []


def test_it_is_gone_when_it_ends(clinic: Clinic, amal: UUID) -> None:
    """PE588: in its last two hours minutes are told; over, hidden from her or held by a team, nothing stands there."""
    tunde = clinic["tunde"]
    open_it(tunde, amal)
    other = clinic.register(first="Luz", last="Mena", birth_year=1980)
    open_it(tunde, other)
    until = BreakGlass.objects.get(person_id=amal).until
    with time_machine.travel(until - timedelta(minutes=30, seconds=5), tick=False):
        assert [line.detail for line in own(tunde)] == ["30 minutes left", "30 minutes left"]
    with time_machine.travel(until + timedelta(hours=1), tick=False):
        assert own(tunde) == []
    hide_from(by=clinic["nadia"], person=amal, user=tunde.id)
    assert [line.code for line in own(tunde)] == [Person.objects.get(pk=other).code]
    close_file(by=clinic["nadia"], person=other)
    assert len(own(tunde)) == 1
    hold_file(by=clinic["nadia"], person=other, team=clinic.team.id)
    assert own(tunde) == []


def test_opened_twice_it_stands_there_once(clinic: Clinic, amal: UUID) -> None:
    """PE589: of one person opened twice the line of the later one stands there."""
    tunde = clinic["tunde"]
    open_it(tunde, amal)
    with time_machine.travel(timezone.now() + timedelta(hours=3), tick=False):
        later = break_glass(by=tunde, person=amal, reason=WHY).record
        assert [line.url for line in own(tunde)] == [f"/people/emergency/{later}/"]
