"""JR050-JR059: many actions in few commits."""

from __future__ import annotations

import time
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from karama.journal import Actor, Call, batch
from karama.journal.integrity import check
from karama.journal.models import Entry
from karama.journal.problems import BadArguments, OpIdReused, Refused
from karama.people.models import Consent
from karama.security.identifiers import uuid7
from tests.journal import deeds


def calls(by: Actor, person: UUID, number: int) -> list[Call]:
    return [
        Call(deeds.agree, by, {"person": person, "words": "yes", "sequence": n + 1}, op_id=uuid7())
        for n in range(number)
    ]


def test_a_batch_does_what_single_actions_do(amal: UUID, diego: Actor) -> None:
    """JR050: one entry an action, in order, and the journal is whole afterwards."""
    outcomes = list(batch(calls(diego, amal, 120)))
    assert all(one.receipt and not one.problem for one in outcomes)
    numbers = [one.receipt.seq for one in outcomes if one.receipt]
    assert numbers == list(range(numbers[0], numbers[0] + 120))
    assert check() == []


def test_one_failure_spoils_only_itself(amal: UUID, diego: Actor) -> None:
    """JR051: when a call fails, every other call of its group is done all the same."""
    many = calls(diego, amal, 30)
    many[7] = Call(deeds.agree, diego, {"person": "nobody", "words": "x"})
    many[11] = Call(deeds.agree, deeds.actor("mel_officer"), {"person": amal, "words": "x", "sequence": 12})
    many[20] = Call(deeds.agree, diego, {"person": amal, "words": "x", "sequence": 1})
    outcomes = list(batch(many))
    wrong = {place: type(one.problem) for place, one in enumerate(outcomes) if one.problem}
    assert {7: BadArguments, 11: Refused}.items() <= wrong.items()
    assert set(wrong) == {7, 11, 20}
    assert Consent.objects.count() == 27
    assert all((one.receipt is None) != (one.problem is None) for one in outcomes)
    assert check() == []


def test_the_same_batch_twice_changes_nothing(amal: UUID, diego: Actor) -> None:
    """JR052: run again, every call finds its first receipt; changed content is refused by its own call only."""
    many = calls(diego, amal, 40)
    first = list(batch(many))
    entries = Entry.objects.count()
    again = list(batch(many))
    assert [one.receipt.seq for one in again if one.receipt] == [one.receipt.seq for one in first if one.receipt]
    assert all(one.receipt and one.receipt.replayed for one in again)
    changed = [*many[:5], Call(deeds.agree, diego, {**many[5].arguments, "words": "no"}, op_id=many[5].op_id)]
    assert [type(one.problem) for one in batch(changed)][5] is OpIdReused
    assert Entry.objects.count() == entries


def test_the_same_operation_twice_in_one_batch(amal: UUID, diego: Actor) -> None:
    """JR053: an operation that stands twice in a batch is done once."""
    (call,) = calls(diego, amal, 1)
    outcomes = list(batch([call, call]))
    assert [bool(one.receipt and one.receipt.replayed) for one in outcomes] == [False, True]
    assert Consent.objects.count() == 1


def test_the_lock_is_let_go(amal: UUID, diego: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    """JR054: a slow batch commits every 200 ms, so that a person at a page can write in between."""
    slow = deeds.agree.body

    def slower(**arguments: object) -> object:
        time.sleep(0.06)
        return slow(**arguments)

    monkeypatch.setattr(deeds.agree, "body", slower)
    with CaptureQueriesContext(connection) as queries:
        list(batch(calls(diego, amal, 12)))
    begun = sum("journal_counter" in one["sql"] and "UPDATE" in one["sql"] for one in queries)
    assert begun >= 3
