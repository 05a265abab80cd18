"""What comes up: done once, or held; never lost, never counted twice."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from karama.accounts.actions import end_duty, lock_user, revoke_device
from karama.accounts.models import Posting
from karama.care.models import Goal, Note, Session
from karama.journal import Refused
from karama.journal.models import Entry
from karama.journal.problems import Collided
from karama.people.actions import end_assignment
from karama.people.models import Person
from karama.safety.actions import see_alert
from karama.safety.models import Alert, AlertSource, AlertStep
from karama.security.identifiers import uuid7
from karama.sync import wire
from karama.sync.actions import HOLDER, hold
from karama.sync.evidence import unproven
from karama.sync.models import HeldOperation
from tests.people.conftest import Clinic
from tests.sync.phone import Group, Phone


def _session(phone: Phone, person: UUID, **more: Any) -> UUID:
    return phone.do("care.record_session", person=person, attended="absent", **more)


def test_what_is_sent_is_done_once(phone: Phone, amal: UUID) -> None:
    """SY001: an operation is done in its author's name, under its id, and a second sending gives the same receipt."""
    op = _session(phone, amal)
    phone.sync()
    assert phone.synced
    assert phone.outcome(op) == "done"
    entry = Entry.objects.get(op_id=op)
    assert (entry.actor_id, entry.device_id, entry.action) == (phone.by.id, phone.device, "care.record_session")
    first = dict(phone.receipts)
    phone.outbox, phone.receipts = list(phone.retained), {}
    phone.sync()
    assert phone.receipts == first
    assert Session.objects.count() == 1


def test_one_that_does_not_fit_stops_nobody(phone: Phone, amal: UUID) -> None:
    """SY002: of three operations the middle one does not fit: it is held, and the others are done."""
    ops = [_session(phone, amal), phone.do("care.record_session", person=amal, attended="flew"), _session(phone, amal)]
    phone.sync()
    assert [phone.outcome(op) for op in ops] == ["done", "held", "done"]
    assert HeldOperation.objects.get().why == "does_not_fit"


@pytest.mark.parametrize("words", ["cut \0 here", "a note about \\u0000", "\\\\\0"])
def test_a_character_that_nobody_keeps_stops_nobody(words: str, phone: Phone, amal: UUID) -> None:
    """SY310: a character that no database keeps is held with the whole operation, what only looks like one is done;
    those that were signed together with it are done."""
    ops = [_session(phone, amal), phone.do("care.write_note", person=amal, sections={"session": words})]
    ops.append(_session(phone, amal))
    phone.sync()
    odd = "held" if "\0" in words else "done"
    assert [phone.outcome(op) for op in ops] == ["done", odd, "done"]


