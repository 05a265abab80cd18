"""The small door of `karama serve --lan`, over real sockets: three steps, a certificate, and nothing else."""

from __future__ import annotations

import http.client
import re
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from karama.cli import door
from karama.cli.door import AT_ONCE
from karama.cli.door.steps import table
from karama.ui.messages import compile_all
from tests.machinery.kannel import free_ports

CERTIFICATE = b"-----BEGIN CERTIFICATE-----\nbm9uZQ==\n-----END CERTIFICATE-----\n"
PAGES = "https://192.168.4.1:8000/"
LANGUAGES = ("en", "fr", "es", "ar", "ckb", "sw", "ha", "ht")
GIVEN = ("/", "/steps.css", "/steps.js", "/icon.svg", "/local-network.crt", *(f"/{code}" for code in LANGUAGES))
ORGANISATION = "House of the Swallows"
TELLS = re.compile(
    r"karama|swallow|mental|psych|health|sant[eé]|salud|violen|tortur|traffic|refug|survivor|clinic|patient"
    r"|نفس|صح[ةي]|عنف|تعذيب|لاجئ|دەروون|تەندروست|توندوتیژ|ئەشکەنج|afya|ukatili|lafiya|azabtar|sikoloj|maladi",
    re.IGNORECASE,
)
"""What would tell whose it is or what for, in any of the eight languages."""

Asked = tuple[int, dict[str, str], bytes]


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """An open door of an organisation with a name."""
    compile_all()
    found = free_ports(1)[0]
    with override_settings(KARAMA_ORGANISATION=ORGANISATION):
        answers = table(CERTIFICATE, PAGES)
    with door.open_door("127.0.0.1", found, answers):
        yield found


def ask(port: int, path: str, method: str = "GET", **headers: str) -> Asked:
    """One request in a connection of its own."""
    talk = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        talk.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = talk.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        talk.close()


def test_three_steps_and_a_certificate(port: int) -> None:
    """CL071: the address leads to a page with the certificate, the app over https and a test of it; all are there."""
    status, headers, page = ask(port, "/")
    words = page.decode()
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert f'href="{PAGES}field/"' in words
    assert f'data-probe="{PAGES}static/ui/icon.svg"' in words
    assert words.index('id="one"') < words.index('id="two"') < words.index('id="three"')
    named = set(re.findall(r'(?:href|src)="(/[^"]*)"', words))
    assert named == set(GIVEN) - {"/"}
    assert {ask(port, path)[0] for path in named} == {200}
    status, headers, given = ask(port, "/local-network.crt")
    assert (headers["content-type"], given) == ("application/x-x509-ca-cert", CERTIFICATE)
    assert headers["content-disposition"] == 'attachment; filename="local-network.crt"'


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [("", "en"), ("es-419,es;q=0.9,en;q=0.8", "es"), ("de, ar-IQ;q=0.5", "ar"), ("ckb", "ckb"), ("zz", "en"),
     ("ht;q=0.1, sw-KE;q=0.7", "sw"), ("q=;;,\u00e9" * 400, "en")],
)  # fmt: skip
def test_it_speaks_as_the_telephone_does(port: int, asked: str, spoken: str) -> None:
    """CL072: the page comes in the language of the telephone, in its direction, and leads to the other seven."""
    _status, headers, page = ask(port, "/", Accept_Language=asked.encode().decode("latin-1"))
    words = page.decode()
    direction = "rtl" if spoken in ("ar", "ckb") else "ltr"
    assert f'<html lang="{spoken}" dir="{direction}">' in words
    assert (headers["content-language"], headers["vary"]) == (spoken, "Accept-Language")
    assert all(f'href="/{code}"' in words for code in LANGUAGES)
    assert ask(port, f"/{spoken}", Accept_Language="fr")[2] == page


