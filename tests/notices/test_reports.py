"""Delivery reports: the gateway says what became of a message, and whoever else asks learns nothing at all."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from django.db import OperationalError
from django.test import Client

from karama.journal import Refused
from karama.journal.integrity import check
from karama.journal.models import Entry
from karama.notices import reports
from karama.notices.actions import begin, settle, take_report
from karama.notices.gateway import Kannel, Outcome, TextMessage
from karama.notices.jobs import SENDER, send_due
from karama.notices.models import Notice, OutgoingMessage
from karama.notices.queries import reported_message
from karama.reception.actions import cancel_appointment, hand_over_appointments
from karama.reception.header import today
from karama.reception.models import Appointment
from karama.security import randomness
from tests.care.test_pages import text
from tests.machinery.kannel import KannelServer
from tests.reception.conftest import (
    NOON,
    Clinic,
    Desk,
    amal,
    book,
    clinic,
    desk,
    monday,
    reachable,
    reading_as,
    sign_in,
)

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer

__all__ = ["Clinic", "amal", "book", "clinic", "desk", "monday", "reachable", "reading_as", "sign_in"]
Book = Callable[..., Appointment]
NIGHT_BEFORE = NOON + timedelta(hours=24)
WHERE = "/notices/report/"


class Network:
    """Takes what it is given and keeps it."""

    def __init__(self, answer: Outcome = "taken") -> None:
        self.answer = answer
        self.taken: list[TextMessage] = []

    def send(self, message: TextMessage) -> Outcome:
        """Keep the message and answer."""
        self.taken.append(message)
        return self.answer


@pytest.fixture(autouse=True)
def pace(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test has a minute of its own, and a gateway that is told to report."""
    monkeypatch.setenv("KARAMA_SMS_REPORTS", "http://127.0.0.1/notices/report/")
    monkeypatch.setattr(reports, "PACE", reports.Pace(reports.MOST_A_MINUTE))


@pytest.fixture
def sent(book: Book, reachable: Any, monday: Any) -> Callable[[], tuple[Appointment, str]]:
    """A reminder that the gateway has taken: its appointment and the token of its report."""

    def made() -> tuple[Appointment, str]:
        reachable()
        appointment = book()
        monday.move_to(NIGHT_BEFORE)
        network = Network()
        assert send_due(lambda: network) == 1
        return appointment, network.taken[0].token

    return made


def say(token: str, code: str = "1", **more: Any) -> Any:
    return Client().get(WHERE, {"token": token, "report": code}, **more)


def stands() -> tuple[str, str]:
    row = OutgoingMessage.objects.get()
    return row.state, row.why


def whole(answer: Any) -> tuple[int, bytes, list[tuple[str, str]]]:
    """Every byte of an answer that the other side can see, but for what is random in each page."""
    headers = [(name, re.sub(r"nonce-[^']+", "nonce", value)) for name, value in sorted(answer.headers.items())]
    return answer.status_code, answer.content, headers


def test_a_reminder_that_arrived(sent: Any) -> None:
    """NT070: what was sent is delivered when the gateway says so, once; what is on the way stays sent."""
    _made, token = sent()
    assert say(token, "8").status_code == 200
    assert stands() == ("sent", "")
    assert say(token).status_code == 200
    assert stands() == ("delivered", "")
    entries = Entry.objects.count()
    for code in ("1", "2", "16"):
        say(token, code)
    assert stands() == ("delivered", "")
    assert Notice.objects.filter(kind="notices.not_arrived").count() == 0
    assert check() == []
    assert Entry.objects.count() >= entries


@pytest.mark.parametrize("code", ["2", "16"])
def test_a_reminder_that_did_not_arrive_reaches_her_colleague(
    desk: Desk, sent: Any, code: str, reading_as: Any, sign_in: Any
) -> None:
    """NT071: the colleague has one notice that leads to the appointment, reads there that the reminder did not arrive,
    and finds it on Today by code while the appointment is to come; the desk reads it without a reason."""
    made, token = sent()
    say(token, code)
    say(token, code)
    assert stands() == ("failed", "undelivered")
    notice = Notice.objects.get(kind="notices.not_arrived")
    assert (notice.user_id, notice.place) == (desk["chantal"].id, made.id)
    client = sign_in("chantal")
    assert client.post(f"/notices/{notice.id}/").headers["Location"] == f"/appointments/{made.id}/"
    assert "The reminder did not arrive" in text(client.get(f"/appointments/{made.id}/"))
    assert "The reminder did not arrive" in text(client.get("/"))
    assert "The reminder did not arrive" in text(sign_in("rana").get(f"/appointments/{made.id}/"))
    with reading_as(desk["chantal"]):
        (line,) = [one for one in today(by=desk["chantal"]) if "did not arrive" in str(one.words)]
    assert (line.code, line.url) == (made.person.code, f"/appointments/{made.id}/")
    with reading_as(desk["nadia"]):
        assert not [one for one in today(by=desk["nadia"]) if "did not arrive" in str(one.words)]
    cancel_appointment(by=desk["rana"], appointment=made.id, reason="person")
    with reading_as(desk["chantal"]):
        assert not [one for one in today(by=desk["chantal"]) if "did not arrive" in str(one.words)]


