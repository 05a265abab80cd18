"""What happens without a click: messages whose hour has come are handed to the network, one after the other."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.core.mail import EmailMessage, get_connection

from karama.jobs.schedule import Job, scheduled
from karama.journal import Actor, Problem, clock
from karama.notices.access import NOTICES_JOB
from karama.notices.actions import Begun, begin, settle
from karama.notices.gateway import Gateway, Outcome, TextMessage, gateway_of_this_house
from karama.notices.models import OutgoingMessage
from karama.notices.registries import Reach

SENDER = Actor(id=UUID("0190c0de-0000-7000-8000-00000000a1e8"), kind="job", duty=NOTICES_JOB, name="Messages")
MOST = 200
LOG = logging.getLogger(__name__)
ABOUT = "…"
"""The subject of an e-mail: it says nothing."""


def send_due(gateway: Callable[[], Gateway | None] = gateway_of_this_house) -> int:
    """Send what is due; returns how many the network has taken. One that fails never keeps the others."""
    now = clock.now()
    due = OutgoingMessage.objects.filter(state="queued", not_before__lte=now).order_by("not_before", "id")
    return sum(_send(one, gateway) for one in list(due.values_list("id", flat=True)[:MOST]))


def _send(message: UUID, gateway: Callable[[], Gateway | None]) -> bool:
    try:
        begun: Begun | None = begin(by=SENDER, message=message).value
    except Problem as problem:
        LOG.warning("a message could not be begun: %s", problem.code)
        return False
    if begun is None:
        return False
    outcome = _hand_over(message, begun, gateway)
    settle(by=SENDER, message=message, outcome=outcome or "no_gateway")
    return outcome == "taken"


def _hand_over(message: UUID, begun: Begun, gateway: Callable[[], Gateway | None]) -> Outcome | None:
    """What the network said; None: there is no way out. An address with an @ goes by e-mail."""
    reach = begun.reach
    if "@" in reach.address:
        return _mail(reach)
    out = gateway()
    return out.send(TextMessage(message, reach.address, reach.words, begun.token)) if out is not None else None


def _mail(reach: Reach) -> Outcome | None:
    """By e-mail, with a subject that says nothing, through the server that is set (`KARAMA_MAIL_FROM`)."""
    sender = os.environ.get("KARAMA_MAIL_FROM", "")
    if not sender:
        return None
    connection = get_connection()
    try:
        connection.open()
    except OSError:
        return "not_reached"
    try:
        mail = EmailMessage(ABOUT, reach.words, sender, [reach.address], connection=connection)
        return "taken" if mail.send() else "refused"
    except ValueError:
        return "refused"
    except OSError:
        return "unclear"
    finally:
        connection.close()


def run() -> None:
    """One turn of the job."""
    send_due()


def install() -> None:
    """Called once, when Django is ready."""
    scheduled(Job("notices.send", run, every=timedelta(minutes=1)))
