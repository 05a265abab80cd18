"""The small door beside `karama serve --lan`: over plain http, one page of three steps and a certificate.

It knows a fixed table of answers, made before it opens, and nothing of the installation. It asks nothing, keeps
nothing, and says nothing of who came: no form, no cookie, no log. Whoever listens on the network reads all of it.
"""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import Any, Final

AT_ONCE: Final = 32
"""Connections at once; whoever comes on top is turned away. Somebody on the network must not fill this machine."""
PATIENCE: Final = 10
"""Seconds of silence after which a connection is let go of."""
HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
"""Of every answer; a page widens the policy for its own style, script and picture."""


@dataclass(frozen=True)
class Answer:
    """What one path answers."""

    kind: str
    content: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


class Answers:
    """What each path answers; a page that is there in several languages is chosen by what the browser asks for."""

    def __init__(self, by_path: Mapping[str, Answer], first: Mapping[str, Answer] | None = None) -> None:
        """`first`: by language, for the address without a path."""
        self.by_path, self.first = dict(by_path), dict(first or {})

    def to(self, path: str, languages: str) -> Answer | None:
        """The answer, or None. A path is known whole or not at all."""
        if path == "/" and self.first:
            return self.first[best(languages, tuple(self.first))]
        return self.by_path.get(path)


def best(asked: str, known: tuple[str, ...]) -> str:
    """The language of `known` that an Accept-Language header likes most; the first one when it likes none."""
    from django.utils.translation.trans_real import parse_accept_lang_header

    for code, _quality in parse_accept_lang_header(asked[:500]):
        if code.split("-")[0] in known:
            return str(code.split("-")[0])
    return known[0]


def handler(answers: Answers) -> type[BaseHTTPRequestHandler]:
    """Whoever answers one connection: GET and HEAD of what is in the table."""

    class Door(BaseHTTPRequestHandler):
        timeout = PATIENCE

        def do_GET(self) -> None:
            self._give(body=True)

        def do_HEAD(self) -> None:
            self._give(body=False)

        def _give(self, *, body: bool) -> None:
            found = answers.to(self.path, self.headers.get("Accept-Language", ""))
            if found is None:
                self.send_error(HTTPStatus.NOT_FOUND)
                return
            told = {"Content-Type": found.kind, "Content-Length": str(len(found.content)), **found.headers}
            self._head(HTTPStatus.OK, told)
            if body:
                self.wfile.write(found.content)

        def _head(self, status: int, told: Mapping[str, str]) -> None:
            self.send_response_only(status)  # neither what serves here nor its clock
            for name, value in {**HEADERS, **told}.items():
                self.send_header(name, value)
            self.end_headers()

        def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
            """A status without a word: the library would repeat what was asked, and name itself."""
            refused = code == HTTPStatus.NOT_IMPLEMENTED
            status = HTTPStatus.METHOD_NOT_ALLOWED if refused else code
            self.close_connection = True
            self._head(status, {"Content-Length": "0", **({"Allow": "GET, HEAD"} if refused else {})})

        def log_message(self, format: str, *told: object) -> None:
            """Who came is nobody's business."""

    return Door


class Server(socketserver.ThreadingTCPServer):
    """A thread a connection, so many and no more. Not the library's server for http, which asks for its own name on
    the network when it opens: without internet that takes a minute."""

    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = AT_ONCE

    def __init__(self, at: tuple[str, int], answers: Answers) -> None:
        self._free = threading.BoundedSemaphore(AT_ONCE)
        super().__init__(at, handler(answers))

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer in a thread of its own, or let go at once when too many wait."""
        if not self._free.acquire(blocking=False):
            self.shutdown_request(request)
            return
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answer, and make room for the next."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._free.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Somebody hung up. The library would write down who."""


@contextmanager
def open_door(address: str, port: int, answers: Answers) -> Iterator[None]:
    """Answer there while the pages are served. Raises OSError when the port is taken."""
    door = Server((address, port), answers)
    threading.Thread(target=door.serve_forever, daemon=True).start()
    try:
        yield
    finally:
        door.shutdown()
        door.server_close()