@pytest.mark.parametrize("path", GIVEN)
def test_a_stranger_learns_nothing(port: int, path: str) -> None:
    """CL073: nothing that the door hands out says whose it is or what for; no cookie, form, address of elsewhere, or
    fingerprint, and not what serves it."""
    _status, headers, content = ask(port, path)
    told = content.decode() + " ".join(f"{name}: {value}" for name, value in headers.items())
    assert not TELLS.findall(told.replace("X-Robots-Tag", ""))
    assert not {"set-cookie", "server", "date", "etag", "last-modified"} & set(headers)
    assert not re.findall(r"<(?:form|input|iframe|style)\b|\son\w+=|style=", told)
    allowed = (PAGES, "http://www.w3.org/2000/svg")
    assert all(found.startswith(allowed) for found in re.findall(r"https?://[^\s\"'<;]+", told))
    assert not re.findall(r"\b[0-9A-F]{2}(?::[0-9A-F]{2}){3}|\b(?:[0-9A-F]{4} ){3}", told)


@pytest.mark.parametrize("path", [*GIVEN, "/nothing"])
def test_every_answer_is_strict(port: int, path: str) -> None:
    """CL074: each answer, also a refusal, forbids what it does not need, and is kept by nobody."""
    _status, headers, _content = ask(port, path)
    policy = headers["content-security-policy"]
    assert {"default-src 'none'", "form-action 'none'", "frame-ancestors 'none'"} <= set(policy.split("; "))
    assert "unsafe" not in policy
    assert "*" not in policy
    assert "http:" not in policy
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize(
    "path",
    ["/de", "/en/", "/?in=es", "/favicon.ico", "/field/", "/static/ui/icon.svg", "/../installation.toml", "/steps.html",
     "/local-network.key", "http://127.0.0.1/", "/%65n", "/EN"],
)  # fmt: skip
def test_what_is_not_in_the_table_is_not_there(port: int, path: str) -> None:
    """CL075: any other path is answered with 404 and without a word."""
    status, headers, content = ask(port, path)
    assert (status, content) == (404, b"")
    assert path not in str(headers)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND"])
def test_it_takes_nothing(port: int, method: str) -> None:
    """CL076: only reading: any other method is refused; HEAD says what GET would, without it."""
    status, headers, content = ask(port, "/", method)
    assert (status, headers["allow"], content) == (405, "GET, HEAD", b"")
    read, head = ask(port, "/es"), ask(port, "/es", "HEAD")
    assert (head[0], head[1], head[2]) == (read[0], read[1], b"")
    assert ask(port, "/nothing", "HEAD")[0] == 404


def test_nobody_is_written_down(port: int, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """CL077: who comes, what is asked, what is torn or nonsense: nothing of it is printed or kept; the door stays."""
    ask(port, "/who-asks")
    for torn in (b"", b"GET", b"\x16\x03\x01\x02\x00\x01", b"GET / HTTP/9.9\r\n\r\n", b"X" * 70_000, b"GET /\r\n"):
        with socket.create_connection(("127.0.0.1", port), timeout=10) as talk:
            talk.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")  # hang up in the middle
            talk.sendall(torn)
    time.sleep(0.5)
    assert ask(port, "/")[0] == 200
    assert capfd.readouterr() == ("", "")
    assert not list(tmp_path.iterdir())


def test_one_who_says_nothing_is_let_go(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    """CL083: a connection on which nothing comes is let go of after a while, and nobody is written down for it."""
    monkeypatch.setattr(door, "PATIENCE", 0.2)
    found = free_ports(1)[0]
    with (
        door.open_door("127.0.0.1", found, table(CERTIFICATE, PAGES)),
        socket.create_connection(("127.0.0.1", found), timeout=5) as talk,
    ):
        assert talk.recv(1) == b""
    assert capfd.readouterr() == ("", "")


def test_somebody_who_holds_on_does_not_fill_the_machine(port: int) -> None:
    """CL078: so many connections at once and no more; when those are let go of, the next is answered."""
    held = [socket.create_connection(("127.0.0.1", port), timeout=10) for _number in range(AT_ONCE)]
    try:
        time.sleep(0.3)
        with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
            ask(port, "/")
    finally:
        for one in held:
            one.close()
    for _try in range(50):
        try:
            assert ask(port, "/")[0] == 200
            return
        except (http.client.RemoteDisconnected, ConnectionResetError):
            time.sleep(0.1)
    raise AssertionError("The door stayed shut after those who held it had gone.")
