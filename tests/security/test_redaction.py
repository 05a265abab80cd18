"""Logs without people in them."""

from __future__ import annotations

import enum
import io
import logging
from collections.abc import Iterator
from uuid import UUID

import pytest

from karama.security.redaction import Code, PlainFormatter, RedactionFilter

ID = UUID("0190c0de-0000-7000-8000-000000000001")
CANARY = "Amal-canary"


class Colour(enum.Enum):
    """A fixed list."""

    RED = CANARY


@pytest.fixture
def log() -> Iterator[tuple[logging.Logger, io.StringIO]]:
    """A logger set up as the server's is, and what it wrote."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.addFilter(RedactionFilter())
    handler.setFormatter(PlainFormatter())
    logger = logging.getLogger("test.redaction")
    logger.propagate = False
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    yield logger, written
    logger.removeHandler(handler)


def test_what_passes(log: tuple[logging.Logger, io.StringIO]) -> None:
    """SL103: a message written in the code passes with ids, small numbers, yes/no and codes."""
    logger, written = log
    logger.warning("import finished: %d rows, person %s, code %s, %s", 403, ID, Code("care.x"), True)
    assert f"import finished: 403 rows, person {ID}, code care.x, True" in written.getvalue()


def test_personal_arguments(log: tuple[logging.Logger, io.StringIO]) -> None:
    """SL104: text, telephone numbers, bytes, lists, days and objects among the arguments are removed."""
    logger, written = log
    for value in (CANARY, CANARY.encode(), [CANARY], {"name": CANARY}, 963_911_234_567, Exception(CANARY)):
        logger.warning("found %s here", value)
    logger.warning("named %(name)s", {"name": CANARY})
    logger.warning("colour %s", Colour.RED)
    text = written.getvalue()
    assert CANARY not in text
    assert "963911234567" not in text
    assert text.count("[removed]") == 7
    assert "colour RED" in text


def test_composed_messages(log: tuple[logging.Logger, io.StringIO]) -> None:
    """SL105: a message composed at run time is removed whole, also when it is an exception or built by adding."""
    logger, written = log
    name = CANARY
    logger.error(f"cannot save {name}")
    logger.error("cannot save " + name)
    logger.error("cannot save %s" % name)  # noqa: UP031
    logger.error(ValueError(name))
    assert CANARY not in written.getvalue()
    assert written.getvalue().count("[removed]") == 4


def test_extra_fields(log: tuple[logging.Logger, io.StringIO]) -> None:
    """SL106: extra fields and stack texts do not reach any formatter; a problem code does."""
    logger, written = log
    seen: list[logging.LogRecord] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            seen.append(record)

    logger.addHandler(keep := Keep())
    request = {"request": CANARY, "code": Code("people.check_code")}
    logger.error("refused", extra=request, stack_info=True)
    logger.removeHandler(keep)
    assert CANARY not in str(vars(seen[0]))
    assert "people.check_code" in written.getvalue()


def test_exceptions(log: tuple[logging.Logger, io.StringIO]) -> None:
    """SL107: an exception is logged by type and place, with what caused it, and none of their messages."""
    logger, written = log
    local = CANARY
    try:
        try:
            raise ValueError(local)
        except ValueError as cause:
            raise KeyError(f"{local}") from cause
    except KeyError:
        logger.exception("an action failed")
    text = written.getvalue()
    assert CANARY not in text
    assert "builtins.KeyError" in text
    assert "builtins.ValueError" in text
    assert "test_exceptions" in text
    assert "an action failed" in text


def test_without_the_filter(log: tuple[logging.Logger, io.StringIO]) -> None:
    """SL108: a handler that has the formatter but forgot the filter still lets nothing through."""
    logger, written = log
    logger.handlers[0].filters.clear()
    logger.error("found %s", CANARY)
    logger.error(CANARY)
    assert CANARY not in written.getvalue()


def test_one_line_each(log: tuple[logging.Logger, io.StringIO]) -> None:
    """SL109: no value can begin a forged line in the log."""
    logger, written = log
    logger.error("code %s", Code("x\n2026-01-01 CRITICAL forged"))
    assert len(written.getvalue().splitlines()) == 1
