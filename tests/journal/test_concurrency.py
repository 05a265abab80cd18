"""JR070-JR079: eight writers at once, and a reader that never finds a smaller number later."""

from __future__ import annotations

import threading
from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import connection, connections

from karama.journal import Actor, Call, batch, writing
from karama.journal.integrity import check_chain
from karama.journal.models import Counter, Entry
from karama.journal.problems import Collided
from karama.programme.models import Site
from karama.security.identifiers import uuid7
from tests.journal import deeds

WRITERS = 8


def at_once(works: list[Callable[[], None]]) -> list[BaseException]:
    """Run the works in threads with connections of their own; returns what they raised."""
    raised: list[BaseException] = []
    gate = threading.Barrier(len(works))

    def run(work: Callable[[], None]) -> None:
        try:
            gate.wait()
            work()
        except BaseException as problem:  # a thread's failure is looked at by the test
            raised.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def test_no_reader_can_skip_a_number(site: UUID, diego: Actor) -> None:
    """JR070: with eight writers, a reader that follows the numbers sees each of them once, gapless, in order."""
    rounds = 25
    done = threading.Event()
    gaps: list[tuple[int, int]] = []

    def write(mine: int) -> None:
        for n in range(rounds):
            deeds.rename_site(by=diego, site=site, name=f"{mine}-{n}")

    def follow() -> None:
        last = 0
        while not done.is_set() or Entry.objects.filter(seq__gt=last).exists():
            for seq in Entry.objects.filter(seq__gt=last).order_by("seq").values_list("seq", flat=True):
                if seq != last + 1:
                    gaps.append((last, seq))
                last = seq

    reader = threading.Thread(target=lambda: (follow(), connections.close_all()))
    reader.start()
    raised = at_once([lambda mine=mine: write(mine) for mine in range(WRITERS)])  # type: ignore[misc]  # bound now
    done.set()
    reader.join()
    assert raised == []
    assert gaps == []
    assert Counter.objects.get().seq == Entry.objects.count() == 1 + WRITERS * rounds
    assert check_chain() == []


def test_batches_and_single_actions_together(site: UUID, diego: Actor) -> None:
    """JR071: long batches and short actions at once: nothing is lost, nothing locks up, the chain is whole."""

    def many() -> None:
        outcomes = list(batch(Call(deeds.rename_site, diego, {"site": site, "name": f"b{n}"}) for n in range(60)))
        assert all(one.receipt for one in outcomes)

    def few() -> None:
        for n in range(10):
            deeds.rename_site(by=diego, site=site, name=f"s{n}")

    assert at_once([many, many, few, few]) == []
    assert Entry.objects.count() == 1 + 2 * 60 + 2 * 10
    assert check_chain() == []


def test_the_same_operation_from_two_sides_at_once(site: UUID, diego: Actor) -> None:
    """JR072: one operation sent eight times at the same moment is done once, and everyone gets the same receipt."""
    op_id = uuid7()
    receipts = []

    def send() -> None:
        receipts.append(deeds.rename_site(by=diego, site=site, name="once", op_id=op_id))

    assert at_once([send] * WRITERS) == []
    assert len({(one.epoch, one.seq) for one in receipts}) == 1
    assert sum(not one.replayed for one in receipts) == 1


def test_of_eight_that_cannot_all_be_one_is_kept(site: UUID) -> None:
    """JR074: eight make what can be there once at the same moment: one is kept, the others are told so in words."""
    raised = at_once([lambda: deeds.make_place(by=deeds.PLACE, name="basra")] * WRITERS)
    assert [type(one) for one in raised] == [Collided] * (WRITERS - 1)
    assert Site.objects.filter(name="basra").count() == 1
    assert check_chain() == []


def test_the_attack_finds_a_counter_that_is_not_locked(
    site: UUID, diego: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """JR073: mutant: without the lock on the counter, eight PostgreSQL writers collide."""
    if connection.vendor != "postgresql":
        monkeypatch.setattr(writing, "_locked_counter", lambda: None)
        with pytest.raises(AttributeError):
            deeds.rename_site(by=diego, site=site, name="x")
        return

    def unlocked() -> Counter:
        found = Counter.objects.get(id=1)
        threading.Event().wait(0.02)
        return found

    own = [deeds.make_place(by=deeds.PLACE, name=f"place{n}").record for n in range(WRITERS)]
    monkeypatch.setattr(writing, "_locked_counter", unlocked)

    def write(place: UUID | None) -> None:
        for n in range(5):
            deeds.rename_site(by=diego, site=place, name=str(n))

    assert at_once([lambda place=place: write(place) for place in own])  # type: ignore[misc]  # bound now