def test_whoever_took_over_finds_it(desk: Desk, sent: Any, reading_as: Any, amal: UUID) -> None:
    """NT072: after a handover it stands on the list of whoever the person now comes to."""
    from karama.people.actions import assign

    made, token = sent()
    assign(by=desk["nadia"], person=amal, user=desk["diego"].id)
    hand_over_appointments(by=desk["nadia"], person=amal, user=desk["chantal"].id, to=desk["diego"].id)
    say(token, "2")
    with reading_as(desk["diego"]):
        assert [one.url for one in today(by=desk["diego"]) if "did not arrive" in str(one.words)] == [
            f"/appointments/{made.id}/"
        ]


def test_the_answer_says_nothing(sent: Any, caplog: Any) -> None:
    """NT073: a known token, an unknown one, none, and a report from somewhere else are answered with the same bytes;
    only the first changes anything; no line of a log holds a token."""
    _made, token = sent()
    entries = Entry.objects.count()
    unknown = randomness.token()
    elsewhere = [
        whole(say(token, REMOTE_ADDR="203.0.113.9")),
        whole(say(token, HTTP_X_FORWARDED_FOR="127.0.0.1")),
        whole(say(token, HTTP_X_FORWARDED_PROTO="https")),
        whole(say(token, HTTP_X_FORWARDED_HOST="localhost")),
        whole(say(token, HTTP_X_FORWARDED_PORT="443")),
        whole(say(token, HTTP_FORWARDED="for=127.0.0.1")),
        whole(say(token, HTTP_X_REAL_IP="127.0.0.1")),
        whole(say(token, HTTP_VIA="1.1 somewhere")),
        whole(say(token, REMOTE_ADDR="")),
    ]
    nothing = [
        whole(say(unknown)), whole(say("")), whole(say(token + "x")), whole(say(token[:-1])), whole(say(token, "9")),
        whole(Client().get(WHERE)), whole(say(str(OutgoingMessage.objects.get().id))),
    ]  # fmt: skip
    assert (stands(), Entry.objects.count()) == (("sent", ""), entries)
    known = whole(say(token))
    assert stands() == ("delivered", "")
    assert {repr(one) for one in (*elsewhere, *nothing)} == {repr(known)}
    assert known[:2] == (200, b"")
    assert not [one for one in (token, unknown) if one in caplog.text]


