"""Everything that reads a consent: a yes that is taken back reaches it, and no other one does. The table is computed
from the purposes there are and the modules that ask."""

from __future__ import annotations

import ast
from collections.abc import Callable
from itertools import product
from typing import Any, Final
from uuid import UUID

import pytest
from django.db.models import QuerySet

from karama.care.actions import record_session
from karama.care.activity import deeds_of_month
from karama.care.familyfacts import family_contact_rows
from karama.evidence.queries import outcomes
from karama.evidence.registers.listing import listed
from karama.journal import reading
from karama.journal.models import Access
from karama.knowledge.pack_registers import registers_of
from karama.notices.models import OutgoingMessage
from karama.people import reaching
from karama.people.actions import record_consent, set_contact_rules, settle_effect, withdraw_consent
from karama.people.families import may_take_part
from karama.people.models import Person, WithdrawalEffect
from karama.people.queries.lapsing import not_executed, withdrawal_page
from karama.programme.days import today_at
from karama.referrals import sharing
from karama.referrals.actions import refer_in_emergency
from karama.referrals.models import Packet
from karama.rules.classes import CONSENT_PURPOSES
from tests.care.family import met, sister_of
from tests.house.reading import modules
from tests.referrals.conftest import Clinic, agreed, amal, clinic, noor, prepared, sent, service

__all__ = ["agreed", "amal", "clinic", "noor"]

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
ASKS: Final = {"decide", "reportable", "may", "must_cite", "refuses", "records_of", "counted_in_reports"}
FROM: Final = ("karama.people.deciding", "karama.people.queries", "karama.people.queries.decisions")
PASSED_ON: Final = {"karama/people/queries/__init__.py"}
"""Names them for others and asks nothing."""


class Place:
    """Amal, with something of every kind that rests on a yes of hers."""

    def __init__(self, clinic: Clinic, amal: UUID, noor: UUID) -> None:
        self.clinic, self.amal, self.noor = clinic, amal, noor
        self.today = today_at(clinic.here.id)
        self.grants: dict[str, UUID] = {}

    def says_yes(self, purpose: str) -> None:
        """The usual yes to a purpose; of sharing with the one partner there is."""
        shared = {"recipient": "partner_health", "organisation": self.noor} if purpose == "share" else {}
        made = record_consent(
            by=self.clinic["chantal"], person=self.amal, purpose=purpose, decision="yes", method="verbal", **shared
        ).record
        assert made is not None
        self.grants[purpose] = made

    def takes_back(self, purpose: str) -> UUID:
        """That yes, taken back."""
        made = withdraw_consent(by=self.clinic["chantal"], person=self.amal, consent=self.grants[purpose]).record
        assert made is not None
        return made


def statistics(place: Place, monkeypatch: pytest.MonkeyPatch) -> bool:
    by, programme = place.clinic["rojin"], place.clinic.programme.id
    return bool(deeds_of_month(by=by, programme=programme, first=place.today, last=place.today))


def lists(place: Place, monkeypatch: pytest.MonkeyPatch) -> bool:
    rows = next(one for one in registers_of(place.clinic.programme.code) if one.kind == "rows")
    return bool(listed(place.clinic["nadia"], place.clinic.programme, rows, place.today, place.today))


