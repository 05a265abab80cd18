"""The data protection officer's page (J14), and the pages of this room in a browser."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from karama.accounts.models import User
from karama.care.actions import open_episode, record_session
from karama.journal import clock, reading
from karama.knowledge.pack_rights import RecordKeeping
from karama.people.actions import break_glass, close_file, hide_from, record_consent, withdraw_consent
from karama.people.models import Consent
from karama.people.overseeing import every_list
from karama.people.queries import person_page
from karama.people.queries.lapsing import ended_lines, lapsed_consents, not_executed, withdrawn_consents
from karama.people.registries import Executed, on_withdrawal
from karama.programme.actions import add_partner
from karama.programme.days import today_at
from karama.voice import packs, queries
from karama.voice.actions import approve_deletion
from karama.voice.queries import retention
from tests.accounts import signing
from tests.voice.conftest import Clinic, amal, asked, clinic, granted, prepared

__all__ = ["amal", "clinic"]


def test_reads_outside_the_own_caseload(clinic: Clinic, amal: UUID) -> None:
    """VO050: who opened people she does not work with is counted by colleague, people once each; her own people, what
    a search compared, and last week's are not."""
    luz = clinic.register("chantal", first="Luz")
    with reading(by=clinic["chantal"], purpose="care", route="people.person"):
        person_page(clinic["chantal"], amal)
    for route, person in (("people.person", amal), ("people.person", amal), ("people.search", luz)):
        with reading(by=clinic["nadia"], purpose="supervision", route=route):
            person_page(clinic["nadia"], person)
    found = queries.reads_outside(clinic["leila"])
    assert [(one.alias, one.duty, one.people) for one in found] == [("Nadia", "supervisor", 1)]
    from dataclasses import replace

    assert queries.reads_outside(replace(clinic["leila"], programmes=frozenset({UUID(int=4)}))) == []
    import time_machine

    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert queries.reads_outside(clinic["leila"]) == []


def test_withdrawn_and_whether_executed_everywhere(clinic: Clinic, amal: UUID) -> None:
    """VO051: a withdrawal that is still to be executed somewhere comes first, however old; a yes that ends within 30
    days or has lapsed stands there until it is asked again."""
    by = clinic["chantal"]
    partner = add_partner(by=clinic["samir"], name="Hospital of the partners").record
    shared = {"recipient": "partner_health", "organisation": partner, "data_classes": ["general"]}

    def answer(*, by: object, person: UUID, purpose: str, consent: Consent) -> list[Executed]:
        return [Executed("a health service", "pending")] if purpose == "share" else []

    on_withdrawal.register("tests_of_voice", answer)
    try:
        for purpose in ("share", "report"):
            more = shared if purpose == "share" else {}
            fact = record_consent(by=by, person=amal, purpose=purpose, decision="yes", method="verbal", **more).record
            withdraw_consent(by=by, person=amal, consent=fact)
    finally:
        del on_withdrawal._answers["tests_of_voice"]
    since, leila = clock.now() - timedelta(days=90), clinic["leila"]
    found = ended_lines(withdrawn_consents(leila, since))
    assert [(one.purpose, one.pending, one.is_open) for one in found][0] == ("share", 1, True)
    assert {one.purpose for one in found} == {"share", "report"}
    assert not_executed(leila) == 1
    ends = clock.now() + timedelta(days=40)
    record_consent(by=by, person=amal, purpose="photo", decision="yes", method="verbal", expires_at=ends)
    assert list(lapsed_consents(leila, since)) == []
    import time_machine

    for days in (20, 41):
        with time_machine.travel(timezone.now() + timedelta(days=days)):
            assert [one.purpose for one in lapsed_consents(leila, since)] == ["photo"]
    with time_machine.travel(timezone.now() + timedelta(days=120)):
        later = clock.now() - timedelta(days=90)
        assert [one.purpose for one in withdrawn_consents(leila, later)] == ["share"], "what is open never gets too old"
        record_consent(by=by, person=amal, purpose="photo", decision="yes", method="verbal")
        assert list(lapsed_consents(leila, since)) == []


def test_the_newest_backup(clinic: Clinic, tmp_path: Path, settings: Any) -> None:
    """VO052: the newest backup of the folder is shown with its day; without a folder it is not known, never "today"."""
    settings.KARAMA_BACKUPS = None
    assert queries.kept(clinic["leila"]).backup_on is None
    for name in ("20260102T030405-abcd.data.age", "20260301T030405-abcd.data.age", "notes.data.age"):
        (tmp_path / name).write_bytes(b"")
    settings.KARAMA_BACKUPS = tmp_path
    assert str(queries.kept(clinic["leila"]).backup_on) == "2026-03-01"


def test_the_page_in_few_queries(clinic: Clinic, amal: UUID) -> None:
    """VO053: the officer's page needs at most two queries for each of her lists, for however many people; nothing
    clinical."""
    by = clinic["chantal"]
    open_episode(by=by, person=amal)
    record_session(by=by, person=amal, attended="came", modality="in_person", risk_asked="yes", words="Qzclinical")
    erased = clinic.register(first="Luz", last="Mena")
    approve_deletion(by=clinic["nadia"], rights=prepared(clinic, erased))
    asked(clinic, amal)
    fact = record_consent(by=by, person=amal, purpose="report", decision="yes", method="verbal").record
    withdraw_consent(by=by, person=amal, consent=fact)
    client = signing.browser(User.objects.get(pk=clinic["leila"].id))
    client.get("/people/erasures/")
    bare, _answer = _asked_for(client, "/people/erasures/")
    first, answer = _asked_for(client, "/rights/")
    for number in range(5):
        other = clinic.register(first=f"Luz {number}", last="Mena")
        asked(clinic, other)
    second, _answer = _asked_for(client, "/rights/")
    assert answer.status_code == 200
    assert b"Qzclinical" not in answer.content
    assert b"Haddad" not in answer.content
    assert len(second) == len(first)
    own = len(first) - (len(bare) - ERASURES)
    assert own + OF_THE_KEYS <= 2 * len(every_list()) + 4, [one[:160] for one in first]


