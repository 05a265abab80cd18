"""What goes down: her own caseload and nothing else, in pieces that may be lost, and purges of what is not hers now."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pytest

from karama.accounts.models import Device
from karama.accounts.today import lines_for
from karama.journal.models import Access, AccessPerson, Entry
from karama.people.actions import (
    assign,
    close_file,
    end_assignment,
    erase_person,
    hide_from,
    hold_file,
    record_consent,
    set_contact_rules,
)
from karama.people.models import Assignment, ContactRules, Person
from karama.programme.actions import open_team
from karama.safety.actions import make_plan, raise_alert
from karama.safety.actions.raising import keep_from
from karama.safety.models import Alert, SafetyPlan
from karama.security.identifiers import uuid7
from karama.sync import wire
from karama.sync.declared import going_down
from karama.sync.sending import files_for
from tests.people.conftest import ERASER, Clinic
from tests.sync.phone import Held, Lost, Phone, new_life, server


def test_the_own_caseload_goes_down(phone: Phone, clinic: Clinic, amal: UUID) -> None:
    """SY030: a worker's telephone gets the people assigned to her, and nobody else, not of her own site either."""
    others = [clinic.register("nadia", first="Near", last="By"), clinic.register("tunde", first="Far", last="Away")]
    phone.sync()
    assert set(phone.files) == {"", str(amal)}
    assert phone.fields(amal, Person.KIND)[0]["code"] == Person.objects.get(pk=amal).code
    told = json.dumps([list(map(str, held.rows.items())) for held in phone.files.values()])
    assert not any(str(one) in told for one in others)


def test_names_stay(phone: Phone, clinic: Clinic, amal: UUID) -> None:
    """SY031: of who somebody is only what to call her by and the safe way of contact travel; notes never do."""
    set_contact_rules(by=clinic["chantal"], person=amal, channel="call", address="+57 300 1", phrase="The market")
    seen: list[bytes] = []
    phone.server = lambda body: seen.append(answer := server(body)) or answer  # type: ignore[func-returns-value]
    clinic_note(clinic, amal)
    phone.sync()
    told = b"".join(seen).decode()
    assert "Haddad" not in told
    assert "1991" not in told
    assert "river" not in told
    assert phone.fields(amal, Person.KIND)[0]["names"] == "Amal"
    assert phone.fields(amal, ContactRules.KIND)[0]["address"] == "+57 300 1"


def clinic_note(clinic: Clinic, person: UUID) -> None:
    from karama.care.actions import write_note

    write_note(by=clinic["chantal"], person=person, sections={"session": "She fears the river."})


def test_fields_follow_compartments(phone: Phone, clinic: Clinic, amal: UUID) -> None:
    """SY032: a field travels only where its compartment is open to the duty: a physiotherapist gets no safety plan."""
    make_plan(by=clinic["chantal"], person=amal, parts={"coping": "walk"})
    raise_alert(by=clinic["chantal"], person=amal, kind="suicide", grade="today", source="worry")
    physio = clinic.hire("farah", "physiotherapist", clinic.here)
    assign(by=clinic["nadia"], person=amal, user=physio.id, role="member")
    other = Phone(physio).enrol()
    other.sync()
    phone.sync()
    assert phone.fields(amal, SafetyPlan.KIND)[0]["parts"] == {"coping": "walk"}
    assert str(amal) in other.files
    assert other.fields(amal, SafetyPlan.KIND) == []
    assert phone.fields(amal, Alert.KIND)[0]["kind"] == "suicide"
    assert other.fields(amal, Alert.KIND)[0]["grade"] == "today"
    for down in going_down():
        for fields in other.fields(amal, down.model.KIND):
            assert not {"answers", "parts", "techniques", "kind", "medicine"} & set(fields)


@pytest.mark.parametrize("how", ["reassigned", "hidden", "erased", "held", "closed_programme"])
def test_who_leaves_is_purged(how: str, phone: Phone, clinic: Clinic, amal: UUID) -> None:
    """SY033: whoever leaves the caseload, hides, is erased or is held by another team is purged at the next sync."""
    phone.sync()
    assert str(amal) in phone.files
    if how == "reassigned":
        end_assignment(by=clinic["nadia"], person=amal, user=clinic["chantal"].id)
    if how == "hidden":
        hide_from(by=clinic["nadia"], person=amal, user=clinic["chantal"].id, reason="asked")
    if how == "erased":
        erase_person(by=ERASER, person=amal, reason="asked")
    if how == "held":
        team = open_team(by=clinic["samir"], site=clinic.here.id, name="Apart").value
        hold_file(by=clinic["nadia"], person=amal, team=team.id)
    if how == "closed_programme":
        close_file(by=clinic["nadia"], person=amal)
        end_assignment(by=clinic["nadia"], person=amal, user=clinic["chantal"].id)
    phone.sync()
    assert set(phone.files) == {""}


