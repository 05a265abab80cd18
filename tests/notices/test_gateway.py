"""A neutral message leaves through a real Kannel, and its delivery comes back, with nothing personal on the way."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote_to_bytes, urlsplit
from uuid import UUID, uuid4

import pytest

from karama.notices.gateway import Kannel, TextMessage, gateway_of_this_house, report_of
from tests.machinery.kannel import KannelServer

NUMBER, WORDS = "+9647700000001", "غدا كالمعتاد"
ONE, TWO, THREE = (UUID(int=number) for number in (1, 2, 3))


@pytest.fixture(scope="module")
def server() -> Iterator[KannelServer]:
    with KannelServer() as started:
        yield started


class Reports:
    """Takes delivery reports and keeps their addresses."""

    def __init__(self) -> None:
        self.came: list[str] = []
        came = self.came

        class Taker(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                came.append(self.path)
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self.http = HTTPServer(("127.0.0.1", 0), Taker)
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def until(self, wanted: int) -> list[str]:
        """The addresses, once there are so many; a test that waits too long fails on what it finds."""
        until = time.monotonic() + 15
        while len(self.came) < wanted and time.monotonic() < until:
            time.sleep(0.05)
        return self.came


def test_a_message_arrives_and_says_so(server: KannelServer) -> None:
    """NT010: Arabic words arrive as they were written, Latin ones too; a delivery comes back under its token alone."""
    reports = Reports()
    where = f"http://127.0.0.1:{reports.http.server_port}/report/"
    gateway = Kannel(server.address, "karama", server.password, "Centre", where)
    try:
        assert gateway.send(TextMessage(ONE, NUMBER, WORDS, "token-one")) == "taken"
        assert gateway.send(TextMessage(TWO, NUMBER, "See you tomorrow & take care: 100%", "token-two")) == "taken"
        told = [parse_qs(urlsplit(path).query) for path in reports.until(4)]
    finally:
        reports.http.shutdown()
        reports.http.server_close()
    seen = {(one["token"][0], report_of(one["report"][0])) for one in told}
    assert {("token-one", "delivered"), ("token-two", "delivered")} <= seen
    assert not [path for path in reports.came if NUMBER.strip("+") in path or str(ONE) in path]
    assert {frozenset(one) for one in told} == {frozenset({"token", "report"})}
    arabic, latin = server.arrived()
    assert arabic.startswith(f"Centre {NUMBER} ucs-2 ")
    assert unquote_to_bytes(arabic.split(" ", 3)[3].replace("+", " ")).decode("utf-16-be") == WORDS
    assert latin == f"Centre {NUMBER} text See you tomorrow & take care: 100%"


def test_a_number_arrives_however_it_was_written(server: KannelServer) -> None:
    """NT106: spaces, brackets, other digits and 00 are no reason for the network to refuse."""
    gateway, before = Kannel(server.address, "karama", server.password, "Centre"), len(server.arrived())
    for written in ("+964 770-000 0001", "00964 (770) 000.0001", "+٩٦٤ ٧٧٠ ٠٠٠ ٠٠٠١"):
        assert gateway.send(TextMessage(uuid4(), written, "See you")) == "taken"
    assert {one.split(" ", 2)[1] for one in server.arrived()[before:]} == {NUMBER}


def test_nothing_personal_is_said_by_a_gateway_that_refuses(server: KannelServer, caplog: Any) -> None:
    """NT011: a wrong password, a number that is none and a gateway that is gone have codes; nothing names anybody."""
    right = Kannel(server.address, "karama", server.password)
    before = len(server.arrived())
    wrong = Kannel(server.address, "karama", "another")
    gone = Kannel("http://127.0.0.1:9/cgi-bin/sendsms", "karama", server.password)
    assert wrong.send(TextMessage(THREE, NUMBER, WORDS)) == "refused"
    assert gone.send(TextMessage(THREE, NUMBER, WORDS)) == "not_reached"
    for number in ("", "her sister", "07", "+96477\r\nX-Kannel-To: +1", "+9647700000001;+9647700000002"):
        assert right.send(TextMessage(THREE, number, WORDS)) == "refused"
    assert right.send(TextMessage(THREE, NUMBER, " ")) == "refused"
    assert len(server.arrived()) == before
    said = caplog.text + repr(right) + repr(TextMessage(THREE, NUMBER, WORDS))
    assert not [one for one in (NUMBER, WORDS, server.password) if one in said]


def test_a_gateway_that_falls_silent_is_never_asked_twice(monkeypatch: Any) -> None:
    """NT012: when the line breaks after the words went out, the outcome is unclear, which is never tried again."""
    import socket

    from karama.notices import gateway

    monkeypatch.setattr(gateway, "PATIENCE", 0.5)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        asked = Kannel(f"http://127.0.0.1:{silent.getsockname()[1]}/cgi-bin/sendsms", "karama", "x")
        assert asked.send(TextMessage(THREE, NUMBER, WORDS)) == "unclear"


def test_without_a_key_there_is_no_gateway(settings: Any, tmp_path: Path, monkeypatch: Any) -> None:
    """NT013: address, user and the key in the keyring make a gateway; while one of them lacks, there is none."""
    settings.KARAMA_KEYRING = tmp_path
    monkeypatch.setenv("KARAMA_SMS", "http://127.0.0.1:13013/cgi-bin/sendsms")
    assert gateway_of_this_house() is None
    monkeypatch.setenv("KARAMA_SMS_USER", "karama")
    assert gateway_of_this_house() is None
    (tmp_path / "sms.key").write_text("a long password\n", encoding="utf-8")
    made = gateway_of_this_house()
    assert isinstance(made, Kannel)
    assert made.password == "a long password"
    monkeypatch.delenv("KARAMA_SMS")
    assert gateway_of_this_house() is None
