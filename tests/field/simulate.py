"""Days of the simulator of tests/sync, lived by the telephone's real store and queue in a Node process.

The disk of each telephone is a fake IndexedDB inside that process, so "the app dies" ends one life of the app between
two of its writes and begins another on the same disk; the process itself stays. What the app sends goes through
the pipe to the real views; whether it arrives is decided here.
"""

from __future__ import annotations

import json
import random
import subprocess
from base64 import b64decode, b64encode
from collections.abc import Callable
from contextlib import nullcontext, suppress
from types import TracebackType
from typing import Any
from uuid import UUID

from django.test import RequestFactory

from karama.accounts.actions import offer_enrolment
from karama.accounts.models import Posting
from karama.accounts.views.devices import enrol
from karama.journal import Actor
from karama.people.actions import assign, set_contact_rules
from karama.sync.sending import check_of, files_for
from karama.sync.views import field_sync
from tests.field.node import ROOT, node
from tests.people.conftest import Clinic
from tests.sync import work
from tests.sync.phone import Held, Lost, _plain
from tests.sync.simulator import CLOCKS, Day, World, at_server, dying

FAULTS = ("none", "none", "lost_request", "lost_reply", "server_dies", "offline", "flaky", "broken_reply", "app_dies")
VIEWS: dict[str, Callable[..., Any]] = {"/field/sync": field_sync, "/field/enrol": enrol}
PRIVATE = ("message",)
"""Work of which a telephone keeps nothing after its receipt."""
Network = Callable[[str, bytes, str], tuple[int, bytes]]


def server(address: str, body: bytes, packed: str) -> tuple[int, bytes]:
    """The real views: what a telephone posts, and what it gets."""
    headers = {"Content-Encoding": packed, "Accept-Encoding": "gzip"}
    response = VIEWS[address](RequestFactory().post(address, body, "application/json", headers=headers))
    return response.status_code, response.content


class Node:
    """The process in which the telephones live."""

    def __init__(self) -> None:
        self.networks: dict[str, Network] = {}

    def __enter__(self) -> Node:
        self._process = subprocess.Popen(
            [node(), "--disable-warning=ExperimentalWarning", "tests/field/driver.ts"],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
        )  # fmt: skip
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate()

    def ask(self, phone: str, what: str, **told: Any) -> Any:
        """What a telephone says to a command; its requests meanwhile go to the network of the moment."""
        self._write({"do": what, "phone": phone, **told})
        assert self._process.stdout is not None
        while line := self._process.stdout.readline():
            said = json.loads(line)
            if "fetch" in said:
                self._write(self._fetched(said))
            elif "failed" in said:
                raise Lost(said["failed"])
            else:
                return said["result"]
        raise AssertionError("The process of the telephones ended.")

    def _fetched(self, said: dict[str, Any]) -> dict[str, Any]:
        try:
            status, body = self.networks[said["phone"]](said["address"], b64decode(said["body"]), said["packed"])
        except Lost:
            status, body = 0, b""
        return {"fetched": said["fetch"], "status": status, "body": b64encode(body).decode()}

    def _write(self, told: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(told) + "\n")
        self._process.stdin.flush()


class Telephone:
    """One user on one real telephone: what the simulator asks of `tests.sync.phone.Phone`."""

    def __init__(self, node: Node, name: str, by: Actor) -> None:
        self.node, self.name, self.by = node, name, by
        self.own: set[UUID] = set()
        self.aloud, self.said = False, dict[str, tuple[UUID, bytes]]()  # what is said aloud has tests of its own
        self.answered = False
        self.gone = False
        self.posting = Posting.objects.filter(user_id=by.id).latest("recorded_at").id
        self.network: Network = server
        node.networks[name] = lambda *told: self._network(*told)
        code = offer_enrolment(by=by, posting=self.posting).value.code
        me = node.ask(name, "enrol", code=code)
        self.device = UUID(me["device"])

    def _network(self, address: str, body: bytes, packed: str) -> tuple[int, bytes]:
        self.answered = False
        told = self.network(address, body, packed)
        self.answered = told[0] == 200
        return told

    def do(self, action: str, *, base: dict[str, int] | None = None, **arguments: Any) -> UUID:
        """Queue one action. Raises `Lost` when the app died before it said "saved"."""
        told = self.node.ask(self.name, "act", action=action, told=_plain(arguments), base=base or {})
        if told == "gone":
            raise Lost("gone")
        self.own.add(UUID(told))
        return UUID(told)

    def sync(self) -> None:
        """Send and ask as the app does by itself."""
        self.node.ask(self.name, "sync")

    def die_after(self, writes: int) -> None:
        """The app dies before one of its next writes."""
        self.node.ask(self.name, "die_after", writes=writes)

    def again(self) -> None:
        """The app is opened again, with her pictures."""
        self.node.ask(self.name, "again")

    def turn(self, clock: str) -> None:
        """Her clock says something else from now on."""
        self.node.ask(self.name, "clock", clock=clock)

    def state(self) -> dict[str, Any]:
        """What it shows; nothing when it has emptied itself."""
        told: dict[str, Any] | None = self.node.ask(self.name, "state")
        self.gone = self.gone or told is None
        return told or {"rows": [], "standing": {"synced": True, "waiting": 0, "trouble": "revoked"}, "sent": []}

    @property
    def synced(self) -> bool:
        """Whether it says so."""
        return bool(self.state()["standing"]["synced"])

    @property
    def files(self) -> dict[str, Held]:
        """What it shows of the server's rows, by person."""
        found: dict[str, Held] = {}
        for person, kind, row, seq in self.state()["rows"]:
            found.setdefault(person, Held()).rows[kind, row] = (seq, {})
        return found


