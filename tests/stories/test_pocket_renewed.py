"""A newer app and a newer server: who waits for an update is said, and it comes when its user says so."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.staticfiles import finders

from karama.groups.models import CommunityActivity
from karama.safety.models import Alert
from karama.sync import app, wire
from tests.stories.conftest import Story
from tests.stories.pocket import Pocket
from tests.stories.test_pocket import HELD

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).parents[2]
NEEDED = ("field", "karama/ui", "package.json", "package-lock.json")
MARK = 'document.documentElement.dataset["app"] = "newer";\n'
READY = "A new version is ready"
COUNT = "sessionStorage.setItem('loads', 1 + Number(sessionStorage.getItem('loads') ?? 0))"
WAITS = """async () => {
  const kept = await navigator.serviceWorker.getRegistration();
  await kept.update();
  while (!kept.waiting) await new Promise((next) => setTimeout(next, 50));
}"""


def newer(folder: Path) -> Path:
    """The app built once more, by its own build, from sources in which one line is new."""
    for name in NEEDED:
        source, copy = ROOT / name, folder / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, copy) if source.is_dir() else shutil.copy2(source, copy)
    (folder / "node_modules").symlink_to((ROOT / "node_modules").resolve(), target_is_directory=True)
    main = folder / "field" / "main.tsx"
    main.write_text(main.read_text(encoding="utf-8").replace("\nvoid start();", f"\n{MARK}void start();"), "utf-8")
    subprocess.run([sys.executable, str(folder / "field" / "build.py")], cwd=folder, check=True, timeout=300)
    return folder / "karama" / "sync" / "static" / "field"


@pytest.fixture(scope="module")
def newer_app(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the newer app lies."""
    return newer(tmp_path_factory.mktemp("newer"))


def given_out(built: Path, patch: pytest.MonkeyPatch) -> None:
    """The server was renewed: it gives out this app from now on, beside the files of the one before."""
    find = finders.find

    def found(path: str, *told: Any, **more: Any) -> Any:
        here = built / Path(path).name
        return str(here) if path.startswith("field/") and here.is_file() else find(path, *told, **more)

    patch.setattr(finders, "find", found)
    patch.setattr(app, "BUILT", built)
    app.built.cache_clear()


def age(page: Page) -> str | None:
    """Which app runs in this window."""
    return page.locator("html").get_attribute("data-app")


@pytest.mark.browser
@pytest.mark.parametrize(("name", "language"), HELD)
def test_a_new_version_takes_over_when_its_user_says_so(
    story: Story, name: str, language: str, newer_app: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ST594: a newer app waits; Today says so, no page of questions or of something half written does; beside a second
    window nothing is taken over; told to, it does: the page is loaded once more, no oftener, and a draft is there."""
    phone = Pocket(story, name, language).enrol()
    phone.settled()
    before = CommunityActivity.objects.count()
    phone.page.context.add_init_script(COUNT)
    phone.reload()
    given_out(newer_app, monkeypatch)
    phone.page.evaluate(WAITS)
    phone.begin("PHQ-9")
    phone.answer("not_at_all")
    assert phone.words(READY) not in phone.text()
    phone.reload()
    assert age(phone.page) is None, "it took over by itself"
    phone.says(READY)
    phone.look("new-version")
    phone.tap("Activity with the community")
    assert phone.words(READY) not in phone.text()
    phone.page.locator("main input").first.fill("Tambores")
    phone.page.locator("nav.foot-bar button").first.click()
    other = phone.page.context.new_page()
    other.goto("/field/")
    phone.tap("Use it now")
    other.wait_for_timeout(1_000)
    assert age(phone.page) is None, "it was taken over under another window"
    other.close()
    loads = int(phone.page.evaluate("sessionStorage.getItem('loads')"))
    phone.tap("Use it now")
    phone.page.locator("html[data-app=newer]").wait_for()
    phone.give_pictures()
    phone.says("Today")
    assert int(phone.page.evaluate("sessionStorage.getItem('loads')")) == loads + 1
    assert phone.words(READY) not in phone.text()
    phone.tap("Activity with the community")
    assert phone.page.locator("main input").first.input_value() == "Tambores"
    assert CommunityActivity.objects.count() == before, "a draft counted"


@pytest.mark.browser
@pytest.mark.parametrize(("name", "language"), HELD)
def test_an_app_that_waits_for_its_update_says_so(
    story: Story, name: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ST595: under a newer server the alert still says that it reached nobody and whom to call, and Today says that an
    update waits and nothing is lost; under an older one that the server does; then all is sent, once."""
    phone = Pocket(story, name, language).enrol()
    phone.settled()
    alerts = Alert.objects.count()
    with monkeypatch.context() as patch:
        patch.setattr(wire, "VERSION", wire.VERSION + 1)
        phone.page.locator("nav.foot-bar .urgent").click()
        phone.answer("suicide")
        phone.answer("")
        phone.page.locator("nav.foot-bar button").first.click()
        phone.says("This app waits for its update")
        phone.says("An alert has not reached anybody yet")
        phone.look("app-behind")
    assert Alert.objects.count() == alerts + 1
    with monkeypatch.context() as patch:
        patch.setattr(wire, "read_ask", lambda _text: None)
        patch.setattr(wire, "CONTRACT", wire.CONTRACT - 1)
        phone.page.locator(".head-bar .sending").click()
        phone.tap("Try now")
        phone.says("The server waits for its update")
        phone.look("server-behind")
    phone.tries()
    assert Alert.objects.count() == alerts + 1


@pytest.fixture(autouse=True)
def the_app_of_before() -> Any:
    """Whatever a story gave out, the next begins with the app of the house."""
    yield
    app.built.cache_clear()
