"""An account that is removed from a telephone: nothing unsent is thrown away by a tap, and nothing of hers stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from karama.people.models import Person
from karama.sync.models import HeldOperation
from tests.stories.conftest import Story
from tests.stories.pocket import Pocket
from tests.stories.test_pocket import CANARY, HELD, registered
from tests.stories.test_pocket_keeping import COUNTED

REMOVE = "Remove my account from this telephone"
EVERYTHING = """async () => ({
  databases: (await indexedDB.databases()).map((one) => one.name),
  caches: await caches.keys(), workers: (await navigator.serviceWorker.getRegistrations()).length,
  local: localStorage.length, session: sessionStorage.length, cookies: document.cookie,
})"""
"""All that a browser keeps for an address, by asking the browser and not a list of ours."""


def leaving(phone: Pocket) -> None:
    """From Today to the page on which an account is removed; counted."""
    phone.taps = 0
    phone._touch(phone.page.locator("nav.foot-bar button").nth(1))
    phone.tap(REMOVE)
    phone.page.locator("main h1").filter(has_text=phone.words(REMOVE)).wait_for()


def nothing_left(phone: Pocket) -> None:
    """The welcome of an empty telephone, and nothing behind it."""
    phone.page.locator(".code-entry").wait_for()
    phone.look("removed")
    told = phone.page.evaluate(EVERYTHING)
    assert told["workers"] == 0
    assert (told["caches"], told["local"], told["session"]) == ([], 0, 0)
    assert [name for name in told["databases"] if name != "app"] == []
    assert not any(phone.page.evaluate(COUNTED).values())
    phone.page.reload()
    phone.page.locator(".code-entry").wait_for()
    assert phone.page.locator(".tiles").count() == 0, "there is nobody to unlock"


@pytest.mark.parametrize(("name", "language"), HELD)
def test_my_account_leaves_this_telephone(story: Story, name: str, language: str) -> None:
    """ST577: all is sent, and in three taps everything of hers is gone: databases, caches, the app itself; what arrived
    stays at the server."""
    phone = Pocket(story, name, language).enrol()
    phone.settled()
    code = registered(phone).replace("-", "")
    phone.tries()
    leaving(phone)
    phone.look("leaving")
    phone.tap("Remove it now")
    assert phone.taps <= 3
    nothing_left(phone)
    assert code in {one.replace("-", "") for one in Person.objects.values_list("code", flat=True)}
    assert not HeldOperation.objects.exists()


@pytest.mark.parametrize(("name", "language"), HELD)
def test_what_is_not_sent_is_saved_first(story: Story, tmp_path: Path, name: str, language: str) -> None:
    """ST578: while something waits no tap removes anything; the way out is a sealed file, and only whoever says that
    she has it removes the account; carried to a colleague with signal, all of it arrives."""
    phone = Pocket(story, name, language).enrol()
    phone.settled()
    before = set(Person.objects.values_list("code", flat=True))
    phone.offline(True)
    code = registered(phone).replace("-", "")
    leaving(phone)
    phone.says("Send it first. Without signal, save it as a file for a courier and keep the file until it has arrived.")
    phone.look("leaving-unsent")
    assert phone.button("Remove it now").count() == 0
    assert phone.button("I have the file. Remove it now.").count() == 0
    with phone.page.expect_download() as saved:
        phone.tap("Save a file for a courier")
    file = tmp_path / saved.value.suggested_filename
    saved.value.save_as(file)
    assert CANARY.encode() not in file.read_bytes()
    phone.look("leaving-saved")
    phone.tap("I have the file. Remove it now.")
    phone.page.locator(".code-entry").wait_for()
    phone.offline(False)
    nothing_left(phone)
    assert set(Person.objects.values_list("code", flat=True)) == before
    other = next(each for each, _language in HELD if each != name)
    carrier = Pocket(story, other, language).enrol()
    carrier.page.locator(".head-bar .sending").click()
    carrier.page.set_input_files("#carried-file", file)
    carrier.tap("Try now")
    carrier.synced()
    (new,) = set(Person.objects.values_list("code", flat=True)) - before
    assert new.replace("-", "") == code
    assert not HeldOperation.objects.exists()
