"""What was held: who sees it, what of it, and what a person does with it."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from karama.accounts.actions import end_duty, give_duty
from karama.accounts.models import Posting, User
from karama.accounts.today import lines_for
from karama.care.models import Session
from karama.journal import Absent, Actor, Refused, clock, reading
from karama.journal.models import Entry
from karama.journal.visibility import visible_to
from karama.people.actions import assign, hide_from
from karama.security import courier
from karama.security.identifiers import uuid7
from karama.sync.access import SEE_HELD
from karama.sync.actions import enter_held, set_aside
from karama.sync.models import HeldOperation, HeldStep
from karama.sync.problems import AlreadySettled, SayWhy, StillRefused
from karama.sync.queries import held_file, held_page, held_waiting
from karama.ui import dates
from karama.ui.addresses import reverse
from tests.accounts.signing import browser
from tests.people.conftest import Clinic
from tests.sync.phone import Phone


def _supervising(clinic: Clinic, name: str = "nadia") -> Any:
    return reading(by=clinic[name], purpose="supervision", route="tests.sync")


@pytest.fixture
def kept(phone: Phone, clinic: Clinic, amal: UUID) -> UUID:
    """A session of Chantal's about somebody who is on Diego's caseload alone."""
    person = clinic.register("diego", first="Someone", last="Else")
    phone.do("care.record_session", person=person, attended="absent", next_step="sooner")
    phone.sync()
    return HeldOperation.objects.get().id


def test_the_supervisor_of_the_author_sees_it(clinic: Clinic, kept: UUID) -> None:
    """SY080: what was held stands before the supervisor of the author's site, on Today too, and before nobody else."""
    other = clinic.hire("omar", "supervisor", clinic.elsewhere)
    for name, actor in clinic.actors.items():
        with _supervising(clinic, name):
            there = name == "nadia"
            assert [one.id for one in held_waiting(actor)] == ([kept] if there else [])
            if not there:
                with pytest.raises(Absent):
                    held_page(actor, kept)
                with pytest.raises(Refused):
                    set_aside(by=actor, held=kept, reason="x")
    assert _within_reach(clinic["nadia"]) == [kept]
    assert _within_reach(other) == [], "the policy by itself lets her in: whom it falls to is a second question"
    words = [str(line.words) for line in lines_for(clinic["nadia"])]
    assert "Sent from a telephone, not entered yet" in words


def _within_reach(by: Actor) -> list[UUID]:
    """What the policy of what was held opens to her, before it is asked whom it falls to."""
    rows = HeldOperation.objects.all()
    found = visible_to(
        rows, by=by, policy=SEE_HELD, purpose="supervision", now=clock.now(), attributes={"site": "site_id"}
    )
    return [one.id for one in found]


def test_its_words_are_for_whoever_may_see_the_person(clinic: Clinic, kept: UUID) -> None:
    """SY081: the supervisor reads what was sent; where the person does not exist for her, only that something came."""
    nadia = clinic["nadia"]
    with _supervising(clinic):
        page = held_page(nadia, kept)
        assert ("next step", "sooner") in (page.content or [])
        assert held_file(nadia, kept)["operation"]
    person = HeldOperation.objects.get().person_id
    hide_from(by=clinic["leila"], person=person, user=nadia.id, reason="relative")
    with _supervising(clinic):
        page = held_page(nadia, kept)
        assert page.content is None
        assert page.line.code == ""
        with pytest.raises(Absent):
            held_file(nadia, kept)


def test_entered_after_all(clinic: Clinic, phone: Phone, kept: UUID) -> None:
    """SY082: when what stood in its way is put right, it is entered in its author's name, once, and she is told."""
    nadia, person = clinic["nadia"], HeldOperation.objects.get().person_id
    with pytest.raises(StillRefused):
        enter_held(by=nadia, held=kept)
    assert not HeldStep.objects.exists()
    assign(by=nadia, person=person, user=clinic["chantal"].id, role="member")
    enter_held(by=nadia, held=kept)
    session = Session.objects.get()
    entry = Entry.objects.get(op_id=HeldOperation.objects.get().op_id)
    assert session.author_id == entry.actor_id == clinic["chantal"].id
    with pytest.raises(AlreadySettled):
        enter_held(by=nadia, held=kept)
    phone.outbox, phone.receipts = list(phone.retained), {}
    phone.sync()
    assert {one["outcome"] for one in phone.receipts.values()} == {"done"}
    assert phone.fields("", HeldStep.KIND) == [{"held": str(kept), "step": "entered"}]
    assert Session.objects.count() == 1


