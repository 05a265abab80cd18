"""A telephone in Python: what the app must do, as small as it can be said, talking to the real server code.

It queues what its user does, signs it in groups that never change, deletes nothing without a receipt that this server
signed, keeps what was received to offer it again after a restore, and holds the rows it was sent.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from karama.accounts.actions import enrol_device, offer_enrolment
from karama.accounts.actions.devices import proof
from karama.accounts.models import Posting
from karama.journal import Actor
from karama.journal.writing import begin_epoch
from karama.security import digests, ledger, places, signing
from karama.security.identifiers import uuid7
from karama.sync import wire
from karama.sync.answering import exchange
from karama.sync.sending import check_of

Server = Callable[[bytes], bytes]


class Lost(Exception):
    """The request or the reply did not arrive."""


def server(body: bytes) -> bytes:
    """The real server, without the web around it: bytes in, bytes out."""
    return wire.text_of(exchange(wire.read_request(body, ""))).encode()


def new_life() -> None:
    """What a restore does to the journal: another epoch, from which on every cursor is of another life."""
    ledger.append("epoch", {"epoch": ledger.current_epoch() + 1, "id": str(uuid7())})
    begin_epoch()


@dataclass
class Group:
    """Operations under one signature; immutable, sent as often as needed, also by others."""

    posting: UUID
    texts: list[str]
    signature: str

    @cached_property
    def digests(self) -> list[bytes]:
        """What receipts name."""
        return [wire.digest_of(text) for text in self.texts]

    def upload(self, key: UUID) -> dict[str, Any]:
        return {
            "key": str(key), "posting": str(self.posting), "operations": self.texts, "signature": self.signature,
        }  # fmt: skip


@dataclass
class Held:
    """What the telephone has of one file."""

    seq: int = 0
    rows: dict[tuple[int, str], tuple[int, dict[str, Any]]] = field(default_factory=dict)

    def check(self) -> str:
        return check_of((kind, UUID(row), seq) for (kind, row), (seq, _fields) in self.rows.items())


class Phone:
    """One user on one telephone."""

    def __init__(self, by: Actor, *, phone: UUID | None = None, server: Server = server) -> None:
        self.by = by
        self.posting = Posting.objects.filter(user_id=by.id).latest("recorded_at").id
        self.key, self.device, self.phone = signing.new_key(), uuid7(), phone or uuid7()
        self.installation = places.installation_id()
        self.server = server
        self.clock: Callable[[], str] = lambda: "2026-03-01T10:00:00Z"
        self.counter = 0
        self.unsigned: list[str] = []
        self.outbox: list[Group] = []
        self.retained: list[Group] = []
        self.receipts: dict[bytes, dict[str, Any]] = {}
        self.files: dict[str, Held] = {}
        self.asks_knowledge = False
        self.keeps: bool | None = None
        self.knowledge: dict[str, dict[str, Any]] = {}
        self.cursor: dict[str, Any] | None = None
        self.lens = self.challenge = ""
        self.codes: list[str] = []
        self.lease_days = 0
        self.asked: dict[str, Any] = {}
        self.status_told = ""
        self.limit = wire.USUAL_PIECE
        self.wanted_codes = 0
        self.revoked = False
        self.answered = False
        self.own: set[UUID] = set()
        self.said: dict[str, tuple[UUID, bytes]] = {}

    # --- enrolment

    def enrol(self) -> Phone:
        """With a code that the user drew at a screen."""
        code = offer_enrolment(by=self.by, posting=self.posting).value.code
        point = signing.point_of(self.key)
        enrol_device(
            by=self.by, code=code, device=self.device, phone=self.phone, public_key=wire.b64(point),
            proof_of_key=self._sign(proof(code, self.device, self.phone, point)),
        )  # fmt: skip
        self.server_key = signing.own_public_key()
        return self

    def _sign(self, content: bytes) -> str:
        return wire.b64(signing.signed_by(self.key, content))

    # --- what its user does

    @property
    def aloud(self) -> bool:
        """Whether the next message is said aloud; otherwise it is written."""
        return self.counter % 2 == 0

    def do(
        self, action: str, *, base: dict[str, int] | None = None, op_id: UUID | None = None, **arguments: Any
    ) -> UUID:
        """Queue one action; immutable from now on."""
        self.counter += 1
        made = op_id or uuid7()
        self.own.add(made)
        told = {
            "v": 1, "id": str(made), "action": action, "arguments": _plain(arguments), "counter": self.counter,
            "base": base or {}, "done_at": self.clock(),
        }  # fmt: skip
        self.unsigned.append(wire.text_of(told))
        return made

    def say(self, action: str, content: bytes, **arguments: Any) -> UUID:
        """Queue one action to which something that was said aloud belongs."""
        digest = digests.sha256(content).hex()
        named = {"sha256": digest, "mime": "audio/webm", "size": len(content)}
        made = self.do(action, attachments=[named], **arguments)
        self.said[digest] = (made, content)
        return made

    def group(self, size: int = 50) -> None:
        """Sign what is queued, in groups."""
        while self.unsigned:
            texts, self.unsigned = self.unsigned[:size], self.unsigned[size:]
            digests = [wire.digest_of(text) for text in texts]
            signed = self._sign(wire.operations_message(self.device, self.posting, digests))
            self.outbox.append(Group(self.posting, texts, signed))

    # --- exchanging

    def sync(self, *, groups: int = 50, rounds: int = 40, pull: bool = True) -> None:
        """Send and ask until nothing is left to send or to have, or something is lost."""
        self.group()
        for _round in range(rounds):
            reply = self.exchange(self.outbox[:groups], pull=pull)
            answer = reply["answer"] or {}
            knows_more = answer.get("knowledge", {}).get("more")
            self.send_parts()
            again = answer.get("status") == "again" or answer.get("more") or knows_more or self._unsure()
            if not again and not self.outbox:
                return

    def _unsure(self) -> bool:
        return any(held.seq == 0 and held.rows == {} and name in self.files for name, held in self.files.items())

    def exchange(self, groups: list[Group], *, pull: bool = True) -> dict[str, Any]:
        """One request and its reply. Raises `Lost` when either does not arrive."""
        request: dict[str, Any] = {"v": 1, "uploads": [group.upload(self.device) for group in groups]}
        if pull:
            request["ask"] = self.ask()
        self.answered = False
        reply: dict[str, Any] = json.loads(self.server(wire.text_of(request).encode()))
        self.answered = pull and (reply["answer"] or {}).get("status") != "again"
        self.take(reply)
        return reply

    def ask(self) -> dict[str, Any]:
        holds = {name: {"seq": held.seq, "check": held.check()} for name, held in self.files.items()}
        told = {
            "v": 1, "posting": str(self.posting), "challenge": self.challenge, "cursor": self.cursor, "lens": self.lens,
            "holds": holds, "limit": self.limit, "codes": self.wanted_codes,
        }  # fmt: skip
        if self.asks_knowledge:
            told["knowledge"] = {name: part["digest"] for name, part in self.knowledge.items()}
        if self.keeps is not None:
            told["keeps"] = self.keeps
        return self._signed(told)

    def ask_sounds(self, wanted: dict[str, int]) -> dict[str, Any]:
        """The next pieces of recordings, in a question of their own; the answer as it came."""
        told = {
            "v": 1, "posting": str(self.posting), "challenge": self.challenge, "limit": self.limit, "sounds": wanted,
        }  # fmt: skip
        request = {"v": 1, "ask": self._signed(told)}
        answer: dict[str, Any] = json.loads(self.server(wire.text_of(request).encode()))["answer"]
        return answer

    def send_parts(self, size: int = 600) -> None:
        """The bytes of what waits in the outbox only for them, from where the server has them."""
        waiting = {json.loads(text)["id"] for group in self.outbox for text in group.texts}
        for digest, (op, content) in self.said.items():
            at = -1
            while str(op) in waiting:
                more = content[max(at, 0) : at + size] if at >= 0 else b""
                came = self.send_part(op, digest, max(at, 0), more)
                if came["stored"] or came["at"] <= at:
                    break
                at = came["at"]

    def send_part(self, op: UUID, digest: str, at: int, content: bytes) -> dict[str, Any]:
        """Some bytes of one attachment; the answer as it came."""
        part = {"op": str(op), "sha256": digest, "at": at, "content": wire.b64(content)}
        for _time in range(2):
            told = {"v": 1, "posting": str(self.posting), "challenge": self.challenge, "part": part}
            reply = json.loads(self.server(wire.text_of({"v": 1, "ask": self._signed(told)}).encode()))
            self.challenge = reply["challenge"]
            if reply["answer"]["status"] != "again":
                break
        came: dict[str, Any] = reply["answer"].get("part", {"at": 0, "stored": False})
        return came

    def ask_share(self, **share: str) -> dict[str, Any]:
        """What the server says of its share, in a question of its own: the answer as it came."""
        told = {"v": 1, "posting": str(self.posting), "challenge": self.challenge, "share": share}
        request = {"v": 1, "ask": self._signed(told)}
        answer: dict[str, Any] = json.loads(self.server(wire.text_of(request).encode()))["answer"]
        return answer

    def _signed(self, told: dict[str, Any]) -> dict[str, Any]:
        text = wire.text_of(told)
        return {"key": str(self.device), "text": text, "signature": self._sign(wire.ask_message(self.device, text))}

    def take(self, reply: dict[str, Any]) -> None:
        """What the app does with a reply: receipts first, then purges and changes."""
        self.challenge = reply["challenge"]
        for upload in reply["uploads"]:
            self.take_receipts(upload)
        answer = reply["answer"]
        if answer is None:
            return
        self.status_told = answer["status"]
        if answer["status"] in ("revoked", "no_duty"):
            self.revoked = answer["status"] == "revoked"
            if self.cursor is not None and self.cursor["epoch"] != reply["epoch"]:
                self._offer_again()  # this life of the server may not have it
                self.cursor = {"epoch": reply["epoch"], "seq": 0}
            for name in answer["purges"]:
                self.files.pop(name, None)
            if self.revoked and self.synced:
                self.retained = []  # it empties itself
        if answer["status"] == "ok":
            self._take_changes(answer)

    def take_receipts(self, upload: dict[str, Any]) -> None:
        """Delete from the outbox only what a true receipt names."""
        content = wire.receipts_message(self.device, upload["receipts"])
        if not signing.verified(self.server_key, wire.from_b64(upload["signature"]), content):
            return
        for text in upload["receipts"]:
            receipt = json.loads(text)
            named = {digest for digest, (op, _content) in self.said.items() if str(op) == receipt["op"]}
            if named - set(receipt.get("attachments", [])):
                continue  # its text is there, and not all that was said aloud with it
            self.receipts[wire.from_b64(receipt["digest"])] = receipt
        for group in list(self.outbox):
            if all(digest in self.receipts for digest in group.digests):
                self.outbox.remove(group)
                self.retained.append(group)

    def _offer_again(self) -> None:
        self.outbox = [*self.retained, *self.outbox]
        self.retained = []
        self.receipts = {}

    def _take_changes(self, answer: dict[str, Any]) -> None:
        if answer["offer_again"]:
            self._offer_again()
        if answer["reset"]:
            for held in self.files.values():
                held.seq = 0
        self.cursor, self.lens, self.lease_days = answer["cursor"], answer["lens"], answer["lease_days"]
        self.codes = answer["codes"] or self.codes
        for name in answer["purges"]:
            self.files.pop(name, None)
        for block in answer["blocks"]:
            self._take_block(block)
        self.asked = answer.get("asked", self.asked)
        known = answer.get("knowledge", {"parts": {}, "gone": []})
        self.knowledge |= known["parts"]
        for name in known["gone"]:
            self.knowledge.pop(name, None)

    def _take_block(self, block: dict[str, Any]) -> None:
        held = self.files.setdefault(block["person"], Held())
        if block["whole"]:
            held.rows = {}
        for row in block["rows"]:
            held.rows[row["kind"], row["row"]] = (row["seq"], row["fields"])
        for kind, key in block["gone"]:
            held.rows.pop((kind, key), None)
        held.seq = block["seq"]
        if block["complete"] and held.check() != block["check"]:
            held.seq, held.rows = 0, {}

    def update(self) -> None:
        """Another version of the app opens what lies on the disk: what was in memory is gone; it asks in its way."""
        self.challenge = self.lens = self.status_told = ""
        self.answered = False
        self.knowledge = {}

    # --- what it shows

    @property
    def synced(self) -> bool:
        """ "Synced" may be said only when nothing waits and every receipt is there."""
        return not self.unsigned and not self.outbox

    def outcome(self, op_id: UUID) -> str:
        """What became of one operation: done, held, or waiting."""
        found = [one for one in self.receipts.values() if one["op"] == str(op_id)]
        return found[-1]["outcome"] if found else "waiting"

    def knows(self, part: str) -> Any:
        """The content of a part of what the programme knows; None when it has none."""
        found = self.knowledge.get(part)
        return found["content"] if found else None

    def fields(self, person: UUID | str, kind: int) -> list[dict[str, Any]]:
        """The rows of one kind in a file."""
        held = self.files.get(str(person))
        return [row for (of, _key), (_seq, row) in (held.rows if held else {}).items() if of == kind]


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, UUID):
        return str(value)
    return value.isoformat() if isinstance(value, datetime) else value
