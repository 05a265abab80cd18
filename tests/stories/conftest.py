"""The people of the demonstration, made once by real actions and put back before each story, with a browser in hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from django.conf import settings as house
from django.test import Client

from karama.accounts.models import User
from karama.security import vault
from karama.ui.messages import compile_all
from tests.accounts import signing
from tests.machinery import as_it_begins
from tests.machinery.browser import PHONE, PageAs, assert_accessible, no_horizontal_scroll, prints_quietly, shot

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

IRAQ, COLOMBIA = "iraq-torture-rehabilitation", "colombia-community"


@dataclass
class Story:
    """Who is in the story: users by name, participants by what they are called."""

    users: dict[str, UUID]
    people: dict[str, UUID]
    open_page: Callable[..., Page]

    def client(self, name: str) -> Client:
        """A browser without a window, signed in as this colleague."""
        return signing.browser(User.objects.get(id=self.users[name]))

    def page(self, name: str, language: str = "en", viewport: dict[str, int] | None = None) -> Page:
        """A window of Chromium, signed in as this colleague; a phone unless said otherwise."""
        return self.open_page(self.client(name), language, viewport or PHONE)


@pytest.fixture
def story(
    transactional_db: None, installation: Path, settings: Any, page_as: PageAs, live_server: LiveServer
) -> Iterator[Story]:
    """The demonstration as it stands when it is opened for the first time."""
    from karama.people.models import Person

    compile_all()
    settings.KARAMA_DEMO = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    vault.forget()
    as_it_begins.put(_demonstration)
    vault.forget()

    def window(client: Client, language: str, viewport: dict[str, int]) -> Page:
        page = page_as(viewport=viewport, language=language)
        name = house.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        return page

    users = dict(User.objects.values_list("username", "id"))
    yield Story(users, _called(Person.objects.all()), window)
    vault.forget()


def _demonstration() -> None:
    from karama.cli.founding import _first_users
    from karama.cli.story import tell_story

    _first_users("Organisation of the tests", (IRAQ, COLOMBIA), "samir", "hana")
    tell_story("a-quiet-demonstration")


def _called(people: Any) -> dict[str, UUID]:
    from karama.accounts.queries import actor_by_name
    from karama.journal import reading

    with reading(by=actor_by_name("leila", "data_protection_officer"), purpose="rights", route="tests.story"):
        return {(one.unseal("names") or {}).get("called", ""): one.id for one in people}


def look(page: Page, name: str) -> None:
    """What every page of a story keeps: readable by everybody, nothing wider than the screen, and a picture."""
    page.wait_for_load_state()
    assert page.locator("h1").count() == 1, page.url
    assert_accessible(page)
    no_horizontal_scroll(page)
    prints_quietly(page)
    shot(page, f"story-{name}-{page.locator('html').get_attribute('lang')}")
