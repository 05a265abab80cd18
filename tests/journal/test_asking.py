"""JR080-JR083, JR257: what one page asks several times is asked once, and never told again after an action."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from uuid import UUID

import pytest

from karama.journal import Actor, action, reading
from karama.journal.asking import once
from karama.programme.models import Site
from tests.journal.deeds import ANYBODY, rename_site

Page = Callable[[], AbstractContextManager[object]]
ASKED: list[UUID] = []


@once
def name_of(site: UUID) -> str:
    """A question that is counted."""
    ASKED.append(site)
    return Site.objects.get(pk=site).name


@action("test.ask_and_rename", access=ANYBODY)
def ask_and_rename(*, by: Actor, site: UUID) -> list[str]:
    """Asks, changes what was asked, and asks again."""
    before = name_of(site)
    found = Site.objects.get(pk=site)
    found.name = "renamed inside"
    found.save()
    return [before, name_of(site)]


@pytest.fixture(autouse=True)
def nothing_asked() -> None:
    """Counts from the beginning."""
    ASKED.clear()


@pytest.fixture
def page(diego: Actor) -> Page:
    """Opens one reading."""
    return lambda: reading(by=diego, purpose="care", route="tests.page")


def test_a_page_asks_once(site: UUID, page: Page) -> None:
    """JR080: within one reading a question is asked once, another one by itself; the next page asks anew."""
    with page():
        assert [name_of(site), name_of(site)] == ["mosul", "mosul"]
        assert len(ASKED) == 1
        with pytest.raises(Site.DoesNotExist):
            name_of(UUID(int=7))
        assert len(ASKED) == 2
    with page():
        name_of(site)
    assert len(ASKED) == 3


def test_nobody_reads_nothing_is_kept(site: UUID) -> None:
    """JR081: outside a reading every question is asked, as on the command line and in jobs."""
    assert [name_of(site), name_of(site)] == ["mosul", "mosul"]
    assert len(ASKED) == 2


def test_an_action_makes_the_page_forget(site: UUID, diego: Actor, page: Page) -> None:
    """JR082: after an action the page tells what is true then, not what it had asked before."""
    with page():
        assert name_of(site) == "mosul"
        rename_site(by=diego, site=site, name="duhok")
        assert name_of(site) == "duhok"


def test_an_action_asks_each_time(site: UUID, diego: Actor, page: Page) -> None:
    """JR083: inside an action nothing is kept, so that it sees what it has changed itself."""
    with page():
        assert name_of(site) == "mosul"
        assert ask_and_rename(by=diego, site=site).value == ["mosul", "renamed inside"]
        assert name_of(site) == "renamed inside"


def test_a_reading_inside_a_page_knows_what_the_page_knows(site: UUID, diego: Actor, page: Page) -> None:
    """JR257: a search inside a page asks nothing that the page has asked, and the other way round; whoever else reads
    there is told nothing of it, and what an action changes inside is true outside as well."""
    other = replace(diego, id=UUID(int=8))
    with page():
        with page():
            assert name_of(site) == "mosul"
        assert name_of(site) == "mosul"
        assert len(ASKED) == 1
        with reading(by=other, purpose="care", route="tests.page"):
            name_of(site)
        assert len(ASKED) == 2
        with page():
            rename_site(by=diego, site=site, name="duhok")
        assert name_of(site) == "duhok"
