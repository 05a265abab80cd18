"""This server's share of what opens a telephone's records: who gets it, for how long, and how it is destroyed."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection

from karama.accounts.actions import end_duty, lock_user, revoke_device
from karama.accounts.jobs import repeat_revocations
from karama.accounts.models import Device
from karama.journal import Refused, clock, guard, integrity
from karama.journal.models import Access, AccessPerson, Change
from karama.knowledge.pack_field import FieldTerms
from karama.people.jobs import finish_erasures
from karama.programme import field
from karama.programme.days import end_for
from karama.security import ledger, signing, vault
from karama.security.models import PersonKey
from karama.security.routers import KEYS
from karama.sync import wire
from karama.sync.files import needed
from karama.sync.models import DeviceShare
from karama.sync.sharing import check_of, destroy_share, make_share
from tests.people.conftest import Clinic
from tests.sync.phone import Phone


@pytest.fixture
def daily(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pack that asks for the share."""
    monkeypatch.setattr(field, "terms_of", lambda code: FieldTerms(9, 60, daily_share=True))


def told(phone: Phone, **share: str) -> dict[str, Any]:
    """What the server says of the share, with a challenge that is fresh."""
    phone.exchange([], pull=False)
    answer = phone.ask_share(**share)
    assert answer["status"] == "ok", answer
    share_told = answer["share"]
    content = wire.share_message(phone.device, phone.challenge, share_told["text"])
    assert signing.verified(phone.server_key, wire.from_b64(share_told["signature"]), content)
    found: dict[str, Any] = json.loads(share_told["text"])
    return found


def keys_of(share: str) -> int:
    return PersonKey.objects.using(KEYS).filter(person_id=UUID(share)).count()


def test_it_is_off_where_nobody_asked_for_it(phone: Phone, amal: UUID) -> None:
    """SY240: where the pack does not ask for it there is no share, nothing is given, and telephones are told so."""
    phone.sync()
    answer = phone.exchange([])["answer"]
    assert answer["daily"] is False
    assert told(phone)["id"] == ""
    assert "secret" not in told(phone)
    assert not DeviceShare.objects.exists()


@pytest.mark.usefixtures("daily")
def test_it_is_made_once_and_given_to_its_user(phone: Phone, amal: UUID) -> None:
    """SY241: the share is made at the first question, is the same each time, sealed here, given with the end of the
    day where she works, and each giving stands in the access log in her name."""
    phone.sync()
    assert phone.exchange([])["answer"]["daily"] is True
    first, again = told(phone), told(phone)
    row = DeviceShare.objects.get()
    assert (first["id"], first["of"], first["secret"]) == (str(row.id), str(row.id), again["secret"])
    assert len(wire.from_b64(first["secret"])) == 32
    assert datetime.fromisoformat(first["until"]) == end_for(phone.by)
    assert first["secret"].encode() not in bytes(row.secret or b"")
    given = Access.objects.filter(route="sync.share", outcome="opened")
    assert {one.actor_id for one in given} == {phone.by.id}
    assert given.count() == 2
    assert AccessPerson.objects.filter(access__in=given, person_id=row.id).count() == 2


@pytest.mark.usefixtures("daily")
def test_this_server_says_when_it_has_what_a_telephone_holds(phone: Phone) -> None:
    """SY242: `kept` is true for the digest of the share that is kept here, and of no other."""
    first = told(phone)
    assert first["kept"] is False
    assert told(phone, check=check_of(first["secret"]))["kept"] is True
    assert told(phone, check=check_of("another"))["kept"] is False