def test_a_file_of_one_team_travels_to_nobody_unasked(phone: Phone, clinic: Clinic, amal: UUID) -> None:
    """SY045: a file that one named team holds travels to those of the team who are assigned, not to all of it."""
    team = open_team(by=clinic["samir"], site=clinic.here.id, name="Apart").value
    member = clinic.hire("tara", "psychologist", clinic.here, team)
    hold_file(by=clinic["nadia"], person=amal, team=team.id)
    other = Phone(member).enrol()
    other.sync()
    assert set(other.files) == {""}


def test_a_purge_tells_nothing(phone: Phone, clinic: Clinic, amal: UUID) -> None:
    """SY034: whoever claims to hold files gets the same purge for one of others as for one that does not exist."""
    other = clinic.register("tunde", first="Someone", last="Else")
    phone.sync()
    phone.files |= {str(other): Held(5), str(uuid7()): Held(5)}
    answer = phone.exchange([])["answer"]
    assert len(answer["purges"]) == 2
    assert answer["blocks"] == []
    assert set(phone.files) == {"", str(amal)}


def test_small_pieces_arrive_whole(phone: Phone, clinic: Clinic, amal: UUID) -> None:
    """SY035: in pieces of two kilobytes, with replies lost on the way, the telephone holds exactly what it may."""
    clinic.people = [clinic.register(first=f"P{place}", last="Else") for place in range(6)]  # type: ignore[attr-defined]
    for person in clinic.people:  # type: ignore[attr-defined]
        for _time in range(4):
            record_consent(by=clinic["chantal"], person=person, purpose="report", decision="no", method="verbal")
    phone.limit = wire.SMALLEST_PIECE
    turns = iter(range(1000))

    def drops(body: bytes) -> bytes:
        answer = server(body)
        if next(turns) % 3 == 1:
            raise Lost
        return answer

    phone.server = drops
    pieces = 0
    for _time in range(60):
        try:
            answer = phone.exchange([])["answer"]
        except Lost:
            continue
        pieces += 1
        if answer["status"] == "ok" and not answer["more"]:
            break
    assert pieces > 4
    expected = {name: file.check() for name, file in files_for(phone.by).items()}
    assert {name: held.check() for name, held in phone.files.items()} == expected
    assert answer["more"] is False


def test_only_what_changed_goes_down_again(phone: Phone, clinic: Clinic, amal: UUID) -> None:
    """SY036: when nothing changed nothing is sent and nobody opened; when one row changed, that row alone."""
    phone.sync()
    before = AccessPerson.objects.count()
    assert phone.exchange([])["answer"]["blocks"] == []
    assert AccessPerson.objects.count() == before
    set_contact_rules(by=clinic["chantal"], person=amal, channel="never")
    (block,) = phone.exchange([])["answer"]["blocks"]
    assert [row["kind"] for row in block["rows"]] == [ContactRules.KIND]
    assert AccessPerson.objects.filter(person_id=amal).count() > before


def test_what_is_sent_is_written_down(phone: Phone, clinic: Clinic, amal: UUID) -> None:
    """SY037: whose record went down to a telephone stands in the access log, under the worker who got it."""
    phone.sync()
    rows = Access.objects.filter(route="sync.down", opened__person_id=amal)
    assert {row.actor_id for row in rows} == {clinic["chantal"].id}


def test_sight_lost_without_a_change_converges(phone: Phone, clinic: Clinic, amal: UUID) -> None:
    """SY038: a row that is taken from a reader without changing itself leaves her telephone all the same."""
    raise_alert(by=clinic["nadia"], person=amal, kind="suicide", grade="today", source="worry")
    phone.sync()
    assert phone.fields(amal, Alert.KIND)
    keep_from(by=clinic["nadia"], alert=Alert.objects.get().id, user=clinic["chantal"].id, reason="accused")
    phone.sync()
    phone.sync()
    assert phone.fields(amal, Alert.KIND) == []
    assert phone.fields(amal, Person.KIND)


