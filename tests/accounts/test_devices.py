"""Telephones: let in by a code shown once, seen and taken back by the right people, and for good."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.db import connection
from django.test import Client

from karama.accounts.actions import enrol_device, offer_enrolment, revoke_device
from karama.accounts.actions.devices import proof
from karama.accounts.jobs import repeat_revocations
from karama.accounts.models import Device, EnrolmentCode, Posting
from karama.accounts.problems import EnrolmentFailed, NotByTelephone
from karama.accounts.queries.devices import acting, devices_of, signer
from karama.journal import Refused, guard
from karama.journal.clock import now
from karama.journal.models import Entry
from karama.security import signing
from karama.security.identifiers import uuid7
from karama.sync import wire
from karama.ui.addresses import reverse
from tests.accounts.signing import browser
from tests.programme.house import House


def _posting(house: House, name: str) -> UUID:
    return Posting.objects.get(user_id=house[name].id).id


def _code(house: House, name: str = "chantal") -> str:
    return str(offer_enrolment(by=house[name], posting=_posting(house, name)).value.code)


def _told(code: str, *, phone: UUID | None = None, key: Any = None, device: UUID | None = None) -> dict[str, Any]:
    key, device, phone = key or signing.new_key(), device or uuid7(), phone or uuid7()
    point = signing.point_of(key)
    signed = wire.b64(signing.signed_by(key, proof(code, device, phone, point)))
    return {"device": device, "phone": phone, "public_key": wire.b64(point), "code": code, "proof_of_key": signed}


def _enrolled(house: House, name: str = "chantal", **more: Any) -> Device:
    made: Device = enrol_device(by=house[name], **_told(_code(house, name), **more)).value
    return made


def _post(told: dict[str, Any]) -> Any:
    sent = {"v": 1, **told, "proof": told["proof_of_key"]}
    del sent["proof_of_key"]
    return Client().post("/field/enrol", json.dumps(sent, default=str), content_type="application/json")


def test_a_telephone_is_let_in_once(house: House) -> None:
    """AC150: with the code a telephone is let in without a sign-in, told this server's key, and never a second time."""
    told = _told(_code(house).lower().replace("-", " "))
    answer = _post(told)
    assert answer.status_code == 200
    welcome = answer.json()
    assert (welcome["device"], welcome["user"]) == (str(told["device"]), str(house["chantal"].id))
    assert [one["duty"] for one in welcome["postings"]] == ["community_agent"]
    assert wire.from_b64(welcome["server_key"]) == signing.own_public_key()
    assert EnrolmentCode.objects.get().used_at is not None
    assert _post({**_told(told["code"])}).status_code == 400
    assert Device.objects.count() == 1


def test_the_duty_of_the_code_comes_first(house: House) -> None:
    """AC151: with two duties, the one in which the code was drawn comes first; one that needs a second factor, which is
    nothing for a telephone, is not told."""
    from karama.accounts.actions import give_duty

    told = {"user": house["chantal"].id, "work_alias": "C", "programme": house.programme.id}
    give_duty(by=house["samir"], duty="data_import", **told)
    later = give_duty(by=house["samir"], duty="supervisor", site=next(iter(house["chantal"].sites)), **told).value
    for posting, duties in ((later.id, ["supervisor", "community_agent"]), (None, ["community_agent", "supervisor"])):
        drawn = posting or _posting_of(house, "community_agent")
        code = offer_enrolment(by=house["chantal"], posting=drawn).value.code
        assert [one["duty"] for one in _post(_told(code)).json()["postings"]] == duties


def test_a_telephone_of_somebody_is_not_let_in_for_another(house: House) -> None:
    """AC152: a telephone that says whose it is takes no code of another account: nothing is made, the answer is one
    for all, and the code still serves its owner."""
    code, nadia = _code(house), house["nadia"].id
    answer = _post(_told(code) | {"user": nadia})
    assert (answer.status_code, answer.json()["code"]) == (400, "accounts.enrolment_failed")
    assert not Device.objects.exists()
    assert EnrolmentCode.objects.get().used_at is None
    assert _post(_told(code) | {"user": "nobody"}).status_code == 400
    assert _post(_told(code) | {"user": house["chantal"].id}).status_code == 200


@pytest.mark.parametrize("how", ["wrong", "old", "replaced", "no_key", "foreign_proof", "ended", "nothing"])
def test_whatever_is_wrong_the_answer_is_one(how: str, house: House) -> None:
    """AC141: a wrong, old, replaced or ended code, a key that is none or not proved: one answer, nobody let in."""
    told = _told(_code(house))
    after = timedelta(0)
    if how == "wrong":
        told = _told("2222-3333-4444")
    if how == "old":
        after = timedelta(minutes=16)
    if how == "replaced":
        _code(house)
    if how == "no_key":
        told["public_key"] = "AAAA"
    if how == "foreign_proof":
        told["proof_of_key"] = _told(told["code"])["proof_of_key"]
    if how == "ended":
        from karama.accounts.actions import end_duty

        end_duty(by=house["samir"], posting=_posting(house, "chantal"))
    if how == "nothing":
        told["code"] = ""
    with time_machine.travel(now() + after, tick=True):
        answer = _post(told)
    assert answer.status_code == 400
    assert answer.json()["code"] == "accounts.enrolment_failed"
    assert not Device.objects.exists()