def test_somebody_new_is_read_by_the_supervisor(clinic: Clinic, phone: Phone) -> None:
    """SY161: who is not known here yet is hidden from nobody: her supervisor reads the registration that was held."""
    end_duty(by=clinic["samir"], posting=phone.posting)
    phone.do("people.register_person", person=uuid7(), site=clinic.here.id, identity_mode="alias", called="Zaynab")
    phone.sync()
    row = HeldOperation.objects.get()
    assert row.person_id is not None
    with _supervising(clinic):
        page = held_page(clinic["nadia"], row.id)
    told = dict(page.content or [])
    assert (told["What to call the person"], told["identity mode"]) == ("Zaynab", "alias")
    assert str(clinic.here.id) not in told.values()
    assert page.may_enter
    with _supervising(clinic, "leila"):
        assert held_waiting(clinic["leila"]) == []


def test_a_duty_that_is_given_again(phone: Phone, clinic: Clinic, amal: UUID) -> None:
    """SY160: the same duty at the same place, given again: her telephone goes on, and what was held is entered by her
    supervisor; another duty, or the same elsewhere, opens nothing to it."""
    phone.sync()
    op, ended = phone.do("care.record_session", person=amal, attended="absent"), Posting.objects.get(pk=phone.posting)
    end_duty(by=clinic["samir"], posting=phone.posting)
    phone.sync()
    told: dict[str, Any] = {"user": phone.by.id, "programme": ended.programme_id, "work_alias": "Chantal"}
    give_duty(by=clinic["samir"], duty=ended.duty, site=clinic.elsewhere.id, **told)
    give_duty(by=clinic["samir"], duty="volunteer", site=ended.site_id, **told)
    phone.sync()
    assert phone.status_told == "no_duty"
    give_duty(by=clinic["samir"], duty=ended.duty, site=ended.site_id, **told)
    phone.sync()
    assert phone.status_told == "ok"
    assign(by=clinic["nadia"], person=amal, user=phone.by.id, role="member")
    enter_held(by=clinic["nadia"], held=HeldOperation.objects.get().id)
    assert Entry.objects.get(op_id=op).actor_id == phone.by.id


def test_set_aside_with_a_reason(clinic: Clinic, kept: UUID) -> None:
    """SY083: whoever sets it aside says why; it stays readable, and the reason stands under seal."""
    nadia = clinic["nadia"]
    with pytest.raises(SayWhy):
        set_aside(by=nadia, held=kept, reason="  ")
    set_aside(by=nadia, held=kept, reason="Entered on paper")
    with _supervising(clinic):
        assert held_waiting(nadia) == []
        assert held_page(nadia, kept).content
    with pytest.raises(AlreadySettled):
        enter_held(by=nadia, held=kept)
    assert HeldOperation.objects.get().content is not None
    assert b"paper" not in bytes(HeldStep.objects.get().reason)


def test_nobody_settles_her_own(clinic: Clinic) -> None:
    """SY084: what a supervisor sent herself another one looks at."""
    phone = Phone(clinic["nadia"]).enrol()
    phone.do("care.record_session", person=uuid7(), attended="absent")
    phone.sync()
    with _supervising(clinic):
        assert held_waiting(clinic["nadia"]) == []
        with pytest.raises(Absent):
            held_page(clinic["nadia"], HeldOperation.objects.get().id)


