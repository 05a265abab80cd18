"""Files of couriers: sealed by the telephone's own code under Node, opened and received by the real server."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client

from karama.accounts.actions import revoke_device
from karama.accounts.models import User
from karama.care.models import Session
from karama.journal.models import Entry
from karama.safety.models import Alert, AlertSource
from karama.security import courier as keys
from karama.security import digests, keyring, places, signing, vault
from karama.sync import courier, wire
from karama.sync.courier import Brought, bring
from karama.sync.models import HeldOperation
from karama.sync.problems import FileChanged, FileTooLarge, ForAnother, NoCourierFile
from karama.sync.receiving import Tally
from karama.ui.addresses import reverse
from tests.accounts.signing import browser
from tests.field.node import ROOT, node
from tests.people.conftest import Clinic
from tests.security.test_courier import sealed_here
from tests.sync.phone import Phone


def sealed(uploads: list[Any], *, key: bytes | None = None, installation: str | None = None) -> bytes:
    """What the telephone's own code makes of these uploads."""
    told = {
        "key": wire.b64(key or keys.public_key()),
        "installation": places.installation_id() if installation is None else installation,
        "uploads": uploads,
    }
    asked = [node(), "--disable-warning=ExperimentalWarning", "tests/field/sealing.ts"]
    run = subprocess.run(asked, cwd=ROOT, input=json.dumps(told), capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stderr
    return wire.from_b64(run.stdout)


def waiting(phone: Phone) -> list[Any]:
    """What a telephone has signed and not sent."""
    phone.group(1)
    return [group.upload(phone.device) for group in phone.outbox]


def _session(phone: Phone, person: UUID) -> UUID:
    return phone.do("care.record_session", person=person, attended="absent")


def _counts() -> tuple[int, ...]:
    return (Entry.objects.count(), Session.objects.count(), Alert.objects.count(), HeldOperation.objects.count())


def test_a_carried_file_is_as_if_it_were_sent(phone: Phone, clinic: Clinic, amal: UUID) -> None:
    """SY170: work in a file is done in its author's name, a worry in it is an alert of its author; the same file again
    counts nothing; her own telephone offers the same and has its receipts."""
    op, worry = _session(phone, amal), phone.do("safety.raise_worry", person=amal, kind="suicide", words="words")
    other = phone.do("care.record_session", person=clinic.register("tunde", first="A", last="B"), attended="absent")
    file = sealed(waiting(phone))
    assert b"record_session" not in file
    assert bring(file) == Brought(Tally(done=2, held=1))
    entry = Entry.objects.get(op_id=op)
    assert (entry.actor_id, entry.device_id) == (phone.by.id, phone.device)
    source = AlertSource.objects.get()
    assert (source.author_id, source.source, Alert.objects.get().person_id) == (phone.by.id, "worry", amal)
    before = _counts()
    assert bring(file) == Brought(Tally(known=3))
    assert [phone.outcome(one) for one in (op, worry, other)] == ["waiting"] * 3
    phone.sync(pull=False)
    assert [phone.outcome(one) for one in (op, worry, other)] == ["done", "done", "held"]
    assert _counts() == before


def test_one_bad_upload_is_in_nobodys_way(phone: Phone, amal: UUID) -> None:
    """SY171: what is no upload, what nobody signed and what comes from a stranger is left alone and said; the rest is
    received."""
    stranger = Phone(phone.by)
    for one in (phone, stranger):
        _session(one, amal)
    (good,), (strange,) = waiting(phone), waiting(stranger)
    spoiled = {**good, "operations": [good["operations"][0].replace("absent", "staff")]}
    bad: list[Any] = [{}, None, 7, [], {**good, "key": "x"}, {**good, "operations": ["\ud83d"]}, spoiled, strange]
    found = bring(sealed([*bad[:4], good, *bad[4:]]))
    assert found == Brought(Tally(done=1), untouched=len(bad))
    assert not found.whole
    assert Session.objects.count() == 1


def test_what_breaks_is_in_nobodys_way(phone: Phone, clinic: Clinic, amal: UUID, monkeypatch: Any) -> None:
    """SY177: an upload that breaks in a way nobody foresaw leaves the others received; when the database is away
    nothing is said, so that the file is tried again later."""
    nadia = Phone(clinic["nadia"]).enrol()
    for one in (nadia, phone):
        _session(one, amal)
    file = sealed([*waiting(nadia), *waiting(phone)])

    def breaks(upload: wire.Upload, real: Any = courier.received) -> Any:
        if upload.key == nadia.device:
            raise wrong
        return real(upload)

    monkeypatch.setattr(courier, "received", breaks)
    wrong: Exception = ZeroDivisionError()
    assert bring(file) == Brought(Tally(done=1), untouched=1)
    wrong = OperationalError()
    with pytest.raises(OperationalError):
        bring(file)
    monkeypatch.undo()
    assert bring(file) == Brought(Tally(done=1, known=1))


def test_a_file_of_a_revoked_telephone(phone: Phone, clinic: Clinic, amal: UUID) -> None:
    """SY172: what a telephone signed that was taken back since is held, as when it sends; its alert is raised."""
    op = _session(phone, amal)
    phone.do("safety.raise_worry", person=amal, kind="suicide", words="words")
    file = sealed(waiting(phone))
    revoke_device(by=clinic["samir"], device=phone.device, why="lost")
    assert bring(file) == Brought(Tally(done=1, held=1))
    assert (HeldOperation.objects.get().op_id, HeldOperation.objects.get().why) == (op, "revoked")
    assert Alert.objects.count() == 1


def test_what_cannot_be_opened_says_why(phone: Phone, amal: UUID) -> None:
    """SY173: a cut, changed or foreign file, one moved here from another installation, and one too large are refused,
    each with its problem, over the web as well; nothing is written and nothing breaks."""
    _session(phone, amal)
    uploads = waiting(phone)
    file = sealed(uploads)
    foreign = sealed(uploads, key=signing.point_of(signing.new_key()))
    moved = sealed(uploads, installation="another")
    bomb = sealed_here(gzip.compress(b" " * 40_000_000))
    plain = [
        b"{",
        b"[]",
        b'{"v":2,"uploads":[]}',
        b'{"v":1}',
        b'{"v":1,"uploads":{}}',
        b"\xff",
        b"\x1f\x8bx",
        gzip.compress(b"x")[:10] + b"\xff" * 20,
    ]
    many = json.dumps({"v": 1, "uploads": [0] * (courier.MOST_CARRIED + 1)}).encode()
    wrong: list[tuple[bytes, type[Exception]]] = [
        (b"", NoCourierFile), (b"KRMC1", NoCourierFile), (file[:100], NoCourierFile), (b"X" + file, NoCourierFile),
        (foreign, ForAnother), (moved, FileChanged), (bomb, NoCourierFile), (file[:-1], FileChanged),
        (file + b"\0" * courier.LARGEST_FILE, FileTooLarge), *[(sealed_here(one), NoCourierFile) for one in plain],
        (sealed_here(many), NoCourierFile), (sealed_here(b"[" * 200_000), NoCourierFile),
    ]  # fmt: skip
    for place in (keys.POINT_AT, keys.POINT_AT + 5, keys.NONCE_AT, keys.HEAD_BYTES, len(file) - 1):
        wrong.append((file[:place] + bytes([file[place] ^ 1]) + file[place + 1 :], FileChanged))
    before, client = _counts(), Client(enforce_csrf_checks=True)
    for content, problem in wrong:
        with pytest.raises(problem):
            bring(content)
        answer = client.post("/field/courier", content, content_type="application/octet-stream")
        assert answer.status_code in (400, 413)
        assert set(json.loads(answer.content)) == {"v", "contract", "code", "what", "do"}
    assert client.get("/field/courier").status_code == 405
    assert _counts() == before


def test_the_carrier_is_told_that_it_came_and_nothing_else(phone: Phone, amal: UUID) -> None:
    """SY174: the reply over the web names the file and says whole or partly under the server's signature; who carried
    it learns neither whose nor how many, and the same file later has the same reply."""
    _session(phone, amal)
    uploads = waiting(phone)
    client = Client(enforce_csrf_checks=True)
    for file, whole in ((sealed(uploads), True), (sealed([*uploads, {}]), False)):
        replies = [client.post("/field/courier", file, content_type="application/octet-stream") for _time in range(2)]
        assert replies[0].json().keys() == replies[1].json().keys()
        assert not replies[0].cookies
        told = json.loads(replies[0].content)
        signature = wire.from_b64(told.pop("signature"))
        assert told == {"v": 1, "file": wire.b64(digests.sha256(file)), "whole": whole}
        content = signing.message(courier.CARRIED, digests.sha256(file), b"whole" if whole else b"partly")
        assert signing.verified(signing.own_public_key(), signature, content)
    assert Session.objects.count() == 1


def test_the_page_at_a_desk(phone: Phone, clinic: Clinic, amal: UUID) -> None:
    """SY175: a colleague at a desk brings a file in: she sees how many pieces came and were here already, never whose;
    what is no file is a clear problem on the page; who is signed in nowhere is not let in."""
    _session(phone, amal)
    file = sealed(waiting(phone))
    url, client = reverse("sync:courier"), browser(User.objects.get(id=clinic["tunde"].id))
    said = []
    for _time in range(2):
        page = client.post(url, {"file": SimpleUploadedFile("agenda.bin", file)}).content.decode()
        said.append(re.findall(r'class="notice good".*?</div>', page, re.S)[0])
        for secret in (str(amal), "Chantal", "chantal", "Amal", "record_session"):
            assert secret not in page
    assert "1 piece of work was taken in." in said[0]
    assert "1 was here already." in said[1]
    assert Session.objects.count() == 1
    large = SimpleUploadedFile("agenda.bin", b"x" * (courier.LARGEST_FILE + 1))
    larger = SimpleUploadedFile("agenda.bin", b"x" * (2 * courier.LARGEST_FILE))
    for wrong in (SimpleUploadedFile("agenda.bin", b"no"), SimpleUploadedFile("agenda.bin", b""), large, larger, ""):
        answer = client.post(url, {"file": wrong})
        assert answer.status_code == 422
        assert 'aria-invalid="true"' in answer.content.decode()
    assert client.get(url).status_code == 200
    assert Client().get(url).status_code == 302


def test_the_key_is_the_installations_own(phone: Phone, clinic: Clinic) -> None:
    """SY176: the public half travels with what the programme is; it is the same after the process forgot its keys, is
    another for another installation key, and the private half is no signing key of anybody."""
    phone.asks_knowledge = True
    phone.sync()
    told = phone.knows("programme")["courierKey"]
    assert wire.from_b64(told) == keys.public_key()
    vault.forget()
    assert wire.from_b64(told) == keys.public_key() != signing.own_public_key()
    secret = keyring.keyring().current(keyring.INSTALLATION).secret
    other = signing.derived(bytes(byte ^ 1 for byte in secret), "courier", "file")
    assert signing.point_of(other) != keys.public_key()