def outcome_tables(place: Place, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whom the outcomes of a programme would count, of people of whom something was asked."""

    class Row:
        person = place.amal

    told: list[frozenset[UUID]] = []

    class Stop(Exception):
        pass

    def gather(rows: Any, start: str, agreed: frozenset[UUID], died: Any) -> Any:
        told.append(agreed)
        raise Stop

    with monkeypatch.context() as patched:
        patched.setattr(outcomes, "response_rows", lambda **_more: [Row()])
        patched.setattr(outcomes, "gather", gather)
        with pytest.raises(Stop):
            outcomes.outcomes_of(place.clinic["rojin"], programme=place.clinic.programme.code, start="a", end="b")
    return place.amal in told[0]


def packets(place: Place, monkeypatch: pytest.MonkeyPatch) -> bool:
    packet = Packet.objects.filter(referral__emergency=False).get()
    with reading(by=place.clinic["chantal"], purpose="care", route="tests.packet"):
        return packet.closed_at is None and sharing.may_still_be_read(packet)


def emergency_packets(place: Place, monkeypatch: pytest.MonkeyPatch) -> bool:
    packet = Packet.objects.filter(referral__emergency=True).get()
    with reading(by=place.clinic["chantal"], purpose="care", route="tests.packet"):
        return packet.closed_at is None and sharing.may_still_be_read(packet)


def messages(place: Place, monkeypatch: pytest.MonkeyPatch) -> bool:
    with reading(by=place.clinic["chantal"], purpose="care", route="tests.reach"):
        return not reaching.reach(person=place.amal).why


def families(place: Place, monkeypatch: pytest.MonkeyPatch) -> bool:
    rows = family_contact_rows(by=place.clinic["rojin"], programme=place.clinic.programme.id)
    return place.amal in {one.person for one in rows}


def taking_part(place: Place, monkeypatch: pytest.MonkeyPatch) -> bool:
    with reading(by=place.clinic["chantal"], purpose="care", route="tests.family"):
        return may_take_part(Person.objects.get(id=place.amal))


Probe = Callable[[Place, pytest.MonkeyPatch], bool]
READERS: Final[dict[str, tuple[str, Probe]]] = {
    "karama/care/activity.py": ("report", statistics),
    "karama/care/familyfacts.py": ("report", families),
    "karama/people/families.py": ("", taking_part),
    "karama/evidence/registers/listing.py": ("report", lists),
    "karama/evidence/queries/outcomes.py": ("report", outcome_tables),
    "karama/referrals/sharing.py": ("share", packets),
    "karama/referrals/actions/emergency.py": ("", emergency_packets),
    "karama/people/reaching.py": ("contact", messages),
}
"""Module -> the purpose that it asks for, and whether it still works with Amal. What is shared because life is in
danger rests on no yes, so none that is taken back ends it (consent rule 10); an adult takes part in what her family
does by her answer to the family alone (of a child: CA433)."""


def asking() -> set[str]:
    """Every module that asks what somebody agreed to, apart from the room in which it is decided and shown."""
    found = set()
    for module in modules():
        if module.name.startswith(("karama/rules/", "karama/people/queries/decisions.py", "karama/people/deciding.py")):
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ImportFrom) and node.module in FROM and ASKS & {one.name for one in node.names}:
                found.add(module.name)
            if isinstance(node, ast.Attribute) and node.attr in {"decide", "reportable"} and _is_deciding(node):
                found.add(module.name)
    return found - PASSED_ON


def _is_deciding(node: ast.Attribute) -> bool:
    return isinstance(node.value, ast.Name) and node.value.id in {"deciding", "people"}


def test_every_reader_stands_in_the_table() -> None:
    """PE480: a module that asks what somebody agreed to, and of which nobody has said here that a withdrawal reaches
    it, fails; and so does a purpose that does not exist."""
    assert asking() == set(READERS), "add the module to READERS, with a probe"
    assert {purpose for purpose, _probe in READERS.values()} - {""} <= set(CONSENT_PURPOSES)


@pytest.fixture
def place(clinic: Clinic, amal: UUID, noor: UUID, agreed: UUID) -> Place:
    """A yes to every purpose; a session of today, a packet that is out, one of an emergency, a way to be reached."""
    made = Place(clinic, amal, noor)
    for purpose in CONSENT_PURPOSES:
        made.says_yes(purpose)
    by = clinic["chantal"]
    record_session(by=by, person=amal, attended="came", modality="in_person", risk_asked="yes", words="Words.")
    set_contact_rules(by=by, person=amal, channel="sms_neutral", address="+57300000001", safe_hours="")
    sent(clinic, prepared(clinic, amal, service(clinic, noor)))
    sister_of(clinic, amal)
    met(clinic, amal, amal)
    other = service(clinic, noor, sector="mental_health")
    refer_in_emergency(by=by, person=amal, service=other, reason="She does not wake up, and her breath is weak.")
    return made


TABLE = [(purpose, module) for purpose, module in product(CONSENT_PURPOSES, READERS)]


@pytest.mark.parametrize(("purpose", "module"), TABLE)
def test_what_is_taken_back_ends_what_rested_on_it(
    place: Place, purpose: str, module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PE481: for each purpose there is and each module that asks: taken back, it works no more with her exactly where
    this purpose is asked, from the next reading on; everything else goes on."""
    asked, probe = READERS[module]
    assert probe(place, monkeypatch), "with every yes it works"
    place.takes_back(purpose)
    assert probe(place, monkeypatch) == (purpose != asked)


def test_the_table_is_whole() -> None:
    """PE482: as many rows as purposes times modules that ask; no purpose is left out, none is asked for by accident."""
    assert len(TABLE) == len(CONSENT_PURPOSES) * len(asking())


def test_a_no_to_being_contacted_stops_what_waits(place: Place) -> None:
    """PE483: what waits to be sent stops in the same breath, says so, and nothing is queued after it."""
    by = place.clinic["chantal"]
    assert messages(place, pytest.MonkeyPatch())
    made = place.takes_back("contact")
    assert [one.state for one in WithdrawalEffect.objects.filter(consent_id=made)] == ["done"]
    with reading(by=by, purpose="care", route="tests.reach"):
        assert reaching.reach(person=place.amal).why == "never"
    record_consent(by=by, person=place.amal, purpose="contact", decision="yes", method="verbal", cites=[made])
    assert messages(place, pytest.MonkeyPatch()), "asked again, and answered yes"
    assert OutgoingMessage.objects.count() == 0


def test_a_list_that_was_taken_is_named(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """PE484: a list of a register that somebody took along before stays open on the officer's page until she has
    written down what came of it; a table of counts does not: nobody stands in it."""
    assert lists(place, monkeypatch)
    assert Access.objects.filter(route="evidence.register_rows").exists()
    made, leila = place.takes_back("report"), place.clinic["leila"]
    assert _states(made) == ["cannot", "done"]
    assert not_executed(leila) == 1
    effect = WithdrawalEffect.objects.get(consent_id=made, state="cannot")
    settle_effect(by=leila, effect=effect.id, how="The ministry destroyed it on Monday.")
    settle_effect(by=leila, effect=effect.id, how="Again.")
    with reading(by=leila, purpose="rights", route="tests.withdrawal"):
        told = withdrawal_page(leila, made).effects
    assert [(one.state, one.settled) for one in told if one.settled] == [
        ("done", "The ministry destroyed it on Monday.")
    ]
    assert not_executed(leila) == 0


def test_without_a_list_nothing_is_left(place: Place) -> None:
    """PE485: where no list was taken, a yes to reports that is taken back is executed everywhere at once."""
    assert _states(place.takes_back("report")) == ["done"]


def test_a_partner_who_has_read_still_holds_it(place: Place) -> None:
    """PE486: a packet that nobody opened is closed, and that is all; what a partner has read stays open until the
    officer has written down what it answered."""
    packet = Packet.objects.get(referral__emergency=False)
    assert packet.opened_at is None
    assert _states(place.takes_back("share")) == ["done"]
    assert not_executed(place.clinic["leila"]) == 0


def _states(consent: UUID) -> list[str]:
    rows: QuerySet[Any] = WithdrawalEffect.objects.filter(consent_id=consent)
    return sorted(rows.values_list("state", flat=True))
