"""Calling routes as somebody, and what one call did: its answer, its log lines, its row in the access log."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from karama.journal.models import Access, Counter
from karama.security import courier
from karama.ui.addresses import reverse
from tests.attacks import oracle
from tests.attacks.canaries import CANARIES
from tests.attacks.ground import Ground, undone
from tests.attacks.routes import Route

WORDS: Final = {
    "kind": "seen", "purpose": "share", "instrument": "phq9", "programme": "iraq-torture-rehabilitation", "item": "q1",
    "meeting_kind": "intake", "register": "monthly-activity", "month": "2026-01", "form": "csv",
    "token": "a" * 43,
    "sheet": "consent", "part": "health", "sign": "fine", "listed": "withdrawn", "area": "city-east", "what": "kit",
}  # fmt: skip
LEAVES: Final = {"care:hand", "account_logout", "accounts:lock", "accounts:end_other_browsers", "accounts:end_browser"}
"""Routes after which a session is another one: they are called in a session of their own."""
NOBODY: Final = UUID(int=99)
"""An id that belongs to nothing."""


@dataclass
class Call:
    """One request and everything that could tell of it."""

    who: str
    route: Route
    method: str
    answer: Any
    logged: str
    rows: list[tuple[str, ...]]
    wrote: int

    @property
    def name(self) -> str:
        """As a failure names it."""
        return f"{self.method} {self.route.name} as {self.who}"

    @property
    def told(self) -> str:
        """Everything that reached the browser."""
        body = b"".join(self.answer) if self.answer.streaming else self.answer.content
        return body.decode("utf-8", "replace") + repr(dict(self.answer.headers)) + self.answer.cookies.output()


def address(route: Route, ids: dict[str, UUID]) -> str:
    """The address of a route with these ids."""
    values: dict[str, Any] = {}
    for name, kind in route.names:
        if kind == "UUIDConverter":
            values[name] = ids.get(name, UUID(int=9))
        else:
            values[name] = 1 if kind == "IntConverter" else WORDS[name]
    return reverse(route.name, args=list(values.values()))


def of_nobody(route: Route) -> dict[str, UUID]:
    """Ids with which the address names nothing at all."""
    return {name: NOBODY for name, kind in route.names if kind == "UUIDConverter"}


def calls(
    ground: Ground, pairs: list[tuple[str, Route]], caplog: Any, methods: tuple[str, ...] = ("get", "post")
) -> Iterator[Call]:
    """Call each pair by each method; whatever a call did is taken back."""
    for who, route in sorted(pairs, key=lambda pair: (pair[0], pair[1].name)):
        for method in methods:
            if route.name in LEAVES:
                ground.clients.pop(who, None)
            client = ground.browser(who)
            caplog.clear()
            with undone():
                before, seq = set(Access.objects.values_list("id", flat=True)), Counter.objects.get().seq
                answer = getattr(client, method)(address(route, ground.ids))
                new = Access.objects.exclude(id__in=before)
                rows = list(new.values_list("route", "outcome", "reason", "actor_name", "purpose"))
                yield Call(who, route, method, answer, caplog.text, rows, Counter.objects.get().seq - seq)
            if route.name in LEAVES:
                ground.clients.pop(who, None)


def found_in(text: str) -> list[str]:
    """Which canaries stand in a text."""
    folded = text.casefold()
    return [name for name, (_compartment, token) in CANARIES.items() if token.casefold() in folded]


def leaks(who: str, text: str) -> list[str]:
    """Canaries in a text that this reader may not be shown."""
    allowed = oracle.may_be_shown(who)
    return [name for name in found_in(text) if CANARIES[name][0] not in allowed]


def masked(body: bytes) -> bytes:
    """Without what differs in each request; each sheet of paper has a number of its own, as text and as a picture. A
    sealed file differs each time: what lies in it does not."""
    body = courier.opened(body) if courier.is_one(body) else body
    text = re.sub(rb'name="csrfmiddlewaretoken" value="[^"]*"', b"", body)
    text = re.sub(rb'name="seed" value="[^"]*"', b"", text)
    text = re.sub(rb'nonce="[^"]*"', b"", text)
    for number in re.findall(rb'class="paper pack" aria-label="([^"]*)"', text):
        text = text.replace(number, b"number")
    text = re.sub(rb'<div class="pack-scan">.*?</div>', b"", text, flags=re.S)
    return re.sub(rb"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}", b"id", text)
