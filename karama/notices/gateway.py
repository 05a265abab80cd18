"""The port through which a text message leaves, and its adapter for Kannel's `sendsms`.

User, password and number travel in headers, never in an address: addresses end up in the logs of whatever is between.
Neither number nor words ever stand in a problem or a log line of this module.
"""

from __future__ import annotations

import http.client
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal, Protocol
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from django.conf import settings

from karama.rules.dialling import dialled

PATIENCE: Final = 20.0
"""Seconds to wait for the gateway."""

REPORTS: Final = "31"
"""Kannel's mask for every kind of delivery report."""

Outcome = Literal["taken", "refused", "not_reached", "unclear"]
"""`taken`: the gateway has it. `refused`: it never will. `not_reached`: it surely has not got it, try again later.

`unclear`: it may have it. Such a message is never sent again by itself: twice is worse than a call by a worker.
"""

Report = Literal["delivered", "failed", "on_the_way"]
REPORT_CODES: Final[Mapping[str, Report]] = {
    "1": "delivered",
    "2": "failed",
    "4": "on_the_way",
    "8": "on_the_way",
    "16": "failed",
}
"""Kannel's `%d`: delivered, could not be delivered, buffered, taken by the network, refused by the network."""


@dataclass(frozen=True)
class TextMessage:
    """What is handed over. `token` is random and comes back with the delivery report; it says nothing of anybody."""

    id: UUID
    to: str = field(repr=False)
    words: str = field(repr=False)
    token: str = field(default="", repr=False)


class Gateway(Protocol):
    """Hands text messages to a network."""

    def send(self, message: TextMessage) -> Outcome:
        """Hand one message over. Never raises for what the network does."""
        ...


@dataclass(frozen=True)
class Kannel:
    """Kannel's HTTP interface. `address`: of `sendsms`; `reports_to`: where it calls with delivery reports, if set."""

    address: str
    user: str
    password: str = field(repr=False)
    sender: str = ""
    reports_to: str = ""

    def send(self, message: TextMessage) -> Outcome:
        """Hand one message over, in UCS-2 where it holds a letter that the alphabet of telephones has not."""
        number = dialled(message.to)
        if number is None or not message.words.strip():
            return "refused"
        where = urlsplit(self.address)
        kind = http.client.HTTPSConnection if where.scheme == "https" else http.client.HTTPConnection
        line = kind(where.hostname or "", where.port, timeout=PATIENCE)
        try:
            line.connect()
        except OSError:
            return "not_reached"
        try:
            line.request("POST", where.path or "/", message.words.encode("utf-8"), self._headers(message, number))
            return _outcome(line.getresponse().status)
        except (OSError, http.client.HTTPException):
            return "unclear"
        finally:
            line.close()

    def _headers(self, message: TextMessage, number: str) -> dict[str, str]:
        told = {
            "Content-Type": "text/plain; charset=UTF-8",
            "X-Kannel-Username": self.user,
            "X-Kannel-Password": self.password,
            "X-Kannel-To": number,
            "X-Kannel-Coding": "0" if message.words.isascii() else "2",
        }
        if self.sender:
            told["X-Kannel-From"] = self.sender
        if self.reports_to and message.token:
            told["X-Kannel-DLR-Mask"] = REPORTS
            told["X-Kannel-DLR-Url"] = f"{self.reports_to}?{urlencode({'token': message.token})}&report=%d"
        return told


def _outcome(status: int) -> Outcome:
    """202: taken, or kept for later. 503: no way out now. Other refusals are about the message or about us."""
    if status == 202:
        return "taken"
    if status == 503:
        return "not_reached"
    return "refused" if 400 <= status < 500 else "unclear"


def report_of(code: str) -> Report | None:
    """What a delivery report says; None for a code that means nothing here."""
    return REPORT_CODES.get(code)


def gateway_of_this_house() -> Gateway | None:
    """The gateway that is set for this installation: `KARAMA_SMS`, `KARAMA_SMS_USER`, and `sms.key` in the keyring."""
    address, user = os.environ.get("KARAMA_SMS", ""), os.environ.get("KARAMA_SMS_USER", "")
    key = Path(settings.KARAMA_KEYRING) / "sms.key"
    if not address or not user or not key.is_file():
        return None
    sender, reports = os.environ.get("KARAMA_SMS_SENDER", ""), os.environ.get("KARAMA_SMS_REPORTS", "")
    return Kannel(address, user, key.read_text(encoding="utf-8").strip(), sender, reports)
