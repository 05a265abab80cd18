"""Random days of telephones and a server: what is lost on the way, who leaves whose caseload, restores, updates, wrong
clocks.

The server is the real code on a real database; a telephone is `Phone`. Everything follows from one number, so that a
day that went wrong can be lived again.
"""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from django.db import OperationalError, transaction

from karama.accounts.actions import revoke_device
from karama.accounts.models import Device
from karama.journal import Problem, writing
from karama.journal.models import Counter, Entry
from karama.people.actions import assign, end_assignment, hide_from, set_contact_rules, unhide
from karama.people.models import Assignment, HiddenFrom
from karama.safety.models import AlertSource
from karama.security import vault
from karama.security.identifiers import uuid7
from karama.sync import receiving
from karama.sync.models import HeldOperation
from karama.sync.sending import files_for
from karama.voice.models import KeptSound
from tests.people.conftest import Clinic
from tests.sync import work
from tests.sync.phone import Lost, Phone, server

ALIASES = ("default", "keys")
CLOCKS = ("1970-01-01T00:00:00Z", "2016-02-29T23:59:59Z", "2026-03-29T02:30:00+01:00", "2036-12-31T23:59:60Z", "soon")
FAULTS = ("none", "none", "lost_request", "lost_reply", "lost_part", "server_dies", "small_pieces")


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside is taken back, in both databases."""
    marks = {alias: transaction.savepoint(using=alias) for alias in ALIASES}
    try:
        yield
    finally:
        for alias, mark in marks.items():
            transaction.savepoint_rollback(mark, using=alias)
            transaction.savepoint_commit(mark, using=alias)
        vault.forget()


@dataclass
class World:
    """The clinic, the telephones, what each was told to do, and a backup. `said`: every operation ever queued."""

    clinic: Clinic
    phones: list[Phone]
    people: list[UUID]
    said: dict[UUID, str] = field(default_factory=dict)
    backup: dict[str, str] | None = None
    revoked: set[UUID] = field(default_factory=set)
    lived: list[str] = field(default_factory=list)
    there: dict[str, UUID] = field(default_factory=dict)

    def copy(self) -> World:
        """Another world in which the same has happened; keys and colleagues are shared."""
        return World(
            self.clinic,
            [_copied(phone) for phone in self.phones],
            list(self.people),
            dict(self.said),
            self.backup,
            set(self.revoked),
            list(self.lived),
            self.there,
        )


def _copied(phone: Phone) -> Phone:
    other = copy.copy(phone)
    other.unsigned, other.outbox, other.retained = list(phone.unsigned), list(phone.outbox), list(phone.retained)
    other.own, other.said = set(phone.own), dict(phone.said)
    other.receipts, other.codes = dict(phone.receipts), list(phone.codes)
    other.files = {name: copy.deepcopy(held) for name, held in phone.files.items()}
    return other


def begin(clinic: Clinic) -> World:
    """Three people of Chantal's, her two telephones, and one of Diego's, who works with one of them."""
    people = [clinic.register(first=f"P{place}", last="Else") for place in range(3)]
    assign(by=clinic["nadia"], person=people[0], user=clinic["diego"].id, role="member")
    set_contact_rules(by=clinic["chantal"], person=people[0], channel="call", address="+57 300 0")
    there = work.places(clinic, people)
    phones = [Phone(clinic[name]).enrol() for name in ("chantal", "chantal", "diego")]
    for phone in phones:
        phone.sync()
    return World(clinic, phones, people, there=there)


class Day:
    """One random day. Raises `AssertionError` with the steps that led there."""

    def __init__(self, world: World, seed: str, steps: int = 16) -> None:
        self.world, self.seed, self.steps = world, seed, steps
        self.dice = random.Random(seed)

    def live(self) -> None:
        """Live the day, mend the network, and see that nothing is missing."""
        turns = {
            self.do_something: 8,
            self.connect: 9,
            self.reassign: 2,
            self.hide: 1,
            self.edit: 1,
            self.back_up: 1,
            self.restore: 1,
            self.revoke: 1,
            self.jump: 1,
            self.update: 1,
        }
        steps = self.dice.choices(list(turns), list(turns.values()), k=self.dice.randint(5, self.steps))
        for step in steps:
            self.world.lived.append(step.__name__)
            step()
        self.settle()

    # --- what may happen

    def do_something(self) -> None:
        phone, person = self.dice.choice(self.world.phones), self.dice.choice(self.world.people)
        kinds = {"session": 6, "worry": 2, "contact": 2, "nonsense": 1, **dict.fromkeys(work.WORK, 1)}
        kind = self.dice.choices(list(kinds), list(kinds.values()))[0]
        if kind in work.WORK:
            op = work.WORK[kind](phone, person, self.world.there)
        elif kind == "session":
            op = phone.do("care.record_session", person=person, attended="absent")
        elif kind == "worry":
            op = phone.do("safety.raise_worry", person=person, kind="suicide", words="words")
        elif kind == "contact":
            base = {
                f"{of}:{row}": seq
                for held in phone.files.values()
                for (of, row), (seq, _fields) in held.rows.items()
                if of == 34
            }
            number = f"+57 {self.dice.randrange(100)}"
            op = phone.do("people.set_contact_rules", base=base, person=person, channel="call", address=number)
        else:
            op = phone.do("care.record_session", person=person, attended="flew")
        self.world.said[op] = kind

    def connect(self) -> None:
        phone = self.dice.choice(self.world.phones)
        fault = self.dice.choice(FAULTS)
        self.world.lived[-1] += f":{fault}"
        phone.group(self.dice.choice((1, 3, 50)))
        phone.limit = 2_000 if fault == "small_pieces" else 64_000
        with faulty(phone, fault, self.dice), suppress(Lost):
            phone.sync(groups=self.dice.choice((1, 2, 50)), rounds=self.dice.choice((1, 2, 6)))
        self.truthful(phone)

    def reassign(self) -> None:
        person, nadia = self.dice.choice(self.world.people), self.world.clinic["nadia"]
        user = self.world.clinic[self.dice.choice(("chantal", "diego"))].id
        with suppress(Problem):
            if Assignment.objects.filter(person_id=person, user_id=user, until__isnull=True).exists():
                end_assignment(by=nadia, person=person, user=user)
            else:
                assign(by=nadia, person=person, user=user, role="member")

    def hide(self) -> None:
        person, user = self.dice.choice(self.world.people), self.world.clinic["chantal"].id
        nadia = self.world.clinic["nadia"]
        hidden = HiddenFrom.objects.filter(person_id=person, user_id=user, lifted_at__isnull=True).exists()
        with suppress(Problem):
            (unhide if hidden else hide_from)(by=nadia, person=person, user=user, reason="asked")

    def edit(self) -> None:
        person = self.dice.choice(self.world.people)
        with suppress(Problem):
            set_contact_rules(by=self.world.clinic["nadia"], person=person, channel="call", address="+57 9")

    def back_up(self) -> None:
        self.world.backup = {alias: transaction.savepoint(using=alias) for alias in ALIASES}

    def restore(self) -> None:
        """The databases go back to the backup and begin another life; telephones taken back stay so."""
        if self.world.backup is None:
            return
        here = at_server(set(self.world.said))
        for alias, mark in self.world.backup.items():
            transaction.savepoint_rollback(mark, using=alias)
        vault.forget()
        with writing.may_write("a restore"):
            Counter.objects.filter(id=1).update(epoch=uuid7())
        for device in Device.objects.filter(id__in=self.world.revoked, revoked_at__isnull=True):
            revoke_device(by=self.world.clinic["samir"], device=device.id, why="lost")
        self.ask_again_for(here - at_server(here))

    def ask_again_for(self, gone: set[UUID]) -> None:
        """What a telephone brought that emptied itself since was in this life of the server only: its user is asked
        (docs/howto). Nothing else may be gone with it.
        """
        for phone in self.world.phones:
            lost = (gone & phone.own) - self.kept_by(phone)
            was_taken_back = phone.device in self.world.revoked
            assert not lost or was_taken_back, self.told("a telephone threw away what only the server had")
            phone.own -= lost
            for op in lost:
                del self.world.said[op]

    def kept_by(self, phone: Phone) -> set[UUID]:
        """The operations that a telephone could offer again."""
        return {UUID(json.loads(text)["id"]) for group in (*phone.retained, *phone.outbox) for text in group.texts}

    def revoke(self) -> None:
        phone = self.dice.choice(self.world.phones)
        if self.dice.random() < 0.3 and phone.device not in self.world.revoked:
            revoke_device(by=self.world.clinic["samir"], device=phone.device, why="stolen")
            self.world.revoked.add(phone.device)

    def jump(self) -> None:
        phone, clock = self.dice.choice(self.world.phones), self.dice.choice(CLOCKS)
        phone.clock = lambda: clock

    def update(self) -> None:
        self.dice.choice(self.world.phones).update()

    # --- what must be true

    def truthful(self, phone: Phone) -> None:
        """A telephone that has just been answered and says "synced" has everything at the server."""
        if phone.synced and phone.answered:
            missing = phone.own - at_server(phone.own)
            assert not missing, self.told(f"said synced with {len(missing)} operations nowhere")
            assert not unheard(phone), self.told("a message was said to be sent whole, and its sound is nowhere")

    def settle(self) -> None:
        """The network works again: everybody sends and asks, twice, so that each has seen what the others sent."""
        for _time in range(2):
            for phone in self.world.phones:
                phone.limit = 64_000
                phone.server = server
                phone.sync()
        said = set(self.world.said)
        assert at_server(said) == said, self.told("an operation was lost")
        assert all(phone.synced for phone in self.world.phones), self.told("a telephone still waits")
        assert not any(map(unheard, self.world.phones)), self.told("a sound was lost")
        self.once()
        for phone in self.world.phones:
            self.converged(phone)

    def once(self) -> None:
        """Each operation was done at most once, and nothing stands that nobody did."""
        done = set(Entry.objects.filter(op_id__in=self.world.said).values_list("op_id", flat=True))
        held = set(HeldOperation.objects.filter(op_id__in=self.world.said).values_list("op_id", flat=True))
        assert not done & held, self.told("an operation was done and held")
        worries = {op for op in self.world.said if self.world.said[op] == "worry"}
        for kind, model in work.ROWS.items():
            many = sum(self.world.said[op] == kind for op in done)
            assert model.objects.count() == many, self.told(f"a {kind} stands twice, or is missing")
        messages = {op for op in self.world.said if self.world.said[op] == "message"}
        assert messages <= done, self.told("a message was held")
        assert AlertSource.objects.count() == len(worries), self.told("a worry stands twice, or is missing")
        assert worries <= done, self.told("a worry was held")
        assert not any(self.world.said[op] == "nonsense" for op in done), self.told("nonsense was done")

    def converged(self, phone: Phone) -> None:
        """A telephone holds exactly what it may: nothing when it was taken back."""
        expected = {} if phone.device in self.world.revoked else files_for(phone.by)
        held = {name: file.check() for name, file in phone.files.items()}
        assert held == {name: file.check() for name, file in expected.items()}, self.told("a telephone differs")

    def told(self, words: str) -> str:
        return f"{words} (seed {self.seed!r}: {' '.join(self.world.lived)})"


def at_server(ops: set[UUID]) -> set[UUID]:
    """Those of the operations that were done or are held."""
    done = set(Entry.objects.filter(op_id__in=ops).values_list("op_id", flat=True))
    return done | set(HeldOperation.objects.filter(op_id__in=ops).values_list("op_id", flat=True))


def unheard(phone: Phone) -> set[str]:
    """What was said aloud on a telephone and is not stored here."""
    said = {digest for digest, (op, _content) in phone.said.items() if op in phone.own}
    return said - set(KeptSound.objects.values_list("sound__digest", flat=True))


@contextmanager
def faulty(phone: Phone, fault: str, dice: random.Random) -> Iterator[None]:
    """Something goes wrong with one of the next requests of this telephone."""
    turn = dice.randrange(3)
    seen = 0

    def breaks(body: bytes) -> bytes:
        nonlocal seen
        seen += b'\\"part\\"' in body or fault != "lost_part"
        if seen != turn + 1 or fault in ("none", "small_pieces"):
            return server(body)
        if fault == "lost_request":
            raise Lost
        if fault in ("lost_reply", "lost_part"):
            server(body)
            raise Lost
        with dying(dice.randrange(4)):
            return server(body)

    phone.server = breaks
    try:
        yield
    finally:
        phone.server = server


@contextmanager
def dying(after: int) -> Iterator[None]:
    """The server dies after it has committed so many operations, before anybody is told."""
    left = [after]
    noted = receiving._note

    def note(*arguments: Any) -> None:
        if left[0] == 0:
            raise OperationalError("the server died")
        left[0] -= 1
        noted(*arguments)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(receiving, "_note", note)
        try:
            yield
        except OperationalError:
            raise Lost from None
