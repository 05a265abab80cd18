"""ST020-ST029: each page of each duty, opened in Chromium on a phone and at a desk, in Arabic and in English."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from karama.ui.addresses import reverse
from karama.ui.requests import NOT_KEPT
from tests.attacks import calling
from tests.attacks.oracle import rules
from tests.attacks.routes import Route, routes
from tests.machinery.browser import DESK, PHONE, assert_accessible, no_horizontal_scroll, shot
from tests.stories.conftest import IRAQ, Story

if TYPE_CHECKING:
    from playwright.sync_api import Page

WORDS = {**calling.WORDS, "kind": "first_contact", "programme": IRAQ}
NO_PAGE = {
    "ui:style", "account_logout", "mfa_download_recovery_codes", "ui:hide", "accounts:locked", "register_file",
}  # fmt: skip
"""Style sheets, files, the way out; and the neutral page, which locks the screen and has a test of its own."""
EACH = 2
"""Colleagues who open each route in a full run."""
SCREENS = (("ar", PHONE), ("en", DESK)), (("en", PHONE), ("ar", DESK))
"""What the first colleague who opens a route sees, and what the second does."""
A_FEW = 8
"""Colleagues who try a route in an everyday run; where none of them gets a page, another route is taken."""
A_DAY = 8
"""Pages opened in an everyday run, beside those that each room opens in its own tests."""


def ids(story: Story) -> dict[str, UUID]:
    """For each name in an address: something of Amal, of her site, or of Chantal."""
    from karama.accounts.models import Posting
    from karama.care.models import Episode, Response
    from karama.outreach.models import GoodsMove, Issue, SecurityIncident, Visit
    from karama.people.models import Consent, Person
    from karama.safety.models import Alert, AlertSource

    amal = story.people["Amal"]
    site = Person.objects.get(id=amal).site
    found = {
        "person": amal,
        "site": site.id,
        "programme": site.programme_id,
        "user": story.users["chantal"],
        "posting": Posting.objects.get(user_id=story.users["chantal"]).id,
        "alert": Alert.objects.filter(person_id=amal).latest("raised_at").id,
        "source": AlertSource.objects.filter(author_id=story.users["chantal"]).latest("recorded_at").id,
        "response": Response.objects.filter(person_id=amal).latest("recorded_at").id,
        "episode": Episode.objects.filter(person_id=amal).latest("recorded_at").id,
        "visit": Visit.objects.latest("recorded_at").id,
        "event": SecurityIncident.objects.latest("recorded_at").id,
        "issue": Issue.objects.latest("recorded_at").id,
        "delivery": GoodsMove.objects.filter(kind="came").latest("recorded_at").id,
        "consent": Consent.objects.filter(person_id=amal, decision="yes").latest("recorded_at").id,
    }
    return {name: UUID(str(value)) for name, value in found.items()}


def address(route: Route, known: dict[str, UUID]) -> str:
    """Its address; an id that nobody made answers that it does not exist, and so is no page."""
    words = {
        name: known.get(name, UUID(int=9)) if kind == "UUIDConverter" else 1 if kind == "IntConverter" else WORDS[name]
        for name, kind in route.names
    }
    return reverse(route.name, args=list(words.values()))


def pages(story: Story, dice: random.Random, each: int, tries: int) -> Iterator[tuple[str, str, str]]:
    """(user, route, address) of what answers with a page: `each` colleagues a route, the first among `tries`."""
    known = ids(story)
    clients = {name: story.client(name) for name in story.users}
    for route in dice.sample(routes(), len(routes())):
        if route.name in NO_PAGE or rules()[route.name].post:
            continue
        url, found = address(route, known), 0
        for name in dice.sample(sorted(clients), tries):
            answer = clients[name].get(url)
            if answer.status_code in (200, NOT_KEPT) and "html" in answer.headers["Content-Type"]:
                yield name, route.name, url
                found += 1
            if found == each:
                break


def see(page: Page, url: str, label: str) -> str:
    """What is wrong with a page; empty when nothing is."""
    from playwright.sync_api import expect

    answer = page.goto(url)
    assert answer is not None
    if answer.status not in (200, NOT_KEPT):
        return f"{label}: {answer.status}"
    try:
        expect(page.locator("h1"), "not one heading of the first order").to_have_count(1)  # the app begins slowly
        assert_accessible(page)
        no_horizontal_scroll(page)
    except AssertionError as wrong:
        return f"{label}: {wrong}"
    finally:
        shot(page, label)
    return ""


def test_every_page_of_every_duty(story: Story, karama_seed: int, full_run: bool) -> None:
    """ST020: each page of each duty keeps the accessibility rules and fits its screen, in both directions."""
    dice = random.Random(karama_seed)
    if full_run:
        found = list(pages(story, dice, EACH, len(story.users)))
    else:
        found = list(islice(pages(story, dice, 1, A_FEW), A_DAY))
    wrong = []
    windows: dict[tuple[str, str, int], Page] = {}
    screens = _screens(found)
    for place, (name, route, url) in enumerate(sorted(found)):
        for language, viewport in screens[name, route] if full_run else (SCREENS[place // 2 % 2][place % 2],):
            page = windows.get((name, language, viewport["width"]))
            page = page or _next_window(windows, story, name, language, viewport)
            wrong.append(see(page, url, f"every-{name}-{route}-{language}-{viewport['width']}"))
    assert len({route for _name, route, _url in found}) >= (50 if full_run else A_DAY), "the crawl lost its way"
    assert not any(wrong), f"seed {karama_seed}:\n" + "\n".join(one for one in wrong if one)


def _screens(found: list[tuple[str, str, str]]) -> dict[tuple[str, str], list[tuple[str, dict[str, int]]]]:
    """By colleague and route, the languages and screens of a whole run: every route in all four, shared by its two."""
    opened = Counter(route for _name, route, _url in found)
    seen: Counter[str] = Counter()
    shared = {}
    for name, route, _url in sorted(found):
        shared[name, route] = list(SCREENS[seen[route] % 2]) if opened[route] > 1 else [*SCREENS[0], *SCREENS[1]]
        seen[route] += 1
    return shared


def _next_window(
    windows: dict[tuple[str, str, int], Page], story: Story, name: str, language: str, viewport: dict[str, int]
) -> Page:
    """A window for the next colleague; those of the colleague before are closed, so that few are open at a time."""
    for before in [key for key in windows if key[0] != name]:
        windows.pop(before).context.close()
    found = windows[name, language, viewport["width"]] = story.page(name, language, viewport)
    return found


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_neutral_page_and_the_locked_screen(story: Story, language: str) -> None:
    """ST022: the page behind "hide" and the locked screen after it fit a phone, and show nothing of what was open."""
    page = story.page("chantal", language)
    page.goto(f"/people/{story.people['Amal']}/")
    assert see(page, "/calendar/", f"every-hide-{language}") == ""
    assert see(page, f"/people/{story.people['Amal']}/", f"every-locked-{language}") == ""
    assert "/locked/" in page.url
    assert "Amal" not in page.content()


@pytest.mark.parametrize("name", ["rojin", "samir", "tunde", "yusuf", "omar"])
def test_today_of_those_who_see_no_record(story: Story, name: str) -> None:
    """ST021: the first page of a duty that opens no record names nobody, by name or code; but for whom she opened in an
    emergency that still lasts."""
    from karama.people.models import BreakGlass, Person

    page = story.page(name, "en")
    page.goto("/")
    text = page.inner_text("body")
    here = Person.objects.exclude(site__code="dohuk") if name == "tunde" else Person.objects.all()
    opened = set(BreakGlass.objects.filter(user_id=story.users[name]).values_list("person_id", flat=True))
    assert not [one.code for one in here if one.code in text and one.id not in opened]
    assert not [one for one in story.people if one and one in text]
