"""Every page of accounts and programme in a real Chromium: accessible, 320 px wide, in both directions."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings as django_settings
from django.test import Client

from karama.accounts.models import Posting
from karama.programme.actions import name_responder
from karama.ui.addresses import reverse
from tests.accounts.signing import browser as signed_in
from tests.machinery.browser import assert_accessible, no_horizontal_scroll, shot
from tests.programme.house import House, build

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer


@pytest.fixture
def place(transactional_db: None, installation: Path) -> House:
    """The house in a database that the live server sees too."""
    house = build()
    name_responder(by=house["samir"], site=house.here.id, user=house["diego"].id, role="responder")
    return house


def carry(page: Page, client: Client, server: LiveServer) -> None:
    """Give the session of a signed-in client to the page."""
    name = django_settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": server.url}])


def look(page: Page, paths: list[str], label: str) -> None:
    """Open each page and check it."""
    for path in paths:
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, f"{path}: {answer.status}"
        assert page.locator("h1").count() == 1, path
        assert_accessible(page)
        no_horizontal_scroll(page)
        shot(page, label + re.sub(r"/[0-9a-f-]{36}", "", path).replace("/", "-"))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_pages_of_the_administrator(
    place: House, page_as: Callable[..., Page], live_server: LiveServer, language: str
) -> None:
    """AC130: each page of users, duties, programmes and rota is accessible and fits 320 px, also from right to left."""
    user, site = place["diego"].id, place.here.id
    page = page_as(language=language)
    carry(page, signed_in(place.user("samir")), live_server)
    paths = [
        reverse("today"),
        reverse("accounts:staff"),
        reverse("accounts:new_user"),
        reverse("accounts:colleague", args=[user]),
        reverse("accounts:give_duty", args=[user]),
        reverse("accounts:end_duty", args=[Posting.objects.get(user_id=user).id]),
        reverse("accounts:leave", args=[user]),
        reverse("accounts:rota"),
        reverse("accounts:rota_week", args=[site]),
        reverse("accounts:new_shift", args=[site]),
        reverse("programme:list"),
        reverse("programme:open"),
        reverse("programme:partners"),
        reverse("programme:page", args=[place.programme.id]),
        reverse("programme:new_site", args=[place.programme.id]),
        reverse("programme:site", args=[site]),
        reverse("programme:close_site", args=[site]),
        reverse("programme:new_responder", args=[site]),
        reverse("programme:answer", args=[site]),
    ]
    look(page, paths, f"administrator-{language}")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_pages_of_the_own_account(
    place: House, page_as: Callable[..., Page], live_server: LiveServer, language: str
) -> None:
    """AC131: the own account, second factor, passkeys, recovery codes and the locked screen are accessible."""
    page = page_as(language=language)
    carry(page, signed_in(place.user("chantal"), factor=False), live_server)
    paths = [
        reverse("today"),
        reverse("accounts:me"),
        reverse("accounts:own_leave"),
        reverse("accounts:language"),
        reverse("accounts:duty"),
        reverse("account_change_password"),
        reverse("account_reauthenticate"),
        reverse("account_logout"),
        reverse("mfa_index"),
        reverse("mfa_activate_totp"),
        reverse("mfa_list_webauthn"),
        reverse("mfa_add_webauthn"),
    ]
    look(page, paths, f"own-{language}")
    with_factor = page_as(language=language)
    client = signed_in(place.user("diego"))
    carry(with_factor, client, live_server)
    client.post(reverse("mfa_generate_recovery_codes"))
    more = ["mfa_index", "mfa_deactivate_totp", "mfa_reauthenticate", "mfa_generate_recovery_codes"]
    look(with_factor, [reverse(name) for name in more], f"factor-{language}")
    client.post(reverse("accounts:lock"))
    look(with_factor, [reverse("accounts:locked")], f"locked-{language}")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_signing_in_by_keyboard(place: House, page_as: Callable[..., Page], language: str) -> None:
    """AC132: sign-in works by keyboard, its page is accessible in both directions, an error is said beside the form."""
    page = page_as(language=language)
    look(page, [reverse("account_login"), reverse("account_inactive")], f"signed-out-{language}")
    page.goto(reverse("account_login"))
    page.locator("#id_login").fill("chantal")
    page.locator("#id_password").fill("wrong words here now")
    page.keyboard.press("Enter")
    page.locator(".fault").wait_for()
    assert_accessible(page)
    page.locator("#id_login").fill("chantal")
    page.locator("#id_password").fill(place.signs["chantal"].password)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{reverse('account_change_password')}*")
    assert_accessible(page)


def test_a_passkey_is_added_and_signs_in(place: House, page_as: Callable[..., Page], live_server: LiveServer) -> None:
    """AC133: a passkey is added and afterwards signs in without a password."""
    page = page_as()
    address = live_server.url.replace("127.0.0.1", "localhost")
    carry(page, signed_in(place.user("chantal"), factor=False), live_server)
    page.context.add_cookies(
        [{**cookie, "domain": "localhost"} for cookie in page.context.cookies()]  # type: ignore[list-item]
    )
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.goto(address + reverse("mfa_add_webauthn"))
    page.locator("#id_name").fill("My telephone")
    page.locator("#id_passwordless").check()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url(f"**{reverse('mfa_view_recovery_codes')}")
    assert_accessible(page)
    page.goto(address + reverse("mfa_list_webauthn"))
    assert_accessible(page)
    assert "My telephone" in page.content()
    page.context.clear_cookies()
    page.goto(address + reverse("account_login"))
    page.locator("#passkey_login").click()
    page.wait_for_url(address + "/")
    page.wait_for_selector("h1")
    assert page.title() == "Today"