def test_an_allowed_gateway_elsewhere(sent: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """NT074: a gateway on another machine reports from an address that is set; another address does not, nor what is
    written wrongly there."""
    _made, token = sent()
    monkeypatch.setenv("KARAMA_SMS_REPORTS_FROM", "everybody, 0.0.0.0/0, 192.0.2.7 ,2001:db8::7")
    say(token, REMOTE_ADDR="192.0.2.8")
    say(token, REMOTE_ADDR="198.51.100.1")
    assert stands()[0] == "sent"
    say(token, "8", REMOTE_ADDR="2001:db8:0::7")
    assert OutgoingMessage.objects.get().reported_at is not None
    say(token, REMOTE_ADDR="192.0.2.7")
    assert stands()[0] == "delivered"


def test_nothing_that_comes_breaks_it(sent: Any, karama_seed: int) -> None:
    """NT075: whatever stands in a report, the answer is the same and never a fault; other methods are refused."""
    sent()
    dice = random.Random(karama_seed)
    odd = ["", "\x00", "%00", "%ed%b3%bf", "A" * 5000, "'; drop", "🙂", "-" * 43, "1" * 43]
    for _turn in range(100):
        query = "&".join(f"{dice.choice(('token', 'report', 'x', 'token[]'))}={dice.choice(odd)}" for _ in range(4))
        answer = Client().get(f"{WHERE}?{query}")
        assert (answer.status_code, answer.content) == (200, b"")
    assert Client().get(f"{WHERE}?token=%ff%fe&report=%d").status_code == 200
    for method in ("post", "put", "delete", "patch"):
        assert getattr(Client(enforce_csrf_checks=True), method)(WHERE).status_code in (403, 405)
    assert stands()[0] == "sent"


def test_a_flood_is_put_off(sent: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """NT076: beyond so many a minute nothing is looked at, and what comes from elsewhere does not use up the gateway's
    share; a minute later the report is taken."""
    _made, token = sent()
    monkeypatch.setattr(reports, "PACE", reports.Pace(20))
    for _turn in range(200):
        say(randomness.token(), REMOTE_ADDR="203.0.113.9")
    moment = [1000.0]
    monkeypatch.setattr(reports.time, "monotonic", lambda: moment[0])
    assert [say(randomness.token()).status_code for _turn in range(21)] == [200] * 20 + [503]
    answer = say(token)
    assert (answer.status_code, answer.content, stands()[0]) == (503, b"", "sent")
    moment[0] += 61
    assert say(token).status_code == 200
    assert stands()[0] == "delivered"


def test_what_is_no_token_uses_nothing_up(sent: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """NT090: what cannot be a report is not looked at and takes nothing of the gateway's share."""
    _made, token = sent()
    monkeypatch.setattr(reports, "PACE", reports.Pace(1))
    for odd in ("", "x", token + "x", token[:-1], "%00"):
        assert say(odd).status_code == 200
    assert say(token, "9").status_code == 200
    say(token)
    assert stands()[0] == "delivered"


def test_reports_that_nobody_asked_for(sent: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """NT091: where no reports are configured, what comes is answered alike and not looked at."""
    _made, token = sent()
    monkeypatch.delenv("KARAMA_SMS_REPORTS")
    answer = say(token)
    assert (answer.status_code, answer.content, stands()[0]) == (200, b"", "sent")
    monkeypatch.setenv("KARAMA_SMS_REPORTS", "http://127.0.0.1/notices/report/")
    say(token)
    assert stands()[0] == "delivered"


def test_a_database_that_is_busy(sent: Any, monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    """NT077: when it cannot be kept now, the gateway is asked to come again, without a page and without a fault."""
    _made, token = sent()

    def busy(**_told: Any) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(reports, "take_report", busy)
    answer = say(token)
    assert (answer.status_code, answer.content) == (503, b"")
    assert token not in caplog.text


def test_a_report_quicker_than_the_job(book: Book, reachable: Any, monday: Any) -> None:
    """NT078: a report that comes before the job has noted the sending counts, and the job does not undo it, nor is
    the message sent again."""
    reachable()
    book()
    monday.move_to(NIGHT_BEFORE)
    row = OutgoingMessage.objects.get()
    begun = begin(by=SENDER, message=row.id).value
    say(begun.token)
    assert stands() == ("delivered", "")
    for outcome in ("taken", "unclear"):
        settle(by=SENDER, message=row.id, outcome=outcome)
    assert stands() == ("delivered", "")
    network = Network()
    assert send_due(lambda: network) == 0
    assert network.taken == []
    assert OutgoingMessage.objects.get().sent_at is not None


def test_the_token_is_nobody_s(sent: Any, desk: Desk) -> None:
    """NT079: a token is random and new for every try, its digest is kept and itself nowhere; only the job takes a
    report; a message that never left takes none."""
    made, token = sent()
    row = OutgoingMessage.objects.get()
    assert reports.TOKEN.fullmatch(token)
    assert token.encode() not in bytes(row.report_digest or b"")
    assert reported_message(token) == row.id
    assert reported_message(randomness.token()) is None
    for personal in (made.id, made.person_id, row.id):
        assert personal.hex not in token.replace("-", "")
    for name in ("chantal", "nadia", "rana", "samir"):
        with pytest.raises(Refused):
            take_report(by=desk[name], message=row.id, report="delivered")


def test_a_stopped_message_takes_no_report(book: Book, reachable: Any) -> None:
    """NT080: what was never handed over is not delivered by a report."""
    reachable()
    book()
    row = OutgoingMessage.objects.get()
    take_report(by=SENDER, message=row.id, report="delivered")
    assert stands() == ("queued", "")


def test_every_try_has_a_token_of_its_own(book: Book, reachable: Any, monday: Any) -> None:
    """NT081: after a try that never reached the gateway its token is worth nothing."""
    reachable()
    book()
    monday.move_to(NIGHT_BEFORE)
    network = Network("not_reached")
    send_due(lambda: network)
    monday.shift(timedelta(minutes=1))
    network.answer = "taken"
    send_due(lambda: network)
    first, second = (one.token for one in network.taken)
    assert first != second
    say(first)
    assert stands()[0] == "sent"
    say(second)
    assert stands()[0] == "delivered"


@pytest.mark.django_db(transaction=True, databases=["default", "keys"])
def test_through_a_real_kannel(live_server: LiveServer, book: Book, reachable: Any, monday: Any) -> None:
    """NT082: a reminder leaves through Debian's Kannel into its network, and Kannel's own report makes it delivered:
    the number and the words reach the network, the address of the report holds neither."""
    reachable()
    made = book()
    monday.move_to(NIGHT_BEFORE)
    with KannelServer() as server:
        gateway = Kannel(server.address, "karama", server.password, "Centre", f"{live_server.url}{WHERE}")
        assert send_due(lambda: gateway) == 1
        until = time.perf_counter() + 20
        while stands()[0] != "delivered" and time.perf_counter() < until:
            time.sleep(0.1)
        (arrived,) = server.arrived()
        asked = re.findall(r"\S*/notices/report/\S*", server.told("smsbox"))
    assert stands() == ("delivered", "")
    assert arrived.startswith("Centre +57300000001 text Hello")
    assert asked
    personal = ("57300000001", made.person.code, made.id.hex, made.person_id.hex, "Hello")
    assert not [one for one in personal if any(one in address for address in asked)]