@pytest.mark.usefixtures("daily")
def test_a_day_ends_where_she_works(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    """SY243: the day of a share ends at midnight of her site by this server's clock; hers takes no part."""
    phone.clock = lambda: "1970-01-01T00:00:00Z"
    bogota = ((1, 23, 30, 2), (2, 4, 59, 2), (2, 5, 0, 3))  # day, hour and minute of UTC; the day whose 05:00 ends hers
    for day, hour, minute, ends in bogota:
        moment = datetime(2026, 3, day, hour, minute, tzinfo=UTC)
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        assert datetime.fromisoformat(told(phone)["until"]) == datetime(2026, 3, ends, 5, tzinfo=UTC)


@pytest.mark.usefixtures("daily")
def test_each_telephone_has_its_own(phone: Phone, clinic: Clinic) -> None:
    """AT240: nobody gets another's share: not a colleague who shares the telephone, not the same user on another one,
    not by naming it, and not under a signature that is not the telephone's."""
    mine = told(phone)
    other = Phone(clinic["diego"], phone=phone.phone).enrol()
    second = Phone(clinic["chantal"]).enrol()
    for one in (other, second):
        hers = told(one, id=mine["id"], check=check_of(mine["secret"]))
        assert hers["secret"] != mine["secret"]
        assert hers["id"] != mine["id"]
        assert hers["kept"] is False
    phone.device, other.device = other.device, phone.device
    for one in (phone, other):
        one.exchange([], pull=False)
        assert one.ask_share()["status"] == "bad_signature"
    assert {row.author_id for row in DeviceShare.objects.all()} == {clinic["chantal"].id, clinic["diego"].id}


@pytest.mark.usefixtures("daily")
@pytest.mark.parametrize("how", ["revoked", "locked", "no_duty", "unknown", "stale"])
def test_whoever_may_not_gets_nothing(how: str, phone: Phone, clinic: Clinic) -> None:
    """AT241: a telephone that was taken back, a locked user, one without a duty, a key nobody knows and a question
    that is not asked now get no share."""
    told(phone)
    if how == "revoked":
        revoke_device(by=clinic["samir"], device=phone.device, why="stolen")
    if how == "locked":
        lock_user(by=clinic["samir"], user=phone.by.id)
    if how == "no_duty":
        end_duty(by=clinic["samir"], posting=phone.posting)
    if how == "unknown":
        phone.device = uuid4()
    phone.exchange([], pull=False)
    if how == "stale":
        phone.challenge = ""
    before = Access.objects.filter(route="sync.share").count()
    answer = phone.ask_share()
    assert "share" not in answer
    expected = {"locked": "no_duty", "unknown": "unknown_key", "stale": "again"}
    assert answer["status"] == expected.get(how, how)
    assert Access.objects.filter(route="sync.share").count() == before


@pytest.mark.usefixtures("daily")
@pytest.mark.parametrize("how", ["taken back", "replaced", "whole telephone"])
def test_taking_back_destroys_it_at_once(how: str, phone: Phone, clinic: Clinic) -> None:
    """AT242: taking a telephone back destroys its share and the key under which it lay, at once and for good: what the
    journal still holds opens with nothing, and the check of the installation finds nothing wrong."""
    share = told(phone)["id"]
    kept = Change.objects.get(kind=DeviceShare.KIND, row=share)
    assert keys_of(share) == 2
    if how == "taken back":
        revoke_device(by=clinic["samir"], device=phone.device, why="stolen")
    if how == "replaced":
        Phone(clinic["chantal"], phone=phone.phone).enrol()
    if how == "whole telephone":
        other = Phone(clinic["diego"], phone=phone.phone).enrol()
        revoke_device(by=clinic["samir"], device=other.device, why="lost", whole_phone=True)
    assert not DeviceShare.objects.filter(pk=share).exists()
    assert keys_of(share) == 0
    assert '"secret"' in kept.fields
    assert vault.is_erased(UUID(share))
    assert {entry.what.get("person") for entry in ledger.entries() if entry.kind == "erasure"} >= {share}
    assert integrity.check() == []


@pytest.mark.usefixtures("daily")
def test_a_restored_backup_gives_none_back(phone: Phone, clinic: Clinic) -> None:
    """AT243: a backup of before the revocation, restored: row and key go again before anything opens, and the
    telephone stays taken back."""
    share = told(phone)["id"]
    row = DeviceShare.objects.get(pk=share)
    keys = list(PersonKey.objects.using(KEYS).filter(person_id=row.pk))
    revoke_device(by=clinic["samir"], device=phone.device, why="stolen")
    with guard.suspended("rows of an older backup"), connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_device SET revoked_at = NULL, revoked_by = NULL, revoked_why = ''")
    with guard.suspended("rows of an older backup"):
        row.save_base(raw=True, force_insert=True)
    PersonKey.objects.using(KEYS).bulk_create(keys)
    assert DeviceShare.objects.filter(pk=share).exists()
    assert repeat_revocations() == 1
    finish_erasures()
    assert not DeviceShare.objects.filter(pk=share).exists()
    assert keys_of(share) == 0
    assert Device.objects.get(pk=phone.device).revoked_at is not None


@pytest.mark.usefixtures("daily")
def test_nobody_makes_or_destroys_that_of_another(phone: Phone, clinic: Clinic) -> None:
    """AT244: the actions themselves refuse whoever is not the user of that telephone, and one that was taken back."""
    told(phone)
    for who in ("diego", "samir", "nadia", "leila"):
        for act in (make_share, destroy_share):
            with pytest.raises(Refused):
                act(by=clinic[who], device=phone.device)
    revoke_device(by=clinic["samir"], device=phone.device, why="lost")
    with pytest.raises(Refused):
        make_share(by=phone.by, device=phone.device)


def test_turning_it_off_gives_it_once_more(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    """SY244: turned off, a telephone whose records lie under the share gets it until it says that they do not any
    more; only then it is destroyed."""
    with monkeypatch.context() as patch:
        patch.setattr(field, "terms_of", lambda code: FieldTerms(9, 60, daily_share=True))
        first = told(phone)
    off = told(phone, id=first["id"])
    assert (off["id"], off["of"], off["secret"]) == ("", first["id"], first["secret"])
    assert DeviceShare.objects.exists()
    assert "secret" not in told(phone)
    assert not DeviceShare.objects.exists()
    assert keys_of(first["id"]) == 0


@pytest.mark.usefixtures("daily")
def test_a_lost_share_is_made_anew_and_says_so(phone: Phone) -> None:
    """SY245: a server restored to before the share was made makes another one, and its name says that it is another."""
    first = told(phone)
    with guard.suspended("a backup of before"):
        DeviceShare.objects.all()._raw_delete("default")
    again = told(phone, id=first["id"], check=check_of(first["secret"]))
    assert again["id"] != first["id"]
    assert again["secret"] != first["secret"]
    assert again["kept"] is False


@pytest.mark.usefixtures("daily")
def test_a_share_whose_key_is_gone_is_made_anew(phone: Phone) -> None:
    """SY249: where the key under which it lay is gone, the answer is another share, never an error."""
    first = told(phone)
    PersonKey.objects.using(KEYS).filter(person_id=UUID(first["id"])).delete()
    vault.forget()
    again = told(phone, id=first["id"], check=check_of(first["secret"]))
    assert again["id"] not in ("", first["id"])
    assert DeviceShare.objects.count() == 1


@pytest.mark.usefixtures("daily")
def test_its_key_is_no_orphan(phone: Phone) -> None:
    """SY246: the sweep of unused keys leaves the key of a share."""
    share = UUID(told(phone)["id"])
    assert needed([share, uuid4()]) == {share}


@pytest.mark.usefixtures("daily")
def test_a_question_for_it_tells_nothing_else(phone: Phone, amal: UUID) -> None:
    """SY247: such a question is answered with what is said of the share alone; its text says nothing of anybody."""
    phone.sync()
    phone.exchange([], pull=False)
    answer = phone.ask_share()
    assert set(answer) == {"status", "lease_days", "share"}
    assert set(json.loads(answer["share"]["text"])) == {"id", "of", "secret", "kept", "until"}
