"""ST180-ST189: J3, J4: the readable copy, and a deletion that a backup does not undo, clicked through in Chromium."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connections
from django.utils import translation

from karama.accounts.duties import label
from karama.accounts.queries import actor_by_name
from karama.care.actions import record_session, write_note
from karama.care.models import Response, Session
from karama.cli.story import STAFF
from karama.journal import clock
from karama.journal.writing import begin_epoch
from karama.people.actions import add_relation, record_consent
from karama.people.jobs import finish_restore
from karama.people.models import Consent, Person
from karama.people.wordings import PURPOSES
from karama.programme.actions import add_partner
from karama.safety.actions import raise_worry
from karama.security import backup, keyring, places, recovery, restore, swap, vault
from karama.voice.models import DeletionCertificate
from tests.machinery.browser import DESK
from tests.stories.conftest import IRAQ, Story, look

LANGUAGES = ("en", "ar")
CASES = {"en": ("Amal", "chantal", "diego", "ar", "أمل"), "ar": ("Yuli", "yolanda", "marta", "es", "Yuliana")}
"""Language of the reader -> whose copy, who writes the request down, who opens it, her language, her name in it."""
ONCE = "main form button.primary"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_copy_to_read(story: Story, language: str) -> None:
    """ST180: J3: asked for, granted and opened: the copy is in her language whatever the reader's, lists by which
    duties it was used and who may receive it, and names no colleague, no relative and nobody's words."""
    called, worker, reader, own, name = CASES[language]
    person = story.people[called]
    _life_around_her(person, worker)
    page = story.page(worker, language)
    page.goto(f"/rights/person/{person}/")
    look(page, "j3-ask")
    page.check("[name=right][value=access]")
    page.check("[name=checked][value=known]")
    page.click(ONCE)
    page.wait_for_url(lambda url: "/person/" not in url)
    asked = page.url
    officer = story.page("leila", language, DESK)
    officer.goto("/rights/")
    look(officer, "j3-officer")
    officer.click(f"main a[href$='{asked.split('/rights')[1]}']")
    officer.check("[name=decision][value=granted]")
    officer.click(ONCE)
    look(officer, "j3-granted")
    page = story.page(reader, language)
    page.goto(asked)
    page.click("main a[href$='/copy/']")
    look(page, "j3-copy")
    copy = page.locator(f"article[lang={own}][dir={'rtl' if own == 'ar' else 'ltr'}]").inner_text()
    assert name in copy
    assert "Noor Clinic" in copy
    with translation.override(own):
        for duty in ("community_agent", "psychologist"):
            assert str(label(duty)) in copy, "who used it"
        assert str(PURPOSES["share"]) in copy
    others = ["Qzbrother", "Qzrelnote", "Qznote", "Qzworry", *(one.alias for one in STAFF if one.alias)]
    assert [one for one in others if one in copy] == []
    page.emulate_media(media="print")
    assert page.locator("article").is_visible()
    assert not page.locator("header").first.is_visible()
    page.emulate_media(media="screen")
    page.goto(asked)
    page.click("form[action$='/done/'] button")
    look(page, "j3-done")
    assert page.locator("form[action$='/done/']").count() == 0


def _life_around_her(person: UUID, worker: str) -> None:
    """A partner she agreed to, and others' names and words around her."""
    by = actor_by_name(worker)
    partner = add_partner(by=actor_by_name("samir", "administrator"), name="Noor Clinic").value.id
    record_consent(
        by=by, person=person, purpose="share", decision="yes", method="verbal", recipient="partner_health",
        organisation=partner, data_classes=["general"],
    )  # fmt: skip
    add_relation(by=by, person=person, called="Qzbrother", kin="sibling", note="Qzrelnote")
    write_note(by=by, person=person, sections={"seen": "Qznote"})
    raise_worry(by=by, kind="violence_at_home", person=person, words="Qzworry")