def test_what_nobody_foresaw_is_held(phone: Phone, amal: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    """SY003: an operation that breaks in a way nobody foresaw is held; those around it are done."""
    from karama.care.actions import notes

    def breaks(*_arguments: Any, **_more: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(notes, "keep_note", breaks)
    ops = [_session(phone, amal), phone.do("care.write_note", person=amal, sections={"session": "words"})]
    ops.append(_session(phone, amal))
    phone.sync()
    assert [phone.outcome(op) for op in ops] == ["done", "held", "done"]
    assert HeldOperation.objects.get().why == "failed"
    assert not Note.objects.exists()


def test_replay_before_scope(phone: Phone, clinic: Clinic, amal: UUID) -> None:
    """SY004: what was done before the person left the caseload is known again after it, and not refused."""
    op = _session(phone, amal)
    phone.group()
    phone.server(wire.text_of({"v": 1, "uploads": [phone.outbox[0].upload(phone.device)]}).encode())
    end_assignment(by=clinic["nadia"], person=amal, user=clinic["chantal"].id)
    phone.sync()
    assert phone.outcome(op) == "done"
    assert not HeldOperation.objects.exists()


def test_out_of_scope_is_held_and_tells_nothing(phone: Phone, clinic: Clinic, amal: UUID) -> None:
    """SY005: for a person of others, a hidden one and one that does not exist, all is held with the same receipt."""
    other = clinic.register("tunde", first="Someone", last="Else")
    ops = [_session(phone, person) for person in (other, uuid7())]
    phone.sync()
    told = [
        {name: value for name, value in one.items() if name in ("outcome", "why", "problem", "record")}
        for one in phone.receipts.values()
    ]
    assert told[0] == told[1] == {"outcome": "held", "why": "looked_at", "problem": "", "record": None}
    assert [phone.outcome(op) for op in ops] == ["held", "held"]
    assert not Session.objects.exists()


def test_held_is_sealed_and_held_once(phone: Phone, clinic: Clinic, amal: UUID) -> None:
    """SY006: what is held stands under seal as it was signed, once, however often it comes, and cannot be changed."""
    other = clinic.register("tunde", first="Someone", last="Else")
    _session(phone, other)
    phone.sync()
    first = dict(phone.receipts)
    phone.outbox, phone.receipts = list(phone.retained), {}
    phone.sync()
    row = HeldOperation.objects.get()
    assert phone.receipts == first
    assert row.own_keys
    assert row.person_id == other
    assert str(other).encode() not in bytes(row.content)
    with clinic_reading(clinic):
        assert row.unseal("content") == phone.retained[0].texts[0]


def clinic_reading(clinic: Clinic) -> Any:
    from karama.journal import reading

    return reading(by=clinic["nadia"], purpose="supervision", route="tests.sync")


def test_same_id_with_other_content_is_held(phone: Phone, clinic: Clinic, amal: UUID) -> None:
    """SY007: an operation id that comes again with other content, or from another author, is held: nothing changes."""
    op = _session(phone, amal)
    phone.sync()
    phone.do("care.record_session", op_id=op, person=amal, attended="staff")
    nadia = Phone(clinic["nadia"]).enrol()
    nadia.do("care.record_session", op_id=op, person=amal, attended="absent")
    phone.sync()
    nadia.sync()
    assert nadia.outcome(op) == "held"
    assert list(HeldOperation.objects.values_list("why", flat=True)) == ["op_id_reused", "op_id_reused"]
    assert list(Session.objects.values_list("attended", flat=True)) == ["absent"]


def test_same_id_twice_in_one_upload(phone: Phone, amal: UUID) -> None:
    """SY008: two texts with one id in one upload: the first is done, the second held; the same text twice is one."""
    op = _session(phone, amal)
    phone.do("care.record_session", op_id=op, person=amal, attended="staff")
    phone.unsigned.append(phone.unsigned[0])
    phone.sync()
    assert Session.objects.count() == 1
    assert HeldOperation.objects.get().why == "op_id_reused"
    assert phone.synced


def test_not_everything_comes_from_a_telephone(phone: Phone, amal: UUID) -> None:
    """SY009: an action that nobody declared for telephones is held, whatever its author may do at a screen."""
    ops = [
        phone.do("people.assign", person=amal, user=phone.by.id, role="member"),
        phone.do("accounts.give_duty", user=phone.by.id, duty="administrator"),
        phone.do("no.such", person=amal),
    ]
    phone.sync()
    assert [phone.outcome(op) for op in ops] == ["held"] * 3
    assert set(HeldOperation.objects.values_list("why", flat=True)) == {"not_from_phone"}


def test_a_foreign_signature_changes_nothing(phone: Phone, clinic: Clinic, amal: UUID) -> None:
    """SY010: an upload that its author did not sign, or that was altered, or put under another duty, stays out."""
    _session(phone, amal)
    phone.group()
    true = phone.outbox[0]
    other = Phone(clinic["chantal"])
    altered = Group(true.posting, [true.texts[0].replace("absent", "staff")], true.signature)
    moved = Group(Posting.objects.exclude(id=true.posting).first().id, true.texts, true.signature)  # type: ignore[union-attr]
    for group, key in ((altered, phone.device), (moved, phone.device), (true, other.device)):
        reply = phone.server(wire.text_of({"v": 1, "uploads": [group.upload(key)]}).encode())
        assert b'"receipts":[]' in reply
    assert not Session.objects.exists()
    assert not HeldOperation.objects.exists()


def test_after_a_revocation_it_is_held(phone: Phone, clinic: Clinic, amal: UUID) -> None:
    """SY011: what a revoked telephone still sends is held, never lost; it is told to empty itself, and gets nothing."""
    phone.sync()
    assert str(amal) in phone.files
    ops = [_session(phone, amal) for _time in range(7)]
    revoke_device(by=clinic["samir"], device=phone.device, why="stolen")
    phone.sync()
    assert {phone.outcome(op) for op in ops} == {"held"}
    assert HeldOperation.objects.filter(why="revoked").count() == 7
    assert phone.synced
    assert phone.revoked
    assert phone.files == {}


def test_after_a_duty_ended_it_is_held(phone: Phone, clinic: Clinic, amal: UUID) -> None:
    """SY012: of whoever lost her duty, or was locked out, all is received and held before it is emptied (G2)."""
    phone.sync()
    _session(phone, amal)
    end_duty(by=clinic["samir"], posting=phone.posting)
    phone.sync()
    assert phone.status_told == "no_duty"
    assert phone.files == {}
    lock_user(by=clinic["samir"], user=phone.by.id)
    _session(phone, amal)
    phone.sync()
    assert list(HeldOperation.objects.values_list("why", flat=True)) == ["no_duty", "no_duty"]


@pytest.mark.parametrize("how", ["known", "not_mine", "unknown", "nobody", "revoked", "locked", "does_not_fit"])
def test_an_alert_is_always_taken(how: str, phone: Phone, clinic: Clinic, amal: UUID) -> None:
    """SY013: an alert is raised whoever its author is by now and whoever it is about; the receipt tells nothing."""
    person: Any = {"known": amal, "unknown": uuid7(), "nobody": None}.get(how, amal)
    if how == "not_mine":
        person = clinic.register("tunde", first="Someone", last="Else")
    kind = "suicide" if how != "does_not_fit" else "something nobody knows"
    op = phone.do("safety.raise_worry", person=person, kind=kind, words="He said goodbye to everybody.")
    if how == "revoked":
        revoke_device(by=phone.by, device=phone.device, why="lost")
    if how == "locked":
        lock_user(by=clinic["samir"], user=phone.by.id)
    phone.sync()
    assert phone.outcome(op) == "done"
    assert Alert.objects.get().person_id == person
    source = AlertSource.objects.get()
    assert (source.author_id, source.source) == (phone.by.id, "phone" if how == "does_not_fit" else "worry")
    assert not HeldOperation.objects.exists()
    receipt = next(iter(phone.receipts.values()))
    assert (receipt["why"], receipt["problem"], receipt["record"]) == ("", "", str(AlertSource.objects.get().id))


def test_an_alert_that_cannot_be_read_keeps_its_words(phone: Phone, clinic: Clinic, amal: UUID) -> None:
    """SY014: an alert with arguments of another version is raised as the most urgent, with all of it as words."""
    phone.do("safety.raise_alert", person=str(amal), level=9, words="knife", colour="red")
    phone.sync()
    alert = Alert.objects.get()
    with clinic_reading(clinic):
        told = AlertSource.objects.get().unseal("words")
    assert (alert.person_id, alert.grade) == (amal, "now")
    assert "knife" in told
    assert "red" in told


ODD = (
    '"words":"gone \\ud83d"',
    '"words":"nul \\u0000"',
    '"words":7',
    '"person":"Amal"',
    '"words":"w"},"new":{"x":1',
)


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_alert_is_raised_once(odd: str, phone: Phone, clinic: Clinic, amal: UUID) -> None:
    """SY022: an alert with half a character, a wrong value or a field of another app is raised, once, however odd."""
    op = phone.do("safety.raise_worry", person=amal, kind="suicide")
    phone.unsigned[0] = phone.unsigned[0].replace('"kind":"suicide"', f'"kind":"suicide",{odd}')
    phone.sync()
    assert {one["outcome"] for one in phone.receipts.values()} == {"done"}
    phone.outbox, phone.receipts = list(phone.retained), {}
    phone.sync()
    assert phone.synced
    assert AlertSource.objects.count() == 1
    assert not HeldOperation.objects.exists()
    assert isinstance(op, UUID)


def test_registered_without_signal(phone: Phone, clinic: Clinic) -> None:
    """SY015: a person registered with a reserved code has it, and what refers to her in the same upload is done."""
    phone.wanted_codes = 3
    phone.sync()
    assert len(phone.codes) == 3
    code = phone.codes[0]
    person, site = uuid7(), next(iter(phone.by.sites))
    told = {"site": site, "identity_mode": "alias", "called": "Luz", "age_band": "25-34", "limits": "read_aloud"}
    ops = [
        phone.do("safety.raise_worry", person=person, kind="suicide"),
        phone.do("people.register_person", person=person, code=code, **told),
        _session(phone, person),
    ]
    phone.sync()
    assert [phone.outcome(op) for op in ops] == ["done"] * 3
    made = Person.objects.get(pk=person)
    assert made.code == code
    assert str(person) in phone.files
    again = phone.do("people.register_person", person=uuid7(), code=made.code, **told)
    phone.sync()
    assert phone.outcome(again) == "held"
    assert HeldOperation.objects.get().problem == "people.code_not_reserved"


def test_a_code_of_another_telephone_is_not_given(phone: Phone, clinic: Clinic) -> None:
    """SY016: a code reserved for one telephone is worth nothing on another, of the same user too."""
    phone.wanted_codes = 1
    phone.sync()
    other = Phone(clinic["chantal"]).enrol()
    site = next(iter(phone.by.sites))
    op = other.do(
        "people.register_person", person=uuid7(), code=phone.codes[0], site=site, identity_mode="alias", called="Luz",
        limits="read_aloud",
    )  # fmt: skip
    other.sync()
    assert other.outcome(op) == "held"


def test_what_an_operation_made_can_be_spoken_of(phone: Phone, clinic: Clinic, amal: UUID) -> None:
    """SY017: a later operation may name the record that an earlier one of the same author makes, in one upload."""
    opened = phone.do("care.open_episode", person=amal)
    goal = phone.do("care.set_goal", episode=f"op:{opened}", words="To sleep again")
    foreign = phone.do("care.set_goal", episode=f"op:{uuid7()}", words="Nothing")
    phone.sync()
    assert [phone.outcome(op) for op in (opened, goal, foreign)] == ["done", "done", "held"]
    assert Goal.objects.get().person_id == amal


def test_an_alert_that_was_just_raised_is_followed_up(phone: Phone, clinic: Clinic, amal: UUID) -> None:
    """SY148: whoever raises an alert about somebody she works with records the follow-up and the contact of the same
    hour by `op:` of its raising; another author cannot speak of it so, and of somebody not hers it is held.
    """
    raised = phone.do("safety.raise_alert", person=amal, kind="suicide", grade="today", source="answer")
    asked = phone.do("safety.record_screening", alert=f"op:{raised}", state="refused")
    spoke = phone.do("safety.record_first_contact", alert=f"op:{raised}")
    far = clinic.register("tunde", first="Someone", last="Else")
    of_far = phone.do("safety.raise_alert", person=far, kind="suicide", grade="today", source="answer")
    about_far = phone.do("safety.record_first_contact", alert=f"op:{of_far}")
    phone.sync()
    assert [phone.outcome(op) for op in (raised, asked, spoke, of_far, about_far)] == ["done"] * 4 + ["held"]
    alert = Alert.objects.get(person_id=amal)
    assert list(AlertStep.objects.filter(alert=alert).values_list("step", flat=True)) == ["follow_up", "first_contact"]
    with pytest.raises(Refused):
        see_alert(by=clinic["nadia"], alert=AlertSource.objects.get(alert=alert).id)
    see_alert(by=clinic["nadia"], alert=alert.id)


@pytest.mark.parametrize(
    "clock", ["1970-01-01T00:00:03Z", "2038-01-19T03:14:08+14:00", "9999-12-31T23:59:59-12:00", "?"]
)
def test_any_clock_is_accepted(clock: str, phone: Phone, amal: UUID) -> None:
    """SY018: what a telephone believes the time to be is kept as it said, and changes neither order nor outcome."""
    phone.clock = lambda: clock
    op = _session(phone, amal)
    phone.sync()
    assert phone.outcome(op) == "done"
    kept = Entry.objects.get(op_id=op).device_at
    assert kept == wire.moment_of(clock)


def test_the_journal_proves_who_signed(phone: Phone, clinic: Clinic, amal: UUID) -> None:
    """SY019: the journal alone shows that the author signed what stands under her name, and names what she did not."""
    other = clinic.register("tunde", first="Someone", last="Else")
    _session(phone, amal)
    _session(phone, other)
    _session(phone, amal)
    phone.sync()
    assert list(unproven()) == []
    from karama.journal import guard

    entry = Entry.objects.exclude(author_signature=None).first()
    assert entry is not None
    kept = bytes(entry.author_signature or b"")
    with guard.suspended("an attacker at the database"):
        Entry.objects.filter(seq=entry.seq).update(author_signature=kept[:20] + b"\0\0" + kept[22:])
    assert entry.seq in list(unproven())


def test_two_at_once_are_one(phone: Phone, amal: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    """SY020: when the same held operation comes twice at once, the second one gets the receipt of the first."""
    from karama.sync import receiving

    phone.do("people.assign", person=amal)
    phone.sync()
    first = dict(phone.receipts)
    monkeypatch.setattr(receiving, "_recall", lambda signer, pieces: None)
    phone.outbox, phone.receipts = list(phone.retained), {}
    phone.sync()
    assert {one["seq"] for one in phone.receipts.values()} == {one["seq"] for one in first.values()}
    assert HeldOperation.objects.count() == 1


def test_the_database_holds_nothing_twice(phone: Phone, amal: UUID) -> None:
    """SY021: the same signed text of one author cannot be held twice, whatever code tries it."""
    phone.do("people.assign", person=amal)
    phone.sync()
    row = HeldOperation.objects.get()
    with pytest.raises(Collided):
        hold(
            by=HOLDER, text="x", digest=row.digest, signer=row.signer_id, device=uuid4(), posting=uuid4(), site=None,
            why="failed", evidence="00",
        )  # fmt: skip