def test_the_pages(clinic: Clinic, kept: UUID) -> None:
    """SY085: list, page, file and both decisions work in a browser; whoever is no supervisor finds nothing there."""
    mine = browser(User.objects.get(id=clinic["nadia"].id))
    assert str(kept) in mine.get(reverse("sync:held")).content.decode()
    url = reverse("sync:held_one", args=[kept])
    assert "sooner" in mine.get(url).content.decode()
    file = mine.get(reverse("sync:held_file", args=[kept])).content
    assert b"refused" not in file
    assert json.loads(courier.opened(file))["why"] == "refused"
    assert mine.post(url, {"do": "enter"}).status_code == 422
    assert mine.post(url, {"do": "aside", "reason": ""}).status_code == 422
    assert mine.post(url, {"do": "aside", "reason": "On paper"}).status_code == 302
    assert mine.get(reverse("sync:conflicts")).status_code == 200
    other = browser(User.objects.get(id=clinic["chantal"].id))
    assert other.get(url).status_code == 404
    assert other.get(reverse("sync:held")).status_code == 404


def test_the_door_for_telephones(clinic: Clinic, phone: Phone, amal: UUID) -> None:
    """SY086: over the web, packed both ways and without a cookie; what cannot be read is said, and nothing is kept."""
    import gzip

    client = Client(enforce_csrf_checks=True)

    def over_the_web(body: bytes) -> bytes:
        answer = client.post(
            "/field/sync", gzip.compress(body), content_type="application/json", headers={
                "Content-Encoding": "gzip", "Accept-Encoding": "gzip",
            },
        )  # fmt: skip
        assert answer.status_code == 200
        assert answer["Content-Encoding"] == "gzip"
        assert not answer.cookies
        assert answer["Cache-Control"].count("no-store")
        return gzip.decompress(answer.content)

    phone.server = over_the_web
    op = phone.do("care.record_session", person=amal, attended="absent")
    phone.sync()
    assert phone.outcome(op) == "done"
    assert str(amal) in phone.files
    entries = Entry.objects.count()
    bomb = gzip.compress(b'{"v": 1, "x": "' + b" " * 40_000_000 + b'"}')
    tries = [(b"", ""), (b"{", ""), (b'{"v": 2}', ""), (b"not packed", "gzip"), (bomb, "gzip"), (b"x" * 3_000_000, "")]
    for body, encoding in tries:
        headers = {"Content-Encoding": encoding} if encoding else {}
        answer = client.post("/field/sync", body, content_type="application/json", headers=headers)
        assert answer.status_code in (400, 413)
        assert set(json.loads(answer.content)) == {"v", "contract", "code", "what", "do"}
    assert client.get("/field/sync").status_code == 405
    assert Entry.objects.count() == entries


@pytest.mark.parametrize("clock", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
def test_whatever_its_clock_said_its_page_opens(clock: str, clinic: Clinic, phone: Phone) -> None:
    """SY311: a clock at the end of all times breaks no page: what was held is read and set aside as always."""
    phone.clock = lambda: clock
    phone.do("care.record_session", person=clinic.register("diego", first="Someone", last="Else"), attended="absent")
    phone.sync()
    page = reverse("sync:held_one", args=[HeldOperation.objects.get().id])
    assert browser(User.objects.get(id=clinic["nadia"].id)).get(page).status_code == 200
    with timezone.override("Asia/Baghdad"):
        assert dates.moment(HeldOperation.objects.get().device_at)


def test_the_author_is_told_of_what_this_version_cannot_read(clinic: Clinic, phone: Phone, amal: UUID) -> None:
    """SY312: an operation of a newer app is held under the id its author knows it by, so that her telephone goes on
    telling it as held until somebody has decided, and then what was decided."""
    op = phone.do("care.record_session", person=amal, attended="absent")
    phone.unsigned[-1] = phone.unsigned[-1].replace('"v":1', '"v":2', 1)
    phone.sync()
    row = HeldOperation.objects.get()
    assert row.why == "unreadable"
    assert [one["op_id"] for one in phone.fields("", HeldOperation.KIND)] == [str(op)]
    set_aside(by=clinic["nadia"], held=row.id, reason="On paper")
    phone.outbox, phone.receipts = list(phone.retained), {}
    phone.sync()
    assert {one["outcome"] for one in phone.receipts.values()} == {"held"}
    assert phone.fields("", HeldStep.KIND) == [{"held": str(row.id), "step": "set_aside"}]
