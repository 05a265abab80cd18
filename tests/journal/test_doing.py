"""JR001-JR019: the order of an action, replay, refusal, and actions inside actions."""

from __future__ import annotations

import logging
from typing import Any
from uuid import UUID

import pytest

from karama.journal import Absent, Actor, Call, Problem, Refused, action, batch
from karama.journal.models import Access, Change, Entry
from karama.journal.problems import BadArguments, Collided, OpIdReused
from karama.people.models import Person
from karama.programme.models import Site
from karama.security.identifiers import uuid7
from tests.journal import deeds


def test_an_action_writes_one_entry_with_its_changes(site: UUID) -> None:
    """JR001: one action is one entry, in one transaction with one change a record it touched."""
    entry = Entry.objects.get(result=site)
    assert (entry.action, entry.actor_duty) == ("test.place", "job:test")
    assert list(Change.objects.filter(seq=entry.seq).values_list("kind", "deed")) == [
        (10, "insert"),
        (11, "insert"),
        (12, "insert"),
    ]


def test_the_same_operation_returns_the_first_receipt(site: UUID, diego: Actor) -> None:
    """JR002: a replay returns the first receipt and changes nothing, whatever the author may do by now."""
    op_id = uuid7()
    first = deeds.rename_site(by=diego, site=site, name="Ninewa", op_id=op_id)
    now_without_duty = Actor(diego.id, "user", "mel_officer")
    again = deeds.rename_site(by=now_without_duty, site=site, name="Ninewa", op_id=op_id)
    assert (again.replayed, again.epoch, again.seq, again.record) == (True, first.epoch, first.seq, first.record)
    assert Entry.objects.filter(op_id=op_id).count() == 1


@pytest.mark.parametrize("difference", ["content", "author", "action"])
def test_the_same_operation_id_with_anything_else_is_refused(site: UUID, diego: Actor, difference: str) -> None:
    """JR003: the same operation id with another content, author or action changes nothing and is noted."""
    op_id = uuid7()
    deeds.rename_site(by=diego, site=site, name="first", op_id=op_id)
    other: dict[str, tuple[Any, Actor, dict[str, str]]] = {
        "content": (deeds.rename_site, diego, {"name": "second"}),
        "author": (deeds.rename_site, deeds.actor("psychologist", site), {"name": "first"}),
        "action": (deeds.rename_twice, diego, {"first": "a", "second": "b"}),
    }
    deed, by, arguments = other[difference]
    with pytest.raises(OpIdReused):
        deed(by=by, site=site, op_id=op_id, **arguments)
    assert Site.objects.get(id=site).name == "first"
    assert Access.objects.filter(reason="op_id_reused").count() == 1


def test_who_may_not_gets_the_answer_of_what_is_not(site: UUID, diego: Actor) -> None:
    """JR004: a refusal looks like an absence, changes nothing, and stands in the access log."""
    rojin = deeds.actor("mel_officer", site)
    with pytest.raises(Refused) as refusal:
        deeds.rename_site(by=rojin, site=site, name="x")
    absent = Absent()
    assert (refusal.value.code, str(refusal.value), refusal.value.status) == (absent.code, str(absent), absent.status)
    assert Site.objects.get(id=site).name == "mosul"
    assert Access.objects.get(actor_id=rojin.id).outcome == "refused"


def test_another_site_is_refused(site: UUID, diego: Actor) -> None:
    """JR005: the target's attributes decide, not only the duty."""
    tunde = deeds.actor("psychologist", uuid7())
    with pytest.raises(Refused):
        deeds.register(by=tunde, person=uuid7(), site=site, name="Amal")
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    "arguments",
    [{"site": "no id", "name": "x"}, {"name": "x"}, {"site": str(UUID(int=1)), "name": "x", "more": 1}],
)
def test_bad_arguments_name_the_field_and_not_the_value(site: UUID, diego: Actor, arguments: dict[str, str]) -> None:
    """JR006: what does not fit is refused before anything is locked, without repeating the value."""
    with pytest.raises(BadArguments) as refusal:
        deeds.rename_site(by=diego, **arguments)
    assert refusal.value.fields
    assert "no id" not in str(refusal.value)


@pytest.mark.parametrize("text", ["a\x00b", "\ud800"])
def test_text_that_no_database_can_hold_is_refused(site: UUID, diego: Actor, text: str) -> None:
    """JR007: NUL and half characters end as a clear problem on every database."""
    with pytest.raises(BadArguments):
        deeds.rename_site(by=diego, site=site, name=text)


def test_an_inner_action_has_its_own_entry(site: UUID, diego: Actor) -> None:
    """JR008: an action that calls another is its parent; both are written down, in the order they began."""
    deeds.rename_twice(by=diego, site=site, first="one", second="two")
    outer, first, second = Entry.objects.order_by("-seq")[:3][::-1]
    assert [one.action for one in (outer, first, second)] == ["test.two", "test.rename", "test.rename"]
    assert first.parent == second.parent == outer.id
    assert Site.objects.get(id=site).name == "two"


def test_a_failed_action_leaves_nothing(site: UUID, diego: Actor) -> None:
    """JR009: what an action wrote before it failed is gone, and so is its entry."""
    before = Entry.objects.count()
    with pytest.raises(ValueError, match="after the write"):
        deeds.rename_and_fail(by=diego, site=site)
    assert Site.objects.get(id=site).name == "mosul"
    assert Entry.objects.count() == before


def test_what_another_change_made_impossible_is_told_in_words(site: UUID, caplog: pytest.LogCaptureFixture) -> None:
    """JR012: what a constraint of the database refuses is told as two changes that met, alone and in a batch; the log
    names the action and no value.
    """
    before = Entry.objects.count()
    with caplog.at_level(logging.ERROR, logger="karama"), pytest.raises(Collided):
        deeds.make_place(by=deeds.PLACE, name="mosul")
    outcomes = list(batch(Call(deeds.make_place, deeds.PLACE, {"name": name}) for name in ("mosul", "basra")))
    assert [type(one.problem) for one in outcomes] == [Collided, type(None)]
    assert Entry.objects.count() == before + 1
    assert "test.place" in caplog.text
    assert "mosul" not in caplog.text


def test_actions_are_keyword_only_with_by_first() -> None:
    """JR010: an action that could be called by position is refused when it is made."""
    with pytest.raises(TypeError):

        @action("test.positional", access=deeds.ANYBODY)
        def wrong(by: Actor, site: UUID) -> None: ...

    with pytest.raises(ValueError, match="two actions"):

        @action("test.rename", access=deeds.ANYBODY)
        def other(*, by: Actor) -> None: ...


def test_every_problem_says_what_to_do() -> None:
    """JR011: a problem has a code, a sentence and a way out."""
    from karama.journal import problems

    kinds = [one for one in vars(problems).values() if isinstance(one, type) and issubclass(one, Problem)]
    assert len(kinds) >= 8
    assert all(kind.code and str(kind.what) and str(kind.do) for kind in kinds)
    assert len({kind.code for kind in kinds}) == len(kinds) - 1, "only Refused shares its code, with Absent"