@pytest.fixture
def stick(
    story: Story, tmp_path: Path
) -> Iterator[tuple[Callable[[], backup.Backup], Callable[[backup.Backup], None]]]:
    """Write a backup of this installation, and restore it; afterwards the installation is as it was before."""
    kit = recovery.renew_kit()
    previous: list[Path] = []

    def bring_back(made: backup.Backup) -> None:
        done = restore.restore(made.data, made.keys, kit.private)
        assert done.previous is not None
        previous.append(done.previous)
        vault.forget()

    yield lambda: backup.write(tmp_path / "stick"), bring_back
    for one in connections.all():
        one.close()
    for old in previous:
        swap.exchange(places.home(), old)
        shutil.rmtree(old)
    places.escrow_path().unlink()
    (places.keyring_folder() / keyring.PUBLIC_NAME).unlink()
    keyring.forget()


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_people_delete_for_good(story: Story, stick: Any, language: str) -> None:
    """ST181: J4: one writes it down, one prepares, another approves: her keys are destroyed and the counts that were
    told stay; a backup of before, restored later, brings back others and never her."""
    write_backup, bring_back = stick
    mirza, month = story.people["Mirza"], clock.day_in_utc().replace(day=1) - timedelta(days=1)
    for _session in range(15):
        record_session(
            by=actor_by_name("diego"), person=mirza, attended="came", on=month, modality="in_person", risk_asked="yes"
        )
    figures = story.page("rojin", language, DESK)
    figures.goto(f"/registers/{IRAQ}/?month={month:%Y-%m}")
    figures.click("form:has([name=register][value=monthly-activity]) button")
    told = figures.inner_text("main table")
    assert "15" in told
    before = write_backup()
    sealed = bytes(Person.objects.get(id=mirza).names)

    page = story.page("diego", language)
    page.goto(f"/rights/person/{mirza}/")
    page.check("[name=right][value=delete]")
    page.check("[name=checked][value=known]")
    page.click(ONCE)
    page.wait_for_url(lambda url: "/person/" not in url)
    asked = page.url
    officer = story.page("leila", language, DESK)
    officer.goto(f"{asked}deletion/")
    look(officer, "j4-prepare")
    officer.fill("[name=reason]", "Asked to be forgotten")
    officer.click(ONCE)
    look(officer, "j4-prepared")
    assert officer.locator("[name=confirmed]").count() == 0, "who prepared cannot approve"
    second = story.page("nadia", language)
    second.goto(f"{asked}deletion/")
    look(second, "j4-approve")
    second.click("main form button.danger")
    second.wait_for_url(lambda url: "/rights/" not in url)
    assert Person.objects.get(id=mirza).status == "erased"
    assert not Session.objects.filter(person_id=mirza).exists()
    assert Consent.objects.filter(person_id=mirza).count() == 4
    _opens_for_nobody(mirza, sealed)
    officer.goto(f"/rights/certificates/{DeletionCertificate.objects.get().id}/")
    look(officer, "j4-certificate")
    figures.reload()
    assert figures.inner_text("main table") == told

    bring_back(before)
    assert bytes(Person.objects.get(id=mirza).names) == sealed, "the rows of the backup had her"
    _opens_for_nobody(mirza, sealed)
    page = story.page("diego", language)
    answer = page.goto(f"/people/{mirza}/")
    assert answer is not None
    assert "میرزا" not in answer.text()
    begin_epoch()
    erased, taken_back = finish_restore()
    assert erased >= 1, "the ledger outlives the data: whoever was erased before her is erased again, too"
    assert taken_back == 0
    assert not Response.objects.filter(person_id=mirza).exists()
    answer = page.goto(f"/people/{mirza}/")
    assert answer is not None
    assert answer.status == 404
    page.goto(f"/people/{story.people['Ziad']}/")
    look(page, "j4-restored")
    assert "زياد" in page.inner_text("main"), "others are there again"


def _opens_for_nobody(person: UUID, sealed: bytes) -> None:
    with pytest.raises(vault.Erased):
        vault.open_sealed(person, "identity", kind=Person.KIND, row=person, field="names", ciphertext=sealed)
