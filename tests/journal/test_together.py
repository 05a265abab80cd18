"""JR130-JR136, JR238: questions of several rooms in one journey: each gets its own rows, as if it had asked alone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, QuerySet
from django.db.models.functions import Now
from django.test.utils import CaptureQueriesContext

from karama.journal import reading
from karama.journal.asking import once
from karama.journal.models import Access, Change, Entry
from karama.journal.readymade import readymade
from karama.journal.together import Asks, NumberOf, answered, asks, together
from karama.programme.models import Organisation, Site
from tests.journal import deeds

NAMES = ("mosul", "duhok", "erbil", "100%")


@pytest.fixture
def places(transactional_db: None) -> list[UUID]:
    """Four sites, and somebody at the first one."""
    made = [deeds.make_place(by=deeds.PLACE, name=name).record for name in NAMES]
    return [one for one in made if one is not None]


@asks
def named(name: str) -> Asks[list[str]]:
    """The time zones of sites of this name."""
    rows = yield Site.objects.filter(name=name)
    return [f"{one.name} {one.time_zone}" for one in rows]


@asks
def two_steps(name: str) -> Asks[tuple[str, int]]:
    """A question that needs the answer to another one."""
    (site,) = yield Site.objects.filter(name=name).select_related("programme")
    (same,) = yield (NumberOf(Site.objects.filter(programme=site.programme_id)),)
    return site.programme.name, same


@once
@asks
def all_names() -> Asks[list[str]]:
    """What a page may be told twice."""
    rows = yield Site.objects.order_by("name").values_list("name", flat=True)
    return list(rows)


def _kinds_of_rows() -> list[QuerySet[Any, Any]]:
    """Columns of every kind, in different places, with and without order, limit, join and count."""
    inner = Change.objects.filter(row=OuterRef("pk"))
    return [
        Site.objects.order_by("-name"),
        Entry.objects.order_by("seq").values_list("server_at", "seq", "id"),
        Site.objects.select_related("programme__organisation").order_by("name")[1:3],
        Site.objects.none(),
        Site.objects.filter(pk__in=[]),
        Change.objects.order_by("seq", "row").values_list("seq", "row", "fields", "deed"),
        Site.objects.annotate(seen=Exists(inner), at=Now()).values_list("seen", "name", "closed_on").order_by("name"),
        Site.objects.values("programme__name").annotate(many=Count("id")).order_by("programme__name"),
        Site.objects.filter(name__contains="%").annotate(same=F("code")),
        Site.objects.values_list("name", flat=True).distinct().order_by("name"),
        Access.objects.all(),
    ]


def _told(rows: list[Any]) -> list[Any]:
    return [one.__dict__ | {"_state": None} if hasattr(one, "_state") else one for one in rows]


def test_each_question_gets_its_own_rows(places: list[UUID]) -> None:
    """JR130: in one journey every question is told what it would have been told by itself, in its own order."""
    alone = [list(rows) for rows in _kinds_of_rows()]
    with CaptureQueriesContext(connection) as journeys:
        found = answered(together(*[_plain(rows) for rows in _kinds_of_rows()]))
    assert len(journeys) == 1
    assert [len(one) for one in found] == [len(one) for one in alone]
    assert len(alone[0]) == len(NAMES)
    still = [place for place, rows in enumerate(alone) if place != 6]
    assert [_told(found[one]) for one in still] == [_told(alone[one]) for one in still]
    assert [one[:3] for one in found[6]] == [one[:3] for one in alone[6]]
    assert found[2][0].programme.organisation.name


def _plain(rows: QuerySet[Any, Any] | NumberOf) -> Asks[Any]:
    return (yield rows)


def test_as_many_journeys_as_the_longest_needs(places: list[UUID]) -> None:
    """JR131: questions that wait for nothing go along with those that do; each is told its own."""
    askings = [named.asking("duhok"), two_steps.asking("mosul"), two_steps.asking("erbil"), named.asking("nobody")]
    with CaptureQueriesContext(connection) as journeys:
        found = answered(together(*askings))
    assert found == (["duhok UTC"], ("mosul", 1), ("erbil", 1), [])
    assert len(journeys) == 2
    assert answered(together()) == ()
    assert answered(together(together(named.asking("duhok")), named.asking("100%"))) == (
        (["duhok UTC"],),
        ["100% UTC"],
    )


@readymade
def named_so(name: str) -> QuerySet[Site, Site]:
    """Asked by several rooms of one page."""
    return Site.objects.filter(name=name)


def _so(name: str) -> Asks[list[Site]]:
    found: list[Site] = yield named_so.later(name)
    return found


def test_the_same_is_asked_once(places: list[UUID]) -> None:
    """JR238: what several ask with the same values is asked once, and each gets objects of her own; with other values
    it is another question."""
    with CaptureQueriesContext(connection) as journeys:
        one, two, other = answered(together(_so("mosul"), _so("mosul"), _so("duhok")))
    assert [each.name for each in (*one, *two, *other)] == ["mosul", "mosul", "duhok"]
    assert one[0] is not two[0]
    assert len(journeys) == 1
    assert journeys[0]["sql"].count("'mosul'") == 1


def test_by_itself_it_asks_at_once(places: list[UUID]) -> None:
    """JR132: called like any function, a question is asked as it was before."""
    with CaptureQueriesContext(connection) as journeys:
        assert named("mosul") == ["mosul UTC"]
    assert len(journeys) == 1
    assert two_steps("mosul") == ("mosul", 1)


def test_many_questions_are_one_journey(places: list[UUID]) -> None:
    """JR133: three hundred questions at once are one journey, and nobody loses a row or gets another's."""
    asked = [f"nowhere {place}" if place % 3 else NAMES[place % 4] for place in range(300)]
    with CaptureQueriesContext(connection) as journeys:
        found = answered(together(*(named.asking(one) for one in asked)))
    assert list(found) == [[f"{one} UTC"] if one in NAMES else [] for one in asked]
    assert len(journeys) == 1