ERASURES, OF_THE_KEYS = 2, 1
"""Queries of the page of erasures besides the frame of every page; and of the key database, for the rotation."""


def _asked_for(client: Client, address: str) -> tuple[list[str], Any]:
    """The queries of one page, and its answer."""
    with CaptureQueriesContext(connection) as queries_of_page:
        answer = client.get(address)
    return [one["sql"] for one in queries_of_page.captured_queries], answer


ADDRESSES = {
    "chantal": ["/rights/person/{amal}/", "/rights/{access}/", "/people/{amal}/"],
    "nadia": ["/rights/{access}/copy/", "/rights/{file}/copy/?language=ar", "/rights/{delete}/deletion/"],
    "leila": [
        "/rights/",
        "/rights/{correct}/",
        "/rights/{delete}/",
        "/rights/person/{amal}/lift/",
        "/rights/lists/withdrawn/",
        "/people/withdrawals/{withdrawn}/",
        "/rights/lists/passwords/",
        "/rights/left/",
        "/rights/keeping/",
        "/rights/keeping/{due}/",
        "/rights/assessments/",
        "/rights/assessments/{programme}/",
        "/people/emergency/{glass}/review/",
        "/people/emergency/review/",
    ],
}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_pages_are_for_everybody(
    clinic: Clinic, amal: UUID, page_as: Any, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """VO054: every page of this room passes the accessibility rules and does not scroll sideways at 320 px."""
    from tests.machinery.browser import DESK, PHONE, assert_accessible, no_horizontal_scroll, shot

    erased = clinic.register(first="Luz", last="Mena")
    certificate = approve_deletion(by=clinic["nadia"], rights=prepared(clinic, erased)).record
    open_episode(by=clinic["chantal"], person=amal)
    granted(clinic, amal, "restrict")
    due = clinic.register(first="Nour", last="Mena")
    close_file(by=clinic["chantal"], person=due)
    monkeypatch.setattr(retention, "is_due", lambda person: True)
    monkeypatch.setattr(packs, "record_keeping", lambda code: RecordKeeping(2, confirmed=True))
    shared = {"recipient": "partner_health", "data_classes": ["general"]}
    shared["organisation"] = add_partner(by=clinic["samir"], name="Hospital of the partners").record
    yes = record_consent(
        by=clinic["chantal"], person=amal, purpose="share", decision="yes", method="verbal", **shared
    ).record
    ids = {
        "due": due,
        "programme": clinic.programme.id,
        "withdrawn": withdraw_consent(by=clinic["chantal"], person=amal, consent=yes).record,
        "glass": break_glass(by=clinic["tunde"], person=amal, reason="Nobody of her site can be reached.").record,
        "amal": amal,
        "access": granted(clinic, amal),
        "file": granted(clinic, amal, "portability"),
        "correct": asked(clinic, amal, "correct", received_on=today_at(clinic.here.id) - timedelta(days=40)),
        "delete": prepared(clinic, amal),
    }
    for name, addresses in ADDRESSES.items():
        user = User.objects.get(pk=clinic[name].id)
        signing.browser(user, factor=name == "leila")
        page = page_as(user, viewport=PHONE, language=language)
        more = [f"/rights/certificates/{certificate}/"] if name == "leila" else []
        for address in [*(one.format(**ids) for one in addresses), *more]:
            page.goto(address)
            assert_accessible(page)
            no_horizontal_scroll(page)
            short = address.split("?")[0]
            for key, value in ids.items():
                short = short.replace(str(value), key)
            shot(page, f"voice-{name}-{short.replace(str(certificate), 'x')}-{language}")
    page.set_viewport_size(DESK)
    page.goto("/rights/")
    shot(page, f"voice-officer-desk-{language}")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_writing_it_down_by_taps(clinic: Clinic, amal: UUID, page_as: Any, language: str) -> None:
    """VO055: from the person's page a request is written down in at most six taps."""
    from karama.voice.models import RightsRequest
    from tests.machinery.browser import PHONE

    User.objects.filter(pk=clinic["chantal"].id).update(must_change_password=False)
    page = page_as(User.objects.get(pk=clinic["chantal"].id), viewport=PHONE, language=language)
    page.goto(f"/people/{amal}/")
    taps = 0
    for tap in (
        f"main a[href='/rights/person/{amal}/']",
        "label:has([name=right][value=access])",
        "label:has([name=checked][value=card])",
        "main form >> nth=0 >> button.primary",
    ):
        page.click(tap)
        taps += 1
    page.wait_for_url("**/rights/*/")
    assert taps <= 6
    assert RightsRequest.objects.get().right == "access"


def test_reads_of_whom_she_may_not_know_are_not_counted(clinic: Clinic, amal: UUID) -> None:
    """PE493: of somebody who is hidden from the officer not even a number stands on her page."""
    with reading(by=clinic["nadia"], purpose="supervision", route="people.person"):
        person_page(clinic["nadia"], amal)
    assert len(queries.reads_outside(clinic["leila"])) == 1
    hide_from(by=clinic["nadia"], person=amal, user=clinic["leila"].id, reason="sister")
    assert queries.reads_outside(clinic["leila"]) == []
