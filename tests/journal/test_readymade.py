"""A question put together once is answered like the queryset that it was made of."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from threading import Thread
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, connections
from django.db.models import Exists, OuterRef, QuerySet
from django.test.utils import CaptureQueriesContext

from karama.journal import Actor, Call, batch, clock
from karama.journal.models import Entry
from karama.journal.readymade import Readymade, readymade
from karama.people.models import Consent, Person
from karama.security.identifiers import uuid7
from tests.journal import deeds


@readymade
def _agreements(people: set[UUID], since: datetime, until: date) -> QuerySet[Any]:
    words = Consent.objects.filter(person_id__in=people, recorded_at__gte=since, recorded_at__date__gte=until)
    return words.select_related("person__site").order_by("pk")


@readymade
def _agreed(person: UUID, author: UUID) -> QuerySet[Any]:
    hers = Consent.objects.filter(person=OuterRef("pk"), author_id=author)
    return Person.objects.filter(pk=person).annotate(told=Exists(hers)).values_list("site_id", "told")


def test_it_answers_like_its_queryset(amal: UUID, diego: Actor) -> None:
    """JR230: objects with what they lead to, values, lists of any length: as the queryset says, also what is new."""
    long_ago, day = datetime(2020, 1, 1, tzinfo=UTC), date(2020, 1, 1)
    assert _agreements({amal}, long_ago, day) == []
    made = [deeds.agree(by=diego, person=amal, words="yes", sequence=number).record for number in (1, 2, 3)]
    for others in range(4):
        people = {amal, *(uuid7() for _one in range(others))}
        told = _agreements(people, long_ago, day)
        assert [one.pk for one in told] == made
        assert [one.snapshot() for one in told] == [one.snapshot() for one in _agreements.make(people, long_ago, day)]
    with CaptureQueriesContext(connection) as asked:
        assert told[0].person.site.snapshot() == Person.objects.get(pk=amal).site.snapshot()
    assert len(asked) == 2, "the person and her site came with the row"
    assert _agreements({amal}, datetime.now(UTC) + timedelta(days=1), day) == []
    assert _agreed(amal, diego.id) == list(_agreed.make(amal, diego.id)) == [(told[0].person.site_id, True)]
    assert _agreed(amal, uuid7()) == [(told[0].person.site_id, False)]
    assert _agreed.first(uuid7(), diego.id) is None


def test_a_list_of_words_is_each_rows_own(amal: UUID, diego: Actor) -> None:
    """JR253: a list in a row is that row's own: whoever changes it changes no other one and no later answer."""
    deeds.agree(by=diego, person=amal, words="yes", sequence=1)
    asked = {amal}, datetime(2020, 1, 1, tzinfo=UTC), date(2020, 1, 1)
    (first,), (told,) = _agreements(*asked), _agreements.make(*asked)
    first.classes.append("legal")
    (again,) = _agreements(*asked)
    assert again.classes == told.classes != first.classes