def test_another_duty_is_another_lens(phone: Phone, clinic: Clinic, amal: UUID) -> None:
    """SY039: when the duty changes, everything is sent anew, so that nothing of the old duty stays."""
    phone.sync()
    lens = phone.lens
    psychologist = clinic.hire("diana", "psychologist", clinic.here)
    other = Phone(psychologist).enrol()
    other.sync()
    assert other.lens != lens
    phone.lens = "another"
    answer = phone.exchange([])["answer"]
    assert answer["reset"]
    assert all(block["whole"] for block in answer["blocks"])


def test_no_more_than_the_pack_allows(
    phone: Phone, clinic: Clinic, amal: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SY040: at most as many people as the pack allows travel, those who came last; the lease comes from the pack."""
    from karama.knowledge.pack_field import FieldTerms
    from karama.programme import field

    newest = [clinic.register(first=f"P{place}", last="Else") for place in range(3)]
    monkeypatch.setattr(field, "terms_of", lambda code: FieldTerms(9, 2))
    phone.sync()
    assert set(phone.files) == {"", *(str(one) for one in newest[1:])}
    assert phone.lease_days == 9


def test_who_asks_is_who_signed(phone: Phone, clinic: Clinic, amal: UUID) -> None:
    """SY041: a question that its named telephone did not sign, or that is older than ten minutes, gets no record."""
    phone.sync()
    other = Phone(clinic["chantal"])
    stolen = phone.ask()
    other.device = phone.device
    forged = other.ask()
    for ask in (forged, {**stolen, "text": stolen["text"].replace('"limit":64000', '"limit":64001')}):
        reply = json.loads(server(wire.text_of({"v": 1, "ask": ask}).encode()))
        assert reply["answer"] == {"status": "bad_signature"}
    import time_machine

    from karama.journal import clock

    with time_machine.travel(clock.now().timestamp() + 700, tick=True):
        reply = json.loads(server(wire.text_of({"v": 1, "ask": stolen}).encode()))
    assert reply["answer"] == {"status": "again"}


def test_a_stranger_gets_nothing(phone: Phone, clinic: Clinic, amal: UUID) -> None:
    """SY042: a telephone that nobody enrolled is told so, whatever it asks or sends, and nothing is kept of it."""
    stranger = Phone(clinic["chantal"])
    stranger.server_key = b""
    stranger.do("care.record_session", person=amal, attended="absent")
    stranger.group()
    reply = stranger.exchange(stranger.outbox)
    assert reply["answer"] == {"status": "unknown_key"}
    assert reply["uploads"][0]["receipts"] == []
    assert not stranger.synced


def test_the_others_of_a_person_by_duty_only(phone: Phone, clinic: Clinic, amal: UUID) -> None:
    """SY043: an assignment that ended leaves the telephone of whoever still works with the person."""
    assign(by=clinic["nadia"], person=amal, user=clinic["diego"].id, role="member")
    phone.sync()
    assert len(phone.fields(amal, Assignment.KIND)) == 2
    end_assignment(by=clinic["nadia"], person=amal, user=clinic["diego"].id)
    phone.sync()
    assert len(phone.fields(amal, Assignment.KIND)) == 1


def test_a_new_life_of_the_database(phone: Phone, clinic: Clinic, amal: UUID) -> None:
    """SY044: after a restore the telephone is told to offer again what it retained, and gets everything anew."""
    op = phone.do("care.record_session", person=amal, attended="absent")
    phone.sync()
    new_life()
    answer: Any = phone.exchange([])["answer"]
    assert answer["offer_again"]
    assert answer["reset"]
    assert phone.outbox
    assert not phone.synced
    phone.sync()
    assert phone.outcome(op) == "done"
    assert phone.synced


def test_whether_a_telephone_keeps_is_told_once(phone: Phone, clinic: Clinic, amal: UUID) -> None:
    """SY162: a telephone says whether its browser promised to keep what is not sent: written down when it says
    something new, read by her administrator, and left open by an app that cannot say."""
    device = Device.objects.get(pk=phone.device)
    phone.sync()
    assert device.keeps is None
    phone.keeps = False
    for _again in range(2):
        phone.sync()
    device.refresh_from_db()
    assert device.keeps is False
    assert Entry.objects.filter(action="accounts.tell_keeping").count() == 1
    words = "Telephones that do not promise to keep work"
    assert words in [str(line.words) for line in lines_for(clinic["samir"])]
    phone.keeps = True
    phone.sync()
    assert Entry.objects.filter(action="accounts.tell_keeping", actor_id=phone.by.id).count() == 2
    assert words not in [str(line.words) for line in lines_for(clinic["samir"])]
