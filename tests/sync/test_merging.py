"""Two edits of one field that did not know of each other: what stands, what is kept, and a person who decides."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from karama.care.actions import open_episode, set_goal
from karama.care.models import Goal
from karama.journal import Absent, Refused, reading
from karama.journal.models import Entry
from karama.people.actions import assign, erase_person, record_consent, set_contact_rules, withdraw_consent
from karama.people.models import Consent, ContactRules
from karama.sync.actions import decide_conflict
from karama.sync.editing import settle_edit
from karama.sync.models import Conflict, ConflictDecision, HeldOperation
from karama.sync.problems import AlreadySettled, ChooseOne
from karama.sync.queries import conflict_page, open_conflicts
from tests.people.conftest import ERASER, Clinic
from tests.sync.phone import Phone


def _contact(clinic: Clinic, person: UUID, by: str, address: str) -> None:
    set_contact_rules(by=clinic[by], person=person, channel="call", address=address)


def _base(phone: Phone, person: UUID, kind: int) -> dict[str, int]:
    held = phone.files[str(person)]
    return {f"{of}:{row}": seq for (of, row), (seq, _fields) in held.rows.items() if of == kind}


def _both(phone: Phone, clinic: Clinic, person: UUID, **arguments: Any) -> UUID:
    """A contact that stood, one that a colleague wrote meanwhile, and one from a telephone that knew only the first."""
    _contact(clinic, person, "chantal", "+57 300 1")
    phone.sync()
    _contact(clinic, person, "nadia", "+57 300 2")
    told = {"channel": "call", "address": "+57 300 3"} | arguments
    op = phone.do("people.set_contact_rules", person=person, base=_base(phone, person, ContactRules.KIND), **told)
    phone.sync()
    return op


def test_two_safe_contacts_are_neither(phone: Phone, clinic: Clinic, amal: UUID) -> None:
    """SY050: two different safe contacts from one version: neither is used until a person decides, both are kept."""
    op = _both(phone, clinic, amal)
    assert phone.outcome(op) == "done"
    rules = ContactRules.objects.get()
    assert (rules.channel, rules.address) == ("undecided", None)
    row = Conflict.objects.get()
    assert (row.kept, row.earlier_by, row.later_by) == ("neither", clinic["nadia"].id, clinic["chantal"].id)
    with reading(by=clinic["nadia"], purpose="supervision", route="tests.sync"):
        assert row.unseal("earlier")["address"] == "+57 300 2"
        assert row.unseal("later")["address"] == "+57 300 3"


def test_never_wins(phone: Phone, clinic: Clinic, amal: UUID) -> None:
    """SY051: who said that she is not contacted is not contacted, whichever of the two edits said so."""
    _both(phone, clinic, amal, channel="never", address="")
    assert ContactRules.objects.get().channel == "never"
    assert Conflict.objects.get().kept == "later"
    set_contact_rules(by=clinic["nadia"], person=amal, channel="never")
    base = {f"{ContactRules.KIND}:{ContactRules.objects.get().id}": 1}
    phone.do("people.set_contact_rules", base=base, person=amal, channel="call", address="+57 300 9")
    phone.sync()
    assert ContactRules.objects.get().channel == "never"


def test_the_same_twice_is_one(phone: Phone, clinic: Clinic, amal: UUID) -> None:
    """SY052: two edits that say the same are one, and nobody has to decide anything."""
    _both(phone, clinic, amal, address="+57 300 2")
    assert ContactRules.objects.get().channel == "call"
    assert not Conflict.objects.exists()


def test_without_another_edit_it_is_written(phone: Phone, clinic: Clinic, amal: UUID) -> None:
    """SY053: who edits the newest version, or her own of a moment ago on the same telephone, meets nobody."""
    _contact(clinic, amal, "nadia", "+57 300 1")
    phone.sync()
    base = _base(phone, amal, ContactRules.KIND)
    for address in ("+57 300 2", "+57 300 3"):
        phone.do("people.set_contact_rules", base=base, person=amal, channel="call", address=address)
    phone.sync()
    assert ContactRules.objects.get().channel == "call"
    assert not Conflict.objects.exists()
    assert Entry.objects.filter(action="people.set_contact_rules").count() == 3


def test_who_does_not_say_her_version_meets_everybody(phone: Phone, clinic: Clinic, amal: UUID) -> None:
    """SY054: an edit that does not say which version its author had before her is taken as one that knew of none."""
    _contact(clinic, amal, "nadia", "+57 300 1")
    phone.do("people.set_contact_rules", person=amal, channel="call", address="+57 300 2")
    phone.sync()
    assert ContactRules.objects.get().channel == "undecided"


def test_an_ordinary_field_keeps_the_later(phone: Phone, clinic: Clinic, amal: UUID) -> None:
    """SY055: of two edits of an ordinary field the one with the later server sequence stands; the other is kept."""
    episode = open_episode(by=clinic["chantal"], person=amal).record
    goal = set_goal(by=clinic["chantal"], episode=episode, words="To sleep again").record
    phone.sync()
    base = _base(phone, amal, Goal.KIND)
    from karama.care.actions import move_goal

    move_goal(by=clinic["nadia"], goal=goal, state="in_progress")
    op = phone.do("care.move_goal", base=base, goal=goal, state="met")
    phone.sync()
    assert phone.outcome(op) == "done"
    assert Goal.objects.get().state == "met"
    row = Conflict.objects.get()
    assert (row.field, row.kept, row.person_id) == ("state", "later", amal)
    decide_conflict(by=clinic["nadia"], conflict=row.id, chosen="earlier")
    assert Goal.objects.get().state == "in_progress"


def test_an_edit_is_asked_for_its_permission(phone: Phone, clinic: Clinic, amal: UUID) -> None:
    """SY056: an edit that meets another is refused like one that came alone: nobody edits a person of others."""
    other = clinic.register("tunde", first="Someone", last="Else")
    set_contact_rules(by=clinic["tunde"], person=other, channel="call", address="+57 300 1")
    op = phone.do("people.set_contact_rules", person=other, channel="call", address="+57 300 2")
    phone.sync()
    assert phone.outcome(op) == "held"
    assert HeldOperation.objects.get().why == "refused"
    with pytest.raises(Refused):
        settle_edit(
            by=clinic["chantal"], code="people.set_contact_rules",
            arguments={"person": str(other), "channel": "call", "address": "x"},
        )  # fmt: skip
    with pytest.raises(Absent):
        settle_edit(by=clinic["chantal"], code="people.erase_person", arguments={"person": str(amal), "reason": "x"})
    assert ContactRules.objects.get(person_id=other).channel == "call"


def test_a_yes_does_not_lift_a_no_it_did_not_know(phone: Phone, clinic: Clinic, amal: UUID) -> None:
    """SY057: a yes from a telephone that did not know of a withdrawal changes nothing: it is held for a person."""
    grant = record_consent(by=clinic["chantal"], person=amal, purpose="report", decision="yes", method="verbal").record
    phone.sync()
    withdraw_consent(by=clinic["nadia"], person=amal, consent=grant)
    op = phone.do("people.record_consent", person=amal, purpose="report", decision="yes", method="verbal")
    phone.sync()
    assert phone.outcome(op) == "held"
    assert Consent.objects.latest("sequence").decision == "withdrawn"
    no = phone.do("people.record_consent", person=amal, purpose="report", decision="no", method="verbal")
    phone.sync()
    assert phone.outcome(no) == "done"


def test_a_person_decides(phone: Phone, clinic: Clinic, amal: UUID) -> None:
    """SY058: whoever may set the safe contact decides between two, once; both versions stay readable."""
    _both(phone, clinic, amal)
    row = Conflict.objects.get()
    nadia = clinic["nadia"]
    with reading(by=nadia, purpose="supervision", route="tests.sync"):
        assert [one.id for one in open_conflicts(nadia)] == [row.id]
        page = conflict_page(nadia, row.id)
    assert "+57 300 2" in dict(page.earlier).values()
    assert "+57 300 3" in dict(page.later).values()
    with pytest.raises(ChooseOne):
        decide_conflict(by=nadia, conflict=row.id)
    decide_conflict(by=nadia, conflict=row.id, chosen="later")
    with reading(by=nadia, purpose="supervision", route="tests.sync"):
        rules = ContactRules.objects.get()
        assert (rules.channel, rules.unseal("address")) == ("call", "+57 300 3")
        assert open_conflicts(nadia) == []
        assert conflict_page(nadia, row.id).decided == "later"
    with pytest.raises(AlreadySettled):
        decide_conflict(by=nadia, conflict=row.id, chosen="earlier")


def test_a_conflict_is_seen_by_whoever_may_settle_it(phone: Phone, clinic: Clinic, amal: UUID) -> None:
    """SY059: a conflict about somebody is not there for whoever may not come near her, and not decided by them."""
    _both(phone, clinic, amal)
    row = Conflict.objects.get()
    for name in ("tunde", "samir", "rojin", "leila", "diego"):
        with reading(by=clinic[name], purpose="care", route="tests.sync"):
            assert open_conflicts(clinic[name]) == []
            with pytest.raises(Absent):
                conflict_page(clinic[name], row.id)
        with pytest.raises(Refused):
            decide_conflict(by=clinic[name], conflict=row.id, chosen="later")
    assign(by=clinic["nadia"], person=amal, user=clinic["diego"].id, role="member")
    with reading(by=clinic["diego"], purpose="care", route="tests.sync"):
        assert open_conflicts(clinic["diego"])


def test_erased_leaves_neither_version(phone: Phone, clinic: Clinic, amal: UUID) -> None:
    """SY060: what was held or met about an erased person is gone, with every decision about it."""
    _both(phone, clinic, amal)
    decide_conflict(by=clinic["nadia"], conflict=Conflict.objects.get().id, chosen="as_is")
    phone.do("people.assign", person=amal)
    phone.sync()
    assert HeldOperation.objects.filter(person_id=amal).exists()
    erase_person(by=ERASER, person=amal, reason="asked")
    left = [model.objects.count() for model in (Conflict, ConflictDecision, HeldOperation)]
    assert left == [0, 0, 0]
    late = phone.do("care.record_session", person=amal, attended="absent")
    phone.sync()
    assert phone.outcome(late) == "held"
    row = HeldOperation.objects.get()
    assert (row.why, row.content) == ("erased", None)
