"""A telephone that promises nothing, one that was stolen and comes back, and one that never does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from karama.accounts.models import Device
from karama.knowledge.pack_field import terms_of
from karama.people.models import Person
from karama.safety.models import Alert
from tests.machinery.browser import PHONE
from tests.stories.conftest import Story, look
from tests.stories.pocket import Pocket
from tests.stories.test_pocket import HELD
from tests.stories.test_pocket_line import HERS, PACK

WHAT_TO_DO = (
    "When its memory is full it may throw away what is not sent. Send each day, keep some memory free, and add this"
    " page to the home screen: then most telephones keep it. Tell your administrator."
)
BESIDE = (
    "It does not promise to keep work that is not sent: send each day, keep some memory free, and add the app to the"
    " home screen."
)
NAVIGATOR = "for (const name of ['persist', 'persisted']) StorageManager.prototype[name] = async () => %s;"
COUNTED = """async () => {
  const counts = {};
  for (const { name } of await indexedDB.databases()) {
    const opening = indexedDB.open(name);
    const db = await new Promise((ok) => { opening.onsuccess = () => ok(opening.result); });
    for (const store of db.objectStoreNames) {
      const asked = db.transaction(store).objectStore(store).count();
      counts[store] = (counts[store] ?? 0) + (await new Promise((ok) => { asked.onsuccess = () => ok(asked.result); }));
    }
    db.close();
  }
  return counts;
}"""


def her_people(phone: Pocket) -> str:
    """What the list of people says."""
    phone.page.locator("nav.foot-bar button").first.click()
    phone.tap("People")
    phone.page.locator("main .screen h1").filter(has_text=phone.words("People")).wait_for()
    return phone.text()


def held_by(story: Story, name: str, language: str, keeps: str) -> Pocket:
    """A telephone whose browser promises to keep what lies on it, or does not."""
    page = story.page(name, language, PHONE)
    page.context.add_init_script(NAVIGATOR % keeps)
    return Pocket(story, name, language, page)


@pytest.mark.parametrize(("name", "language"), HELD)
def test_a_telephone_that_promises_nothing(story: Story, name: str, language: str) -> None:
    """ST317: (G5) the browser refuses to keep what is not sent: its user reads it when she begins, on Today and on her
    account, with what to do; her administrator reads it on Today and beside the telephone; not of one that keeps."""
    refusing = "This telephone does not promise to keep your work"
    phone = held_by(story, name, language, "false").enrol()
    phone.says(refusing)
    phone.look("promises-nothing")
    phone.tap("My account")
    phone.says(refusing)
    phone.says(WHAT_TO_DO)
    phone.look("promises-nothing-account")
    device = Device.objects.get(user_id=phone.by.id)
    assert device.keeps is False
    office = story.page("samir", language, PHONE)
    office.goto("/")
    line = office.get_by_role("link").filter(has_text=phone.words("Telephones that do not promise to keep work"))
    line.wait_for()
    look(office, "phone-not-kept-today")
    line.click()
    office.wait_for_url(f"**/colleagues/{phone.by.id}/")
    office.get_by_text(phone.words(BESIDE)).wait_for()
    look(office, "phone-not-kept")
    phone.page.context.add_init_script(NAVIGATOR % "true")
    phone.reload()
    phone.synced()
    phone.tap("My account")
    phone.says("This telephone promised to keep your work until it is sent.")
    office.goto("/")
    assert not line.count()
    device.refresh_from_db()
    assert device.keeps is True


@pytest.mark.parametrize(("name", "language"), HELD)
def test_stolen_and_taken_back(story: Story, name: str, language: str) -> None:
    """ST318: (G6) a stolen telephone is taken back: when it connects, the alert that waited on it reaches somebody, and
    then nothing is left on it: no record, no key, no app; it says so."""
    phone = Pocket(story, name, language).enrol()
    phone.settled()
    alerts = Alert.objects.count()
    phone.offline(True)
    phone.page.locator("nav.foot-bar .urgent").click()
    phone.answer("violence_at_home")
    phone.answer("")
    phone.says("Stay with the person")
    device = Device.objects.get(user_id=phone.by.id)
    office = story.page("samir", language, PHONE)
    office.goto(f"/colleagues/{phone.by.id}/")
    office.locator(f"main a[href='/phones/{device.id}/take-back/']").click()
    office.locator("[name=why][value=stolen]").check()
    look(office, "phone-take-back")
    office.locator("main form button.danger").click()
    office.wait_for_url(f"**/colleagues/{phone.by.id}/")
    look(office, "phone-taken-back")
    device.refresh_from_db()
    assert (device.revoked_why, Alert.objects.count()) == ("stolen", alerts)
    phone.offline(False)
    phone.says("This telephone was taken back")
    phone.look("taken-back")
    assert Alert.objects.count() == alerts + 1
    left = phone.page.evaluate(COUNTED)
    assert {
        store for store, many in left.items() if many and store in {"files", "fileKeys", "waiting", "drafts"}
    } == set()
    assert not any(code in phone.on_disk() for code in Person.objects.values_list("code", flat=True))
    assert phone.page.evaluate("caches.keys()") == []
    assert phone.page.locator(".tiles").count() == 0, "nobody can unlock it any more"


@pytest.mark.parametrize(("name", "language"), HELD)
def test_stolen_and_never_seen_again(story: Story, name: str, language: str) -> None:
    """ST319: (G6) a telephone that never connects: after the days of the pack the files close, also for whoever knows
    the pictures; after twice as many their keys are destroyed. A clock that is put back opens nothing."""
    phone = Pocket(story, name, language).enrol()
    phone.settled()
    code = Person.objects.get(pk=story.people[HERS[name]]).code
    phone.offline(True)
    assert phone.page.evaluate(COUNTED)["fileKeys"] > 1
    now, lease = datetime.now(UTC), terms_of(PACK[name]).lease_days
    phone.page.clock.set_fixed_time(now + timedelta(days=lease - 1))
    phone.reload()
    assert code in her_people(phone)
    phone.page.clock.set_fixed_time(now + timedelta(days=lease + 1))
    phone.reload()
    phone.says("The files of people are closed")
    phone.look("closed")
    assert code not in her_people(phone)
    phone.page.clock.set_fixed_time(now)
    phone.reload()
    phone.says("The files of people are closed")
    assert code not in her_people(phone)
    phone.page.clock.set_fixed_time(now + timedelta(days=2 * lease + 1))
    phone.reload()
    phone.says("The files of people are closed")
    left = phone.page.evaluate(COUNTED)
    assert (left["fileKeys"], left["files"]) == (1, 1), "only what is about nobody: her duty, her sites, whom to call"