def test_what_a_page_knows_is_not_asked_again(places: list[UUID]) -> None:
    """JR134: asked together, too, an answer is kept for one reading, and never told again after an action."""
    with reading(by=deeds.actor("psychologist", places[0]), purpose="care", route="tests.page"):
        with CaptureQueriesContext(connection) as journeys:
            assert answered(together(all_names.asking(), named.asking("mosul")))[0] == sorted(NAMES)
            assert all_names() == sorted(NAMES) == answered(all_names.asking())
        assert len(journeys) == 1
        asking = all_names.asking()
        deeds.rename_site(by=deeds.actor("psychologist", places[0]), site=places[0], name="amadiya")
        assert "amadiya" in all_names()
        assert "amadiya" in answered(asking)


def test_what_was_asked_before_an_action_is_not_kept_after_it(places: list[UUID]) -> None:
    """JR135: an action between question and answer makes the page forget that answer."""
    with reading(by=deeds.actor("psychologist", places[0]), purpose="care", route="tests.page"):
        asking = all_names.asking()
        rows = list(next(asking))
        deeds.rename_site(by=deeds.actor("psychologist", places[0]), site=places[0], name="amadiya")
        with pytest.raises(StopIteration):
            asking.send(rows)
        assert "amadiya" in all_names()


def test_how_many_there_are(places: list[UUID]) -> None:
    """JR136: a number counts what a queryset counts: joined, distinct or none at all."""
    for rows in (
        Site.objects.all(),
        Site.objects.none(),
        Organisation.objects.filter(programmes__sites__time_zone="UTC"),
        Organisation.objects.filter(programmes__sites__time_zone="UTC").distinct(),
        Site.objects.filter(name="nobody"),
        Site.objects.order_by("code")[:2],
    ):
        number, _sites = answered(together(_plain(NumberOf(rows)), _plain(Site.objects.all())))
        assert number == rows.count() == answered(_plain(NumberOf(rows)))