def test_it_sees_what_a_batch_has_not_written_yet(amal: UUID, diego: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    """JR231: it is asked through the guard like any other: the rows of a batch that wait are written before it."""
    assert [told for _site, told in _agreed(amal, diego.id)] == [False]
    plain, seen = deeds.agree.body, []

    def looking(**arguments: object) -> object:
        seen.append([told for _site, told in _agreed(amal, diego.id)])
        return plain(**arguments)

    monkeypatch.setattr(deeds.agree, "body", looking)
    calls = [Call(deeds.agree, diego, {"person": amal, "words": "yes", "sequence": n + 1}) for n in range(2)]
    assert all(one.receipt for one in batch(calls, hold=60))
    assert seen == [[False], [True]]


def test_what_cannot_be_made_beforehand_is_asked_all_the_same(amal: UUID, diego: Actor) -> None:
    """JR232: an empty list, no value, more than a statement holds: the answer is that of the queryset."""
    deeds.agree(by=diego, person=amal, words="yes")
    long_ago, day = datetime(2020, 1, 1, tzinfo=UTC), date(2020, 1, 1)
    assert _agreements(set(), long_ago, day) == []
    assert len(_agreements({amal, *(uuid7() for _one in range(600))}, long_ago, day)) == 1
    nobody: Any = None
    assert _agreed(nobody, diego.id) == []


@readymade
def _seen(by: Actor, last: int, others: bool) -> QuerySet[Any]:
    here = Person.objects.filter(site_id__in=by.sites).order_by("pk")[:last]
    return Person.objects.filter(pk__in=here.values("pk")).exclude(pk=by.id) if others else here


@readymade
def _let_in(by: Actor) -> QuerySet[Any]:
    rows = Person.objects.filter(site_id__in=by.sites)
    return rows if by.duty == "psychologist" else rows.none()


def test_of_an_actor_her_places_are_filled_in(amal: UUID, diego: Actor) -> None:
    """JR236: one statement for whoever holds the same duty at as many places; her own ids are filled in, a number and a
    truth stand in it; where she has no place there is none, and of another duty it is another one."""
    kept = connections["default"].__dict__.setdefault("karama_readymade", {})
    kept.clear()
    elsewhere, nowhere = replace(diego, sites=frozenset({uuid7()})), replace(diego, sites=frozenset())
    for others in (False, True):
        assert [one.pk for one in _seen(diego, 5, others)] == [amal]
        assert _seen(elsewhere, 5, others) == _seen(diego, 0, others) == _seen(nowhere, 5, others) == []
        assert [one.pk for one in _seen(replace(diego, duty="nurse"), 5, others)] == [amal]
        assert [one.pk for one in _seen(replace(diego, sites=diego.sites | {uuid7(), uuid7()}), 5, others)] == [amal]
    for duty in ("psychologist", "researcher"):
        found = [one.pk for one in _let_in(replace(diego, duty=duty))]
        assert found == [one.pk for one in _let_in.make(replace(diego, duty=duty))]
        assert bool(found) is (duty == "psychologist")
    certain = _let_in.statement((replace(diego, duty="researcher"),))
    assert certain is not None
    assert not certain.sql, "it is known without asking"
    made = [one for one in kept if one[0] is _seen]
    assert len(made) == 10, "five for each way: two duties, three places, none at all, and no rows at all"
    assert len(_seen.keys(diego, 5, False)) == 1


def _asks_first(by: Actor) -> QuerySet[Any]:
    return Person.objects.filter(pk__in=list(Person.objects.filter(site_id__in=by.sites).values_list("pk", flat=True)))


def _on_the_day(by: Actor) -> QuerySet[Any]:
    return Entry.objects.filter(actor_id=by.id, server_at__date=clock.day_in_utc())


def _her_name(by: Actor) -> QuerySet[Any]:
    return Entry.objects.filter(actor_id=by.id, action=str(by.id)[:8])


@pytest.mark.parametrize("make", [_asks_first, _on_the_day, _her_name])
def test_what_somebody_else_would_be_told_is_refused(amal: UUID, diego: Actor, make: Any) -> None:
    """JR237: what asks another question first, asks the clock for a day, or reckons with whose it is, is not kept."""
    with pytest.raises(ValueError, match="as they are|put together once"):
        Readymade(make)(diego)


def _day_later(since: datetime) -> QuerySet[Any]:
    return Entry.objects.filter(server_at__gte=since + timedelta(days=1))


def _by_the_clock(actor: UUID) -> QuerySet[Any]:
    return Entry.objects.filter(actor_id=actor, id=uuid7())


def _forgotten(actor: UUID, other: UUID) -> QuerySet[Any]:
    return Entry.objects.filter(actor_id=actor)


@pytest.mark.parametrize(
    ("make", "given"),
    [(_day_later, [datetime(2020, 1, 1, tzinfo=UTC)]), (_by_the_clock, [uuid7()]), (_forgotten, [uuid7(), uuid7()])],
)
def test_a_value_that_would_be_baked_in_is_refused(transactional_db: None, make: Any, given: list[Any]) -> None:
    """JR233: who reckons with an argument, asks a clock or leaves an argument out is told at the first question."""
    with pytest.raises(ValueError, match="as they are"):
        Readymade(make)(*given)


def test_another_connection_does_not_make_it_anew(amal: UUID, diego: Actor) -> None:
    """JR252: a thread with a connection of its own gets the statement that another one had made, and its own rows."""
    made: list[UUID] = []

    def named(person: UUID) -> QuerySet[Any]:
        made.append(person)
        return Person.objects.filter(pk=person).values_list("pk", flat=True)

    question, told = readymade(named), []

    def elsewhere() -> None:
        told.append(question(amal))
        connections.close_all()

    assert question(amal) == [amal]
    there = Thread(target=elsewhere)
    there.start()
    there.join()
    assert told == [[amal]]
    assert len(made) == 2, "twice, to find the places; and not again"
