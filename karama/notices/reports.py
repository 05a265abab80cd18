"""Where the gateway reports what became of a message. Nobody is signed in here, and nothing personal comes or goes.

A report counts only from the gateway's own machine, with a token that was made for one message and given to nobody
else. Whatever else comes, known or not, gets the same empty answer: the answer tells nobody which tokens there are.
"""

from __future__ import annotations

import ipaddress
import logging
import os
import re
import time
from collections import deque
from threading import Lock
from typing import Final

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from karama.accounts.routes import PUBLIC, route_policy
from karama.journal import Problem
from karama.notices.actions import take_report
from karama.notices.gateway import report_of
from karama.notices.jobs import SENDER
from karama.notices.queries import reported_message

TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{43}")
MOST_A_MINUTE: Final = 600
"""Reports of the gateway that one process looks at within a minute. Whoever else comes is not looked at at all."""
PASSED_ON: Final = (
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_FORWARDED",
    "HTTP_X_REAL_IP",
    "HTTP_VIA",
)
"""What says that somebody else's request was passed on: then the address is that of the go-between."""
LOG = logging.getLogger(__name__)


class Pace:
    """How many came within the last minute, in this process."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._came: deque[float] = deque()
        self._lock = Lock()

    def too_fast(self, now: float) -> bool:
        """Count one more; whether it is one too many."""
        with self._lock:
            while self._came and self._came[0] <= now - 60:
                self._came.popleft()
            if len(self._came) >= self.most:
                return True
            self._came.append(now)
            return False


PACE: Final = Pace(MOST_A_MINUTE)


@route_policy(PUBLIC)
@require_GET
def report(request: HttpRequest) -> HttpResponse:
    """Take one delivery report of the gateway."""
    if not is_awaited() or not is_gateway(request):
        return _answer(200)
    said, token = report_of(request.GET.get("report", "")), request.GET.get("token", "")
    if said is None or not TOKEN.fullmatch(token):
        return _answer(200)
    if PACE.too_fast(time.monotonic()):
        return _answer(503)
    try:
        message = reported_message(token)
        if message is not None:
            take_report(by=SENDER, message=message, report=said)
    except (Problem, DatabaseError) as problem:
        LOG.warning("a delivery report could not be kept: %s", getattr(problem, "code", type(problem).__name__))
        return _answer(503)
    return _answer(200)


def _answer(status: int) -> HttpResponse:
    return HttpResponse(b"", status=status, content_type="text/plain")


def is_awaited() -> bool:
    """Whether the gateway is told to report at all: `KARAMA_SMS_REPORTS`."""
    return bool(os.environ.get("KARAMA_SMS_REPORTS", ""))


def is_gateway(request: HttpRequest) -> bool:
    """Whether a request comes straight from this machine or from an address of `KARAMA_SMS_REPORTS_FROM`."""
    if any(name in request.META for name in PASSED_ON):
        return False
    try:
        came = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return came.is_loopback or str(came) in allowed()


def allowed() -> frozenset[str]:
    """The addresses from which the gateway may report, besides this machine."""
    found = set()
    for one in os.environ.get("KARAMA_SMS_REPORTS_FROM", "").split(","):
        try:
            found.add(str(ipaddress.ip_address(one.strip())))
        except ValueError:
            continue
    return frozenset(found)
