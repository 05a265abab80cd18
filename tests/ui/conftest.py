"""The room by itself: its middleware and addresses, without database and without the rooms above."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Thread
from typing import Any

import pytest
from django.test import Client

from karama.ui import shell
from karama.ui.messages import compile_all

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "karama.ui.middleware.PrivacyHeaders",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "karama.ui.middleware.Problems",
]


@pytest.fixture
def room(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings under which only this room answers, with Chantal signed in."""
    from karama.ui.csp import POLICY

    compile_all()
    settings.ROOT_URLCONF = "tests.ui.pages"
    settings.MIDDLEWARE = MIDDLEWARE
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
    settings.MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
    settings.CSRF_FAILURE_VIEW = "karama.ui.views.csrf_failure"
    settings.CONTENT_SECURITY_POLICY = POLICY
    settings.SECURE_REFERRER_POLICY = "same-origin"
    settings.LANGUAGES = [("en", "English"), ("es", "Spanish"), ("ar", "Arabic")]
    settings.LANGUAGE_COOKIE_NAME = "language"
    settings.KARAMA_DEMO = True
    settings.ALLOWED_HOSTS = ["*"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    chantal = shell.Visitor("Chantal", "Community agent", "/lock/", "/out/", 900)
    links = [
        shell.Link("Worry", "/worry/", icon="alert", urgent=True, order=90),
        shell.Link("Today", "/style/", order=1),
    ]
    monkeypatch.setattr(shell.visitor, "_answers", {"test": lambda request: chantal})
    monkeypatch.setattr(shell.navigation, "_answers", {"test": lambda request: links})
    monkeypatch.setattr(shell.on_hide, "_answers", {})


@pytest.fixture
def visit(room: None) -> Client:
    """A test client that gets a page instead of an exception. Not named `client`: it opens no database."""
    return Client(raise_request_exception=False)


@pytest.fixture
def address(room: None) -> Iterator[str]:
    """The room served to a browser, on a free port."""
    from socketserver import ThreadingMixIn
    from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.handlers.wsgi import WSGIHandler

    class Server(ThreadingMixIn, WSGIServer):
        daemon_threads = True

    class Quiet(WSGIRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    server = make_server("127.0.0.1", 0, StaticFilesHandler(WSGIHandler()), Server, Quiet)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
