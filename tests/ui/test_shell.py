"""The frame of a page."""

from __future__ import annotations

import pytest
from django.test import Client, RequestFactory
from django.utils.translation import gettext_lazy as _

from karama.ui import shell


def test_links_stand_in_their_order(room: None) -> None:
    """UI049: header entries of all rooms are put in one order."""
    assert [link.label for link in shell.links_for(RequestFactory().get("/"))] == ["Today", "Worry"]


def test_the_frame_shows_alias_and_duty_and_the_way_out(visit: Client) -> None:
    """UI050: each page shows who is signed in and in which duty, how to hide, lock and sign out, and the
    way to the content.
    """
    text = visit.get("/style/").content.decode()
    for words in (
        "Chantal",
        "Community agent",
        'id="lock-form"',
        'action="/out/"',
        "data-hide-link",
        'href="#main"',
        'data-idle="900"',
    ):
        assert words in text


def test_signed_out_pages_have_no_account_menu(visit: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """UI051: without a visitor there is no lock, no alias and no countdown."""
    monkeypatch.setattr(shell.visitor, "_answers", {})
    text = visit.get("/style/").content.decode()
    assert "lock-form" not in text
    assert "data-idle" not in text


def test_the_demonstration_is_marked(visit: Client) -> None:
    """UI052: every page of a demonstration says that its people are invented."""
    assert "invented" in visit.get("/style/").content.decode()


def test_what_has_no_place_stands_under_more() -> None:
    """UI077: a phone shows three entries and a desk one row of them; the page one is on, whatever counts something, the
    urgent entry and a single left-over one stay in sight, and what a phone hides is counted.
    """
    links = [shell.Link(f"l{number}", f"/{number}/") for number in range(9)]
    links[7] = shell.Link("notices", "/7/", count=4)
    rest = shell.rest_of([*links, shell.Link("worry", "/worry/", urgent=True)], "/")
    assert [one.href for one in rest.phone] == [f"/{number}/" for number in range(3, 9)]
    assert [one.href for one in rest.desk] == ["/5/", "/6/", "/8/"]
    assert rest.count == 4
    assert shell.rest_of(links[:7], "/6/").desk == []
    assert not shell.rest_of(links[:4], "/").phone


def test_what_is_drawn_once_is_each_readers_own(visit: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """UI086: the list of a header that is kept is drawn for its entries, numbers, language and page: whoever has other
    ones sees her own.
    """

    def seen(*links: shell.Link, language: str = "en", at: str = "/style/") -> str:
        monkeypatch.setattr(shell.navigation, "_answers", {"test": lambda request: links})
        visit.cookies["language"] = language
        return visit.get(at).content.decode().partition('<nav class="wrap nav"')[2].partition("</nav>")[0]

    notices = shell.Link(_("Notices"), "/notices/", count=3)
    assert ">3<" in seen(notices)
    assert seen(notices) == seen(notices)
    more = seen(shell.Link(_("Notices"), "/notices/", count=4))
    assert ">4<" in more
    assert ">3<" not in more
    assert "إشعارات" in seen(notices, language="ar")
    own = shell.Link("Karama", "/own/")
    assert 'aria-label="Main"' in seen(own)
    assert 'aria-label="الرئيسية"' in seen(own, language="ar")
    assert "aria-current" not in seen(notices)
    assert "aria-current" in seen(shell.Link("Style", "/style/"))
    assert not seen()
