"""The code on the server's screen leads an old telephone to three steps, and the steps to the app: real TLS, and a
Chromium that trusts the authority as one does in which somebody installed it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from karama.ui.messages.catalogue import load
from tests.cli.installation import found
from tests.machinery.browser import PATIENCE_MS, PHONE, assert_accessible, no_horizontal_scroll, shot
from tests.machinery.kannel import free_ports
from tests.machinery.packages import chromium
from tests.machinery.trusting import home_that_trusts
from tests.stories.pocket import assert_built

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ADDRESS = "127.0.0.2"
LOCALES = {"es": "es-CO", "ar": "ar-IQ", "en": "en-GB"}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Path]]:
    """`karama serve --lan` of a new installation: its port, and the authority's certificate."""
    assert_built()
    folder = tmp_path_factory.mktemp("network")
    place, port = found(folder), free_ports(1)[0]
    command = [sys.executable, "-m", "karama", "serve", "--lan", "--no-jobs", "--address", ADDRESS, "--port", str(port)]
    server = subprocess.Popen(command, cwd=folder, env=place.environment, stdout=subprocess.DEVNULL)
    yield port, Path(place.environment["KARAMA_KEYRING"]) / "local" / "authority.crt"
    server.terminate()
    server.wait(timeout=20)


def opened(browser: Browser, port: int, language: str) -> Page:
    """The address of the code, opened on a small telephone that speaks this language."""
    from playwright.sync_api import Error

    page = browser.new_context(viewport=PHONE, locale=LOCALES[language]).new_page()
    page.set_default_timeout(PATIENCE_MS)
    for left in reversed(range(30)):
        try:
            page.goto(f"http://{ADDRESS}:{port + 1}/")
            return page
        except Error:
            if not left:
                raise
            page.wait_for_timeout(1000)
    raise AssertionError


def words(language: str, english: str) -> str:
    """What the page says for an English sentence."""
    catalogue = load(language) if language != "en" else []
    return next((one.msgstr for one in catalogue if one.msgid == english and one.msgstr and not one.obsolete), english)


@pytest.mark.slow
@pytest.mark.database
@pytest.mark.sqlite
@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_who_has_not_installed_it_is_told(browser: Browser, served: tuple[int, Path], language: str) -> None:
    """ST655: without the certificate the page says "not yet" in the telephone's language and the app does not open; the
    page is accessible, fits the narrowest screen, and breaks nothing that it forbids itself."""
    page = opened(browser, served[0], language)
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.on("console", lambda said: "Security Policy" in said.text and broken.append(said.text))
    page.reload()
    page.get_by_text(words(language, "Not yet.")).wait_for()
    assert page.get_by_text(words(language, "Done.")).is_hidden()
    assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    assert page.title() == "Agenda"
    assert_accessible(page)
    no_horizontal_scroll(page)
    shot(page, f"three-steps-not-yet-{language}")
    assert not page.context.cookies()
    with page.expect_download() as given:
        page.get_by_text(words(language, "Download the certificate")).click()
    assert given.value.suggested_filename == "local-network.crt"
    assert Path(given.value.path()).read_bytes() == served[1].read_bytes()
    page.get_by_role("link", name=words(language, "Open the app")).click()
    page.wait_for_url("chrome-error://**")
    assert not broken
    page.context.close()


@pytest.mark.slow
@pytest.mark.database
@pytest.mark.sqlite
@pytest.mark.parametrize("language", ["es", "ar"])
def test_who_has_installed_it_goes_on(
    browser: Browser, served: tuple[int, Path], language: str, tmp_path: Path
) -> None:
    """ST656: once the authority is installed the page says "done", and leads to the app over TLS, which keeps itself
    for work without signal and asks for the code; the page is read in another language by one tap."""
    port, authority = served
    opened(browser, port, language).context.close()  # the server answers
    home = home_that_trusts(tmp_path / "home", authority)
    trusting = browser.browser_type.launch(
        executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"], env={**os.environ, "HOME": str(home)}
    )
    page = opened(trusting, port, language)
    page.get_by_text(words(language, "Done.")).wait_for()
    assert page.get_by_text(words(language, "Not yet.")).is_hidden()
    assert_accessible(page)
    shot(page, f"three-steps-done-{language}")
    page.get_by_role("link", name="Hausa").click()
    page.wait_for_url(f"http://{ADDRESS}:{port + 1}/ha")
    page.go_back()
    page.get_by_role("link", name=words(language, "Open the app")).click()
    page.wait_for_url(f"https://{ADDRESS}:{port}/field/**")
    page.locator("main h1").wait_for()
    assert page.evaluate("isSecureContext && navigator.serviceWorker.ready.then(one => one.active !== null)")
    assert page.title() == "Agenda"
    shot(page, f"three-steps-app-{language}")
    trusting.close()