def test_only_the_digest_of_a_code_is_kept(house: House) -> None:
    """AC142: neither the code nor anything that could be tried without the keyring stands in the database."""
    code = _code(house)
    kept = json.dumps(list(EnrolmentCode.objects.values()), default=str) + json.dumps(
        list(Entry.objects.values_list("action", "digest")), default=str
    )
    assert code not in kept
    assert code.replace("-", "") not in kept


def test_a_second_key_on_one_telephone_replaces_the_first(house: House) -> None:
    """AC143: who is let in again on the same telephone has one key there; a colleague who shares it keeps hers."""
    phone = uuid7()
    first, other = _enrolled(house, phone=phone), _enrolled(house, "nadia", phone=phone)
    second = _enrolled(house, phone=phone)
    states = dict(Device.objects.values_list("id", "revoked_why"))
    assert states == {first.id: "replaced", other.id: "", second.id: ""}


def test_a_key_belongs_to_one_user(house: House) -> None:
    """AC144: neither a key nor an id that is taken is let in a second time, for anybody."""
    key, device = signing.new_key(), uuid7()
    _enrolled(house, key=key, device=device)
    for more in ({"key": key}, {"device": device}):
        with pytest.raises(EnrolmentFailed):
            _enrolled(house, "nadia", **more)


def test_a_duty_with_a_second_factor_has_no_telephone(house: House) -> None:
    """AC145: whoever administers or exports draws no code, and acts in no such duty from a telephone."""
    with pytest.raises(NotByTelephone):
        offer_enrolment(by=house["samir"], posting=_posting(house, "samir"))
    device = _enrolled(house)
    from karama.accounts.actions import give_duty

    made = give_duty(
        by=house["samir"], user=house["chantal"].id, duty="data_import", work_alias="C", programme=house.programme.id,
    ).value  # fmt: skip
    found = signer(device.id)
    assert found is not None
    assert acting(found, _posting_of(house, "community_agent")).current
    assert not acting(found, made.id).current


def _posting_of(house: House, duty: str) -> UUID:
    return Posting.objects.get(user_id=house["chantal"].id, duty=duty).id


def test_who_sees_and_takes_back(house: House) -> None:
    """AC146: a telephone is seen and taken back by its user, the administrator within reach and the data protection
    officer, and by nobody else."""
    device = _enrolled(house)
    seen = {name for name in house.actors if devices_of(house[name], house["chantal"].id)}
    assert seen == {"chantal", "samir", "leila"}
    for name in ("nadia", "diego", "tunde", "rojin"):
        with pytest.raises(Refused):
            revoke_device(by=house[name], device=device.id, why="lost")
        page = browser(house.user(name)).get(reverse("accounts:revoke_device", args=[device.id]))
        absent = browser(house.user(name)).get(reverse("accounts:revoke_device", args=[uuid7()]))
        assert (page.status_code, page.content) == (404, absent.content)
    revoke_device(by=house["samir"], device=device.id, why="stolen")
    found = signer(device.id)
    assert found is not None
    assert found.revoked_at is not None


def test_a_whole_telephone(house: House) -> None:
    """AC147: a stolen telephone is taken back for everybody who shares it as far as the administrator reaches; its user
    alone takes back only her own part.
    """
    phone = uuid7()
    own, other = _enrolled(house, phone=phone), _enrolled(house, "nadia", phone=phone)
    revoke_device(by=house["chantal"], device=own.id, why="lost", whole_phone=True)
    assert Device.objects.get(pk=other.id).revoked_at is None
    revoke_device(by=house["samir"], device=other.id, why="stolen", whole_phone=True)
    assert Device.objects.filter(revoked_at__isnull=True).count() == 0


def test_taken_back_for_good(house: House) -> None:
    """AC148: a telephone taken back after the backup was written is taken back again after a restore of that backup."""
    device = _enrolled(house)
    revoke_device(by=house["samir"], device=device.id, why="stolen")
    with guard.suspended("rows of an older backup"), connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_device SET revoked_at = NULL, revoked_by = NULL, revoked_why = ''")
    assert Device.objects.get(pk=device.id).revoked_at is None
    assert repeat_revocations() == 1
    assert Device.objects.get(pk=device.id).revoked_at is not None
    assert repeat_revocations() == 0


def test_the_pages_of_a_telephone(house: House) -> None:
    """AC149: the code is shown once on its page, the telephone on the account page, and taken back with a reason."""
    mine = browser(house.user("chantal"))
    url = reverse("accounts:new_device")
    assert mine.get(url).status_code == 200
    shown = mine.post(url)
    code = shown.context["made"].code
    assert code in shown.content.decode()
    assert code not in mine.get(url).content.decode()
    made = enrol_device(by=house["chantal"], **_told(code)).value
    take_back = reverse("accounts:revoke_device", args=[made.id])
    assert take_back in mine.get(reverse("accounts:me")).content.decode()
    assert mine.post(take_back, {"why": ""}).status_code == 422
    assert mine.post(take_back, {"why": "lost"}).status_code == 302
    assert mine.get(take_back).status_code == 200
    assert mine.post(reverse("accounts:new_device")).status_code == 200
    other = browser(house.user("samir"))
    assert other.post(url).status_code == 422
    assert other.get(url).status_code == 200
    colleague = reverse("accounts:colleague", args=[house["chantal"].id])
    assert "taken back" in other.get(colleague).content.decode()
