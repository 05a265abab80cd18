"""ST180-ST189: J3, J4: the readable copy, and a deletion that a backup does not undo, clicked through in Chromium."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections

from karama.accounts.queries import actor_by_name
from karama.journal import reading
from karama.people.actions import add_relation, record_consent
from karama.people.models import Person
from karama.programme.actions import add_partner
from karama.security import backup, keyring, places, recovery, restore, swap, vault
from tests.machinery.browser import DESK
from tests.stories.conftest import COLOMBIA, IRAQ, Story, look

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
    page.click(f"main a[href='{asked.split('//')[1].split('/', 1)[1].join(['/', 'copy/'])}']")
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
