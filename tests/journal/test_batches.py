"""JR050-JR059: many actions in few commits."""

from __future__ import annotations

import functools
import time
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from karama.journal import Actor, Call, batch, foreseen
from karama.journal.batches import Pace
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

    @functools.wraps(slow)  # what fits the action is read from its signature, once for all tests
    def slower(**arguments: object) -> object:
        time.sleep(0.06)
        return slow(**arguments)

    monkeypatch.setattr(deeds.agree, "body", slower)
    with CaptureQueriesContext(connection) as queries:
        list(batch(calls(diego, amal, 12)))
    begun = sum("journal_counter" in one["sql"] and "UPDATE" in one["sql"] for one in queries)
    assert begun >= 3


def inserts(queries: CaptureQueriesContext, table: str) -> int:
    """How many statements inserted into a table."""
    return sum(one["sql"].startswith(f'INSERT INTO "{table}"') for one in queries)


def test_new_rows_of_a_batch_are_written_together(amal: UUID, diego: Actor) -> None:
    """JR055: the records, entries and changes of many actions go to the database in few statements."""
    with CaptureQueriesContext(connection) as queries:
        outcomes = list(batch(calls(diego, amal, 60), hold=60))
    assert all(one.receipt for one in outcomes)
    commits = sum("journal_counter" in one["sql"] and "UPDATE" in one["sql"] for one in queries)
    for table in ("people_consent", "journal_entry", "journal_change"):
        assert inserts(queries, table) <= (commits if connection.vendor == "postgresql" else 60)
    assert len(queries) < 60 * 3 + 60
    assert Consent.objects.count() == 60


def test_a_statement_finds_the_rows_that_waited(amal: UUID, diego: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    """JR056: whatever an action of a batch reads, it finds what the actions before it saved."""
    seen: list[int] = []
    plain = deeds.agree.body

    @functools.wraps(plain)
    def looking(**arguments: object) -> object:
        seen.append(Consent.objects.count())
        return plain(**arguments)

    monkeypatch.setattr(deeds.agree, "body", looking)
    assert all(one.receipt for one in batch(calls(diego, amal, 5), hold=60))
    assert seen == [0, 1, 2, 3, 4]
    assert check() == []


def test_what_a_savepoint_takes_back_is_not_written_later(
    amal: UUID, diego: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """JR057: rows saved inside a savepoint that is rolled back are gone, and those before it are kept."""
    plain = deeds.agree.body

    def trying(**arguments: object) -> object:
        kept = plain(**arguments)
        try:
            with transaction.atomic():
                plain(**{**arguments, "sequence": 100 + int(str(arguments["sequence"]))})
                raise LookupError
        except LookupError:
            pass
        return kept

    monkeypatch.setattr(deeds.agree, "body", trying)
    assert all(one.receipt for one in batch(calls(diego, amal, 4), hold=60))
    assert sorted(Consent.objects.values_list("sequence", flat=True)) == [1, 2, 3, 4]


def test_what_was_looked_up_ahead_ends_with_its_transaction(
    amal: UUID, diego: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """JR058: what a batch looked up at once is there for its own calls, and never for a later action."""
    seen: list[object] = []

    def ahead(*, by: Actor, many: list[dict[str, object]]) -> None:
        foreseen("test")["number"] = len(many)

    plain = deeds.agree.body

    @functools.wraps(plain)
    def looking(**arguments: object) -> object:
        seen.append(foreseen("test").get("number"))
        return plain(**arguments)

    monkeypatch.setattr(deeds.agree, "foresee", ahead)
    monkeypatch.setattr(deeds.agree, "body", looking)
    assert all(one.receipt for one in batch(calls(diego, amal, 3), hold=60))
    monkeypatch.setattr(deeds.agree, "foresee", None)
    more = Call(deeds.agree, diego, {"person": amal, "words": "later", "sequence": 49})
    assert all(one.receipt for one in batch([more], hold=60))
    deeds.agree(by=diego, person=amal, words="alone", sequence=50)
    assert seen == [3, 3, 3, None, None]


def test_what_somebody_else_entered_in_between_is_found_after_all(amal: UUID, diego: Actor) -> None:
    """JR234: whoever looked for the operation ids herself, a moment too early, gets the first receipts all the same;
    nothing is done twice, and what is new beside them is done."""
    many = calls(diego, amal, 12)
    first = list(batch(many[3:6]))
    entries = Entry.objects.count()
    again = list(batch(many, looked_up=True))
    assert [one.receipt.seq for one in again[3:6] if one.receipt] == [one.receipt.seq for one in first if one.receipt]
    assert [one.receipt.replayed for one in again if one.receipt] == [False] * 3 + [True] * 3 + [False] * 6
    assert Entry.objects.count() == entries + 9
    assert check() == []


def test_many_small_batches_keep_their_pace(amal: UUID, diego: Actor) -> None:
    """JR235: what the batches before it took is known to the next one: it needs no groups that begin small."""
    pace = Pace(hold=60)
    many = calls(diego, amal, 96)
    list(batch(many[:48], pace=pace))
    with CaptureQueriesContext(connection) as asked:
        list(batch(many[48:], pace=pace))
    assert sum(one["sql"].startswith("UPDATE") and "journal_counter" in one["sql"] for one in asked) == 1