def begin(clinic: Clinic, node: Node, number: str) -> World:
    """Three people of Chantal's, her two telephones and one of Diego's: as the simulator of tests/sync begins."""
    people = [clinic.register(first=f"P{place}", last="Else") for place in range(3)]
    assign(by=clinic["nadia"], person=people[0], user=clinic["diego"].id, role="member")
    set_contact_rules(by=clinic["chantal"], person=people[0], channel="call", address="+57 300 0")
    there = work.places(clinic, people)
    phones: list[Any] = [
        Telephone(node, f"{number}:{at}", clinic[name]) for at, name in enumerate(("chantal", "chantal", "diego"))
    ]
    for phone in phones:
        phone.sync()
    return World(clinic, phones, people, there=there)


class RealDay(Day):
    """One random day with real telephones."""

    def do_something(self) -> None:
        """Something on a telephone, with or without a network; now and then the app dies over it."""
        phone: Any = self.dice.choice(self.world.phones)
        phone.network = self.dice.choice((server, _offline, _flaky(self.dice)))
        dies = self.dice.random() < 0.15
        if dies:
            phone.die_after(self.dice.randrange(4))
        with suppress(Lost):
            worked(self, phone)
        phone.network = server
        if dies:
            phone.again()

    def connect(self) -> None:
        phone: Any = self.dice.choice(self.world.phones)
        fault = self.dice.choice(FAULTS)
        self.world.lived[-1] += f":{fault}"
        if fault == "app_dies":
            phone.die_after(self.dice.randrange(12))
        phone.network = faulty(fault, self.dice)
        with suppress(Lost):
            phone.sync()
        phone.network = server
        if fault == "app_dies":
            phone.again()
        self.truthful(phone)

    def kept_by(self, phone: Any) -> set[UUID]:
        """A telephone that was told to empty itself has nothing any more; every other one still has all of it."""
        return set() if phone.device in self.world.revoked and phone.synced else set(phone.own)

    def jump(self) -> None:
        phone: Any = self.dice.choice(self.world.phones)
        phone.turn(self.dice.choice(CLOCKS))

    def update(self) -> None:
        """Another version of the app opens the disk of the one before."""
        phone: Any = self.dice.choice(self.world.phones)
        phone.again()

    def restore(self) -> None:
        """As ever; but what a telephone sent that was taken back and has emptied itself lies nowhere any more, and what
        is private was kept by no telephone once it had been received: that was weighed (`store/outbox.ts`)."""
        phones: list[Any] = self.world.phones
        private = at_server({op for op, kind in self.world.said.items() if kind in PRIVATE})
        super().restore()
        for phone in phones:
            kept = {UUID(one["op"]) for one in phone.state()["sent"]}
            lost = (phone.own if phone.gone else phone.own & private - kept) - at_server(phone.own)
            phone.own -= lost
            for op in lost:
                del self.world.said[op]

    def settle(self) -> None:
        """The network works again: everybody sends and asks, twice."""
        for _time in range(2):
            for phone in self.world.phones:
                phone.sync()
                self.truthful(phone)
        said = set(self.world.said)
        assert at_server(said) == said, self.told("an operation was lost")
        assert all(phone.synced for phone in self.world.phones), self.told("a telephone still waits")
        self.once()
        for phone in self.world.phones:
            self.converged(phone)

    def converged(self, phone: Any) -> None:
        """A telephone shows exactly the rows it may, none when it was taken back."""
        files = {} if phone.device in self.world.revoked else files_for(phone.by)
        expected = {name: file.check() for name, file in files.items() if file.rows}
        shown = {
            name: check_of((kind, UUID(row), seq) for (kind, row), (seq, _fields) in held.rows.items())
            for name, held in phone.files.items()
        }
        assert shown == expected, self.told("a telephone differs")


def worked(day: RealDay, phone: Any) -> None:
    """The work of `Day`, on this telephone."""
    world = day.world
    phones, world.phones = world.phones, [phone]
    try:
        Day.do_something(day)
    finally:
        world.phones = phones


def faulty(fault: str, dice: random.Random) -> Network:
    """What becomes of the next requests: at most one goes wrong, or all, or every other by chance."""
    if fault in ("offline", "flaky"):
        return _offline if fault == "offline" else _flaky(dice)
    turn, seen = dice.randrange(3), 0

    def goes(address: str, body: bytes, packed: str) -> tuple[int, bytes]:
        nonlocal seen
        seen += 1
        if seen != turn + 1 or fault in ("none", "app_dies"):
            return server(address, body, packed)
        if fault == "lost_request":
            raise Lost
        with dying(dice.randrange(4)) if fault == "server_dies" else nullcontext():
            status, content = server(address, body, packed)
        if fault == "lost_reply":
            raise Lost
        return (status, content[: len(content) // 2]) if fault == "broken_reply" else (status, content)

    return goes


def _offline(address: str, body: bytes, packed: str) -> tuple[int, bytes]:
    raise Lost


def _flaky(dice: random.Random) -> Network:
    def goes(address: str, body: bytes, packed: str) -> tuple[int, bytes]:
        if dice.random() < 0.4:
            raise Lost
        told = server(address, body, packed)
        if dice.random() < 0.3:
            raise Lost
        return told

    return goes
